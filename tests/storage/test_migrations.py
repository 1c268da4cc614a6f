"""Migrations: from nothing to the tables as declared, back with rows, and never from the future."""

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from core.errors import BadConfig, StorageFailed
from storage import migrations
from storage.engine import Database, open_engine
from storage.form import NEWEST
from storage.migrations import check, downgrade, migrating, upgrade
from storage.unit_of_work import SqlTransactions
from tests.databases import BOTH, ON_SQLITE, url_of
from tests.postgres import running_postgres
from tests.storage.making import (
    StillClock,
    a_message,
    a_proposal,
    a_run,
    a_spot,
    evidence,
    listening,
    stored_project,
)

HISTORY = str(Path(migrations.__file__).parent)


async def _furnish(transactions: SqlTransactions) -> UUID:
    project = await stored_project(transactions)
    run = a_run(project)
    async with transactions() as tx:
        await listening(tx, project)
        await tx.messages.add_many([a_message(1)])
        await tx.runs.add(run)
        proposal = a_proposal(project, run_id=run.id, evidence=evidence(1))
        await tx.proposals.add(proposal)
        await tx.spots.add(a_spot(about=frozenset({proposal.id})))
    return project.id


async def _run(database: Database, statement: str) -> list[tuple[Any, ...]]:
    async with database.writing() as connection:
        result = await connection.exec_driver_sql(statement)
        return [tuple(row) for row in result.all()] if result.returns_rows else []


async def test_an_upgraded_database_is_as_declared(tmp_path: Path) -> None:
    url = url_of(tmp_path / "new" / "folder" / "triagram.db")
    await upgrade(url)
    await check(url)
    await upgrade(url)
    await check(url)


async def test_an_empty_database_is_not_as_declared(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="none"):
        await check(url_of(tmp_path / "triagram.db"))


async def test_a_column_that_is_missing_is_told(url: str, database: Database) -> None:
    await _run(database, "ALTER TABLE chat DROP COLUMN title")
    with pytest.raises(BadConfig, match="title"):
        await check(url)


async def test_upgrading_again_keeps_every_row(url: str, transactions: SqlTransactions) -> None:
    project_id = await _furnish(transactions)
    await upgrade(url)
    async with transactions.reading() as tx:
        assert await tx.messages.count_unread(project_id) == 1
        (proposal,) = await tx.proposals.list_pending(project_id)
    assert proposal.evidence == evidence(1)


async def test_a_database_with_rows_goes_back_and_forth(url: str) -> None:
    first = open_engine(url)
    await _furnish(SqlTransactions(first, StillClock()))
    await first.dispose()
    await downgrade(url, "base")
    second = open_engine(url)
    async with second.reading() as connection:
        left = await connection.run_sync(lambda there: sa.inspect(there).get_table_names())
    assert set(left) <= {"alembic_version"}
    await second.dispose()
    await upgrade(url)
    await check(url)


OF_OLD = ("project", "message", "run", "proposal", "evidence", "spot")
"""Tables every form has, with rows."""


async def _counted(url: str) -> list[int]:
    database = open_engine(url)
    async with database.reading() as connection:
        counts = [
            (await connection.exec_driver_sql(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - ours
            for name in OF_OLD
        ]
    await database.dispose()
    return counts


async def test_each_step_back_and_all_of_them_forth_keep_the_rows(url: str) -> None:
    first = open_engine(url)
    await _furnish(SqlTransactions(first, StillClock()))
    await first.dispose()
    before = await _counted(url)
    assert all(before)
    newest, *older = (step.revision for step in ScriptDirectory(HISTORY).walk_revisions())
    for form in older:
        await downgrade(url, form)
        assert await _counted(url) == before
        with pytest.raises(BadConfig, match=newest):
            await check(url)
    await upgrade(url)
    await check(url)
    assert await _counted(url) == before


async def test_a_database_from_the_future_is_refused(url: str, database: Database) -> None:
    await _run(database, "UPDATE alembic_version SET version_num = '9999'")
    for work in (upgrade(url), check(url), downgrade(url, "base")):
        with pytest.raises(BadConfig, match="9999"):
            await work


@ON_SQLITE
async def test_a_row_that_points_at_none_is_told(url: str, database: Database) -> None:
    with closing(sqlite3.connect(str(database.writer.engine.url.database))) as connection, connection:
        connection.execute("INSERT INTO counter (project_id, kind, value) VALUES (x'00', 'task', 1)")
    with pytest.raises(BadConfig, match="counter"):
        await upgrade(url)


@ON_SQLITE
async def test_a_table_made_anew_keeps_the_rows_that_point_at_it(
    url: str, transactions: SqlTransactions
) -> None:
    project_id = await _furnish(transactions)

    def make_anew(connection: sa.Connection) -> None:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("project", recreate="always") as batch:
            batch.add_column(sa.Column("added", sa.Integer()))

    async with migrating(url) as connection:
        await connection.run_sync(make_anew)
    async with transactions() as tx:
        assert len(await tx.chats.bindings_of_project(project_id)) == 1
        assert len(await tx.proposals.list_pending(project_id)) == 1


async def test_an_upgrade_of_what_is_no_database_fails_with_its_kind(tmp_path: Path) -> None:
    file = tmp_path / "triagram.db"
    file.write_text("this is a poem, not a database " * 200)
    with pytest.raises(StorageFailed) as failed:
        await upgrade(url_of(file))
    assert failed.value.kind == "corrupt"


@ON_SQLITE
async def test_what_was_there_is_copied_before_its_form_changes(
    url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "triagram.db"
    before = tmp_path / "backups" / "before-9998.db"
    await upgrade(url)
    assert not before.parent.exists(), "nothing changed, nothing is copied"
    later = tmp_path / "later"
    shutil.copytree(Path(migrations.__file__).parent, later, ignore=shutil.ignore_patterns("__pycache__"))
    (later / "versions" / "m9998_more.py").write_text(
        f'from alembic import op\n\nrevision = "9998"\ndown_revision = "{NEWEST}"\n\n\n'
        'def upgrade() -> None:\n    op.execute("CREATE TABLE more (id INTEGER PRIMARY KEY)")\n',
        "utf-8",
    )
    monkeypatch.setattr(migrations, "__file__", str(later / "__init__.py"))
    await upgrade(url)
    forms = "SELECT version_num FROM alembic_version"
    for where, form in ((before, NEWEST), (file, "9998")):
        with closing(sqlite3.connect(where)) as database:
            assert database.execute(forms).fetchall() == [(form,)]
    monkeypatch.undo()
    with pytest.raises(BadConfig) as refused:
        await upgrade(url)
    assert "Triagram 0.1.0 changed it last (form 9998)" in refused.value.problem
    assert "before-9998.db" in refused.value.mend


ROOT = Path(__file__).parents[2]
UPGRADING = "import asyncio, sys; from storage.migrations import upgrade; asyncio.run(upgrade(sys.argv[1]))"


@pytest.fixture(params=BOTH)
def nothing_yet(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table."""
    if request.param == "sqlite":
        yield url_of(tmp_path / "nothing.db")
        return
    bare = running_postgres().bare()
    yield bare
    running_postgres().give_back(bare)


async def test_processes_that_upgrade_at_once_wait_for_each_other(nothing_yet: str) -> None:
    starting = [
        asyncio.create_subprocess_exec(sys.executable, "-c", UPGRADING, nothing_yet, cwd=ROOT)
        for _ in range(3)
    ]
    processes = await asyncio.gather(*starting)
    assert await asyncio.gather(*(one.wait() for one in processes)) == [0, 0, 0]
    await check(nothing_yet)
