"""PostgreSQL throws us out, is stopped, or has two wait for each other: a failed world, and no more."""

import asyncio
from collections.abc import Iterator
from typing import Any, cast

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from core.errors import StorageFailed
from storage.engine import Database, open_engine
from storage.migrations import upgrade
from storage.unit_of_work import SqlTransactions
from tests.postgres import own_postgres, postgres_database, running_postgres
from tests.storage.making import StillClock, a_chat, a_message

THROW_OUT = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

OURS = """
SELECT 1 FROM pg_stat_activity WHERE application_name = 'triagram' AND datname = current_database()
"""


@pytest.fixture
def url() -> Iterator[str]:
    """A server's only."""
    with postgres_database() as fresh:
        yield fresh


def throw_out(url: str) -> None:
    """End every connection to a database, as an administrator may."""
    [(count,)] = running_postgres().ask(THROW_OUT, make_url(url).database or "")
    assert count


async def heard_of_it(url: str) -> None:
    """Wait until the server has closed its ends, and we have had a look at ours."""
    while running_postgres().ask(OURS, make_url(url).database or ""):  # noqa: ASYNC110 # a server is waited for
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.01)


async def say(transactions: SqlTransactions, *numbers: int) -> None:
    async with transactions() as tx:
        await tx.messages.add_many([a_message(number) for number in numbers])


async def said(database: Database) -> list[int]:
    async with database.reading() as connection:
        found = await connection.exec_driver_sql("SELECT message_id FROM message ORDER BY 1")
        return list(found.scalars())


async def test_thrown_out_between_transactions_nobody_notices(
    transactions: SqlTransactions, database: Database, url: str
) -> None:
    await say(transactions, 1)
    assert await said(database) == [1]
    throw_out(url)
    await heard_of_it(url)
    await say(transactions, 2)
    assert await said(database) == [1, 2]


async def test_thrown_out_within_a_transaction_all_of_it_is_undone_and_the_next_goes_well(
    transactions: SqlTransactions, database: Database, url: str
) -> None:
    with pytest.raises(StorageFailed) as failed:
        async with transactions() as tx:
            await tx.messages.add_many([a_message(1)])
            throw_out(url)
            await tx.messages.add_many([a_message(2)])
    assert failed.value.kind == "missing"
    assert await said(database) == []
    await say(transactions, 3)
    assert await said(database) == [3]


async def test_thrown_out_before_the_commit_nothing_is_kept_and_nobody_is_told_otherwise(
    transactions: SqlTransactions, database: Database, url: str
) -> None:
    with pytest.raises(StorageFailed) as failed:
        async with transactions() as tx:
            await tx.messages.add_many([a_message(1)])
            throw_out(url)
    assert failed.value.kind == "missing"
    assert await said(database) == []


async def test_thrown_out_while_reading_the_view_is_missing_and_the_next_is_there(
    database: Database, url: str
) -> None:
    with pytest.raises(StorageFailed) as failed:
        async with database.reading() as connection:
            await connection.exec_driver_sql("SELECT 1")
            throw_out(url)
            await connection.exec_driver_sql("SELECT 1")
    assert failed.value.kind == "missing"
    assert await said(database) == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("40001", "busy"),
        ("40P01", "busy"),
        ("55P03", "busy"),
        ("57014", "busy"),
        ("53100", "full"),
        ("53200", "busy"),
        ("58030", "io"),
        ("XX001", "corrupt"),
        ("25006", "readonly"),
    ],
)
async def test_what_the_server_refuses_with_is_a_failed_world_of_its_kind(
    database: Database, code: str, kind: str
) -> None:
    with pytest.raises(StorageFailed) as failed:
        async with database.writing() as connection:
            await connection.exec_driver_sql(f"DO $$ BEGIN RAISE SQLSTATE '{code}'; END $$")
    assert failed.value.kind == kind
    await say(SqlTransactions(database, StillClock()), 1)
    assert await said(database) == [1]


async def test_a_database_nobody_made_is_missing() -> None:
    database = open_engine(running_postgres().url("nobody_made_it"))
    with pytest.raises(StorageFailed) as failed:
        await said(database)
    assert (failed.value.kind, "nobody_made_it" in failed.value.detail) == ("missing", True)
    await database.dispose()


async def test_while_the_server_is_down_it_is_missing_and_once_it_is_back_all_is_there() -> None:
    with own_postgres() as (server, process):
        url = server.bare()
        await upgrade(url)
        database = open_engine(url)
        transactions = SqlTransactions(database, StillClock())
        await say(transactions, 1)
        await asyncio.to_thread(process.stop)
        for _ in range(2):
            with pytest.raises(StorageFailed) as failed:
                await say(transactions, 2)
            assert failed.value.kind == "missing"
        await asyncio.to_thread(process.start)
        await say(transactions, 3)
        assert await said(database) == [1, 3]
        await database.dispose()


async def until_locked() -> None:
    """Until somebody waits for somebody else's row."""
    waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%theirs%'"
    while not running_postgres().ask(waits):  # noqa: ASYNC110 # another connection is waited for
        await asyncio.sleep(0.01)


async def test_of_two_that_wait_for_each_other_the_one_given_up_is_busy_and_may_try_again(
    database: Database, transactions: SqlTransactions, url: str
) -> None:
    """Only with somebody else, such as an administrator: ours take turns."""
    async with transactions() as tx:
        await tx.chats.put(a_chat())
        await tx.messages.add_many([a_message(1)])
    other = await cast("Any", asyncpg).connect(
        make_url(url).set(drivername="postgresql").render_as_string()
    )
    try:
        await other.execute("SET deadlock_timeout = '1h'; BEGIN; UPDATE message SET text = 'theirs'")
        async with asyncio.TaskGroup() as group:
            with pytest.raises(StorageFailed) as failed:
                async with database.writing() as connection:
                    # Whoever looks first is given up, and the other one looks in an hour.
                    await connection.exec_driver_sql("SET LOCAL deadlock_timeout = '10ms'")
                    await connection.exec_driver_sql("UPDATE chat SET title = 'ours'")
                    group.create_task(other.execute("UPDATE chat SET title = 'theirs'"))
                    await until_locked()
                    await connection.exec_driver_sql("UPDATE message SET text = 'ours'")
        assert failed.value.kind == "busy"
        await other.execute("COMMIT")
    finally:
        await other.close()
    assert await said(database) == [1]
