"""Agents, who makes which runs, the ledger with its budgets, and sealed keys."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; each run says in columns of its own which agent made it."""
    _make_agents()
    _make_ledger()
    op.add_column("project", sa.Column("budget_usd", sa.Float(), nullable=True))
    op.add_column("run", sa.Column("agent", sa.String(), nullable=False, server_default=""))
    op.add_column("run", sa.Column("agent_version", sa.Integer(), nullable=False, server_default="1"))
    is_postgres = op.get_context().dialect.name == "postgresql"
    named = "snapshot ->> 'agent'" if is_postgres else "json_extract(snapshot, '$.agent')"
    # The rules were called by the name of their model before there were agents.
    renamed = (
        "jsonb_set(snapshot, '{agent}', '\"rules\"')"
        if is_postgres
        else "json_set(snapshot, '$.agent', 'rules')"
    )
    op.execute(f"UPDATE run SET snapshot = {renamed} WHERE {named} = 'built-in'")  # noqa: S608 - names of ours
    op.execute(f"UPDATE run SET agent = {named}")  # noqa: S608 - names of ours


def downgrade() -> None:
    """Drop them; what calls cost is lost, each run's own sum stays."""
    for table, column in (("run", "agent_version"), ("run", "agent"), ("project", "budget_usd")):
        op.drop_column(table, column)
    for table in ("credential", "budget_notice", "charge", "assignment", "agent"):
        op.drop_table(table)


def _make_agents() -> None:
    op.create_table(
        "agent",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("base_url", sa.String(), nullable=False),
        sa.Column("fallback", sa.String(), nullable=False),
        sa.Column("prompts", types.Json(), nullable=False),
        sa.Column("temperature", sa.Float(), nullable=True),
        sa.Column("batch_messages", sa.Integer(), nullable=True),
        sa.Column("gap_minutes", sa.Integer(), nullable=True),
        sa.Column("min_length", sa.Integer(), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", "version"),
    )
    op.create_table(
        "assignment",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("agents", types.Json(), nullable=False),
        sa.Column("since", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("project_id", "stage"),
    )
    op.create_table(
        "credential",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("base_url", sa.String(), nullable=False),
        sa.Column("put_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _make_ledger() -> None:
    op.create_table(
        "charge",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=True),
        sa.Column("run_id", types.CompactUuid(), nullable=True),
        sa.Column("batch_id", types.CompactUuid(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("agent_version", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("input_tokens", sa.Integer(), nullable=False),
        sa.Column("output_tokens", sa.Integer(), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=True),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_charge_month", "charge", ["project_id", "at"])
    op.create_index("ix_charge_run_id", "charge", ["run_id"])
    op.create_table(
        "budget_notice",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("month", types.UtcDateTime(), nullable=False),
        sa.Column("percent", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("project_id", "month", "percent"),
    )
