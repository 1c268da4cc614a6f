"""Counting what waits."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from core.ports.backlog import Backlog
from storage.engine import Database
from storage.repositories.spots import COUNT_DUE
from storage.tables import WAITING, BatchRow, IncomingRow, RunRow
from storage.tables.runs import IS_UNDONE

_UPDATES = sa.select(sa.func.count(), sa.func.min(col(IncomingRow.received_at))).where(
    col(IncomingRow.status) == WAITING
)
_BATCHES = (
    sa.select(sa.func.count())
    .select_from(BatchRow)
    .join(RunRow, col(RunRow.id) == col(BatchRow.run_id))
    .where(IS_UNDONE, col(RunRow.status) == "running")
)


@dataclass(frozen=True)
class SqlBacklogs:
    """Counts through indexes of what waits alone, so what is done costs nothing."""

    database: Database

    async def count(self, now: datetime) -> Backlog:
        """What waits, all of one moment. Raises StorageFailed."""
        async with self.database.reading() as connection:
            updates, oldest = (await connection.execute(_UPDATES)).one()
            batches = (await connection.execute(_BATCHES)).scalar_one()
            spots = (await connection.execute(COUNT_DUE, {"now": now})).scalar_one()
        return Backlog(updates, batches, spots, oldest)
