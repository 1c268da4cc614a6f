"""The list of deletions, as migration 0001 makes it: it only grows."""

import sqlalchemy as sa
from alembic import op

from storage import types

_STEPS = ("UPDATE", "DELETE")


def create() -> None:
    """Make the table, its index and the triggers that keep what stands in it."""
    op.create_table(
        "deletion",
        sa.Column("seq", types.Serial(), nullable=False),
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_ids", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_deletion_at", "deletion", ["at"])
    for step in _STEPS:
        op.execute(
            f"CREATE TRIGGER deletion_no_{step.lower()} BEFORE {step} ON deletion"
            " BEGIN SELECT RAISE(ABORT, 'deletions are only added'); END"
        )


def drop() -> None:
    """Drop it; the triggers go with it."""
    op.drop_table("deletion")
