"""A furnished house on a fresh database for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine import open_engine
from storage.unit_of_work import SqlTransactions
from tests.databases import fresh_database, migrated_database
from tests.fakes import FakeClock
from tests.house import House

TEMPLATE = migrated_database()


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """One project, one reviewer, one group."""
    database = open_engine(fresh_database(TEMPLATE, tmp_path))
    clock = FakeClock()
    house = House(SqlTransactions(database, clock), clock)
    await house.furnish()
    yield house
    await database.dispose()
