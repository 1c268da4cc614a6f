"""The driver: how often a transaction changes threads, and that none stays open."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiosqlite
import pytest
import sqlalchemy as sa

from storage.engine import Database

ONE = sa.text("SELECT 1")


@pytest.fixture
async def hops(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What runs in the connections' threads from now on; both sorts of connection are open already."""
    async with database.reading() as connection:
        await connection.execute(ONE)
    async with database.writing() as connection:
        await connection.execute(ONE)
    seen: list[str] = []
    plain: Callable[..., Awaitable[Any]] = aiosqlite.Connection._execute  # pyright: ignore[reportPrivateUsage,reportUnknownMemberType,reportUnknownVariableType] -- what is counted

    async def counted(self: aiosqlite.Connection, call: Callable[..., Any], *args: Any, **more: Any) -> Any:
        seen.append(call.__name__)
        return await plain(self, call, *args, **more)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return seen


async def test_a_transaction_hops_once_a_statement_and_once_to_end(
    database: Database, hops: list[str]
) -> None:
    async with database.reading() as connection:
        await connection.execute(ONE)
        await connection.execute(ONE)
    assert hops == ["_run", "_run", "commit"]


async def test_a_transaction_without_a_statement_is_none(database: Database, hops: list[str]) -> None:
    async with database.writing():
        pass
    assert hops == []


async def test_a_block_that_raises_rolls_back_once(database: Database, hops: list[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.writing() as connection:
            await connection.execute(ONE)
            raise ZeroDivisionError
    assert hops == ["_run", "rollback"]


async def test_a_cancelled_statement_leaves_nobody_locked_out(database: Database) -> None:
    async def write() -> None:
        async with database.writing() as connection:
            await connection.execute(sa.text("UPDATE chat SET title = title"))

    for after_seconds in (0.0, 0.0002, 0.0005, 0.001, 0.002):
        async with asyncio.TaskGroup() as group:
            task = group.create_task(write())
            await asyncio.sleep(after_seconds)
            task.cancel()
        async with asyncio.timeout(5), database.writing() as connection:
            await connection.execute(ONE)
