"""Runs and their batches."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from core.domain.run import Batch, BatchStatus, Run, RunStatus, Stage
from core.errors import NotFound, RunTaken, Stale
from storage.mapping.runs import batch_columns, batch_of, run_columns, run_of
from storage.prepared import Prepared, changed
from storage.repositories.rows import (
    Repository,
    all_rows,
    first_row,
    insert,
    insert_checked,
    row_where,
    swap,
)
from storage.tables import IS_OPEN, IS_UNDONE, OPEN_SLOT, BatchRow, RunRow, table_of
from storage.types import CompactUuid, UtcDateTime

_SQLITE_SLOT = "run.project_id, run.stage"
"""SQLite names the columns of a broken index, PostgreSQL the index."""
_STATUSES = Prepared(
    sa.select(col(BatchRow.status)).where(col(BatchRow.run_id) == sa.bindparam("run_id")).distinct()
)


class SqlRuns(Repository):
    """Runs and their batches. `add` and `save` raise RunTaken when the open slot is held."""

    async def get(self, run_id: UUID) -> Run:
        """The run; raises NotFound."""
        row = await row_where(self.connection, RunRow, id=run_id)
        if row is None:
            raise NotFound("run", str(run_id))
        return run_of(row)

    async def get_locked(self, run_id: UUID) -> Run:
        """The run as nobody else changes it until this transaction ends; raises NotFound."""
        row = await first_row(
            self.connection, sa.select(RunRow).where(col(RunRow.id) == run_id).with_for_update()
        )
        if row is None:
            raise NotFound("run", str(run_id))
        return run_of(row)

    async def find_open(self, project_id: UUID, stage: Stage) -> Run | None:
        """The run that holds the slot."""
        return await self._first(
            sa.select(RunRow).where(
                col(RunRow.project_id) == project_id, col(RunRow.stage) == stage.value, IS_OPEN
            )
        )

    async def find_by_number(self, project_id: UUID, number: int) -> Run | None:
        """The project's run of that number."""
        return await self._first(_of_project(project_id).where(col(RunRow.number) == number))

    async def find_last(self, project_id: UUID, stage: Stage | None = None) -> Run | None:
        """The newest, of one stage or of both."""
        newest = _of_project(project_id)
        if stage is not None:
            newest = newest.where(col(RunRow.stage) == stage.value)
        return await self._first(newest)

    async def list_of(self, project_id: UUID, limit: int, offset: int = 0) -> list[Run]:
        """Newest first."""
        page = _of_project(project_id).limit(limit).offset(offset)
        return [run_of(row) for row in await all_rows(self.connection, page)]

    async def count(self, project_id: UUID) -> int:
        """How many there ever were."""
        counted = (
            sa.select(sa.func.count())
            .select_from(table_of(RunRow))
            .where(col(RunRow.project_id) == project_id)
        )
        return (await self.connection.execute(counted)).scalar_one()

    async def list_in(self, status: RunStatus) -> list[Run]:
        """Of all projects, oldest first."""
        return await self._oldest_first(col(RunRow.status) == status.value)

    async def list_reviewed_before(self, before: datetime) -> list[Run]:
        """Those reviewed, not closed yet, since before that moment; oldest first."""
        return await self._oldest_first(
            col(RunRow.status) == RunStatus.REVIEWED.value, col(RunRow.reviewed_at) < before
        )

    async def add(self, run: Run) -> None:
        """Store a new run; raises RunTaken."""
        try:
            await insert_checked(self.connection, RunRow, run_columns(run))
        except IntegrityError as error:
            raise _run_taken(error, run) from error

    async def save(self, run: Run) -> Run:
        """Swap by revision; raises Stale, RunTaken."""
        try:
            await swap(self.connection, RunRow, "run", run_columns(run))
        except IntegrityError as error:
            raise _run_taken(error, run) from error
        return replace(run, revision=run.revision + 1)

    async def add_batches(self, batches: Sequence[Batch]) -> None:
        """Store a run's plan."""
        await insert(self.connection, BatchRow, [batch_columns(batch) for batch in batches])

    async def list_batches(self, run_id: UUID) -> list[Batch]:
        """By index."""
        planned = sa.select(BatchRow).where(col(BatchRow.run_id) == run_id).order_by(col(BatchRow.position))
        return [batch_of(row) for row in await all_rows(self.connection, planned)]

    async def statuses_of_batches(self, run_id: UUID) -> frozenset[BatchStatus]:
        """In which states the run's batches are; asked after each batch, so no batch is loaded for it."""
        found = await _STATUSES.rows(self.connection, run_id=run_id)
        return frozenset(BatchStatus(row.status) for row in found)

    async def get_batch(self, batch_id: UUID) -> Batch:
        """The batch; raises NotFound."""
        row = await row_where(self.connection, BatchRow, id=batch_id)
        if row is None:
            raise NotFound("batch", str(batch_id))
        return batch_of(row)

    async def save_batch(self, batch: Batch, *, expected_lease: datetime | None = None) -> None:
        """Replace a batch; raises Stale when the lease is no longer the one the caller holds."""
        which = [col(BatchRow.id) == batch.id]
        if expected_lease is not None:
            which.append(col(BatchRow.lease_until) == expected_lease)
        statement = sa.update(table_of(BatchRow)).where(*which).values(**batch_columns(batch))
        if await changed(self.connection, statement) != 1:
            raise Stale("batch", batch.id)

    async def claim_batch(
        self, now: datetime, lease_until: datetime, batch_id: UUID | None = None
    ) -> Batch | None:
        """Take a waiting batch of a running run, or one whose lease ran out; attempts rise by one.

        The one of that id, without one the oldest run's first. One statement, so two workers never take
        the same.
        """
        claiming = _CLAIMING
        given: dict[str, object] = {"now": now, "until": lease_until}
        if batch_id is not None:
            claiming = _CLAIMING_ONE
            given["one"] = batch_id
        row = await claiming.row(self.connection, **given)
        return None if row is None else batch_of(row)

    async def _first(self, statement: sa.Select[RunRow]) -> Run | None:
        row = await first_row(self.connection, statement)
        return None if row is None else run_of(row)

    async def _oldest_first(self, *which: sa.ColumnElement[bool]) -> list[Run]:
        ordered = sa.select(RunRow).where(*which).order_by(col(RunRow.created_at), col(RunRow.id))
        return [run_of(row) for row in await all_rows(self.connection, ordered)]


