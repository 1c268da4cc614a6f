"""What decisions taught."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.row import Row
from storage.types import CompactUuid, UtcDateTime


class LearnedRow(Row, table=True):
    """One judgement of one project: how its trial went, and the model, empty where the trial was lost."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid, foreign_key="project.id")
    judgement: str = Field(primary_key=True)
    learned_at: datetime = Field(sa_type=UtcDateTime)
    decisions: int
    held_back: int
    better: int
    worse: int
    model: bytes = Field(sa_type=sa.LargeBinary)
