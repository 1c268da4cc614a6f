"""Spots, history, schedules and digests, as migration 0001 makes them."""

import sqlalchemy as sa
from alembic import op

from storage import types


def create() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "change",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("item_kind", sa.String(), nullable=False),
        sa.Column("item_id", types.CompactUuid(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("before", types.Json(), nullable=False),
        sa.Column("after", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_change_item", "change", ["item_id", "at"])
    op.create_table(
        "digest",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "day"),
    )
    op.create_table(
        "event",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("payload", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_event_name", "event", ["project_id", "name", "at"])
    op.create_table(
        "schedule",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("next_at", types.UtcDateTime(), nullable=True),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "job"),
    )
    op.create_index("ix_schedule_next_at", "schedule", ["next_at"])
    op.create_table(
        "spot",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("view", types.Json(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("reader_id", sa.BigInteger(), nullable=True),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("was_card", sa.Boolean(), nullable=False),
        sa.Column("unasked_in", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("painted", sa.Integer(), nullable=False),
        sa.Column("painted_hash", sa.String(), nullable=False),
        sa.Column("repaint_at", types.UtcDateTime(), nullable=True),
        sa.Column("not_before", types.UtcDateTime(), nullable=True),
        sa.Column("lease_until", types.UtcDateTime(), nullable=True),
        sa.Column("leased_at", types.UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_spot_unasked",
        "spot",
        ["chat_id", "sent_at"],
        sqlite_where=sa.text("unasked_in != ''"),
        postgresql_where=sa.text("unasked_in != ''"),
    )
    op.create_index("ix_spot_message", "spot", ["chat_id", "message_id"])
    op.create_index(
        "ix_spot_out_of_date",
        "spot",
        ["chat_id"],
        sqlite_where=sa.text("wanted > painted"),
        postgresql_where=sa.text("wanted > painted"),
    )
    op.create_index(
        "ix_spot_repaint",
        "spot",
        ["repaint_at"],
        sqlite_where=sa.text("repaint_at IS NOT NULL"),
        postgresql_where=sa.text("repaint_at IS NOT NULL"),
    )
    op.create_table(
        "spot_about",
        sa.Column("spot_id", types.CompactUuid(), nullable=False),
        sa.Column("about", types.CompactUuid(), nullable=False),
        sa.PrimaryKeyConstraint("spot_id", "about"),
    )
    op.create_index("ix_spot_about_about", "spot_about", ["about"])


def drop() -> None:
    """Drop them."""
    for table in ("spot_about", "spot", "schedule", "event", "digest", "change"):
        op.drop_table(table)
