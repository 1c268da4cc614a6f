"""Messages."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.message import Message
from core.domain.run import Window
from storage.flavour import flavour_of
from storage.mapping.messages import message_columns, message_of
from storage.prepared import changed
from storage.repositories.rows import Repository, all_rows, chunks, first_row, insert_new
from storage.repositories.sources import is_source
from storage.tables import IS_UNREAD, EvidenceRow, MessageRow, table_of

_message = table_of(MessageRow)
_OLDEST_FIRST = (col(MessageRow.sent_at), col(MessageRow.chat_id), col(MessageRow.message_id))
_PAGE = 2000


class SqlMessages(Repository):
    """Messages; a project's are those its bindings make a source."""

    async def find(self, key: MessageKey) -> Message | None:
        """The message, or None."""
        row = await first_row(self.connection, sa.select(MessageRow).where(_is(key)))
        return None if row is None else message_of(row)

    async def list_keys(self, keys: Iterable[MessageKey]) -> dict[MessageKey, Message]:
        """Those known, by key."""
        found: dict[MessageKey, Message] = {}
        for which in are_messages(keys):
            rows = await all_rows(self.connection, sa.select(MessageRow).where(which))
            found |= {message.key: message for message in map(message_of, rows)}
        return found

    async def add_many(self, messages: Sequence[Message]) -> int:
        """Store those not known yet, full text included, and return how many they were."""
        flavour = flavour_of(self.connection)
        last = await flavour.last_seq(self.connection)
        added = await insert_new(self.connection, MessageRow, [message_columns(one) for one in messages])
        if added:
            await flavour.index_messages_after(self.connection, last)
        return added

    async def save_edit(self, message: Message) -> bool:
        """Replace text, mentions and time of edit; False when the message is not known, or was forgotten.

        What was read stays read, and what was taken out stays out.
        """
        statement = (
            sa.update(_message)
            .where(_is(message.key), sa.not_(col(MessageRow.is_forgotten)))
            .values(
                text=message.text,
                mentions=list(message.mentions),
                edited_at=message.edited_at,
                is_readable=sa.and_(
                    sa.not_(col(MessageRow.is_excluded)),
                    sa.not_(col(MessageRow.author_is_bot)),
                    sa.true() if message.text.strip() else sa.false(),
                ),
            )
        )
        return (await self.connection.execute(statement)).rowcount == 1

    async def exclude(self, key: MessageKey) -> bool:
        """Take a message out of all analysis; False when it is not known."""
        statement = sa.update(_message).where(_is(key)).values(is_excluded=True, is_readable=False)
        return (await self.connection.execute(statement)).rowcount == 1

    async def list_unread(
        self, project_id: UUID, window: Window | None, limit: int | None = None
    ) -> list[Message]:
        """The project's readable messages that no batch read, oldest first."""
        unread = sa.select(MessageRow).where(*_unread(project_id, window)).order_by(*_OLDEST_FIRST)
        return [message_of(row) for row in await all_rows(self.connection, unread.limit(limit))]

    async def count_unread(self, project_id: UUID, window: Window | None = None) -> int:
        """How many `list_unread` would give."""
        return await self._count(*_unread(project_id, window))

    async def oldest_unread(self, project_id: UUID) -> datetime | None:
        """When the oldest unread message was sent."""
        oldest = sa.select(sa.func.min(col(MessageRow.sent_at))).where(*_unread(project_id, None))
        return (await self.connection.execute(oldest)).scalar_one()

    async def list_before(self, message: Message, count: int) -> list[Message]:
        """Up to `count` readable messages said before it in its chat and thread, oldest first."""
        before = (
            sa.select(MessageRow)
            .where(
                col(MessageRow.chat_id) == message.key.chat_id,
                col(MessageRow.message_id) < message.key.message_id,
                col(MessageRow.thread_id).is_(None)
                if message.thread_id is None
                else col(MessageRow.thread_id) == message.thread_id,
                col(MessageRow.is_readable),
            )
            .order_by(col(MessageRow.message_id).desc())
            .limit(count)
        )
        return [message_of(row) for row in reversed(await all_rows(self.connection, before))]

    async def list_replies_chain(self, key: MessageKey, limit: int) -> list[Message]:
        """The message and what it replied to, up to `limit`, oldest first; ends where one is not known."""
        chain = (
            sa.select(_message, sa.literal(1).label("depth")).where(_is(key)).cte("chain", recursive=True)
        )
        earlier = _message.alias("earlier")
        chain = chain.union_all(
            sa.select(earlier, chain.c.depth + 1).where(
                earlier.c.chat_id == chain.c.chat_id,
                earlier.c.message_id == chain.c.reply_to,
                chain.c.depth < limit,
            )
        )
        rows: Sequence[Any] = (
            await self.connection.execute(sa.select(chain).order_by(chain.c.depth.desc()))
        ).all()
        return [message_of(row) for row in rows]

    async def mark_read(self, keys: Sequence[MessageKey], batch_id: UUID) -> int:
        """Set the mark where there is none; return how many were marked."""
        marked = 0
        for which in are_messages(keys):
            statement = (
                sa.update(_message)
                .where(which, col(MessageRow.batch_id).is_(None))
                .values(batch_id=batch_id)
            )
            marked += await changed(self.connection, statement)
        return marked

    async def count_said(self, project_id: UUID, window: Window) -> int:
        """How many messages people said in the project's chats, small talk and pictures included."""
        return await self._count(*_said(project_id, window))

    async def forget_before(
        self, before: datetime, keep: Iterable[MessageKey], chats: frozenset[ChatId] | None = None
    ) -> int:
        """Delete what was sent before that moment, all but `keep` and empty ones; return how many.

        Only in `chats` where these are given.
        """
        among = () if chats is None else (col(MessageRow.chat_id).in_(sorted(chats)),)
        kept = frozenset(keep)
        gone, last = 0, -1
        while True:
            rows = (
                await self.connection.execute(
                    sa.select(col(MessageRow.seq), col(MessageRow.chat_id), col(MessageRow.message_id))
                    .where(
                        col(MessageRow.sent_at) < before,
                        col(MessageRow.seq) > last,
                        sa.not_(col(MessageRow.is_forgotten)),
                        *among,
                    )
                    .order_by(col(MessageRow.seq))
                    .limit(_PAGE)
                )
            ).all()
            if not rows:
                return gone
            last = rows[-1][0] or 0
            doomed = [
                seq for seq, chat, message in rows
                if MessageKey(ChatId(chat), MessageId(message)) not in kept
            ]  # fmt: skip
            gone += await self._delete(doomed)

    async def _delete(self, doomed: Iterable[int | None]) -> int:
        gone = 0
        for some in chunks(doomed):
            statement = sa.delete(_message).where(col(MessageRow.seq).in_(some))
            gone += (await self.connection.execute(statement)).rowcount
        return gone

    async def purge_chat(self, chat_id: ChatId) -> int:
        """Delete everything said in a chat but what is empty anyway; return how many messages went."""
        statement = sa.delete(_message).where(
            col(MessageRow.chat_id) == chat_id, sa.not_(col(MessageRow.is_forgotten))
        )
        return (await self.connection.execute(statement)).rowcount

    async def _count(self, *which: sa.ColumnElement[bool]) -> int:
        counted = sa.select(sa.func.count()).select_from(_message).where(*which)
        return (await self.connection.execute(counted)).scalar_one()


