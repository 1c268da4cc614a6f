"""asyncpg with one trip to the server a statement, and one to open a transaction."""

import asyncio
import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection

from storage.standing import About, Memory, Result

# ruff: noqa: SLF001 - SQLAlchemy's adapter has no public way to its statements kept prepared
# pyright: reportPrivateUsage=false

_CHANGED = re.compile(r"(?:SELECT|UPDATE|DELETE|INSERT \d+) (\d+)")
"""How the server says how many rows a statement met."""
_PLACE = re.compile(r"\$(\d+)")
"""Where a value goes; our statements have no text with a $ in it, texts being values."""
_MAY_CARRY = ("SELECT", "INSERT", "UPDATE")
"""A DELETE does not: what it takes along must see what was written before."""


class OneTripConnection(AsyncAdapt_asyncpg_connection):
    """A connection whose transactions begin with their first statement; one without any is none at all.

    A change whose answer nobody waits for is held and carried by the next statement, as a part of it
    (https://www.postgresql.org/docs/current/queries-with.html#QUERIES-WITH-MODIFYING). Parts of one
    statement do not see each other's changes, so none is carried by one that names a table of its own.
    """

    __slots__ = ("_has_begun", "_held", "_held_about", "_is_due", "_opening", "memory")

    def __init__(self, dbapi: Any, connection: Any, opening: str, statements: int) -> None:
        super().__init__(dbapi, connection, prepared_statement_cache_size=statements)  # pyright: ignore[reportUnknownMemberType] -- SQLAlchemy's without types
        self._opening = opening
        self._is_due = False
        self._has_begun = False
        self._held: list[tuple[str, Sequence[Any]]] = []
        self._held_about: frozenset[str] = frozenset()
        self.memory: Memory | None = None

    @property
    def is_usable(self) -> bool:
        """Whether the connection is open."""
        return not self._plain.is_closed()

    def begin(self) -> None:
        """Have the next statement open a transaction."""
        self._is_due = True

    async def end(self, *, is_well: bool) -> None:
        """Commit or roll back, if anything was done; who is cancelled meanwhile closes the connection.

        Raises the errors of SQLAlchemy's adapter.
        """
        self._held, self._held_about, self._is_due = [], frozenset(), False
        if not self._has_begun or not self.is_usable:
            return
        self._has_begun = False
        try:
            await self._plain.execute("COMMIT" if is_well else "ROLLBACK")
        except asyncio.CancelledError:
            self._plain.terminate()
            raise
        except Exception as error:  # noqa: BLE001 - handed to SQLAlchemy, which raises it as its own
            self._handle_exception(error)

    async def write(self, sql: str, given: Sequence[Any], about: frozenset[str]) -> None:
        """Hold a change for the next statement or the end. Raises the errors of SQLAlchemy's adapter."""
        if not self._held_about.isdisjoint(about):
            await self.carry_out()
        self._held.append((sql, given))
        self._held_about |= about

    async def carry_out(self) -> None:
        """Send what is held, in one. Raises the errors of SQLAlchemy's adapter."""
        if self._held:
            sql, given = self._held.pop()
            sql, given = self._with_held(sql, given)
            await self._run("execute", sql, given)

    async def run(self, method: str, arguments: tuple[Any, ...], about: About = None) -> Result:
        """Run a statement, prepared the first time. Raises the errors of SQLAlchemy's adapter."""
        sql, given = arguments
        if self._held:
            if method == "execute" and sql.startswith(_MAY_CARRY) and about is not None:
                sql, given = await self._carrying(sql, given, about)
            else:
                await self.carry_out()
        return await self._run(method, sql, given)

    async def _run(self, method: str, sql: str, given: Any) -> Result:
        try:
            await self._open()
            if method == "executemany":
                await self._plain.executemany(sql, given)
                return [], None, -1, None
            plain: Any = self
            prepared, _ = await plain._prepare(sql, 0)
            fetched: list[Any] = await prepared.fetch(*given)
        except Exception as error:  # noqa: BLE001 - as above
            self._handle_exception(error)
        changed = _CHANGED.match(prepared.get_statusmsg() or "")
        return fetched, None, int(changed[1]) if changed else -1, None

    async def set(self, settings: str) -> None:
        """Run `SET LOCAL …; …`, in the trip that opens the transaction where that is still to do.

        Raises the errors of SQLAlchemy's adapter.
        """
        await self.carry_out()
        opening = f"{self._opening}; " if self._is_due else ""
        self._has_begun = self._has_begun or self._is_due
        self._is_due = False
        try:
            await self._plain.execute(opening + settings)
        except Exception as error:  # noqa: BLE001 - as above
            self._handle_exception(error)

    async def _start_transaction(self) -> None:
        """SQLAlchemy asks for it before each statement of its own."""
        await self.carry_out()
        try:
            await self._open()
        except Exception as error:  # noqa: BLE001 - as above
            self._handle_exception(error)

    async def _carrying(
        self, sql: str, given: Sequence[Any], about: frozenset[str]
    ) -> tuple[str, Sequence[Any]]:
        """The statement with all that is held in it, or alone where it has to see what was changed."""
        if self._held_about.isdisjoint(about):
            return self._with_held(sql, given)
        await self.carry_out()
        return sql, given

    def _with_held(self, sql: str, given: Sequence[Any]) -> tuple[str, Sequence[Any]]:
        held, self._held, self._held_about = self._held, [], frozenset()
        values, parts = list(given), list[str]()
        for number, (part, of_part) in enumerate(held):
            parts.append(f"held_{number} AS ({_moved(part, len(values))})")
            values += of_part
        return (f"WITH {', '.join(parts)} {sql}" if parts else sql), values

    async def _open(self) -> None:
        if self._is_due:
            self._is_due, self._has_begun = False, True
            await self._plain.execute(self._opening)

    @property
    def _plain(self) -> Any:
        return self._connection


def _moved(sql: str, places: int) -> str:
    """The statement with its values so many places further on."""
    return _PLACE.sub(lambda place: f"${int(place[1]) + places}", sql)


def connected(plain: AsyncAdapt_asyncpg_connection, opening: str, statements: int) -> OneTripConnection:
    """The same connection; its transactions open with `opening`."""
    return OneTripConnection(plain.dbapi, plain._connection, opening, statements)
