"""Updates as they came: kept in one commit, done in the transaction that makes their effect."""

import asyncio
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.ids import UpdateId
from core.errors import Bug, NotFound, Stale
from core.ports.inbox import Incoming
from storage.engine import Database
from storage.mapping.messages import incoming_columns, incoming_of
from storage.prepared import Prepared
from storage.repositories.rows import chunks, insert_new
from storage.tables import WAITING, IncomingRow, table_of

_incoming = table_of(IncomingRow)
_DONE = "done"
_ASIDE = "aside"


@dataclass
class Taking:
    """Updates whose effect the present task is making; `is_taken` once a transaction committed it."""

    update_ids: tuple[UpdateId, ...]
    task: asyncio.Task[Any] | None
    is_taken: bool = False

    def ensure_free(self) -> None:
        """Raise Bug when the effect was made: a crash between two commits would leave half of it."""
        if self.is_taken:
            raise Bug(f"a second writing transaction for updates {self.update_ids}")

    async def mark(self, connection: AsyncConnection) -> None:
        """Mark the updates done in the transaction of their effect; raises Stale when one already was."""
        marked = 0
        for some in chunks(self.update_ids):
            marked += await _MARKING.count(connection, ids=some)
        if marked != len(self.update_ids):
            raise Stale("update", str(self.update_ids))


_present: ContextVar[Taking | None] = ContextVar("taking", default=None)


def present_taking() -> Taking | None:
    """What the present task takes; a task it spawned takes nothing."""
    taking = _present.get()
    return taking if taking is not None and taking.task is asyncio.current_task() else None


_MARKING = Prepared(
    sa.update(_incoming)
    .where(_incoming.c.update_id.in_(sa.bindparam("ids", expanding=True)), _incoming.c.status == WAITING)
    .values(status=_DONE, payload="", error="")
)
_WAITING_FIRST = Prepared(
    sa.select(_incoming)
    .where(_incoming.c.status == WAITING, _incoming.c.lane.not_in(sa.bindparam("held", expanding=True)))
    .order_by(_incoming.c.seq)
    .limit(sa.bindparam("most", type_=sa.Integer()))
)


@dataclass(frozen=True)
class SqlInbox:
    """The table of updates; each call is a transaction of its own. Raises StorageFailed."""

    database: Database

    async def keep(self, updates: Sequence[Incoming]) -> int:
        """Store new updates in one commit and return how many were new; known ids are left alone."""
        async with self.database.writing() as connection:
            return await insert_new(connection, IncomingRow, [incoming_columns(one) for one in updates])

    async def waiting(self, limit: int, held: frozenset[int] = frozenset()) -> list[Incoming]:
        """Updates without effect yet, in order of arrival; those of lanes held left out."""
        async with self.database.glancing() as connection:
            found = await _WAITING_FIRST.rows(connection, most=limit, held=sorted(held))
            return [incoming_of(row) for row in found]

    @contextmanager
    def taking(self, update_ids: Sequence[UpdateId]) -> Generator[Taking]:
        """Within it, the first writing transaction of this task marks these updates done and empties them.

        One that rolls back marks nothing. A second one raises Bug: one update has one effect.
        """
        taking = Taking(tuple(dict.fromkeys(update_ids)), asyncio.current_task())
        token = _present.set(taking)
        try:
            yield taking
        finally:
            _present.reset(token)

    async def done(self, update_ids: Sequence[UpdateId]) -> None:
        """Mark updates that had no effect as done; those already done stay so."""
        async with self.database.writing() as connection:
            for some in chunks(update_ids):
                await _MARKING.count(connection, ids=some)

    async def failed(self, update_id: UpdateId, error: str) -> int:
        """Count a failed attempt and return how many there were; the payload stays. Raises NotFound."""
        statement = (
            sa.update(_incoming)
            .where(_incoming.c.update_id == update_id)
            .values(attempts=_incoming.c.attempts + 1, error=error)
            .returning(_incoming.c.attempts)
        )
        async with self.database.writing() as connection:
            attempts: int | None = (await connection.execute(statement)).scalar_one_or_none()
        if attempts is None:
            raise NotFound("update", str(update_id))
        return attempts

    async def set_aside(self, update_id: UpdateId, error: str) -> None:
        """Give up an update for good so that its lane goes on; its payload stays for a look."""
        async with self.database.writing() as connection:
            await connection.execute(
                sa.update(_incoming)
                .where(_incoming.c.update_id == update_id, _incoming.c.status == WAITING)
                .values(status=_ASIDE, error=error)
            )

    async def last_offset(self) -> int:
        """The highest update id kept, 0 when none."""
        async with self.database.reading() as connection:
            highest = await connection.execute(sa.select(sa.func.max(_incoming.c.update_id)))
            return highest.scalar_one() or 0
