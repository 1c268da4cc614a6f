"""A database for each test, its transactions, and a clock that stands still."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import Database, open_engine
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions
from tests.databases import fresh_database, template_database
from tests.postgres import postgres_database
from tests.storage.making import StillClock


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_database(tmp_path_factory)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, template: Path, tmp_path: Path) -> Iterator[str]:
    """Each database the contract holds for."""
    if request.param == "sqlite":
        yield fresh_database(template, tmp_path)
        return
    with postgres_database() as fresh:
        yield fresh


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = open_engine(url)
    yield opened
    await opened.dispose()


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def transactions(database: Database, clock: StillClock) -> SqlTransactions:
    return SqlTransactions(database, clock)


@pytest.fixture
def inbox(database: Database) -> SqlInbox:
    return SqlInbox(database)
