"""Spots, history, schedules and digests."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col

from storage.tables.row import Row, where
from storage.types import CompactUuid, Json, UtcDateTime


class SpotRow(Row, table=True):
    """One place where one view stands.

    `was_card` remembers that it began as a card, whose fate is worth showing however old it is.
    `leased_at` is when the painter took it: what came due before that is painted with it.
    """

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    view: dict[str, Any] = Field(sa_type=Json)
    chat_id: int = Field(sa_type=sa.BigInteger)
    created_at: datetime = Field(sa_type=UtcDateTime)
    reader_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    thread_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    reply_to: int | None = Field(default=None, sa_type=sa.BigInteger)
    message_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    urgency: int
    was_card: bool
    unasked_in: str
    delivery: str
    wanted: int
    painted: int
    painted_hash: str
    repaint_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    not_before: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    leased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


IS_OUT_OF_DATE = col(SpotRow.wanted) > col(SpotRow.painted)
IS_UNASKED = col(SpotRow.unasked_in) != ""

sa.Index("ix_spot_message", col(SpotRow.chat_id), col(SpotRow.message_id))
sa.Index("ix_spot_out_of_date", col(SpotRow.chat_id), **where(IS_OUT_OF_DATE))
sa.Index("ix_spot_unasked", col(SpotRow.chat_id), col(SpotRow.sent_at), **where(IS_UNASKED))
sa.Index("ix_spot_repaint", col(SpotRow.repaint_at), **where(col(SpotRow.repaint_at).is_not(None)))


class SpotAboutRow(Row, table=True):
    """An id whose change makes a spot due again."""

    spot_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    about: UUID = Field(primary_key=True, sa_type=CompactUuid, index=True)


class ChangeRow(Row, table=True):
    """One line of an item's history."""

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    item_kind: str
    item_id: UUID = Field(sa_type=CompactUuid)
    at: datetime = Field(sa_type=UtcDateTime)
    what: str
    by: str
    by_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    before: dict[str, str] = Field(sa_type=Json)
    after: dict[str, str] = Field(sa_type=Json)


sa.Index("ix_change_item", col(ChangeRow.item_id), col(ChangeRow.at))


class EventRow(Row, table=True):
    """Something others may follow."""

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    project_id: UUID = Field(sa_type=CompactUuid)
    topic: str
    name: str
    at: datetime = Field(sa_type=UtcDateTime)
    payload: dict[str, str] = Field(sa_type=Json)


sa.Index("ix_event_at", col(EventRow.project_id), col(EventRow.at))
sa.Index("ix_event_name", col(EventRow.project_id), col(EventRow.name), col(EventRow.at))


class ScheduleRow(Row, table=True):
    """A job's rule and next time; the installation's own jobs have the nil UUID as project."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    job: str = Field(primary_key=True)
    rule: str
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    timezone: str


class DigestRow(Row, table=True):
    """A day that was told."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    day: date = Field(primary_key=True)
    told_at: datetime = Field(sa_type=UtcDateTime)
