"""Changes nobody waits for: they go with the next statement, are seen by it, and fail in the end."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from core.domain.history import Change
from core.domain.ids import Kind, Ref
from core.domain.showing.spot import Urgency
from core.errors import Stale
from storage.engine import Database
from storage.repositories.rows import insert
from storage.tables import CounterRow
from storage.unit_of_work import SqlTransactions
from tests.databases import ON_POSTGRES
from tests.storage.making import NOON, a_proposal, a_spot, new_id, stored_project
from tests.trips import counted_trips


def _change(item: Ref, what: str) -> Change:
    return Change(new_id(), item, NOON, what, "@ann")


async def test_what_was_written_is_seen_by_the_next_question(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    spot, proposal = a_spot(about=frozenset({project.id})), a_proposal(project)
    async with transactions() as tx:
        await tx.spots.add(spot)
        await tx.proposals.add(proposal)
        await tx.spots.touch([project.id], urgency=Urgency.SETTLED)
        await tx.spots.touch([project.id], urgency=Urgency.SETTLED)
        assert (await tx.spots.get(spot.id)).wanted == spot.wanted + 2
        assert await tx.proposals.get(proposal.id) == proposal


async def test_what_was_written_last_is_committed_too(transactions: SqlTransactions) -> None:
    item = Ref(Kind.TASK, new_id())
    async with transactions() as tx:
        await tx.history.add(_change(item, "created"))
        await tx.history.add(_change(item, "approved"))
    async with transactions.reading() as tx:
        assert {one.what for one in await tx.history.list_of(item, 9)} == {"created", "approved"}


async def test_nothing_written_is_left_of_what_is_rolled_back(transactions: SqlTransactions) -> None:
    project, item = await stored_project(transactions), Ref(Kind.TASK, new_id())
    proposal = a_proposal(project)
    async with transactions() as tx:
        await tx.proposals.add(proposal)
    with pytest.raises(Stale):
        async with transactions() as tx:
            await tx.proposals.save(await tx.proposals.get(proposal.id))
            await tx.history.add(_change(item, "approved"))
            await tx.proposals.save(proposal)
    async with transactions() as tx:
        assert await tx.history.list_of(item, 9) == []
        assert (await tx.proposals.get(proposal.id)).revision == proposal.revision


async def test_what_may_not_be_written_fails_at_the_latest_in_the_end(database: Database) -> None:
    nowhere = {"project_id": new_id(), "kind": "task", "value": 1}
    with pytest.raises(IntegrityError):
        async with database.writing() as connection:
            await insert(connection, CounterRow, nowhere)
    async with database.writing() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM counter")).scalar_one() == 0


@ON_POSTGRES
async def test_writes_about_different_tables_are_one_trip(
    transactions: SqlTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, item = await stored_project(transactions), Ref(Kind.TASK, new_id())
    trips = counted_trips("postgres", monkeypatch)
    async with transactions() as tx:
        await tx.proposals.add(a_proposal(project))
        await tx.history.add(_change(item, "created"))
        await tx.spots.touch([project.id], urgency=Urgency.SETTLED)
        assert trips.count == 0
    # To begin, to write, to commit.
    assert trips.count == 3
    async with transactions.reading() as tx:
        assert len(await tx.history.list_of(item, 9)) == 1


async def test_a_question_asked_twice_in_a_view_is_asked_once(
    url: str, transactions: SqlTransactions, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = await stored_project(transactions)
    kind = "sqlite" if url.startswith("sqlite") else "postgres"
    async with transactions.reading() as tx:
        first = await tx.projects.get(project.id)
        trips = counted_trips(kind, monkeypatch)
        assert await tx.projects.get(project.id) == first
        assert trips.count == 0
    async with transactions() as tx:
        renamed = await tx.projects.save(replace(project, name="Renamed"))
        assert await tx.projects.get(project.id) == renamed
    async with transactions.reading() as tx:
        assert await tx.projects.get(project.id) == renamed
