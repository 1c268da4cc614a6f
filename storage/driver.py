"""aiosqlite with one hop to its thread a statement, and none for a look that is short.

SQLAlchemy's own adapter makes four. Each hop wakes a thread and the event loop, which takes far longer than
a small statement itself: measured 530 µs with four, 180 µs with one, and 2 µs for the SELECT by key alone.
"""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Sequence
from typing import Any

from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_cursor
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection
from sqlalchemy.util.concurrency import await_

# ruff: noqa: SLF001 - aiosqlite has no public way to run several calls of one cursor in one hop
# pyright: reportPrivateUsage=false

LOOK_SECONDS = 0.001
"""How long a SELECT may hold the event loop; one that takes longer is begun anew in the thread."""
LOOK_STEPS = 1000
"""Steps of SQLite's machine from one look at the clock to the next: some tens of microseconds."""
WAITS = "IMMEDIATE"
"""In the statement that begins a transaction: it may have to wait for a lock."""


def _run(
    connection: sqlite3.Connection, begin: str, method: str, arguments: tuple[Any, ...]
) -> tuple[Any, ...]:
    """Begin where that is still to do, execute, fetch everything, close."""
    cursor = connection.cursor()
    try:
        if begin:
            cursor.execute(begin)
        getattr(cursor, method)(*arguments)
        rows = cursor.fetchall() if cursor.description else ()
        return deque(rows), cursor.description, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()


def _look(connection: sqlite3.Connection, begin: str, arguments: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The same for a SELECT, in the event loop's thread; None when it was stopped for taking too long.

    Stopping a SELECT leaves its transaction as it is (https://www.sqlite.org/c3ref/interrupt.html).
    """
    until = time.perf_counter() + LOOK_SECONDS
    connection.set_progress_handler(lambda: time.perf_counter() > until, LOOK_STEPS)
    try:
        return _run(connection, begin, "execute", arguments)
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
        arguments = (operation, parameters or ())
        if operation.startswith("SELECT"):
            self._take(self._opened.look(arguments))
        else:
            self._take(self._opened.hop("execute", arguments))

    def executemany(self, operation: Any, seq_of_parameters: Sequence[Any]) -> None:
        """Run one statement for each of the parameters."""
        self._take(self._opened.hop("executemany", (operation, seq_of_parameters)))

    def setinputsizes(self, *inputsizes: Any) -> None:
        """SQLite needs none."""

    def close(self) -> None:
        """The cursor itself was closed as it ran."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Nothing is held open."""

    def _take(self, result: tuple[Any, ...]) -> None:
        self._rows, *facts = result
        self._facts = tuple(facts)


class OneHopConnection(AsyncAdapt_aiosqlite_connection):
    """A connection whose transactions hop to its thread only where something may take time.

    A transaction begins with its first statement, and one without any is none at all. What ended is not
    ended again: SQLAlchemy's pool would roll back each connection it is given back.
    """

    __slots__ = ("_begin", "_has_hopped", "_is_begun")

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin = ""
        self._is_begun = False
        self._has_hopped = False

    def begin(self, statement: str) -> None:
        """Have the next statement open a transaction by this one."""
        self._begin = statement

    def look(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Run a SELECT where we are, or in the thread when it takes long or has to wait for a lock."""
        if WAITS in self._begin:
            return self.hop("execute", arguments)
        try:
            found = await_(self._looked(arguments))
        except sqlite3.Error as error:
            self._handle_exception(error)
        return self.hop("execute", arguments) if found is None else found

    def hop(self, method: str, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Run a statement in the connection's thread."""
        self._has_hopped = True
        connection: Any = self._connection
        try:
            return await_(connection._execute(_run, self._plain, self._take_begin(), method, arguments))
        except Exception as error:  # noqa: BLE001 - handed to SQLAlchemy, which raises it as its own
            self._handle_exception(error)

    def commit(self) -> None:
        """Commit, if anything was done."""
        if self._has_hopped:
            super().commit()
        elif self._is_begun:
            self._plain.commit()
        self._ended()

    def rollback(self) -> None:
        """Roll back, if anything was done."""
        if self._has_hopped:
            super().rollback()
        elif self._is_begun:
            self._plain.rollback()
        self._ended()

    async def _looked(self, arguments: tuple[Any, ...]) -> tuple[Any, ...] | None:
        found = _look(self._plain, self._take_begin(), arguments)
        # However many looks a use case takes, others have their turn between them.
        await asyncio.sleep(0)
        return found

    @property
    def _plain(self) -> sqlite3.Connection:
        connection: Any = self._connection
        return connection._conn

    def _take_begin(self) -> str:
        begin, self._begin = self._begin, ""
        # Before it runs: a statement that was cancelled or failed may have begun all the same.
        self._is_begun = self._is_begun or bool(begin)
        return begin

    def _ended(self) -> None:
        self._begin, self._is_begun, self._has_hopped = "", False, False

    def cursor(self, server_side: bool = False) -> OneHopCursor:  # noqa: FBT001, FBT002, ARG002 - SQLAlchemy's signature
        """A new cursor; results are always fetched whole."""
        return OneHopCursor(self)


def connected(plain: AsyncAdapt_aiosqlite_connection) -> OneHopConnection:
    """The same connection with cursors that make one hop."""
    return OneHopConnection(plain.dbapi, plain._connection)
