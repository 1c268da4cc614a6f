"""Connections: one that writes, many that read, and how each begins."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from core.errors import BadConfig, StorageFailed
from storage.driver import TO_READ, TO_WRITE, OneHopConnection, connected
from storage.failures import CORRUPT, failure_of
from storage.flavour import OPTION, flavour_of
from storage.sqlite.flavour import SqliteFlavour
from storage.standing import Failing, Standing
from storage.types import json_of

BUSY_SECONDS = 5.0
"""How long another process may hold the write lock before we give up for now."""
_READERS = 4
_EVERYWHERE = ("synchronous=NORMAL", "temp_store=MEMORY", "cache_size=-65536")
_DRIVER = "sqlite+aiosqlite"
_SERVER = "postgresql+asyncpg"
_BESIDE_A_SERVER = Path("data")
_FAILING = Failing(raised=(sqlite3.Error,), unconnected=(), failure_of=failure_of)


def url_of(url: str) -> URL:
    """The address of a database we can open; raises BadConfig."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadConfig("database.url", str(error), f"{_DRIVER}:///data/triagram.db") from error
    is_known = parsed.drivername in {_DRIVER, _SERVER}
    if not is_known or not parsed.database or parsed.database == ":memory:":
        raise BadConfig(
            "database.url",
            f"neither a file of {_DRIVER} nor a database of {_SERVER}",
            f"{_DRIVER}:///data/triagram.db",
        )
    return parsed


def is_on_server(url: str) -> bool:
    """Whether a database is PostgreSQL's, and no file of ours; raises BadConfig."""
    return url_of(url).drivername == _SERVER


def file_of(url: str) -> Path:
    """The file of a database; raises BadConfig, also where it is on a server."""
    if is_on_server(url):
        raise BadConfig(
            "database.url",
            "PostgreSQL is copied by its own programs",
            "make a backup with pg_dump, put one back with pg_restore",
        )
    return Path(str(url_of(url).database))


def sqlite_engine(url: str, *, begin: str, pragmas: Sequence[str], connections: int) -> AsyncEngine:
    """An engine over `connections` connections whose transactions open with `begin`.

    The folder of the file is made when missing. Raises BadConfig for an address we cannot open.
    """
    file_of(url).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_async_engine(
        url_of(url),
        pool_size=connections,
        max_overflow=0,
        connect_args={"timeout": BUSY_SECONDS},
        json_serializer=json_of,
        json_deserializer=from_json,
        execution_options={OPTION: SqliteFlavour()},
    )
    _listen(engine, begin, (*_EVERYWHERE, *pragmas))
    return engine


def _listen(engine: AsyncEngine, begin: str, pragmas: Sequence[str]) -> None:
    def connect(
        dialect: Dialect, _entry: ConnectionPoolEntry, arguments: Sequence[Any], options: dict[str, Any]
    ) -> OneHopConnection:
        plain: Any = dialect.connect(*arguments, **options)
        return connected(plain, begin)

    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # Python's sqlite3 would begin by itself, and only before the first write.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def open_transaction(connection: Connection) -> None:
        opened: Any = connection.connection.dbapi_connection
        opened.begin()

    event.listen(engine.sync_engine, "do_connect", connect)
    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", open_transaction)


def folder_beside(url: str) -> Path:
    """Where what belongs to a database is kept on this machine; raises BadConfig."""
    return _BESIDE_A_SERVER if is_on_server(url) else file_of(url).parent


@dataclass(frozen=True)
class Database:
    """One database: one writing transaction at a time, first come first served; reading ones beside.

    `damaged` is set once SQLite has found the file malformed: no later try can go better.
    """

    writer: Standing
    reader: Standing
    damaged: asyncio.Event = field(default_factory=asyncio.Event)

    def writing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A transaction that commits when the block ends well; raises StorageFailed."""
        return self.writer.transaction()

    def glancing(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for a single SELECT, which needs no transaction of its own. Raises StorageFailed."""
        return self.reader.glance()

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A consistent view; a write in it raises Bug. Raises StorageFailed."""
        return self.reader.transaction()

    async def list_damage(self) -> list[str]:
        """What the database finds broken in itself, none when it is whole. Raises StorageFailed."""
        async with self.reading() as connection:
            return await flavour_of(connection).list_damage(connection)

    async def dispose(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        await self.reader.dispose()
        await self.writer.dispose()


def open_engine(url: str) -> Database:
    """The database at `url`, which must have been upgraded. Connects at the first transaction.

    Raises BadConfig.
    """
    return _on_server(url_of(url)) if is_on_server(url) else _in_file(url)


def _on_server(url: URL) -> Database:
    from storage.postgres import engine  # noqa: PLC0415 # who runs on SQLite need not wait for it

    return Database(
        engine.standing(url, 1, BUSY_SECONDS, is_reading=False),
        engine.standing(url, _READERS, BUSY_SECONDS, is_reading=True),
    )


def _in_file(url: str) -> Database:
    damaged = asyncio.Event()

    def tell(failure: StorageFailed) -> None:
        if failure.kind == CORRUPT:
            damaged.set()

    writer = sqlite_engine(
        url, begin=TO_WRITE, pragmas=("journal_mode=WAL", "foreign_keys=ON"), connections=1
    )
    reader = sqlite_engine(url, begin=TO_READ, pragmas=("query_only=ON",), connections=_READERS)
    return Database(
        Standing(writer, 1, _FAILING, is_reading=False, tell=tell),
        Standing(reader, _READERS, _FAILING, is_reading=True, tell=tell),
        damaged,
    )
