"""PostgreSQL after a deletion: the tables are written anew, once."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from core.domain.forgetting import Deletion, DeletionKind
from core.domain.ids import PersonId
from storage.engine import Database, open_engine
from storage.migrations import upgrade
from storage.unit_of_work import SqlTransactions
from storage.vacuuming import PostgresScrubbing
from tests.postgres import own_postgres
from tests.storage.making import NOON, StillClock, a_message


@pytest.fixture
async def server() -> AsyncIterator[Database]:
    """Alone on its server: VACUUM leaves what a transaction of any database there may still see."""
    with own_postgres() as (own, _):
        url = own.bare()
        await upgrade(url)
        opened = open_engine(url)
        yield opened
        await opened.dispose()


async def test_after_a_deletion_the_tables_are_written_anew_once(server: Database) -> None:
    scrubbing = PostgresScrubbing(server)
    transactions = SqlTransactions(server, StillClock())
    async with transactions() as tx:
        await tx.messages.add_many([a_message(number) for number in range(500)])
        keys = [a_message(number).key for number in range(500)]
        await tx.deletions.blank(keys)
        await tx.deletions.add(Deletion(UUID(int=1), DeletionKind.PERSON, NOON, person_id=PersonId(7)))
    before = await _bytes_of_messages(server)
    assert await scrubbing.is_due()
    await scrubbing.scrub()
    assert not await scrubbing.is_due()
    assert await _bytes_of_messages(server) < before


async def _bytes_of_messages(server: Database) -> int:
    async with server.reading() as connection:
        size = await connection.exec_driver_sql("SELECT pg_relation_size('message')")
        return size.scalar_one()
