"""Proposals, knowledge, tasks and what they rest on, as migration 0001 makes them."""

import sqlalchemy as sa
from alembic import op

from storage import types


def create() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "contribution",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("proposal_id", types.CompactUuid(), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target_id", types.CompactUuid(), nullable=False),
        sa.Column("gain", types.Json(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("proposal_id"),
    )
    op.create_index("ix_contribution_target_id", "contribution", ["target_id"])
    op.create_table(
        "evidence",
        sa.Column("owner_id", types.CompactUuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owner_kind", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("owner_id", "position"),
    )
    op.create_index("ix_evidence_author", "evidence", ["author_id"])
    op.create_index("ix_evidence_message", "evidence", ["chat_id", "message_id"])
    op.create_table(
        "proposal_source",
        sa.Column("proposal_id", types.CompactUuid(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("atom_id", types.CompactUuid(), nullable=False),
        sa.PrimaryKeyConstraint("proposal_id", "position"),
    )
    op.create_index("ix_proposal_source_atom_id", "proposal_source", ["atom_id"])
    _create_items()


def _create_items() -> None:
    op.create_table(
        "atom",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("valid_from", types.UtcDateTime(), nullable=False),
        sa.Column("valid_until", types.UtcDateTime(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("topic_kind", sa.String(), nullable=True),
        sa.Column("topic_id", types.CompactUuid(), nullable=True),
        sa.Column("links", types.Json(), nullable=False),
        sa.Column("proposal_id", types.CompactUuid(), nullable=True),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("read_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "number", name="uq_atom_number"),
    )
    op.create_index("ix_atom_created", "atom", ["project_id", "created_at"])
    op.create_index("ix_atom_proposal_id", "atom", ["proposal_id"])
    op.create_index(
        "ix_atom_unstudied",
        "atom",
        ["project_id", "created_at"],
        sqlite_where=sa.text("content_version > read_version"),
        postgresql_where=sa.text("content_version > read_version"),
    )
    op.create_table(
        "task",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft", types.Json(), nullable=False),
        sa.Column("assignee_id", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("proposal_id", types.CompactUuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "number", name="uq_task_number"),
    )
    op.create_index("ix_task_created", "task", ["project_id", "created_at"])
    op.create_index("ix_task_number", "task", ["number"])
    op.create_index("ix_task_proposal_id", "task", ["proposal_id"])
    op.create_table(
        "topic",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("icon", sa.String(), nullable=False),
        sa.Column("colour", sa.String(), nullable=False),
        sa.Column("proposal_id", types.CompactUuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "number", name="uq_topic_number"),
    )
    op.create_index("ix_topic_proposal_id", "topic", ["proposal_id"])
    op.create_table(
        "proposal",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", types.Json(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reasoning", sa.String(), nullable=False),
        sa.Column("recommendation", sa.String(), nullable=False),
        sa.Column("similar", types.Json(), nullable=True),
        sa.Column("rejected_before", types.Json(), nullable=True),
        sa.Column("run_id", types.CompactUuid(), nullable=True),
        sa.Column("batch_id", types.CompactUuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("act_id", types.CompactUuid(), nullable=True),
        sa.Column("reviewed_at", types.UtcDateTime(), nullable=True),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("reviewed_by_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("result_kind", sa.String(), nullable=True),
        sa.Column("result_id", types.CompactUuid(), nullable=True),
        sa.Column("was_edited", sa.Boolean(), nullable=True),
        sa.Column("snoozed_until", types.UtcDateTime(), nullable=True),
        sa.Column("carried_at", types.UtcDateTime(), nullable=True),
        sa.Column("edited_by", sa.String(), nullable=False),
        sa.Column("content_version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "number", name="uq_proposal_number"),
    )
    op.create_index("ix_proposal_act_id", "proposal", ["act_id"])
    op.create_index("ix_proposal_age", "proposal", ["status", "created_at"])
    op.create_index("ix_proposal_result_id", "proposal", ["result_id"])
    op.create_index("ix_proposal_reviewer", "proposal", ["reviewed_by_id", "reviewed_at"])
    op.create_index("ix_proposal_run", "proposal", ["run_id", "status"])
    op.create_index(
        "ix_proposal_snoozed",
        "proposal",
        ["snoozed_until"],
        sqlite_where=sa.text("snoozed_until IS NOT NULL"),
        postgresql_where=sa.text("snoozed_until IS NOT NULL"),
    )
    op.create_index("ix_proposal_status", "proposal", ["project_id", "status", "reviewed_at"])


def drop() -> None:
    """Drop them."""
    for table in ("proposal", "topic", "task", "atom", "proposal_source", "evidence", "contribution"):
        op.drop_table(table)
