"""Proposals, knowledge, tasks and what they rest on."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, col

from storage.tables.row import Row, where
from storage.types import CompactUuid, Json, UtcDateTime


class EvidenceRow(Row, table=True):
    """One quote of a proposal, atom, task or contribution."""

    owner_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    owner_kind: str
    chat_id: int = Field(sa_type=sa.BigInteger)
    message_id: int = Field(sa_type=sa.BigInteger)
    quote: str
    author: str
    sent_at: datetime = Field(sa_type=UtcDateTime)
    thread_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    author_id: int | None = Field(default=None, sa_type=sa.BigInteger)


sa.Index("ix_evidence_message", col(EvidenceRow.chat_id), col(EvidenceRow.message_id))
sa.Index("ix_evidence_author", col(EvidenceRow.author_id))


class ProposalRow(Row, table=True):
    """A draft before a reviewer; `act_id` … `unedited` are its Review, all NULL without one."""

    __table_args__ = (sa.UniqueConstraint("project_id", "number", name="uq_proposal_number"),)

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    project_id: UUID = Field(sa_type=CompactUuid, foreign_key="project.id")
    number: int
    kind: str
    content: dict[str, Any] = Field(sa_type=Json)
    source: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    confidence: float
    reasoning: str
    recommendation: str
    similar: dict[str, Any] | None = Field(default=None, sa_type=Json)
    rejected_before: dict[str, Any] | None = Field(default=None, sa_type=Json)
    run_id: UUID | None = Field(default=None, sa_type=CompactUuid, foreign_key="run.id")
    batch_id: UUID | None = Field(default=None, sa_type=CompactUuid)
    status: str
    act_id: UUID | None = Field(default=None, sa_type=CompactUuid, index=True)
    reviewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reviewed_by: str | None = None
    reviewed_by_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    reason: str | None = None
    note: str | None = None
    result_kind: str | None = None
    result_id: UUID | None = Field(default=None, sa_type=CompactUuid, index=True)
    was_edited: bool | None = None
    unedited: dict[str, Any] | None = Field(default=None, sa_type=Json)
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    carried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    edited_by: str
    origin_id: UUID | None = Field(default=None, sa_type=CompactUuid, index=True)
    content_version: int
    revision: int


sa.Index("ix_proposal_run", col(ProposalRow.run_id), col(ProposalRow.status))
sa.Index(
    "ix_proposal_status", col(ProposalRow.project_id), col(ProposalRow.status), col(ProposalRow.reviewed_at)
)
sa.Index("ix_proposal_age", col(ProposalRow.status), col(ProposalRow.created_at))
sa.Index("ix_proposal_reviewer", col(ProposalRow.reviewed_by_id), col(ProposalRow.reviewed_at))
sa.Index(
    "ix_proposal_snoozed",
    col(ProposalRow.snoozed_until),
    **where(col(ProposalRow.snoozed_until).is_not(None)),
)


class ProposalSourceRow(Row, table=True):
    """An atom a stage-2 draft stands on."""

    proposal_id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    atom_id: UUID = Field(sa_type=CompactUuid, index=True)


class TopicRow(Row, table=True):
    """A subject."""

    __table_args__ = (sa.UniqueConstraint("project_id", "number", name="uq_topic_number"),)

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    project_id: UUID = Field(sa_type=CompactUuid, foreign_key="project.id")
    number: int
    name: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    description: str
    icon: str
    colour: str
    proposal_id: UUID | None = Field(default=None, sa_type=CompactUuid, index=True)
    merged_into: UUID | None = Field(default=None, sa_type=CompactUuid)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revision: int


class AtomRow(Row, table=True):
    """A note. Topic and links stand as they were given: a proposal's fate is followed as they are read."""

    __table_args__ = (sa.UniqueConstraint("project_id", "number", name="uq_atom_number"),)

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    project_id: UUID = Field(sa_type=CompactUuid, foreign_key="project.id")
    number: int
    type: str
    title: str
    content: str
    confidence: float
    valid_from: datetime = Field(sa_type=UtcDateTime)
    valid_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    topic_kind: str | None = None
    topic_id: UUID | None = Field(default=None, sa_type=CompactUuid)
    links: list[Any] = Field(sa_type=Json)
    proposal_id: UUID | None = Field(default=None, sa_type=CompactUuid, index=True)
    content_version: int
    read_version: int
    revision: int


IS_UNSTUDIED = col(AtomRow.content_version) > col(AtomRow.read_version)

sa.Index("ix_atom_created", col(AtomRow.project_id), col(AtomRow.created_at))
sa.Index("ix_atom_unstudied", col(AtomRow.project_id), col(AtomRow.created_at), **where(IS_UNSTUDIED))


class TaskRow(Row, table=True):
    """Approved work; `assignee_id` and `due_on` repeat the draft's, for lists."""

    __table_args__ = (sa.UniqueConstraint("project_id", "number", name="uq_task_number"),)

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    project_id: UUID = Field(sa_type=CompactUuid, foreign_key="project.id")
    number: int = Field(index=True)
    draft: dict[str, Any] = Field(sa_type=Json)
    assignee_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    due_on: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)
    status: str
    proposal_id: UUID | None = Field(default=None, sa_type=CompactUuid, index=True)
    revision: int


sa.Index("ix_task_created", col(TaskRow.project_id), col(TaskRow.created_at))


class ContributionRow(Row, table=True):
    """What one merge gave its target; a proposal is merged once at a time."""

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    proposal_id: UUID = Field(sa_type=CompactUuid, unique=True)
    target_kind: str
    target_id: UUID = Field(sa_type=CompactUuid, index=True)
    gain: dict[str, Any] = Field(sa_type=Json)
    at: datetime = Field(sa_type=UtcDateTime)
