"""What people add to tasks: comments, whose words are in `evidence`, and the wish to be reminded."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.row import Row
from storage.types import CompactUuid, UtcDateTime


class CommentRow(Row, table=True):
    """One answer to a task's card."""

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    task_id: UUID = Field(sa_type=CompactUuid, foreign_key="task.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)


class ReminderRow(Row, table=True):
    """Somebody who wants to be reminded."""

    person_id: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    told_on: date | None = None
