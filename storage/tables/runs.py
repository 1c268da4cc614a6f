"""Runs and their batches."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col

from storage.tables.row import Row, where
from storage.types import CompactUuid, Json, UtcDateTime


class RunRow(Row, table=True):
    """One pass of a stage over a project; the agent stands in the snapshot too, here to be counted by."""

    __table_args__ = (sa.UniqueConstraint("project_id", "number", name="uq_run_number"),)

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    project_id: UUID = Field(sa_type=CompactUuid, foreign_key="project.id")
    number: int
    stage: str
    window_start: datetime = Field(sa_type=UtcDateTime)
    window_end: datetime = Field(sa_type=UtcDateTime)
    trigger: str
    started_by: str
    started_by_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    snapshot: dict[str, Any] = Field(sa_type=Json)
    agent: str
    agent_version: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    status: str
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    input_tokens: int
    output_tokens: int
    cost_usd: float | None = None
    accuracy: dict[str, Any] | None = Field(default=None, sa_type=Json)
    revision: int


OPEN_SLOT = "uq_run_open"
"""Holds product rule 1: one open run a project and stage."""

IS_OPEN = col(RunRow.status).in_(
    [
        sa.literal_column(f"'{status}'", sa.String)
        for status in ("pending", "running", "completed", "reviewed")
    ]
)

sa.Index(OPEN_SLOT, col(RunRow.project_id), col(RunRow.stage), unique=True, **where(IS_OPEN))
sa.Index("ix_run_status", col(RunRow.status), col(RunRow.reviewed_at))


class BatchRow(Row, table=True):
    """What a run reads at once. Message keys are `[[chat id, message id], …]`, atoms ids in hex."""

    __table_args__ = (sa.UniqueConstraint("run_id", "position", name="uq_batch_position"),)

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    run_id: UUID = Field(sa_type=CompactUuid, foreign_key="run.id")
    position: int
    messages: list[list[int]] = Field(sa_type=Json)
    context: list[list[int]] = Field(sa_type=Json)
    left_out: list[list[int]] = Field(sa_type=Json)
    atoms: list[str] = Field(sa_type=Json)
    status: str
    attempts: int
    lease_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    error: str
    seconds: float
    dropped: dict[str, int] = Field(sa_type=Json)
    given: dict[str, Any] = Field(sa_type=Json)


IS_UNDONE = col(BatchRow.status).in_(
    [sa.literal_column(f"'{status}'", sa.String) for status in ("waiting", "claimed")]
)
"""What may be claimed, its lease apart."""

sa.Index("ix_batch_undone", col(BatchRow.run_id), col(BatchRow.position), **where(IS_UNDONE))
