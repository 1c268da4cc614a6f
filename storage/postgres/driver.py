"""asyncpg with one trip to the server a statement, and one to open a transaction."""

import asyncio
import re
from typing import Any

from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection

from storage.standing import Result

# ruff: noqa: SLF001 - SQLAlchemy's adapter has no public way to its statements kept prepared
# pyright: reportPrivateUsage=false

_CHANGED = re.compile(r"(?:SELECT|UPDATE|DELETE|INSERT \d+) (\d+)")
"""How the server says how many rows a statement met."""


class OneTripConnection(AsyncAdapt_asyncpg_connection):
    """A connection whose transactions begin with their first statement; one without any is none at all."""

    __slots__ = ("_has_begun", "_is_due", "_opening")

    def __init__(self, dbapi: Any, connection: Any, opening: str, statements: int) -> None:
        super().__init__(dbapi, connection, prepared_statement_cache_size=statements)  # pyright: ignore[reportUnknownMemberType] -- SQLAlchemy's without types
        self._opening = opening
        self._is_due = False
        self._has_begun = False

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
        self._is_due = False
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

    async def run(self, method: str, arguments: tuple[Any, ...]) -> Result:
        """Run a statement, prepared the first time. Raises the errors of SQLAlchemy's adapter."""
        sql, given = arguments
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
        opening = f"{self._opening}; " if self._is_due else ""
        self._has_begun = self._has_begun or self._is_due
        self._is_due = False
        try:
            await self._plain.execute(opening + settings)
        except Exception as error:  # noqa: BLE001 - as above
            self._handle_exception(error)

    async def _start_transaction(self) -> None:
        """SQLAlchemy asks for it before each statement of its own."""
        try:
            await self._open()
        except Exception as error:  # noqa: BLE001 - as above
            self._handle_exception(error)

    async def _open(self) -> None:
        if self._is_due:
            self._is_due, self._has_begun = False, True
            await self._plain.execute(self._opening)

    @property
    def _plain(self) -> Any:
        return self._connection


def connected(plain: AsyncAdapt_asyncpg_connection, opening: str, statements: int) -> OneTripConnection:
    """The same connection; its transactions open with `opening`."""
    return OneTripConnection(plain.dbapi, plain._connection, opening, statements)
