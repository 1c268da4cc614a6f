"""Agents, who makes which runs, what calls cost, and sealed keys."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col

from storage.tables.row import Row
from storage.types import CompactUuid, Json, UtcDateTime


class AgentRow(Row, table=True):
    """One version of a named agent; rows are added, never changed."""

    name: str = Field(primary_key=True)
    version: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    model: str
    base_url: str
    fallback: str
    prompts: list[dict[str, Any]] = Field(sa_type=Json)
    temperature: float | None = None
    batch_messages: int | None = None
    gap_minutes: int | None = None
    min_length: int | None = None
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AssignmentRow(Row, table=True):
    """Which agents make the runs of a project's stage."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid, foreign_key="project.id")
    stage: str = Field(primary_key=True)
    agents: list[str] = Field(sa_type=Json)
    since: datetime = Field(sa_type=UtcDateTime)


class ChargeRow(Row, table=True):
    """A line of the ledger; `cost_usd` is NULL where unknown, the most it may be until settled."""

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    project_id: UUID | None = Field(default=None, sa_type=CompactUuid, foreign_key="project.id")
    run_id: UUID | None = Field(default=None, sa_type=CompactUuid, foreign_key="run.id", index=True)
    batch_id: UUID | None = Field(default=None, sa_type=CompactUuid)
    purpose: str
    agent: str
    agent_version: int
    model: str
    at: datetime = Field(sa_type=UtcDateTime)
    input_tokens: int
    output_tokens: int
    cost_usd: float | None = None
    is_settled: bool


sa.Index("ix_charge_month", col(ChargeRow.project_id), col(ChargeRow.at))


class BudgetNoticeRow(Row, table=True):
    """Which share of a month's budget was spoken of; `month` is its first moment."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid, foreign_key="project.id")
    month: datetime = Field(primary_key=True, sa_type=UtcDateTime)
    percent: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    told_at: datetime = Field(sa_type=UtcDateTime)


class CredentialRow(Row, table=True):
    """A provider's key, sealed; `base_url` "" is the provider's own address."""

    name: str = Field(primary_key=True)
    sealed: str
    base_url: str
    put_at: datetime = Field(sa_type=UtcDateTime)


class MeasuredRow(Row, table=True):
    """How many tokens a model reads at once, as measured; `model` is its name at its host."""

    model: str = Field(primary_key=True)
    context_tokens: int
    measured_at: datetime = Field(sa_type=UtcDateTime)
