"""What is due when."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.daily.schedule import Job, Schedule
from storage.mapping.shown import EVERYWHERE, schedule_columns, schedule_of
from storage.repositories.rows import Repository, all_rows, first_row, upsert
from storage.tables import ScheduleRow, table_of


class SqlSchedules(Repository):
    """One row a project and job; no project stands for the installation."""

    async def list_of(self, project_id: UUID | None) -> list[Schedule]:
        """By job."""
        of_project = (
            sa.select(ScheduleRow)
            .where(col(ScheduleRow.project_id) == (project_id or EVERYWHERE))
            .order_by(col(ScheduleRow.job))
        )
        return [schedule_of(row) for row in await all_rows(self.connection, of_project)]

    async def put(self, schedule: Schedule) -> None:
        """Add or replace."""
        await upsert(self.connection, ScheduleRow, schedule_columns(schedule))

    async def list_due(self, now: datetime) -> list[Schedule]:
        """Those whose time has come, the longest waiting first."""
        due = (
            sa.select(ScheduleRow)
            .where(col(ScheduleRow.next_at) <= now)
            .order_by(col(ScheduleRow.next_at), col(ScheduleRow.job), col(ScheduleRow.project_id))
        )
        return [schedule_of(row) for row in await all_rows(self.connection, due)]

    async def move(self, schedule: Schedule, next_at: datetime | None) -> bool:
        """Move its next time if it still is what `schedule` says: False when another took the firing."""
        statement = (
            sa.update(table_of(ScheduleRow))
            .where(
                col(ScheduleRow.project_id) == (schedule.project_id or EVERYWHERE),
                col(ScheduleRow.job) == schedule.job.value,
                col(ScheduleRow.next_at).is_not_distinct_from(schedule.next_at),
            )
            .values(next_at=next_at)
        )
        return (await self.connection.execute(statement)).rowcount == 1

    async def find(self, project_id: UUID | None, job: Job) -> Schedule | None:
        """One job's schedule."""
        named = sa.select(ScheduleRow).where(
            col(ScheduleRow.project_id) == (project_id or EVERYWHERE), col(ScheduleRow.job) == job.value
        )
        row = await first_row(self.connection, named)
        return None if row is None else schedule_of(row)
