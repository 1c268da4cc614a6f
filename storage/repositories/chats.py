"""Chats and their bindings."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.ids import ChatId, ThreadId
from core.domain.person import Binding, Chat, ChatKind, ChatState
from core.domain.showing.spot import Delivery
from core.errors import NotFound
from storage.mapping.chats import binding_columns, binding_of, chat_columns, chat_of
from storage.prepared import Prepared
from storage.repositories.rows import Repository, all_rows, chunks, row_where, rows_among, upsert
from storage.tables import (
    NO_THREAD,
    AdministratorsRow,
    BindingRow,
    ChatRow,
    MembershipRow,
    Row,
    SpotRow,
    table_of,
)
from storage.types import UtcDateTime


class SqlChats(Repository):
    """Chats and their bindings."""

    async def get(self, chat_id: ChatId) -> Chat:
        """The chat; raises NotFound."""
        chat = await self.find(chat_id)
        if chat is None:
            raise NotFound("chat", str(chat_id))
        return chat

    async def find(self, chat_id: ChatId) -> Chat | None:
        """The chat, or None."""
        row = await row_where(self.connection, ChatRow, id=chat_id)
        return None if row is None else chat_of(row)

    async def put(self, chat: Chat) -> None:
        """Add or replace."""
        await upsert(self.connection, ChatRow, chat_columns(chat))

    async def list_ids(self, chat_ids: Iterable[ChatId]) -> dict[ChatId, Chat]:
        """Those known, by id."""
        rows = await rows_among(self.connection, ChatRow, "id", chat_ids)
        return {ChatId(row.id): chat_of(row) for row in rows}

    async def bindings_of_chat(self, chat_id: ChatId) -> list[Binding]:
        """The chat's own first, then its threads'."""
        return await self._bindings("chat_id", chat_id)

    async def bindings_of_project(self, project_id: UUID) -> list[Binding]:
        """By chat; a chat's own before its threads'."""
        return await self._bindings("project_id", project_id)

    async def list_unasked(self, project_ids: Iterable[UUID], since: datetime) -> list[ChatId]:
        """Groups they listen to whose administrators were not read since that moment, by id."""
        found: set[int] = set()
        for some in chunks(project_ids):
            rows = await _UNASKED.rows(self.connection, project_ids=some, since=since)
            found.update(row.id for row in rows)
        return [ChatId(one) for one in sorted(found)]

    async def _bindings(self, column: str, value: object) -> list[Binding]:
        rows = await rows_among(self.connection, BindingRow, column, [value], "chat_id", "thread_id")
        return [binding_of(row) for row in rows]

    async def bind(self, binding: Binding) -> None:
        """Add, or replace what the chat or thread was bound to."""
        await upsert(self.connection, BindingRow, binding_columns(binding))

    async def unbind(self, chat_id: ChatId, thread_id: ThreadId | None) -> None:
        """Take one binding away."""
        thread = NO_THREAD if thread_id is None else thread_id
        await self.connection.execute(
            sa.delete(table_of(BindingRow)).where(
                col(BindingRow.chat_id) == chat_id, col(BindingRow.thread_id) == thread
            )
        )

    async def list_gone(self, before: datetime) -> list[Chat]:
        """Chats left before that moment and not taken up again, longest ago first."""
        gone = (
            sa.select(ChatRow)
            .where(col(ChatRow.state) != ChatState.READING.value, col(ChatRow.left_at) < before)
            .order_by(col(ChatRow.left_at))
        )
        return [chat_of(row) for row in await all_rows(self.connection, gone)]

    async def migrate(self, old: ChatId, new: ChatId) -> None:
        """The chat became a supergroup of another id: what belongs to it follows, what was said stays.

        Messages shown in the old chat can no longer be edited, and their ids may name others in the new
        one: cards follow without a message and are sent anew when next touched, answers given there stay
        behind. Once more is harmless. Raises NotFound when the old chat is unknown.
        """
        chat = await self.get(old)
        if chat.migrated_to == new:
            return
        await self.put(_successor(chat, await self.find(new), new))
        await self.put(replace(chat, migrated_to=new))
        for row in (BindingRow, AdministratorsRow, MembershipRow):
            await self._move(row, old, new)
        await self._move_spots(old, new)
        for opened in [one for one in await self._all() if old in one.open_to]:
            await self.put(replace(opened, open_to=opened.open_to - {old} | {new}))

    async def _all(self) -> list[Chat]:
        return [chat_of(row) for row in await all_rows(self.connection, sa.select(ChatRow))]

    async def _move_spots(self, old: ChatId, new: ChatId) -> None:
        spots = table_of(SpotRow)
        live = (col(SpotRow.chat_id) == old, col(SpotRow.delivery) != Delivery.DROPPED.value)
        answered = (col(SpotRow.message_id).is_not(None), ~col(SpotRow.was_card))
        await self.connection.execute(
            sa.update(spots)
            .where(*live, *answered)
            .values(delivery=Delivery.DROPPED.value, painted=spots.c.wanted)
        )
        await self.connection.execute(
            sa.update(spots)
            .where(*live)
            .values(
                chat_id=new, message_id=None, reply_to=None, painted_hash="", delivery=Delivery.NEW.value
            )
        )

    async def _move(self, row: type[Row], old: ChatId, new: ChatId) -> None:
        """Give rows keyed by chat the new id; what the new chat already has wins."""
        table = table_of(row)
        moved = (
            (await self.connection.execute(sa.select(table).where(table.c.chat_id == old))).mappings().all()
        )
        held = (
            (await self.connection.execute(sa.select(table).where(table.c.chat_id == new))).mappings().all()
        )
        keys = [column.name for column in table.primary_key if column.name != "chat_id"]
        taken = {tuple(one[key] for key in keys) for one in held}
        await self.connection.execute(sa.delete(table).where(table.c.chat_id == old))
        free = [dict(one) for one in moved if tuple(one[key] for key in keys) not in taken]
        await upsert(self.connection, row, [{**one, "chat_id": new} for one in free])


def _successor(old: Chat, known: Chat | None, new: ChatId) -> Chat:
    """The supergroup with what people chose for the group it was."""
    base = replace(old, id=new, kind=ChatKind.SUPERGROUP, migrated_to=None)
    if known is None:
        return base
    return replace(
        base,
        title=known.title,
        username=known.username,
        is_forum=known.is_forum,
        bot_is_administrator=known.bot_is_administrator or old.bot_is_administrator,
        last_heard_at=known.last_heard_at or old.last_heard_at,
    )


def _unasked() -> sa.Select[Any]:
    """The statement of `list_unasked`: binds project_ids, since."""
    known = sa.exists().where(
        col(AdministratorsRow.chat_id) == col(ChatRow.id),
        col(AdministratorsRow.read_at) >= sa.bindparam("since", type_=UtcDateTime()),
    )
    heard = sa.select(col(BindingRow.chat_id)).where(
        col(BindingRow.project_id).in_(sa.bindparam("project_ids", expanding=True)),
        col(BindingRow.is_source),
    )
    return sa.select(col(ChatRow.id)).where(
        col(ChatRow.id).in_(heard),
        col(ChatRow.id) < 0,
        col(ChatRow.state) != ChatState.GONE.value,
        sa.not_(col(ChatRow.is_imported)),
        sa.not_(known),
    )


_UNASKED = Prepared(_unasked())
