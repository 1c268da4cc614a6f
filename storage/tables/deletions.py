"""What was forgotten, as ids."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.row import Row
from storage.types import CompactUuid, Json, Serial, UtcDateTime


class DeletionRow(Row, table=True):
    """One deletion; rows are added, never changed or removed, which triggers hold."""

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    id: UUID = Field(sa_type=CompactUuid, unique=True)
    kind: str
    at: datetime = Field(sa_type=UtcDateTime, index=True)
    person_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    chat_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    message_ids: list[int] = Field(sa_type=Json)
