"""What decisions taught."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.lessons import Judgement, Learned, Trial
from storage.repositories.rows import Repository, all_rows, chunks, upsert
from storage.tables import LearnedRow, table_of


class SqlLessons(Repository):
    """One row a project and judgement."""

    async def put(self, learned: Learned) -> None:
        """Add or replace."""
        trial = learned.trial
        columns = {
            "project_id": learned.project_id,
            "judgement": learned.judgement.value,
            "learned_at": learned.learned_at,
            "decisions": trial.decisions,
            "held_back": trial.held_back,
            "better": trial.better,
            "worse": trial.worse,
            "model": learned.model,
        }
        await upsert(self.connection, LearnedRow, columns)

    async def list_of(self, project_id: UUID) -> list[Learned]:
        """By judgement."""
        found = (
            sa.select(LearnedRow)
            .where(col(LearnedRow.project_id) == project_id)
            .order_by(col(LearnedRow.judgement))
        )
        return [_learned_of(row) for row in await all_rows(self.connection, found)]

    async def forget(self, project_ids: Iterable[UUID]) -> None:
        """Drop all that these projects taught."""
        for some in chunks(project_ids):
            gone = sa.delete(table_of(LearnedRow)).where(col(LearnedRow.project_id).in_(some))
            await self.connection.execute(gone)


def _learned_of(row: LearnedRow) -> Learned:
    return Learned(
        project_id=row.project_id,
        judgement=Judgement(row.judgement),
        learned_at=row.learned_at,
        trial=Trial(row.decisions, row.held_back, row.better, row.worse),
        model=row.model,
    )
