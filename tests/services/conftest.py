"""A furnished house on a fresh database for each test."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from storage.engine import open_engine
from storage.unit_of_work import SqlTransactions
from tests.databases import fresh_database, migrated_database
from tests.fakes import FakeClock
from tests.house import House
from tests.postgres import postgres_database

TEMPLATE = migrated_database()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Modules with DATABASES hold a rule that must hold on each of them; the others run on SQLite."""
    databases: tuple[str, ...] = getattr(cast("Any", metafunc).module, "DATABASES", ())
    if databases and "house_url" in metafunc.fixturenames:
        metafunc.parametrize("house_url", databases, indirect=True)


@pytest.fixture
def house_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if getattr(request, "param", "sqlite") == "sqlite":
        yield fresh_database(TEMPLATE, tmp_path)
        return
    with postgres_database() as fresh:
        yield fresh


@pytest.fixture
async def house(house_url: str) -> AsyncIterator[House]:
    """One project, one reviewer, one group."""
    database = open_engine(house_url)
    clock = FakeClock()
    house = House(SqlTransactions(database, clock), clock)
    await house.furnish()
    yield house
    await database.dispose()
