"""The baseline bot: bare aiogram handlers, one committed row an update. `python -m tests.bench.bare`."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, cast

import aiosqlite
import asyncpg
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "temp_store=MEMORY",
           "cache_size=-65536")  # fmt: skip
"""Those of storage.engine."""
CONNECTIONS = 5
"""To PostgreSQL, as many as storage.engine opens."""
SETTINGS = ("TELEGRAM__API_BASE", "TELEGRAM__TOKEN", "DATABASE__URL")
ALLOWED = ["message", "callback_query"]
_MICROSECONDS = 1_000_000
_COLUMNS = {
    "message": (
        "chat_id", "message_id", "author_name", "author_id", "author_username", "author_is_bot", "text",
        "sent_at", "thread_id", "reply_to", "edited_at", "media", "is_forwarded", "origin", "mentions",
        "is_excluded", "is_readable", "is_forgotten",
    ),
    "decision": ("press", "person", "data"),
}  # fmt: skip

Insert = Callable[[str, tuple[Any, ...]], Awaitable[object]]
"""Adds a row to a table and commits it."""


def inserting(table: str, *, is_postgres: bool) -> str:
    """The statement that adds a row."""
    columns = _COLUMNS[table]
    places = [f"${place}" if is_postgres else "?" for place in range(1, len(columns) + 1)]
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(places)})"  # noqa: S608 - names of ours


def moment(at: datetime, *, is_postgres: bool) -> datetime | int:
    """As a column has it."""
    return at if is_postgres else int(at.timestamp() * _MICROSECONDS)


def build_dispatcher(insert: Insert, *, is_postgres: bool) -> Dispatcher:
    """Two handlers, one committed row each."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def said(message: Message) -> None:
        author = message.from_user
        if author is None:
            return
        text = message.text or message.caption or ""
        row = (
            message.chat.id, message.message_id, author.full_name, author.id, author.username,
            author.is_bot, text, moment(message.date, is_postgres=is_postgres), message.message_thread_id,
            message.reply_to_message.message_id if message.reply_to_message else None, None, "none",
            message.forward_origin is not None, "live", json.dumps([]), False, bool(text), False,
        )  # fmt: skip
        await insert("message", row)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await insert("decision", (query.id, query.from_user.id, query.data))
        await query.answer("Approved")

    return dispatcher


@asynccontextmanager
async def _in_file(url: str) -> AsyncGenerator[Insert]:
    async with aiosqlite.connect(url.partition("///")[2], isolation_level=None) as database:
        for pragma in PRAGMAS:
            await database.execute(f"PRAGMA {pragma}")
        statements = {table: inserting(table, is_postgres=False) for table in _COLUMNS}
        yield lambda table, row: database.execute(statements[table], row)


@asynccontextmanager
async def _on_server(url: str) -> AsyncGenerator[Insert]:
    dsn = url.replace("postgresql+asyncpg://", "postgresql://")
    made = cast("Any", asyncpg).create_pool(dsn=dsn, min_size=CONNECTIONS, max_size=CONNECTIONS)
    async with made as pool:
        statements = {table: inserting(table, is_postgres=True) for table in _COLUMNS}
        yield lambda table, row: pool.execute(statements[table], *row)


async def serve(url: str, token: str, database_url: str) -> None:
    """Poll until SIGTERM."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    is_postgres = database_url.startswith("postgresql")
    opened = _on_server(database_url) if is_postgres else _in_file(database_url)
    async with Bot(token, session=session) as bot, opened as insert:
        dispatcher = build_dispatcher(insert, is_postgres=is_postgres)
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(
                dispatcher.start_polling(bot, handle_signals=False, allowed_updates=ALLOWED)  # pyright: ignore[reportUnknownMemberType] -- aiogram's list without elements
            )
            await stopped.wait()
            polling.cancel()


if __name__ == "__main__":
    # The same three settings as the product's, so that both sides are started alike.
    api, secret, address = (os.environ[f"TRIAGRAM__{name}"] for name in SETTINGS)
    asyncio.run(serve(api, secret, address))
