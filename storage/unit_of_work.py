"""One transaction over all repositories: the only place of this room that commits a use case."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import Bug
from core.ports.world import Clock
from storage.engine import Database
from storage.inbox import present_taking
from storage.repositories.agents import SqlAgents
from storage.repositories.chats import SqlChats
from storage.repositories.deletions import SqlDeletions
from storage.repositories.digests import SqlDigests
from storage.repositories.histories import SqlHistories
from storage.repositories.installations import SqlInstallations
from storage.repositories.knowledge import SqlKnowledge
from storage.repositories.ledger import SqlLedger
from storage.repositories.lessons import SqlLessons
from storage.repositories.lived import SqlComments, SqlReminders
from storage.repositories.messages import SqlMessages
from storage.repositories.people import SqlPeople
from storage.repositories.projects import SqlProjects
from storage.repositories.proposals import SqlProposals
from storage.repositories.runs import SqlRuns
from storage.repositories.schedules import SqlSchedules
from storage.repositories.seats import SqlSeats
from storage.repositories.spots import SqlSpots
from storage.repositories.tasks import SqlTasks
from storage.repositories.watches import SqlWatches
from storage.search import SqlSearch
from storage.vectors import Vectors


class SqlUnitOfWork:
    """All repositories of one transaction."""

    def __init__(self, connection: AsyncConnection, clock: Clock, vectors: Vectors) -> None:
        self.installations = SqlInstallations(connection)
        self.projects = SqlProjects(connection)
        self.chats = SqlChats(connection)
        self.people = SqlPeople(connection)
        self.messages = SqlMessages(connection)
        self.knowledge = SqlKnowledge(connection)
        self.tasks = SqlTasks(connection)
        self.proposals = SqlProposals(connection)
        self.runs = SqlRuns(connection)
        self.spots = SqlSpots(connection, clock)
        self.history = SqlHistories(connection)
        self.schedules = SqlSchedules(connection)
        self.seats = SqlSeats(connection)
        self.digests = SqlDigests(connection)
        self.watches = SqlWatches(connection)
        self.deletions = SqlDeletions(connection)
        self.comments = SqlComments(connection)
        self.reminders = SqlReminders(connection)
        self.lessons = SqlLessons(connection)
        self.agents = SqlAgents(connection)
        self.ledger = SqlLedger(connection)
        self.search = SqlSearch(connection, vectors)


@dataclass(frozen=True)
class _Open:
    """The writing transaction a task is in, and what waits for its commit."""

    task: asyncio.Task[Any] | None
    tx: SqlUnitOfWork
    calls: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])


_present: ContextVar[_Open | None] = ContextVar("transaction", default=None)


@dataclass(frozen=True)
class _View:
    """The reading transaction a task is in."""

    task: asyncio.Task[Any] | None
    tx: SqlUnitOfWork


_viewing: ContextVar[_View | None] = ContextVar("view", default=None)


def _present_open() -> _Open | None:
    """The writing transaction of the present task; a task it spawned is in none."""
    open_ = _present.get()
    return open_ if open_ is not None and open_.task is asyncio.current_task() else None


def _present_view() -> _View | None:
    """The reading transaction of the present task; a task it spawned is in none."""
    view = _viewing.get()
    return view if view is not None and view.task is asyncio.current_task() else None


@dataclass(frozen=True)
class SqlTransactions:
    """Opens transactions on a database; one object a process, for it holds the vectors in memory.

    A transaction opened within one of its kind joins it: a use case made of use cases is one transaction,
    and has one view. A second connection for the inner one could be waited for in vain, by as many tasks
    as there are connections. Both kinds raise StorageFailed where the database does not answer.
    """

    database: Database
    clock: Clock
    vectors: Vectors = field(default_factory=Vectors)

    @asynccontextmanager
    async def __call__(self) -> AsyncGenerator[SqlUnitOfWork]:
        """A writing transaction: commits when the outermost block ends well, else rolls back."""
        joined = _present_open()
        if joined is not None:
            yield joined.tx
            return
        taking = present_taking()
        if taking is not None:
            taking.ensure_free()
        async with self.database.writing() as connection:
            open_ = _Open(asyncio.current_task(), SqlUnitOfWork(connection, self.clock, self.vectors))
            token = _present.set(open_)
            try:
                yield open_.tx
            finally:
                _present.reset(token)
            if taking is not None:
                await taking.mark(connection)
        if taking is not None:
            taking.is_taken = True
        for call in open_.calls:
            call()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[SqlUnitOfWork]:
        """A consistent view; writing in it raises Bug."""
        async with self._viewing(self.database.reading) as tx:
            yield tx

    @asynccontextmanager
    async def glancing(self) -> AsyncGenerator[SqlUnitOfWork]:
        """The same without one moment: what is opened to be consistent in it is not; saves two trips."""
        async with self._viewing(self.database.glancing) as tx:
            yield tx

    @asynccontextmanager
    async def _viewing(
        self, opened: Callable[[], AbstractAsyncContextManager[AsyncConnection]]
    ) -> AsyncGenerator[SqlUnitOfWork]:
        joined = _present_view()
        if joined is not None:
            yield joined.tx
            return
        async with opened() as connection:
            view = _View(asyncio.current_task(), SqlUnitOfWork(connection, self.clock, self.vectors))
            token = _viewing.set(view)
            try:
                yield view.tx
            finally:
                _viewing.reset(token)

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have `call` run once the present transaction has committed; never if it rolls back.

        Raises Bug outside of a writing transaction.
        """
        open_ = _present_open()
        if open_ is None:
            raise Bug("after_commit outside of a writing transaction")
        open_.calls.append(call)
