"""Connections that stay open, whose transactions the driver begins and ends."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.errors import Bug, StorageFailed

WRITER_SECONDS = 30.0
"""How long a transaction waits for the ones before it in this process."""

T = TypeVar("T")
Result = tuple[list[Any], Any, int, Any]
"""Rows, and what the DB API calls description, rowcount and lastrowid."""
Memory = dict[tuple[str, tuple[Any, ...]], Result]
"""What was answered to a statement with its values."""
About = frozenset[str] | None
"""The tables a statement names; None where nobody looked."""


class Opened(Protocol):
    """A driver's connection as SQLAlchemy holds it, which begins and ends its transactions itself.

    Attributes:
        memory: What was answered in the present view, in which a question has one answer; None outside.
    """

    memory: Memory | None

    @property
    def is_usable(self) -> bool:
        """Whether it is still connected, as far as is known without asking."""
        ...

    def begin(self) -> None:
        """Have the next statement open a transaction."""
        ...

    async def end(self, *, is_well: bool) -> None:
        """Commit or roll back, if anything was done. Raises what the driver raises."""
        ...

    async def run(self, method: str, arguments: tuple[Any, ...], about: About = None) -> Result:
        """`execute` or `executemany` a statement with its values. Raises what the driver raises."""
        ...

    async def write(self, sql: str, given: Sequence[Any], about: frozenset[str]) -> None:
        """Carry a change out by the next statement or `carry_out`, which raise what it raises."""
        ...

    async def carry_out(self) -> None:
        """Carry out what `write` was given and no statement took along. Raises what the driver raises."""
        ...


@dataclass(frozen=True)
class Failing:
    """How a driver fails.

    Attributes:
        raised: What it raises past SQLAlchemy.
        unconnected: What is raised where there is no connection to be had.
        failure_of: What an error means outside of this room; None for a mistake of ours.
    """

    raised: tuple[type[Exception], ...]
    unconnected: tuple[type[Exception], ...]
    failure_of: Callable[..., StorageFailed | Bug | None]


def opened_in(connection: AsyncConnection) -> Opened:
    """The driver's connection in one of SQLAlchemy's."""
    synchronous: Any = connection.sync_connection
    return synchronous.connection.dbapi_connection


async def answer_of(connection: AsyncConnection, sql: str, answer: Awaitable[T]) -> T:
    """What a driver answers to a statement; its errors raised as SQLAlchemy's."""
    raised: Any = connection.dialect.loaded_dbapi
    try:
        return await answer
    except raised.Error as error:
        is_gone = not opened_in(connection).is_usable
        raise DBAPIError.instance(
            sql, None, error, raised.Error, connection_invalidated=is_gone, dialect=connection.dialect
        ) from error


class Standing:
    """Connections of an engine that stay open; each is in one transaction at a time.

    SQLAlchemy takes 95 µs to open and to end one, most of it to hand out a connection and to take it back.
    For it these are in one transaction for ever; the driver begins and ends the real ones.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        connections: int,
        failing: Failing,
        *,
        is_reading: bool,
        tell: Callable[[StorageFailed], None] | None = None,
    ) -> None:
        """Open up to so many, each when it is first needed; whoever wants to know is told of failures."""
        self.engine = engine
        self._failing = failing
        self._is_reading = is_reading
        self._tell = tell
        self._places = asyncio.Semaphore(connections)
        self._free: list[AsyncConnection] = []
        self._is_over = False

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        """One that commits when the block ends well. Raises StorageFailed, Bug for a write in a view."""
        async with self.glance() as connection:
            opened = opened_in(connection)
            opened.begin()
            opened.memory = {} if self._is_reading else None
            try:
                yield connection
                await answer_of(connection, "", opened.carry_out())
                await opened.end(is_well=True)
            except BaseException:
                if not connection.invalidated:
                    await opened.end(is_well=False)
                raise
            finally:
                opened.memory = None

    @asynccontextmanager
    async def glance(self) -> AsyncGenerator[AsyncConnection]:
        """A connection whose every statement is a transaction of its own. Raises StorageFailed."""
        try:
            async with self.held() as connection:
                yield connection
        except (DBAPIError, *self._failing.raised) as error:
            failure = self._failing.failure_of(error, is_reading=self._is_reading)
            if failure is None:
                raise
            if isinstance(failure, StorageFailed) and self._tell is not None:
                self._tell(failure)
            raise failure from error

    @asynccontextmanager
    async def held(self) -> AsyncGenerator[AsyncConnection]:
        """A connection in no transaction, nobody else's meanwhile. Raises StorageFailed, DBAPIError."""
        await self._wait()
        try:
            connection = await self._taken()
            try:
                yield connection
            finally:
                await self._give_back(connection)
        finally:
            self._places.release()

    async def _taken(self) -> AsyncConnection:
        """One that is free and was not closed by the server meanwhile, else a new one."""
        while self._free:
            connection = self._free.pop()
            if opened_in(connection).is_usable:
                return connection
            await connection.close()
        return await self._connect()

    async def _give_back(self, connection: AsyncConnection) -> None:
        """SQLAlchemy closes the connection of a cancelled statement; after the end nobody needs one."""
        if self._is_over or connection.invalidated or not opened_in(connection).is_usable:
            await connection.close()
        else:
            self._free.append(connection)

    async def _wait(self) -> None:
        """First come, first served."""
        if not self._places.locked():
            await self._places.acquire()
            return
        try:
            async with asyncio.timeout(WRITER_SECONDS):
                await self._places.acquire()
        except TimeoutError as error:
            raise StorageFailed("busy", "others in this process took too long") from error

    async def _connect(self) -> AsyncConnection:
        try:
            connection = await self.engine.connect()
        except self._failing.unconnected as error:
            raise self._failing.failure_of(error) or error from error
        try:
            await connection.begin()
            await opened_in(connection).end(is_well=True)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def dispose(self) -> None:
        """Close them, and those in use as soon as they are given back."""
        self._is_over = True
        while self._free:
            await self._free.pop().close()
        await self.engine.dispose()
