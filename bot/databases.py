"""A configured database: where it is, brought to this program's form, checked, copied and moved."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bot.config import Config, demo_config
from bot.world import SystemClock
from core.errors import StorageFailed
from core.ports.copies import Copies
from core.ports.deletions import DeletionLog
from core.ports.unit_of_work import Transactions
from storage.copies import SqlCopies
from storage.deletions import FileDeletionLog
from storage.engine import file_of, open_engine, url_of
from storage.engine import is_on_server as on_server
from storage.unit_of_work import SqlTransactions

if TYPE_CHECKING:
    from storage.moving import Moved


def copies_of(config: Config) -> Copies:
    """The copies of the database, whether or not it is open or there at all.

    Raises BadConfig where it is on a server.
    """
    file_of(config.database.url)
    return SqlCopies(config.database.url, SystemClock())


def is_on_server(config: Config) -> bool:
    """Whether the database is PostgreSQL's, so that there is no file to copy or to lack room for."""
    return on_server(config.database.url)


def database_name(config: Config) -> str:
    """The file, or the server and its database without the password."""
    if is_on_server(config):
        return url_of(config.database.url).render_as_string(hide_password=True)
    return str(copies_of(config).file)


def deletions_of(config: Config) -> DeletionLog:
    """What was deleted from the database, as noted outside of it."""
    return FileDeletionLog(config.database.url)


async def upgrade(config: Config) -> None:
    """Bring the database to this program's version; raises BadConfig, StorageFailed."""
    from storage import migrations  # noqa: PLC0415 # see storage.form

    await migrations.upgrade(config.database.url)


@asynccontextmanager
async def scratch() -> AsyncGenerator[Transactions]:
    """An empty database that is gone when the block ends."""
    async with AsyncExitStack() as stack:
        config = demo_config("", "", Path(stack.enter_context(TemporaryDirectory())))
        await upgrade(config)
        engine = open_engine(config.database.url)
        stack.push_async_callback(engine.dispose)
        yield SqlTransactions(engine, SystemClock())


async def list_damage(config: Config) -> list[str]:
    """What SQLite finds broken in the database; reads all of it. Raises BadConfig, StorageFailed."""
    engine = open_engine(config.database.url)
    try:
        return await engine.list_damage()
    finally:
        await engine.dispose()


async def check(config: Config) -> None:
    """Raise BadConfig or StorageFailed where the database is not migrated, or not whole."""
    from storage import migrations  # noqa: PLC0415 # see storage.form

    damage = await list_damage(config)
    if damage:
        raise StorageFailed("corrupt", damage[0])
    await migrations.check(config.database.url)


async def copy_database(source: str, target: str) -> AsyncGenerator["Moved"]:
    """Move every row from one database into another, which is made or brought to this form first.

    Raises BadConfig, StorageFailed.
    """
    from storage import migrations  # noqa: PLC0415 # see storage.form
    from storage.moving import move  # noqa: PLC0415 # no other program needs it

    if not on_server(source) and not file_of(source).exists():
        raise StorageFailed("missing", str(file_of(source)))
    await migrations.check(source)
    await migrations.upgrade(target)
    async for step in move(source, target):
        yield step
