"""Moving from one database to another: every row, or none."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from core.domain.ids import Kind, Ref
from core.domain.run import Window
from core.errors import BadConfig
from storage import moving
from storage.engine import open_engine
from storage.moving import Moved, move
from storage.unit_of_work import SqlTransactions
from tests.databases import BOTH, fresh_database, migrated_database
from tests.postgres import postgres_database, running_postgres
from tests.storage.making import (
    NOON,
    StillClock,
    a_message,
    a_proposal,
    a_run,
    evidence,
    listening,
    minutes,
    stored_project,
)
from tests.storage.test_search import EAST, MODEL

MESSAGES = 25


@pytest.fixture(params=BOTH)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        (tmp_path / "target").mkdir()
        yield fresh_database(migrated_database(), tmp_path / "target")
        return
    with postgres_database() as fresh:
        yield fresh


async def _furnished(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    run = a_run(project)
    async with transactions() as tx:
        await listening(tx, project)
        await tx.messages.add_many([a_message(number) for number in range(MESSAGES)])
        await tx.runs.add(run)
        proposal = a_proposal(project, run_id=run.id, evidence=evidence(1))
        await tx.proposals.add(proposal)
        item = Ref(Kind.PROPOSAL, proposal.id)
        await tx.search.put_text(item, project.id, "Mend the login", "")
        await tx.search.put_vectors(project.id, MODEL, [item], [EAST])


async def _moved(source: str, target: str) -> list[Moved]:
    return [step async for step in move(source, target)]


async def test_every_row_is_found_in_the_new_database_and_new_ones_go_on_from_there(
    transactions: SqlTransactions, url: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "PAGE", 10)
    await _furnished(transactions)
    steps = await _moved(url, target)
    assert steps[0].done == 0
    assert steps[-1].done == steps[-1].total > MESSAGES
    there = open_engine(target)
    async with SqlTransactions(there, StillClock())() as tx:
        [project] = await tx.projects.list_all()
        [proposal] = await tx.proposals.list_pending(project.id)
        found = await tx.search.by_vector(project.id, Kind.PROPOSAL, MODEL, EAST, 1)
        assert [item for item, _ in found] == [Ref(Kind.PROPOSAL, proposal.id)]
        assert proposal.evidence == evidence(1)
        assert len(await tx.search.by_words(project.id, Kind.PROPOSAL, "login", 9)) == 1
        assert len(await tx.search.messages_by_words(project.id, "login", 99)) == MESSAGES
        assert await tx.messages.add_many([a_message(MESSAGES)]) == 1
        said = Window(NOON - minutes(1), NOON + minutes(99))
        assert await tx.messages.count_said(project.id, said) == MESSAGES + 1
    await there.dispose()


async def test_a_target_with_rows_is_refused(transactions: SqlTransactions, url: str, target: str) -> None:
    await _furnished(transactions)
    await _moved(url, target)
    with pytest.raises(BadConfig, match=r"target has rows: .*message 25 of 0"):
        await _moved(url, target)


async def test_a_move_that_breaks_off_can_be_begun_again(
    transactions: SqlTransactions, url: str, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "PAGE", 10)
    await _furnished(transactions)
    with pytest.raises(ZeroDivisionError):
        async for step in move(url, target):
            if step.done > MESSAGES:
                raise ZeroDivisionError
    assert (await _moved(url, target))[-1].done > MESSAGES


LOSE_ON_SQLITE = """
CREATE TRIGGER lose BEFORE INSERT ON message WHEN NEW.message_id = 7 BEGIN SELECT RAISE(IGNORE); END
"""
LOSE_ON_POSTGRES = """
CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER lose BEFORE INSERT ON message FOR EACH ROW WHEN (NEW.message_id = 7) EXECUTE FUNCTION lose();
ALTER TABLE message ENABLE ALWAYS TRIGGER lose
"""


@pytest.fixture
def losing(target: str) -> Iterator[str]:
    """A target in which one row does not arrive, though nothing is said to have failed."""
    address = make_url(target)
    if target.startswith("sqlite"):
        with closing(sqlite3.connect(str(address.database))) as file:
            file.execute(LOSE_ON_SQLITE)
        yield target
        return
    server, name = running_postgres(), str(address.database)
    for statement in LOSE_ON_POSTGRES.split(";\n"):
        server.ask(statement, name)
    yield target
    server.ask("DROP FUNCTION lose CASCADE", name)


async def test_a_row_that_did_not_arrive_is_told_and_nothing_is_kept(
    transactions: SqlTransactions, url: str, losing: str
) -> None:
    await _furnished(transactions)
    with pytest.raises(BadConfig, match=rf"not every row arrived.*message {MESSAGES - 1} of {MESSAGES}"):
        await _moved(url, losing)
    there = open_engine(losing)
    async with there.reading() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM message")).scalar_one() == 0
    await there.dispose()
