"""Messages and incoming updates."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col

from storage.tables.row import Row, where
from storage.types import CompactUuid, Json, Serial, UtcDateTime


class MessageRow(Row, table=True):
    """A message, named by its chat's and its own Telegram id.

    `seq` is the order of arrival; the full text hangs on it, so it must outlast VACUUM, which a hidden
    rowid does not. `is_readable` is the domain's judgement, kept for the index of what is unread.
    `is_forgotten` ones are empty and stay so: they keep an edit or an import from filling them again.
    """

    __table_args__ = (sa.UniqueConstraint("chat_id", "message_id", name="uq_message_key"),)

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    chat_id: int = Field(sa_type=sa.BigInteger)
    message_id: int = Field(sa_type=sa.BigInteger)
    author_name: str
    author_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    author_chat_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    author_username: str | None = None
    author_is_bot: bool
    text: str
    sent_at: datetime = Field(sa_type=UtcDateTime)
    thread_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    reply_to: int | None = Field(default=None, sa_type=sa.BigInteger)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    media: str
    is_forwarded: bool
    origin: str
    mentions: list[str] = Field(sa_type=Json)
    is_excluded: bool
    is_readable: bool
    is_forgotten: bool = False
    batch_id: UUID | None = Field(default=None, sa_type=CompactUuid)


IS_UNREAD = sa.and_(col(MessageRow.batch_id).is_(None), col(MessageRow.is_readable))
"""What stage 1 may still read; the words of the partial index, so that it is used."""

sa.Index("ix_message_unread", col(MessageRow.chat_id), col(MessageRow.sent_at), **where(IS_UNREAD))
sa.Index("ix_message_said", col(MessageRow.chat_id), col(MessageRow.sent_at))
sa.Index(
    "ix_message_thread",
    col(MessageRow.chat_id),
    col(MessageRow.thread_id),
    col(MessageRow.message_id),
    **where(col(MessageRow.thread_id).is_not(None)),
)
sa.Index("ix_message_author", col(MessageRow.author_id), col(MessageRow.chat_id))


class IncomingRow(Row, table=True):
    """An update as it came.

    `seq` is the order of arrival: Telegram's ids may start anew after a quiet week
    (https://core.telegram.org/bots/api#update).
    """

    seq: int | None = Field(default=None, primary_key=True, sa_type=Serial)
    update_id: int = Field(sa_type=sa.BigInteger, unique=True)
    lane: int = Field(sa_type=sa.BigInteger)
    payload: str
    received_at: datetime = Field(sa_type=UtcDateTime)
    attempts: int
    status: str
    error: str = ""


WAITING = sa.literal_column("'waiting'", sa.String)
"""Written out, not bound: a bound value would keep the partial index from being used."""

sa.Index("ix_incoming_waiting", col(IncomingRow.seq), **where(col(IncomingRow.status) == WAITING))