def _is(key: MessageKey) -> sa.ColumnElement[bool]:
    return sa.and_(col(MessageRow.chat_id) == key.chat_id, col(MessageRow.message_id) == key.message_id)


def are_messages(
    keys: Iterable[MessageKey], row: type[MessageRow | EvidenceRow] = MessageRow
) -> Iterable[sa.ColumnElement[bool]]:
    """Conditions that together meet exactly the rows of these keys."""
    for chat_id, some in by_chat(keys):
        yield sa.and_(col(row.chat_id) == chat_id, col(row.message_id).in_(some))


def by_chat(keys: Iterable[MessageKey]) -> Iterator[tuple[ChatId, list[MessageId]]]:
    """The message ids of each chat, a chunk at a time."""
    found: dict[ChatId, list[MessageId]] = {}
    for key in keys:
        found.setdefault(key.chat_id, []).append(key.message_id)
    for chat_id, message_ids in found.items():
        for some in chunks(message_ids):
            yield chat_id, some


def _within(window: Window | None) -> list[sa.ColumnElement[bool]]:
    if window is None:
        return []
    return [col(MessageRow.sent_at) >= window.start, col(MessageRow.sent_at) < window.end]


def _unread(project_id: UUID, window: Window | None) -> list[sa.ColumnElement[bool]]:
    return [IS_UNREAD, is_source(project_id), *_within(window)]


def _said(project_id: UUID, window: Window) -> list[sa.ColumnElement[bool]]:
    return [
        sa.not_(col(MessageRow.author_is_bot)),
        sa.not_(col(MessageRow.is_excluded)),
        is_source(project_id),
        *_within(window),
    ]
