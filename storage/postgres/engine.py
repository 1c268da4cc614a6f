"""Connections to PostgreSQL: one that writes, many that read, in each process."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from asyncpg.exceptions import InterfaceError, PostgresError
from pgvector.sqlalchemy import VECTOR
from pydantic_core import from_json
from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.flavour import OPTION
from storage.postgres.failures import failure_of
from storage.postgres.flavour import PostgresFlavour
from storage.types import json_of

_WRITERS = 748213
"""The advisory lock writing transactions take, one after the other; any number nobody else uses."""
_CONNECT_SECONDS = 5.0
_MIGRATE_SECONDS = 600.0
"""To make an index of many rows takes its time, and others wait for it."""
VECTORS = VECTOR
"""Imported so that SQLAlchemy knows the type of a column it finds in the database."""
TO_WRITE = {"isolation_level": "READ COMMITTED"}
TO_READ = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_HERE = f"SELECT pg_advisory_xact_lock({_WRITERS})"


def postgres_engine(
    url: URL, options: Mapping[str, Any], *, connections: int, wait_seconds: float, busy_seconds: float
) -> AsyncEngine:
    """An engine over `connections` connections whose transactions have these options.

    A transaction waits `wait_seconds` for a connection, and `busy_seconds` for a lock.
    """
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=wait_seconds,
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "server_settings": {
                "application_name": "triagram",
                "lock_timeout": f"{int(busy_seconds * 1000)}ms",
                # To compile a statement takes longer than any of ours runs.
                "jit": "off",
            },
        },
        json_serializer=json_of,
        json_deserializer=from_json,
        execution_options={**options, OPTION: PostgresFlavour()},
    )
    event.listen(engine.sync_engine, "checkout", _ensure_open)
    return engine


def _ensure_open(connection: Any, _entry: ConnectionPoolEntry, _holder: object) -> None:
    """A server that was started anew has closed them all, which is known here without asking it."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError("closed by the server")


@asynccontextmanager
async def migrating(url: URL) -> AsyncGenerator[AsyncConnection]:
    """A writing transaction for migrations; waits for others that migrate. Raises StorageFailed."""
    engine = postgres_engine(
        url, TO_WRITE, connections=1, wait_seconds=_MIGRATE_SECONDS, busy_seconds=_MIGRATE_SECONDS
    )
    try:
        async with Pooled(engine, is_reading=False).transaction() as connection:
            yield connection
    finally:
        await engine.dispose()


@dataclass(frozen=True)
class Pooled:
    """`storage.engine.Connections` of PostgreSQL.

    Writing transactions take turns, those of other processes too: rules over several rows (who settles the
    last proposal of a run completes its review) hold as they do on SQLite, and no two wait for each other.
    """

    engine: AsyncEngine
    is_reading: bool

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        """One that commits when the block ends well. Raises StorageFailed, Bug for a write in a view."""
        async with self.held() as connection, self._failing(), connection.begin():
            if not self.is_reading:
                await connection.exec_driver_sql(_HERE)
            yield connection

    @asynccontextmanager
    async def held(self) -> AsyncGenerator[AsyncConnection]:
        """A connection in no transaction, nobody else's meanwhile. Raises StorageFailed."""
        async with self._failing():
            try:
                connection = await self.engine.connect()
            except (OSError, NoConnection, PostgresError, InterfaceError) as error:
                # SQLAlchemy has no class of its own for what goes wrong before there is a connection.
                raise failure_of(error) or error from error
        try:
            yield connection
        finally:
            await connection.close()

    @asynccontextmanager
    async def _failing(self) -> AsyncGenerator[None]:
        try:
            yield
        except DBAPIError as error:
            failure = failure_of(error, is_reading=self.is_reading)
            if failure is None:
                raise
            raise failure from error

    async def dispose(self) -> None:
        """Close them."""
        await self.engine.dispose()
