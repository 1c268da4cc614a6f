"""aiosqlite with no hop to its thread for a short statement, and one for what may take long or has to wait.

SQLAlchemy's own adapter makes four a statement. Each hop wakes a thread and the event loop, which takes far
longer than a small statement itself: measured 530 µs with four, 180 µs with one, and 2 µs for the SELECT or
UPDATE by key alone. Under load it is worse: whoever comes back from a thread waits up to 5 ms for the GIL.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_cursor
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.util.concurrency import await_

from storage.standing import About, Memory, Result

# ruff: noqa: SLF001 - aiosqlite has no public way to run several calls of one cursor in one hop
# pyright: reportPrivateUsage=false

LOOK_SECONDS = 0.001
"""How long a SELECT may hold the event loop; one that takes longer is begun anew in the thread."""
CHANGE_SECONDS = 0.005
"""How long a change may hold the event loop; one that took longer runs in the thread the next time."""
TURN_SECONDS = 0.0005
"""How long one transaction's short statements may follow each other before others have a turn."""
LOOK_STEPS = 1000
"""Steps of SQLite's machine from one look at the clock to the next: some tens of microseconds."""
TO_READ = "BEGIN DEFERRED"
TO_WRITE = "BEGIN IMMEDIATE"
"""How a transaction opens: a deferred one that reads and then writes fails when another wrote meanwhile."""


def _run(connection: sqlite3.Connection, begin: str, method: str, arguments: tuple[Any, ...]) -> Result:
    """Begin where that is still to do, execute, fetch everything, close."""
    cursor = connection.cursor()
    try:
        if begin:
            cursor.execute(begin)
        getattr(cursor, method)(*arguments)
        rows = cursor.fetchall() if cursor.description else []
        return rows, cursor.description, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()


def _timed(
    connection: sqlite3.Connection, begin: str, method: str, arguments: tuple[Any, ...]
) -> tuple[float, Result]:
    """The same, with the seconds it took."""
    started = time.perf_counter()
    result = _run(connection, begin, method, arguments)
    return time.perf_counter() - started, result


def _begins_at_once(connection: sqlite3.Connection, begin: str) -> bool:
    """Open a transaction; False where another process holds the lock it needs."""
    if begin != TO_WRITE:
        # Without a lock to take there is nothing to wait for.
        connection.execute(begin)
        return True
    [patience] = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute(begin)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")
    return True


def _look(connection: sqlite3.Connection, arguments: tuple[Any, ...]) -> Result | None:
    """A SELECT in the event loop's thread; None when it was stopped for taking too long.

    Stopping a SELECT leaves its transaction as it is (https://www.sqlite.org/c3ref/interrupt.html).
    """
    until = time.perf_counter() + LOOK_SECONDS
    connection.set_progress_handler(lambda: time.perf_counter() > until, LOOK_STEPS)
    try:
        return _run(connection, "", "execute", arguments)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        return None
    finally:
        connection.set_progress_handler(None, 0)


