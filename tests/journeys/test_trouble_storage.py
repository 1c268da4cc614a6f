"""The disk is full, the database is locked by another program, or damaged."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest

from bot.cli import BAD_INPUT, main
from core.errors import BadConfig
from tests.databases import fresh_database, migrated_database
from tests.journeys.conftest import captured
from tests.journeys.lives import homed
from tests.journeys.seats import Team
from tests.journeys.staging import Journey

LONG = "the map is blank in Lyon " + "and grey around the river, as seen on Monday; " * 80
"""Long enough that no page has room for it left."""
FULL = "The disk I write to is full."
BUSY = "My database does not answer just now."
ANSWERED_TWICE = "query is too old"
"""A press is answered "later", and what it comes to is said once more in vain: the card shows it."""
PAGE_BYTES = 4096


async def write_pragma(stage: Journey, pragma: str) -> None:
    """Set something on the one connection the bot writes through."""
    async with stage.app.engine.writing() as connection:
        await connection.exec_driver_sql(f"PRAGMA {pragma}")


@asynccontextmanager
async def full_disk(stage: Journey) -> AsyncGenerator[None]:
    """No page can be had any more, new or emptied, while the block runs."""
    [(pages,)] = stage.rows("PRAGMA page_count")
    await write_pragma(stage, f"max_page_count = {pages + 8}")
    with closing(sqlite3.connect(stage.file)) as filler, filler:
        filler.execute("CREATE TABLE filler (bytes BLOB)")
        [(free,)] = stage.rows("PRAGMA freelist_count")
        filler.execute("INSERT INTO filler VALUES (zeroblob(?))", [PAGE_BYTES * (free + 16)])
    await write_pragma(stage, "max_page_count = 1")
    try:
        yield
    finally:
        await write_pragma(stage, "max_page_count = 1000000")


@contextmanager
def lock(file: Path) -> Generator[None]:
    """Another program holds the write lock while the block runs."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_on_a_full_disk_who_asked_is_told_once_the_owner_once_and_all_is_done_when_there_is_room(
    stage: Journey, team: Team
) -> None:
    stage.refused.append(ANSWERED_TWICE)
    card = await captured(team)
    async with full_disk(stage):
        asked = await team.seats["olya"].say(f"/bug {LONG}")
        told = await team.seats["olya"].read(FULL, after=asked)
        assert told.reply_to == asked
        await team.direct.read("🛟 The disk I write to is full, so I rest.")
        await team.seats["maxw"].say(LONG)
        presses = await team.direct.press(card, "Approve")
        assert presses == "Approved → T-1" or FULL in presses
        await asyncio.sleep(2.5)
        assert [one.text for one in await stage.posts(team.group.id) if FULL in one.text] == [told.text]
    await team.direct.see(card, "approved by ann")
    await team.direct.read("and grey around the river", after=card.id)
    await stage.settle()
    assert len([1 for one in await stage.posts(team.direct.chat) if "so I rest" in one.text]) == 1
    assert stage.rows("SELECT count(*) FROM message WHERE text LIKE 'the map is blank in Lyon and%'")[0][0]


async def test_while_another_program_locks_the_database_presses_are_answered_later_and_done_then(
    stage: Journey, team: Team
) -> None:
    stage.refused.append(ANSWERED_TWICE)
    card = await captured(team)
    await write_pragma(stage, "busy_timeout = 200")
    with lock(stage.file):
        assert BUSY in await team.direct.press(card, "Approve")
        asked = await team.seats["olya"].say("/bug coupons are counted twice")
        told = await team.seats["olya"].read(BUSY, after=asked)
        await asyncio.sleep(2.5)
        assert (await stage.posts(team.group.id))[-1].id == told.id
    await team.direct.see(card, "approved by ann")
    await team.direct.read("coupons are counted twice")
    assert stage.rows("SELECT count(*) FROM task") == [(1,)]


def damage(file: Path, table: str) -> None:
    """Overwrite the page a table begins at."""
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [page] = opened.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    with file.open("r+b") as raw:
        raw.seek((page - 1) * PAGE_BYTES)
        raw.write(b"\xa5" * PAGE_BYTES)


@pytest.mark.parametrize("has_copy", [True, False])
def test_a_damaged_database_is_not_started_on_and_the_newest_copy_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, has_copy: bool
) -> None:
    url = fresh_database(migrated_database(), tmp_path)
    copy = tmp_path / "backups" / "triagram-2026-11-09.db"
    if has_copy:
        copy.parent.mkdir()
        shutil.copyfile(tmp_path / "triagram.db", copy)
    damage(tmp_path / "triagram.db", "message")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIAGRAM__TELEGRAM__TOKEN", "1000:" + "a" * 35)
    monkeypatch.setenv("TRIAGRAM__DATABASE__URL", url)
    with pytest.raises(SystemExit) as end:
        main(("run",))
    told = capsys.readouterr().err
    assert end.value.code == BAD_INPUT
    assert told.startswith(f"{tmp_path / 'triagram.db'}: the database is damaged\n  → ")
    assert (
        f"triagram restore {copy}" if has_copy else "there is no nightly copy: `triagram restore`"
    ) in told


async def test_a_database_found_damaged_at_work_ends_the_program_with_the_same_sentence(
    tmp_path: Path,
) -> None:
    async with homed(tmp_path) as home:
        damage(tmp_path / "triagram.db", "schedule")
        with pytest.raises(BaseExceptionGroup) as ended:
            async with home.life():
                await asyncio.wait_for(asyncio.Event().wait(), 30)
    assert ended.group_contains(BadConfig, match="the database is damaged")
