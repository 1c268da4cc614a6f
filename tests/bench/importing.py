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
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any

from bot.archive import open_archive
from bot.main import demo_config, open_app
from core.domain.person import Chat, ChatKind
from core.services.chats.imports import CHUNK
from storage.migrations import upgrade
from tests.bench.bare import INSERT_MESSAGE, PRAGMAS
from tests.bench.exports import REAL, write_export
from tests.bench.measure import Aim, Effort, Line, Round, alternate, fresh
from tests.bench.sides import ROOT
from tests.builders import PROJECT, a_project
from tests.databases import url_of

NOWHERE = "http://127.0.0.1:9"
"""An import asks Telegram for nothing; without a token nobody is asked at start either."""
_MICROSECONDS = 1_000_000


async def measure(folder: Path, effort: Effort) -> list[Line]:
    """Two lines: the time of one export, and the memory of a long one against a short one."""
    export = REAL
    if effort.is_quick or not REAL.exists():
        export = folder / "result.json"
        write_export(export, effort.of(20_000, 2000))
    return [await _time(folder, effort, export), await _memory(folder, effort)]


async def _time(folder: Path, effort: Effort, export: Path) -> Line:
    numbers, stored = count(), list[int]()

    async def ours() -> float:
        seconds, new = await imported(export, folder / f"ours-{next(numbers)}")
        stored.append(new)
        return seconds

    async def baseline() -> float:
        seconds, new = await _loaded(export, folder / f"bare-{next(numbers)}")
        stored.append(new)
        return seconds

    # As the program does once it is loaded; here it is for both.
    gc.collect()
    gc.freeze()
    seconds = await alternate(effort.rounds, ours, baseline)
    if len(set(stored)) != 1:
        raise AssertionError(f"the two sides stored {stored}")
    against = f"json.load, executemany and one full-text build; {export.name}"
    each = [Round(one.ours * 1000, one.baseline * 1000) for one in seconds]
    return Line("import of an export", each, "ms", Aim(most=2.0), against, stored[0])


async def imported(export: Path, folder: Path) -> tuple[float, int]:
    """Seconds it takes to store an export as `triagram import` does, and how many messages were new."""
    config = demo_config(NOWHERE, "", fresh(folder))
    async with open_app(config) as app:
        async with app.transactions() as tx:
            await tx.projects.add(a_project())
        started = time.perf_counter()
        archive = open_archive(export, "UTC")
        chat = Chat(archive.chat_id, ChatKind.SUPERGROUP, archive.name, is_imported=True)
        reading, new = archive.messages(), 0
        while chunk := list(islice(reading, CHUNK)):
            new += await app.services.intake.store_archive(PROJECT, chat, chunk)
        return time.perf_counter() - started, new


async def _loaded(export: Path, folder: Path) -> tuple[float, int]:
    """The same rows with as little code as it takes, all of the file in memory."""
    file = fresh(folder) / "triagram.db"
    await upgrade(url_of(file))
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        for pragma in PRAGMAS:
            database.execute(f"PRAGMA {pragma}")
        started = time.perf_counter()
        loaded = _parsed(export)
        database.execute("BEGIN IMMEDIATE")
        database.executemany(INSERT_MESSAGE, _rows(loaded))
        database.execute("INSERT INTO message_words(message_words) VALUES ('rebuild')")
        database.execute("COMMIT")
        seconds = time.perf_counter() - started
        return seconds, database.execute("SELECT count(*) FROM message").fetchone()[0]


def _parsed(export: Path) -> dict[str, Any]:
    with export.open(encoding="utf-8") as file:
        return json.load(file)


def _rows(export: dict[str, Any]) -> Iterator[tuple[object, ...]]:
    chat_id = -1_000_000_000_000 - export["id"]
    for one in export["messages"]:
        if one["type"] != "message":
            continue
        parts = [one["text"]] if isinstance(one["text"], str) else one["text"]
        text = "".join(part if isinstance(part, str) else part["text"] for part in parts)
        sent_at = datetime.fromisoformat(one["date"]).replace(tzinfo=UTC).timestamp() * _MICROSECONDS
        author = int(str(one.get("from_id") or 0).lstrip("userchanl"))
        yield (
            chat_id, one["id"], one.get("from") or "", author, None,
            False, text, int(sent_at), None, one.get("reply_to_message_id"), None, "none",
            "forwarded_from" in one, "imported", "[]", False, bool(text),
        )  # fmt: skip


async def _memory(folder: Path, effort: Effort) -> Line:
    """Peak memory of a process that imports a long export, and of one that imports a tenth of it."""
    long, short = effort.of(1_000_000, 20_000), effort.of(100_000, 2000)
    peaks = [await _peak_megabytes(folder, size) for size in (long, short)]
    against = f"the same with a tenth of it: {long:,} and {short:,} messages, one round"
    return Line("import, peak memory", [Round(*peaks)], "MB", Aim(most=1.1), against, long)


async def _peak_megabytes(folder: Path, messages: int) -> float:
    export = folder / f"{messages}.json"
    await asyncio.to_thread(write_export, export, messages)
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.bench.peak", export, folder / f"peak-{messages}", cwd=ROOT, stdout=PIPE
    )
    told, _ = await child.communicate()
    export.unlink()
    if child.returncode != 0:
        raise AssertionError(f"importing {messages} messages ended with {child.returncode}")
    new, kibibytes = map(int, told.split())
    if new != messages:
        raise AssertionError(f"{new} of {messages} messages stored")
    return kibibytes / 1024
