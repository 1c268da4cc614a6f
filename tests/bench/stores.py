"""Where a side keeps its rows: a SQLite file, or a database of the PostgreSQL server of this run."""

import re
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import asyncpg

from storage.migrations import upgrade
from tests.databases import url_of
from tests.postgres import Postgres, running_postgres

CREATE_DECISION = (
    "CREATE TABLE decision (seq {serial} PRIMARY KEY, press TEXT UNIQUE, person BIGINT, data TEXT)"
)
"""The one table of the baseline that the product's schema has no likeness of."""

_MEMORY = re.compile(r"^(VmRSS|VmHWM):\s+(\d+) kB$", re.MULTILINE)

Asking = Callable[[str], Awaitable[Any]]
"""Answers a statement with the first column of its first row."""


class DatabaseKind(StrEnum):
    """What is measured on."""

    SQLITE = "sqlite"
    POSTGRES = "postgres"


@dataclass(frozen=True)
class Store:
    """One migrated database; looked at from beside, with no code of ours."""

    kind: DatabaseKind
    url: str
    _server: Postgres | None = None

    @asynccontextmanager
    async def looking(self) -> AsyncGenerator[Asking]:
        """A connection that stays open while the block runs."""
        if self._server is None:
            with closing(sqlite3.connect(self.file)) as database:

                async def ask(statement: str) -> Any:
                    row = database.execute(statement).fetchone()
                    return None if row is None else row[0]

                yield ask
            return
        connection = await connect(self.url)
        try:
            yield connection.fetchval
        finally:
            await connection.close()

    async def ask(self, statement: str) -> Any:
        """The first column of the first row a statement answers with."""
        async with self.looking() as asking:
            return await asking(statement)

    async def count(self, table: str) -> int:
        """How many rows a table has."""
        return await self.ask(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of ours

    async def settle(self) -> None:
        """What the server's autovacuum, which is off here, would have done by now."""
        if self._server is not None:
            await _execute(self.url, "VACUUM ANALYZE")

    @property
    def file(self) -> Path:
        """SQLite's file."""
        return Path(self.url.partition("///")[2])

    async def megabytes(self) -> int:
        """What it takes on the disk."""
        if self._server is None:
            return self.file.stat().st_size >> 20
        return await self.ask("SELECT pg_database_size(current_database()) / 1048576")


async def connect(url: str) -> Any:
    """A bare connection to PostgreSQL; the address is SQLAlchemy's."""
    return await cast("Any", asyncpg).connect(dsn=url.replace("postgresql+asyncpg://", "postgresql://"))


@asynccontextmanager
async def stored(kind: DatabaseKind, folder: Path) -> AsyncGenerator[Store]:
    """A database that goes with the block, with the baseline's table in it; a file stands in `folder`."""
    if kind is DatabaseKind.SQLITE:
        store = Store(kind, url_of(folder / "triagram.db"))
        await upgrade(store.url)
        with closing(sqlite3.connect(store.file)) as database:
            database.execute(CREATE_DECISION.format(serial="INTEGER"))
            database.commit()
        yield store
        return
    server = running_postgres()
    url = server.fresh()
    try:
        store = Store(kind, url, server)
        await _execute(url, CREATE_DECISION.format(serial="BIGSERIAL"))
        yield store
    finally:
        server.give_back(url)


async def _execute(url: str, statement: str) -> None:
    connection = await connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def processor_seconds(pid: int) -> float:
    """What a process has worked so far, all its threads: the wall's seconds are its neighbours' too.

    The first number of https://docs.kernel.org/scheduler/sched-stats.html, `/proc/<pid>/schedstat`.
    """
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def memory_megabytes(pid: int, which: str = "VmHWM") -> int:
    """What a process holds (`VmRSS`) or held at most, https://man7.org/linux/man-pages/man5/proc_pid_status.5.html."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return {name: int(kibibytes) >> 10 for name, kibibytes in _MEMORY.findall(status)}[which]
