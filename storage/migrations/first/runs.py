"""Runs and their batches, as migration 0001 makes them."""

import sqlalchemy as sa
from alembic import op

from storage import types


def create() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "run",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("window_start", types.UtcDateTime(), nullable=False),
        sa.Column("window_end", types.UtcDateTime(), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("started_by_id", sa.BigInteger(), nullable=True),
        sa.Column("snapshot", types.Json(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("started_at", types.UtcDateTime(), nullable=True),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.Column("reviewed_at", types.UtcDateTime(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=True),
        sa.Column("accuracy", types.Json(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "number", name="uq_run_number"),
    )
    op.create_index("ix_run_status", "run", ["status", "reviewed_at"])
    op.create_index(
        "uq_run_open",
        "run",
        ["project_id", "stage"],
        unique=True,
        sqlite_where=sa.text("status IN ('pending', 'running', 'completed', 'reviewed')"),
        postgresql_where=sa.text("status IN ('pending', 'running', 'completed', 'reviewed')"),
    )
    op.create_table(
        "batch",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("run_id", types.CompactUuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("messages", types.Json(), nullable=False),
        sa.Column("context", types.Json(), nullable=False),
        sa.Column("left_out", types.Json(), nullable=False),
        sa.Column("atoms", types.Json(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", types.UtcDateTime(), nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("dropped", types.Json(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("run_id", "position", name="uq_batch_position"),
    )
    op.create_index(
        "ix_batch_undone",
        "batch",
        ["run_id", "position"],
        sqlite_where=sa.text("status IN ('waiting', 'claimed')"),
        postgresql_where=sa.text("status IN ('waiting', 'claimed')"),
    )


def drop() -> None:
    """Drop them."""
    for table in ("batch", "run"):
        op.drop_table(table)