class OneHopCursor(AsyncAdapt_dbapi_cursor):
    """A cursor that holds its whole result once `execute` returns."""

    def __init__(self, adapt_connection: "OneHopConnection") -> None:
        self._adapt_connection = adapt_connection
        self._opened = adapt_connection
        self._connection = adapt_connection._connection
        self._rows: deque[Any] = deque()
        self._facts: tuple[Any, ...] = (None, -1, None)
        self._size = 1

    @property
    def description(self) -> Any:
        """As the DB API has it."""
        return self._facts[0]

    @property
    def rowcount(self) -> int:
        """As the DB API has it."""
        return self._facts[1]

    @property
    def lastrowid(self) -> Any:
        """As the DB API has it."""
        return self._facts[2]

    @property
    def arraysize(self) -> int:
        """As the DB API has it."""
        return self._size

    @arraysize.setter
    def arraysize(self, value: int) -> None:
        self._size = value

    def execute(self, operation: Any, parameters: Any = None) -> None:
        """Run one statement and fetch what it gives."""
        self._take("execute", (operation, parameters or ()))

    def executemany(self, operation: Any, seq_of_parameters: Sequence[Any]) -> None:
        """Run one statement for each of the parameters."""
        self._take("executemany", (operation, seq_of_parameters))

    def setinputsizes(self, *inputsizes: Any) -> None:
        """SQLite needs none."""

    def close(self) -> None:
        """The cursor itself was closed as it ran."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is held open."""

    def _take(self, method: str, arguments: tuple[Any, ...]) -> None:
        try:
            rows, *facts = await_(self._opened.run(method, arguments))
        except Exception as error:  # noqa: BLE001 - handed to SQLAlchemy, which raises it as its own
            self._opened._handle_exception(error)
        self._rows = deque(rows)
        self._facts = tuple(facts)


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose transactions hop to its thread only where something may take time.

    A transaction begins with its first statement, and one without any is none at all.
    """

    __slots__ = ("_hops_to_end", "_is_due", "_opening", "_slow", "_turn_at", "memory")

    def __init__(self, dbapi: Any, connection: Any, opening: str) -> None:
        super().__init__(dbapi, connection)
        self._opening = opening
        self._is_due = False
        self._hops_to_end = False
        self._slow: set[str] = set()
        self._turn_at = 0.0
        self.memory: Memory | None = None

    @property
    def is_usable(self) -> bool:
        """A file does not go away."""
        return True

    def begin(self) -> None:
        """Have the next statement open a transaction."""
        self._is_due = True

    async def end(self, *, is_well: bool) -> None:
        """Commit or roll back, if anything was done; one that could not be committed is still open.

        Raises sqlite3.Error.
        """
        self._is_due = False
        ending = self._plain.commit if is_well else self._plain.rollback
        if self._hops_to_end:
            await self._in_thread(ending)
        else:
            ending()
        self._hops_to_end = False

    async def write(self, sql: str, given: Sequence[Any], about: frozenset[str]) -> None:
        """Carry a change out; at once, as no trip is to be saved."""
        await self.run("execute", (sql, given), about)

    async def carry_out(self) -> None:
        """Nothing was put off."""

    async def run(self, method: str, arguments: tuple[Any, ...], about: About = None) -> Result:  # noqa: ARG002 - the protocol's
        """Run `execute` or `executemany` where we are, or in the thread to take long or to wait.

        A SELECT that takes long is stopped and begun anew there. Any other statement cannot be, as SQLite
        would roll back the transaction: one that took long runs in the thread the next time.
        """
        if method == "executemany" or arguments[0] in self._slow or not self._has_begun():
            return await self._hop(method, arguments)
        if arguments[0].startswith("SELECT"):
            result = _look(self._plain, arguments)
            if result is None:
                return await self._hop(method, arguments)
        else:
            # To commit may have to wait for the disk.
            self._hops_to_end = True
            seconds, result = _timed(self._plain, "", method, arguments)
            if seconds > CHANGE_SECONDS:
                self._slow.add(arguments[0])
        await self._take_turns()
        return result

    async def _hop(self, method: str, arguments: tuple[Any, ...]) -> Result:
        self._hops_to_end = True
        begin = self._opening if self._is_due else ""
        self._is_due = False
        seconds, result = await self._in_thread(partial(_timed, self._plain, begin, method, arguments))
        if seconds < CHANGE_SECONDS:
            self._slow.discard(arguments[0])
        return result

    async def _in_thread(self, call: Callable[[], Any]) -> Any:
        """What the thread answers; who is cancelled leaves once it is done, and in nobody's way."""
        connection: Any = self._connection
        answer = asyncio.get_running_loop().create_future()
        connection._tx.put_nowait((answer, call))
        try:
            return await asyncio.shield(answer)
        except asyncio.CancelledError:
            await asyncio.wait([answer])
            raise

    async def _take_turns(self) -> None:
        """However many statements a use case runs, others have their turn between them."""
        now = time.perf_counter()
        if now - self._turn_at > TURN_SECONDS:
            await asyncio.sleep(0)
            self._turn_at = time.perf_counter()

    def commit(self) -> None:
        """Commit, if anything was done: SQLAlchemy's way to `end`."""
        await_(self.end(is_well=True))

    def rollback(self) -> None:
        """Roll back, if anything was done: SQLAlchemy's way to `end`."""
        await_(self.end(is_well=False))

    def _has_begun(self) -> bool:
        """Whether the transaction is open now; False where to open it is to wait, which the thread does."""
        if self._is_due and _begins_at_once(self._plain, self._opening):
            self._is_due = False
            self._turn_at = time.perf_counter()
        return not self._is_due

    @property
    def _plain(self) -> sqlite3.Connection:
        connection: Any = self._connection
        return connection._conn

    def cursor(self, server_side: bool = False) -> OneHopCursor:  # noqa: FBT001, FBT002, ARG002 - SQLAlchemy's signature
        """A new cursor; results are always fetched whole."""
        return OneHopCursor(self)


def connected(plain: AsyncAdapt_aiosqlite_connection, opening: str) -> OneHopConnection:
    """The same connection with cursors that hop at most once; its transactions open with `opening`."""
    return OneHopConnection(plain.dbapi, plain._connection, opening)
