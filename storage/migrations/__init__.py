"""Migrations: bring a database to the form this program knows, or say that it is not in it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from core.errors import BadConfig
from storage import tables
from storage.copies import folder_of
from storage.driver import TO_WRITE
from storage.engine import file_of, is_on_server, sqlite_engine, url_of
from storage.failures import failure_of
from storage.files import copy_file
from storage.flavour import flavour_of
from storage.migrations.options import OPTIONS
from storage.release import stamp, stamped

_WHERE = "database"


async def upgrade(url: str) -> None:
    """Create the database, or bring it to the newest form; in one transaction, all or nothing.

    What there was before is copied to `backups/before-FORM.db` first. Raises BadConfig for a database newer
    than this program, StorageFailed where it does not answer. Not twice at once in one process: Alembic's
    context is global.
    """
    await _keep_before(url)
    async with migrating(url) as connection:
        await connection.run_sync(_ensure_known)
        await flavour_of(connection).ensure_able(connection)
        await connection.run_sync(_configured(command.upgrade, "head"))
        await connection.run_sync(stamp)
        await _ensure_whole(connection)


async def _keep_before(url: str) -> None:
    if is_on_server(url) or not file_of(url).exists():
        return
    async with migrating(url) as connection:
        await connection.run_sync(_ensure_known)
        present = await connection.run_sync(_present)
    newest = _newest()
    if present not in {None, newest}:
        await asyncio.to_thread(copy_file, file_of(url), folder_of(url) / f"before-{newest}.db")


async def downgrade(url: str, revision: str) -> None:
    """Take a database back to an older form, "base" for none. Raises as `upgrade` does."""
    async with migrating(url) as connection:
        await connection.run_sync(_ensure_known)
        await connection.run_sync(_configured(command.downgrade, revision))
        await _ensure_whole(connection)


async def check(url: str) -> None:
    """Raise BadConfig unless the database has the newest form and the tables as they are declared."""
    async with migrating(url) as connection:
        await connection.run_sync(_ensure_known)
        await connection.run_sync(_ensure_newest)


@asynccontextmanager
async def migrating(url: str) -> AsyncGenerator[AsyncConnection]:
    """A transaction for migrations: nobody else writes meanwhile.

    On SQLite with foreign keys off: batch migrations drop and make tables anew, which would else delete
    the rows of others.
    """
    migrating = _migrating_server if is_on_server(url) else _migrating_file
    async with migrating(url) as connection:
        yield connection


@asynccontextmanager
async def _migrating_server(url: str) -> AsyncGenerator[AsyncConnection]:
    from storage.postgres.engine import migrating  # noqa: PLC0415 # as in storage.engine

    async with migrating(url_of(url)) as connection:
        yield connection


@asynccontextmanager
async def _migrating_file(url: str) -> AsyncGenerator[AsyncConnection]:
    engine = sqlite_engine(
        url, begin=TO_WRITE, pragmas=("journal_mode=WAL", "foreign_keys=OFF"), connections=1
    )
    try:
        async with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        failure = failure_of(error)
        if failure is None:
            raise
        raise failure from error
    finally:
        await engine.dispose()


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _configured(run: Callable[[Config, str], Any], revision: str) -> Callable[[sa.Connection], None]:
    def go(connection: sa.Connection) -> None:
        run(_config(connection), revision)

    return go


def _newest() -> str | None:
    return ScriptDirectory.from_config(_config()).get_current_head()


def _present(connection: sa.Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _ensure_known(connection: sa.Connection) -> None:
    """Raise BadConfig when the database has a form this program does not know."""
    script = ScriptDirectory.from_config(_config())
    for revision in MigrationContext.configure(connection).get_current_heads():
        try:
            script.get_revision(revision)
        except CommandError as error:
            theirs = stamped(connection) or "a later version"
            raise BadConfig(
                _WHERE,
                f"Triagram {theirs} changed it last (form {revision}), and this is {version('triagram')} "
                f"(form {_newest()})",
                f"install Triagram {theirs}, or restore data/backups/before-{revision}.db",
            ) from error


def _ensure_newest(connection: sa.Connection) -> None:
    newest = _newest()
    context = MigrationContext.configure(connection, opts=OPTIONS)
    present = context.get_current_revision()
    if present != newest:
        raise BadConfig(
            _WHERE, f"its form is {present or 'none'}, not {newest}", "run: triagram db upgrade"
        )
    differences: list[Any] = compare_metadata(context, SQLModel.metadata)
    if differences:
        raise BadConfig(_WHERE, f"its tables differ: {differences}", "restore a backup")


async def _ensure_whole(connection: AsyncConnection) -> None:
    """Raise BadConfig when a row points at none; the transaction then rolls back."""
    lost = await flavour_of(connection).list_orphaned(connection)
    if lost:
        raise BadConfig(_WHERE, f"rows of {', '.join(lost)} point at none", "restore a backup")


DECLARED = tables.__all__
"""Imported for its tables: `SQLModel.metadata` knows only those that were imported."""
