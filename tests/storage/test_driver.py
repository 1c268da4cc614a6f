"""The driver: how often a transaction changes threads, and that none stays open."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from storage.driver import OneHopConnection
from storage.engine import Database, open_engine
from tests.databases import ON_SQLITE

ONE = sa.text("SELECT 1")
LONG = sa.text(
    "SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000)"
    " SELECT i FROM n)"
)
COUNT = sa.text("SELECT count(*) FROM membership")
ADD = sa.text("INSERT INTO membership VALUES (1, 2, 0, 0)")


@pytest.fixture
async def hops(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What runs in the connections' threads from now on; both sorts of connection are open already."""
    async with database.reading() as connection:
        await connection.execute(ONE)
    async with database.writing() as connection:
        await connection.execute(ONE)
    seen: list[str] = []
    plain = OneHopConnection._in_thread  # pyright: ignore[reportPrivateUsage] -- what is counted

    async def counted(self: OneHopConnection, call: Any) -> Any:
        seen.append(getattr(call, "func", call).__name__)
        return await plain(self, call)

    monkeypatch.setattr(OneHopConnection, "_in_thread", counted)
    return seen


@ON_SQLITE
async def test_short_looks_need_no_hop(database: Database, hops: list[str]) -> None:
    async with database.reading() as connection:
        await connection.execute(ONE)
        await connection.execute(ONE)
    assert hops == []


@ON_SQLITE
async def test_a_write_hops_only_to_end(database: Database, hops: list[str]) -> None:
    async with database.writing() as connection:
        await connection.execute(ONE)
        await connection.execute(ADD)
        await connection.execute(ONE)
    assert hops == ["commit"]


@ON_SQLITE
async def test_a_write_hops_to_wait_for_another_process(
    url: str, database: Database, hops: list[str]
) -> None:
    other = open_engine(url)
    async with asyncio.TaskGroup() as group, other.writing() as holder:
        await holder.execute(ADD)
        hops.clear()
        waiting = group.create_task(_count_in_a_write(database))
        await asyncio.sleep(0.05)
        seen = list(hops)
    await other.dispose()
    assert seen == ["_timed"]
    assert waiting.result() == 1


async def _count_in_a_write(database: Database) -> int:
    async with database.writing() as connection:
        return (await connection.execute(COUNT)).scalar_one()


@ON_SQLITE
async def test_a_change_that_took_long_hops_the_next_time(database: Database, hops: list[str]) -> None:
    slow_once = sa.text("UPDATE membership SET read_at = (" + LONG.text + ") WHERE chat_id = 1")  # noqa: S608 # ours
    async with database.writing() as connection:
        await connection.execute(ADD)
        await connection.execute(slow_once)
        assert hops == []
        await connection.execute(slow_once)
        assert hops == ["_timed"]


@ON_SQLITE
async def test_a_long_look_ends_in_the_thread(database: Database, hops: list[str]) -> None:
    async with database.reading() as connection:
        assert (await connection.execute(ONE)).scalar_one() == 1
        assert (await connection.execute(LONG)).scalar_one() == 1_000_000
        assert (await connection.execute(ONE)).scalar_one() == 1
    assert hops == ["_timed", "commit"]


@ON_SQLITE
async def test_a_stopped_look_keeps_its_view(database: Database) -> None:
    async with database.reading() as connection:
        assert (await connection.execute(COUNT)).scalar_one() == 0
        async with database.writing() as writer:
            await writer.execute(ADD)
        assert (await connection.execute(LONG)).scalar_one() == 1_000_000
        assert (await connection.execute(COUNT)).scalar_one() == 0
    async with database.reading() as connection:
        assert (await connection.execute(COUNT)).scalar_one() == 1


@ON_SQLITE
async def test_a_look_that_fails_fails_as_any_statement(database: Database) -> None:
    with pytest.raises(OperationalError, match="no such column"):
        async with database.reading() as connection:
            await connection.execute(sa.text("SELECT missing FROM chat"))
    async with database.reading() as connection:
        assert (await connection.execute(ONE)).scalar_one() == 1


@ON_SQLITE
async def test_many_looks_leave_others_their_turn(database: Database) -> None:
    turns: list[int] = []

    async def other() -> None:
        while True:
            turns.append(1)
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group, database.reading() as connection:
        waiting = group.create_task(other())
        for _ in range(2000):
            await connection.execute(ONE)
        waiting.cancel()
    assert len(turns) >= 10


@ON_SQLITE
async def test_a_transaction_without_a_statement_is_none(database: Database, hops: list[str]) -> None:
    async with database.writing():
        pass
    assert hops == []


@ON_SQLITE
async def test_a_block_that_raises_rolls_back_once(database: Database, hops: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.writing() as connection:
            await connection.execute(ONE)
            raise ZeroDivisionError
    assert hops == []


@ON_SQLITE
async def test_who_is_cancelled_leaves_nothing_and_once_the_thread_is_done(
    database: Database, hops: list[str]
) -> None:
    slow = sa.text("UPDATE membership SET read_at = (" + LONG.text + ") WHERE chat_id = 1")  # noqa: S608 # ours

    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(ADD)
            await connection.execute(slow)
            await connection.execute(slow)

    async with asyncio.TaskGroup() as group:
        task = group.create_task(write())
        while "_timed" not in hops:  # noqa: ASYNC110 # the thread tells nobody when it begins
            await asyncio.sleep(0)
        task.cancel()
    async with database.reading() as connection:
        assert (await connection.execute(COUNT)).scalar_one() == 0


@ON_SQLITE
async def test_a_cancelled_statement_leaves_nobody_locked_out(database: Database) -> None:
    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(sa.text("UPDATE membership SET read_at = 1"))

    for after_seconds in (0.0, 0.0002, 0.0005, 0.001, 0.002):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(write())
            await asyncio.sleep(after_seconds)
            task.cancel()
        async with asyncio.timeout(5), database.writing() as connection:
            await connection.execute(ONE)