def _of_project(project_id: UUID) -> sa.Select[RunRow]:
    return sa.select(RunRow).where(col(RunRow.project_id) == project_id).order_by(col(RunRow.number).desc())


def _run_taken(error: IntegrityError, run: Run) -> Exception:
    said = str(error.orig)
    is_slot = OPEN_SLOT in said or said.endswith(_SQLITE_SLOT)
    return RunTaken(run.stage.value) if is_slot else error


def _claiming(*which: sa.ColumnElement[bool]) -> sa.UpdateBase:
    """The statement of `claim_batch`: binds now, until, and what `which` binds."""
    now = sa.bindparam("now", type_=UtcDateTime())
    free = (
        sa.select(col(BatchRow.id))
        .join(RunRow, col(RunRow.id) == col(BatchRow.run_id))
        .where(
            col(RunRow.status) == RunStatus.RUNNING.value,
            IS_UNDONE,
            *which,
            sa.or_(col(BatchRow.status) == BatchStatus.WAITING.value, col(BatchRow.lease_until) <= now),
        )
        .order_by(col(RunRow.created_at), col(BatchRow.run_id), col(BatchRow.position))
        .limit(1)
        .with_for_update(skip_locked=True, of=table_of(BatchRow))
    )
    batch = table_of(BatchRow)
    until = sa.bindparam("until", type_=UtcDateTime())
    return (
        sa.update(batch)
        .where(batch.c.id.in_(free))
        .values(status=BatchStatus.CLAIMED.value, attempts=batch.c.attempts + 1, lease_until=until)
        .returning(batch)
    )


_CLAIMING = Prepared(_claiming())
_CLAIMING_ONE = Prepared(_claiming(col(BatchRow.id) == sa.bindparam("one", type_=CompactUuid())))
