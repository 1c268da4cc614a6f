"""Import: an export read and stored, full text included; and the memory it takes, however long it is."""

import asyncio
import gc
import json
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

from bot.archive import open_archive
from bot.config import DatabaseConfig, demo_config
from bot.main import open_app
from core.domain.person import Chat, ChatKind
from core.services.chats.imports import CHUNK
from tests.bench.bare import PRAGMAS, inserting, moment
from tests.bench.exports import REAL, write_export
from tests.bench.measure import Aim, Effort, Line, Round, alternate, fresh
from tests.bench.sides import ROOT
from tests.bench.stores import DatabaseKind, Store, connect, stored
from tests.builders import PROJECT, a_project

NOWHERE = "http://127.0.0.1:9"
"""An import asks Telegram for nothing; without a token nobody is asked at start either."""
_WORDS_INDEX = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_message_words'"


async def measure(folder: Path, effort: Effort, kind: DatabaseKind) -> list[Line]:
    """Two lines: the time of one export, and the memory of a long one against a short one."""
    export = REAL
    if effort.is_quick or not REAL.exists():
        export = folder / "result.json"
        write_export(export, effort.of(20_000, 2000))
    return [await _time(folder, effort, kind, export), await _memory(folder, effort, kind)]


async def _time(folder: Path, effort: Effort, kind: DatabaseKind, export: Path) -> Line:
    numbers, kept = count(), list[int]()
    load = _loaded if kind is DatabaseKind.SQLITE else _loaded_on_server

    async def ours() -> float:
        async with stored(kind, fresh(folder / f"ours-{next(numbers)}")) as store:
            seconds, new = await imported(export, store.url, folder)
        kept.append(new)
        return seconds

    async def baseline() -> float:
        async with stored(kind, fresh(folder / f"bare-{next(numbers)}")) as store:
            seconds = await load(store, export)
            kept.append(await store.count("message"))
        return seconds

    # As the program does once it is loaded; here it is for both.
    gc.collect()
    gc.freeze()
    seconds = await alternate(effort.rounds, ours, baseline)
    if len(set(kept)) != 1:
        raise AssertionError(f"the two sides stored {kept}")
    against = f"json.load, executemany and one full-text build; {export.name}"
    each = [Round(one.ours * 1000, one.baseline * 1000) for one in seconds]
    return Line("import of an export", each, "ms", Aim(most=2.0), against, kept[0])


async def imported(export: Path, url: str, folder: Path) -> tuple[float, int]:
    """Seconds it takes to store an export as `triagram import` does, and how many messages were new."""
    config = replace(demo_config(NOWHERE, "", folder), database=DatabaseConfig(url))
    async with open_app(config) as app:
        async with app.transactions() as tx:
            if not await tx.projects.list_all():
                await tx.projects.add(a_project())
        started = time.perf_counter()
        archive = open_archive(export, "UTC")
        chat = Chat(archive.chat_id, ChatKind.SUPERGROUP, archive.name, is_imported=True)
        reading, new = archive.messages(), 0
        while chunk := list(islice(reading, CHUNK)):
            new += await app.services.intake.store_archive(PROJECT, chat, chunk)
        return time.perf_counter() - started, new


async def _loaded(store: Store, export: Path) -> float:
    """The same rows with as little code as it takes, all of the file in memory."""
    with closing(sqlite3.connect(store.file, isolation_level=None)) as database:
        for pragma in PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        started = time.perf_counter()
        loaded = _parsed(export)
        database.execute("BEGIN IMMEDIATE")
        database.executemany(inserting("message", is_postgres=False), _rows(loaded, is_postgres=False))
        database.execute("INSERT INTO message_words(message_words) VALUES ('rebuild')")
        database.execute("COMMIT")
        return time.perf_counter() - started


async def _loaded_on_server(store: Store, export: Path) -> float:
    """The same on PostgreSQL, whose index of words is taken away first and built once in the end."""
    database = await connect(store.url)
    try:
        index = await database.fetchval(_WORDS_INDEX)
        started = time.perf_counter()
        loaded = _parsed(export)
        async with database.transaction():
            await database.execute("DROP INDEX ix_message_words")
            rows = _rows(loaded, is_postgres=True)
            await database.executemany(inserting("message", is_postgres=True), rows)
            await database.execute(index)
        return time.perf_counter() - started
    finally:
        await database.close()


def _parsed(export: Path) -> dict[str, Any]:
    with export.open(encoding="utf-8") as file:
        return json.load(file)


def _rows(export: dict[str, Any], *, is_postgres: bool) -> Iterator[tuple[object, ...]]:
    chat_id = -1_000_000_000_000 - export["id"]
    for one in export["messages"]:
        if one["type"] != "message":
            continue
        parts = [one["text"]] if isinstance(one["text"], str) else one["text"]
        text = "".join(part if isinstance(part, str) else part["text"] for part in parts)
        sent_at = datetime.fromisoformat(one["date"]).replace(tzinfo=UTC)
        author = int(str(one.get("from_id") or 0).lstrip("userchanl"))
        yield (
            chat_id, one["id"], one.get("from") or "", author, None, False, text,
            moment(sent_at, is_postgres=is_postgres), None, one.get("reply_to_message_id"), None, "none",
            "forwarded_from" in one, "imported", "[]", False, bool(text), False,
        )  # fmt: skip


async def _memory(folder: Path, effort: Effort, kind: DatabaseKind) -> Line:
    """Peak memory of a process that imports a long export, and of one that imports a tenth of it."""
    long, short = effort.of(1_000_000, 20_000), effort.of(100_000, 2000)
    peaks: list[float] = []
    for size in (long, short):
        async with stored(kind, fresh(folder / f"peak-{size}")) as store:
            peaks.append((await imported_apart(folder, store.url, size)).peak_megabytes)
    against = f"the same with a tenth of it: {long:,} and {short:,} messages, one round"
    return Line("import, peak memory", [Round(*peaks)], "MB", Aim(most=1.1), against, long)


@dataclass(frozen=True)
class Imported:
    """What a process of its own took to import an export."""

    seconds: float
    peak_megabytes: float


async def imported_apart(folder: Path, url: str, messages: int) -> Imported:
    """Import that many messages in a process of its own, into an empty database."""
    export = folder / f"{messages}.json"
    await asyncio.to_thread(write_export, export, messages)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.peak", export, url, folder, cwd=ROOT, stdout=PIPE
    )
    told, _ = await child.communicate()
    export.unlink()
    if child.returncode != 0:
        raise AssertionError(f"importing {messages} messages ended with {child.returncode}")
    new, seconds, kibibytes = told.split()
    if int(new) != messages:
        raise AssertionError(f"{new} of {messages} messages stored")
    return Imported(float(seconds), int(kibibytes) / 1024)
