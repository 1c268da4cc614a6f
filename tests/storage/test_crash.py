"""Kill -9 anywhere: what was said to be committed is there, and nothing is there by half."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from storage.engine import Database
from storage.flavour import flavour_of
from storage.tables import MessageRow, table_of
from tests.storage.writing import ROWS

ROOT = Path(__file__).parents[2]


async def _write_and_kill(url: str, seconds: float) -> int:
    """Let a process write, kill it that long after its first commit, return the last one it told of."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.writing", url, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    first = await process.stdout.readline()
    await asyncio.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    told = (first + await process.stdout.read()).decode().split()
    await process.wait()
    return int(told[-1])


@pytest.mark.parametrize("seconds", [0.0, 0.013, 0.071])
async def test_a_killed_writer_leaves_nothing_by_half(url: str, database: Database, seconds: float) -> None:
    told = await _write_and_kill(url, seconds)
    counts = dict(await _rows(database, "SELECT chat_id, count(*) FROM message GROUP BY chat_id"))
    chats = {id_ for (id_,) in await _rows(database, "SELECT id FROM chat")}
    done = {
        -id_ for (id_,) in await _rows(database, "SELECT update_id FROM incoming WHERE status = 'done'")
    }
    async with database.reading() as connection:
        which = sa.select(table_of(MessageRow).c.seq)
        found = flavour_of(connection).having_words(which, table_of(MessageRow), ["login"])
        words = len((await connection.execute(found)).all())
    assert set(counts.values()) == {ROWS}
    assert set(counts) == chats == done
    assert set(range(-told, 0)) <= done
    assert words == ROWS * len(chats)
    assert await database.list_damage() == []


async def _rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    async with database.reading() as connection:
        return [tuple(row) for row in (await connection.exec_driver_sql(statement)).all()]
