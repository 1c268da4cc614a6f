"""Connections: what each database error means, and what each kind of transaction may."""

import asyncio
import gc
import logging
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from core.errors import BadConfig, Bug, StorageFailed
from storage import engine as engines
from storage import standing
from storage.engine import Database, open_engine
from storage.failures import failure_of
from storage.migrations import upgrade
from storage.repositories.rows import insert
from storage.tables import CounterRow
from storage.unit_of_work import SqlTransactions
from tests.databases import fresh_database, migrated_database, url_of
from tests.storage.making import StillClock, a_chat, a_project, new_id


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("database is locked", "busy"),
        ("database table is locked: chat", "busy"),
        ("disk I/O error", "io"),
        ("database or disk is full", "full"),
        ("attempt to write a readonly database", "readonly"),
        ("unable to open database file", "missing"),
        ("database disk image is malformed", "corrupt"),
        ("file is not a database", "corrupt"),
    ],
)
def test_what_the_database_says_has_a_kind(said: str, kind: str) -> None:
    failure = failure_of(OperationalError("SELECT 1", (), sqlite3.OperationalError(said)))
    assert isinstance(failure, StorageFailed)
    assert (failure.kind, failure.detail) == (kind, said)


def test_an_error_of_ours_is_not_the_worlds() -> None:
    assert (
        failure_of(OperationalError("SELECT x", (), sqlite3.OperationalError("no such column: x"))) is None
    )


def test_a_write_while_reading_is_a_bug() -> None:
    said = sqlite3.OperationalError("attempt to write a readonly database")
    assert isinstance(failure_of(OperationalError("INSERT", (), said), is_reading=True), Bug)


async def test_waiting_too_long_for_the_writer_is_busy(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "WRITER_SECONDS", 0.05)
    database = open_engine(url)
    async with database.writing():
        with pytest.raises(StorageFailed) as failed:
            await _write_beside(database)
    assert failed.value.kind == "busy"
    await _write_beside(database)
    await database.dispose()


async def _write_beside(database: Database) -> None:
    async with database.writing() as connection:
        await connection.exec_driver_sql("SELECT 1")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "mysql://x/y",
        "sqlite:///x.db",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
    ],
)
def test_an_address_we_cannot_open_is_refused(url: str) -> None:
    with pytest.raises(BadConfig) as refused:
        open_engine(url)
    assert refused.value.where == "database.url"


async def test_another_process_that_holds_the_lock_makes_us_busy(
    url: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    hurried = open_engine(url)
    async with database.writing() as connection:
        await connection.exec_driver_sql("SELECT 1")
        with pytest.raises(StorageFailed) as failed:
            async with hurried.writing() as held_off:
                await held_off.exec_driver_sql("SELECT 1")
    assert failed.value.kind == "busy"
    async with hurried.writing():
        pass
    await hurried.dispose()


async def test_a_broken_constraint_is_not_the_worlds(transactions: SqlTransactions) -> None:
    project = a_project()
    with pytest.raises(IntegrityError):
        async with transactions() as tx:
            await tx.projects.add(project)
            await tx.projects.add(a_project(id=project.id))


async def test_foreign_keys_hold(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as connection:
            await insert(connection, CounterRow, {"project_id": new_id(), "kind": "task", "value": 1})


async def test_reading_needs_no_lock(database: Database, transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        await tx.chats.put(a_chat())
        async with database.reading() as connection:
            assert (await connection.execute(sa.text("SELECT count(*) FROM chat"))).scalar_one() == 0


async def test_a_disposed_database_is_one_file(tmp_path: Path) -> None:
    file = tmp_path / "triagram.db"
    await upgrade(url_of(file))
    database = open_engine(url_of(file))
    async with SqlTransactions(database, StillClock())() as tx:
        await tx.chats.put(a_chat())
    await database.dispose()
    assert {one for one in (file, Path(f"{file}-wal")) if one.exists()} == {file}


@pytest.mark.parametrize(
    "at",
    [
        datetime(2025, 11, 11, 12, 0, 0, 1, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2025, 11, 11, 12, tzinfo=timezone(timedelta(hours=2))),
    ],
)
async def test_moments_are_kept_to_the_microsecond_and_come_back_in_utc(
    transactions: SqlTransactions, at: datetime
) -> None:
    async with transactions() as tx:
        await tx.chats.put(a_chat(last_heard_at=at))
        stored = (await tx.chats.get(a_chat().id)).last_heard_at
    assert stored == at
    assert stored is not None
    assert stored.tzinfo is UTC


async def test_a_moment_without_zone_is_refused(transactions: SqlTransactions) -> None:
    naive = datetime(2025, 11, 11, 12)  # noqa: DTZ001 - what is refused
    with pytest.raises((ValueError, StatementError), match="2025-11-11"):
        async with transactions() as tx:
            await tx.chats.put(a_chat(last_heard_at=naive))


async def _look(database: Database) -> None:
    async with database.reading() as connection:
        await connection.exec_driver_sql("SELECT 1")


@pytest.mark.parametrize("moments", range(12))
async def test_a_connection_opened_as_the_program_ends_is_closed(
    tmp_path: Path, moments: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Cancelled after so many turns of the loop, wherever in opening a connection that is."""
    database = open_engine(fresh_database(migrated_database(), tmp_path))
    looking = [asyncio.ensure_future(_look(database)) for _ in range(3)]
    for _ in range(moments):
        await asyncio.sleep(0.001)
    for one in looking:
        one.cancel()
    await asyncio.gather(*looking, return_exceptions=True)
    await database.dispose()
    del looking, database
    gc.collect()
    assert [one.message for one in caplog.records if one.levelno >= logging.ERROR] == []
