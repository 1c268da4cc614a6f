"""How often a press asks the database: each question is a trip to another process on PostgreSQL."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.view.payload import Verb
from core.domain.ids import PersonId
from core.domain.person import Installation
from storage.engine import open_engine
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions
from tests.bot.hear.cards import at, bug, payload
from tests.bot.hear.conftest import BOT_ID, TEMPLATE, Room, furnish, made_room
from tests.databases import BOTH, fresh_database
from tests.fakes import FakeClock
from tests.postgres import postgres_database
from tests.trips import counted_trips

PRESS = {"sqlite": 22, "postgres": 20}
"""SQLite begins and ends without a question; both of PostgreSQL's transactions take one for each."""
PAINTED = {"sqlite": 18, "postgres": 24}


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def url(kind: str, tmp_path: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield fresh_database(TEMPLATE, tmp_path)
        return
    with postgres_database() as fresh:
        yield fresh


@pytest.fixture
async def room(url: str) -> AsyncIterator[Room]:
    database, clock = open_engine(url), FakeClock()
    made = made_room(SqlTransactions(database, clock), SqlInbox(database), clock)
    async with made.transactions() as tx:
        await tx.installations.put(Installation(BOT_ID, owner_id=PersonId(1)))
    await furnish(made)
    yield made
    await database.dispose()


async def test_a_press_asks_no_oftener_than_it_must(
    kind: str, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await bug(room, 900), await bug(room, 901, "The push does not come")
    # The first of each statement is prepared, which is a trip of its own.
    await room.press(payload(room, first, Verb.APPROVE), at=at(first))
    await room.deliver()
    trips = counted_trips(kind, monkeypatch)
    assert await room.press(payload(room, second, Verb.APPROVE), at=at(second)) == "Approved → T-2"
    assert trips.count == PRESS[kind]
    trips.count = 0
    await room.deliver()
    assert trips.count == PAINTED[kind]
