"""Copies of a database: whole while it is written to, kept seven nights, put in place of a damaged one."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.schedule import COPY_HOUR, Keeper
from core.errors import StorageFailed
from storage.copies import NIGHTS, SqlCopies
from storage.engine import Database
from storage.form import NEWEST
from storage.unit_of_work import SqlTransactions
from tests.databases import ON_SQLITE, url_of
from tests.fakes import FakeClock
from tests.storage.making import a_message

OPENING = """
import sqlite3, sys
opened = sqlite3.connect(sys.argv[1])
opened.execute("PRAGMA journal_mode = WAL")
opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def copies(url: str, clock: FakeClock) -> SqlCopies:
    return SqlCopies(url, clock)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@contextmanager
def opened_elsewhere(file: Path) -> Generator[None]:
    """Another process that has the database open and does nothing."""
    with subprocess.Popen(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", OPENING, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield
        other.communicate("")


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def messages_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT count(*) FROM message").fetchone()[0]


@ON_SQLITE
async def test_a_copy_made_while_messages_come_is_whole_and_one_file(
    copies: SqlCopies, database: Database, transactions: SqlTransactions, tmp_path: Path
) -> None:
    begun = asyncio.Event()

    async def talk() -> None:
        for number in range(1, 201):
            async with transactions() as tx:
                await tx.messages.add_many([a_message(number)])
            begun.set()

    target = tmp_path / "elsewhere" / "copy.db"
    async with asyncio.TaskGroup() as group:
        group.create_task(talk())
        await begun.wait()
        await copies.copy(target)
    held = await copies.look(target)
    assert 1 <= held.rows["message"] <= 200
    assert held.form == NEWEST
    assert (target.stat().st_mode & 0o777, target.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert names(target.parent) == ["copy.db"]


@ON_SQLITE
async def test_seven_nights_are_kept_and_a_night_has_one_copy(copies: SqlCopies, clock: FakeClock) -> None:
    for _ in range(NIGHTS + 2):
        for _ in range(2):
            await copies.keep()
        clock.move(days=1)
    assert names(copies.file.parent / "backups") == [f"triagram-2026-11-{day}.db" for day in range(12, 19)]


@ON_SQLITE
async def test_a_damaged_database_leaves_the_copy_there_was(copies: SqlCopies) -> None:
    target = await copies.keep()
    whole = target.read_bytes()
    size = copies.file.stat().st_size
    with copies.file.open("r+b") as opened:
        opened.seek(size - 4096)
        opened.write(b"\xff" * 4096)
    with pytest.raises(StorageFailed) as failed:
        await copies.keep()
    assert failed.value.kind == "corrupt"
    assert (target.read_bytes() == whole, names(target.parent)) == (True, [target.name])


@pytest.mark.parametrize(("content", "kind"), [(None, "missing"), (b"no database" * 500, "corrupt")])
@ON_SQLITE
async def test_what_is_no_database_is_told_by_kind(
    content: bytes | None, kind: str, copies: SqlCopies, tmp_path: Path
) -> None:
    file = tmp_path / "other.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StorageFailed) as failed:
        await copies.look(file)
    assert failed.value.kind == kind


async def test_a_missing_database_is_not_made_by_copying_it(tmp_path: Path, clock: FakeClock) -> None:
    copies = SqlCopies(url_of(tmp_path / "none.db"), clock)
    with pytest.raises(StorageFailed, match="none"):
        await copies.keep()
    assert names(tmp_path) == []


@ON_SQLITE
async def test_a_database_another_process_has_open_is_not_replaced(copies: SqlCopies) -> None:
    copy = await copies.keep()
    assert not copies.is_open_elsewhere()
    with opened_elsewhere(copies.file):
        assert copies.is_open_elsewhere()
        with pytest.raises(StorageFailed) as failed:
            await copies.put(copy)
    assert failed.value.kind == "busy"
    assert copies.file.exists()
    assert copy.exists()
    assert not copies.is_open_elsewhere()


@ON_SQLITE
async def test_a_damaged_database_is_seen_to_be_open_too(copies: SqlCopies) -> None:
    with opened_elsewhere(copies.file):
        with copies.file.open("r+b") as opened:
            opened.write(b"\xff" * 4096)
        assert copies.is_open_elsewhere()


@ON_SQLITE
async def test_what_stood_there_is_kept_with_its_log(copies: SqlCopies, tmp_path: Path) -> None:
    copy = await copies.keep()
    log = copies.file.with_name("triagram.db-wal")
    copies.file.write_bytes(b"damaged")
    log.write_bytes(b"its log")
    aside = await copies.put(copy)
    assert aside is not None
    assert (aside.read_bytes(), aside.with_name(aside.name + "-wal").read_bytes()) == (
        b"damaged",
        b"its log",
    )
    assert not log.exists()
    assert messages_in(copies.file) == 0


class TestNights:
    """When the copy is due."""

    @pytest.mark.parametrize(
        ("last", "now", "is_due"),
        [
            (None, (10, COPY_HOUR, 1), True),
            ((9, COPY_HOUR, 5), (10, COPY_HOUR - 1, 59), False),
            ((9, COPY_HOUR, 5), (10, COPY_HOUR, 0), True),
            ((10, COPY_HOUR, 1), (10, 23, 59), False),
            ((3, 12, 0), (10, 12, 0), True),
        ],
    )
    @ON_SQLITE
    async def test_one_is_made_each_night_and_a_missed_one_is_made_up_for(
        self,
        last: tuple[int, int, int] | None,
        now: tuple[int, int, int],
        is_due: bool,  # noqa: FBT001 - a column of the table
        copies: SqlCopies,
        clock: FakeClock,
    ) -> None:
        if last is not None:
            clock.at = datetime(2026, 11, *last, tzinfo=UTC)
            await copies.keep()
        clock.at = datetime(2026, 11, *now, tzinfo=UTC)
        assert await Keeper(copies, clock).keep_when_due() is is_due
        assert await Keeper(copies, clock).keep_when_due() is False

    @ON_SQLITE
    async def test_a_night_that_fails_is_logged_and_tried_again(
        self, copies: SqlCopies, clock: FakeClock, caplog: pytest.LogCaptureFixture
    ) -> None:
        hidden = copies.file.with_name("hidden")
        copies.file.rename(hidden)
        assert await Keeper(copies, clock).keep_when_due() is False
        assert "no copy tonight" in caplog.text
        hidden.rename(copies.file)
        assert await Keeper(copies, clock).keep_when_due() is True
