"""The baseline bot: bare aiogram handlers, one committed row an update. `python -m tests.bench.bare`."""

import asyncio
import json
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "temp_store=MEMORY",
           "cache_size=-65536")  # fmt: skip
"""Those of storage.engine."""
SETTINGS = ("TELEGRAM__API_BASE", "TELEGRAM__TOKEN", "DATABASE__URL")
ALLOWED = ["message", "callback_query"]
INSERT_MESSAGE = (
    "INSERT INTO message (chat_id, message_id, author_name, author_id, author_username, author_is_bot,"
    " text, sent_at, thread_id, reply_to, edited_at, media, is_forwarded, origin, mentions, is_excluded,"
    " is_readable, is_forgotten) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
)
INSERT_DECISION = "INSERT INTO decision (press, person, data) VALUES (?, ?, ?)"


def make_room(file: Path) -> None:
    """Add the one table that the product's schema has no likeness of."""
    with closing(sqlite3.connect(file)) as database:
        database.execute(
            "CREATE TABLE decision (seq INTEGER PRIMARY KEY, press TEXT UNIQUE, person INTEGER, data TEXT)"
        )
        database.commit()


def build_dispatcher(database: aiosqlite.Connection) -> Dispatcher:
    """Two handlers; the connection commits each statement by itself."""
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def said(message: Message) -> None:
        author = message.from_user
        if author is None:
            return
        text = message.text or message.caption or ""
        row = (
            message.chat.id, message.message_id, author.full_name, author.id, author.username,
            author.is_bot, text, int(message.date.timestamp() * 1_000_000), message.message_thread_id,
            message.reply_to_message.message_id if message.reply_to_message else None, None, "none",
            message.forward_origin is not None, "live", json.dumps([]), False, bool(text),
        )  # fmt: skip
        await database.execute(INSERT_MESSAGE, row)

    @dispatcher.callback_query()
    async def pressed(query: CallbackQuery) -> None:
        await database.execute(INSERT_DECISION, (query.id, query.from_user.id, query.data))
        await query.answer("Approved")

    return dispatcher


async def serve(url: str, token: str, file: Path) -> None:
    """Poll until SIGTERM."""
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    async with (
        Bot(token, session=session) as bot,
        aiosqlite.connect(file, isolation_level=None) as database,
    ):
        for pragma in PRAGMAS:
            await database.execute(f"PRAGMA {pragma}")
        dispatcher = build_dispatcher(database)
        async with asyncio.TaskGroup() as group:
            polling = group.create_task(
                dispatcher.start_polling(bot, handle_signals=False, allowed_updates=ALLOWED)  # pyright: ignore[reportUnknownMemberType] -- aiogram's list without elements
            )
            await stopped.wait()
            polling.cancel()


if __name__ == "__main__":
    # The same three settings as the product's, so that both sides are started alike.
    api, secret, database_url = (os.environ[f"TRIAGRAM__{name}"] for name in SETTINGS)
    asyncio.run(serve(api, secret, Path(database_url.partition("///")[2])))
