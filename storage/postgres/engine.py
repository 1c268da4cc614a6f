"""Connections to PostgreSQL: one that writes, many that read, in each process."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from asyncpg.exceptions import InterfaceError, PostgresError
from pgvector.sqlalchemy import VECTOR
from pydantic_core import from_json
from sqlalchemy import event
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_dbapi
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.flavour import OPTION
from storage.postgres.driver import OneTripConnection, connected
from storage.postgres.failures import failure_of
from storage.postgres.flavour import PostgresFlavour
from storage.standing import Failing, Standing
from storage.types import json_of

_WRITERS = 748213
"""The advisory lock writing transactions take, one after the other; any number nobody else uses."""
_CONNECT_SECONDS = 5.0
_MIGRATE_SECONDS = 600.0
"""To make an index of many rows takes its time, and others wait for it."""
_STATEMENTS = 1000
"""Statements a connection keeps prepared: more than we have, each as often as its lists have lengths."""
VECTORS = VECTOR
"""Imported so that SQLAlchemy knows the type of a column it finds in the database."""
TO_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
TO_WRITE = f"BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock({_WRITERS})"
"""How a transaction opens, in one trip. Writing ones take turns, those of other processes too.

Rules over several rows (who settles the last proposal of a run completes its review) so hold as they do on
SQLite, and no two wait for each other.
"""
_FAILING = Failing(
    raised=(AsyncAdapt_asyncpg_dbapi.Error, PostgresError, InterfaceError),
    # SQLAlchemy has no class of its own for what goes wrong before there is a connection.
    unconnected=(OSError, NoConnection, PostgresError, InterfaceError),
    failure_of=failure_of,
)


def standing(url: URL, connections: int, busy_seconds: float, *, is_reading: bool) -> Standing:
    """Up to so many connections; a transaction waits `busy_seconds` for a lock."""
    begin = TO_READ if is_reading else TO_WRITE
    engine = postgres_engine(url, begin, connections=connections, busy_seconds=busy_seconds)
    return Standing(engine, connections, _FAILING, is_reading=is_reading)


def postgres_engine(url: URL, begin: str, *, connections: int, busy_seconds: float) -> AsyncEngine:
    """An engine over `connections` connections whose transactions open with `begin`."""
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        # For SQLAlchemy there are no transactions: the driver's connection opens and ends them.
        isolation_level="AUTOCOMMIT",
        connect_args={
            "timeout": _CONNECT_SECONDS,
            "prepared_statement_cache_size": _STATEMENTS,
            "server_settings": {
                "application_name": "triagram",
                "lock_timeout": f"{int(busy_seconds * 1000)}ms",
                # To compile a statement takes longer than any of ours runs.
                "jit": "off",
            },
        },
        json_serializer=json_of,
        json_deserializer=from_json,
        execution_options={OPTION: PostgresFlavour()},
    )

    def connect(
        dialect: Dialect, _entry: ConnectionPoolEntry, arguments: Sequence[Any], options: dict[str, Any]
    ) -> OneTripConnection:
        plain: Any = dialect.connect(*arguments, **options)
        return connected(plain, begin, _STATEMENTS)

    event.listen(engine.sync_engine, "do_connect", connect)
    event.listen(engine.sync_engine, "checkout", _ensure_open)
    return engine


def _ensure_open(connection: Any, _entry: ConnectionPoolEntry, _holder: object) -> None:
    """A server that was started anew has closed them all, which is known here without asking it."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError("closed by the server")


@asynccontextmanager
async def migrating(url: URL) -> AsyncGenerator[AsyncConnection]:
    """A writing transaction for migrations; waits for others that migrate. Raises StorageFailed."""
    alone = standing(url, 1, _MIGRATE_SECONDS, is_reading=False)
    try:
        async with alone.transaction() as connection:
            yield connection
    finally:
        await alone.dispose()
