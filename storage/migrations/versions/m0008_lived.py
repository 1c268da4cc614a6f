"""Tasks are commented on, people have themselves reminded, and a decision knows the text before it."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; decisions made before remember no other text."""
    op.create_table(
        "comment",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("task_id", types.CompactUuid(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_comment_task_id", "comment", ["task_id"])
    op.create_table(
        "reminder",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.add_column("proposal", sa.Column("unedited", types.Json(), nullable=True))


def downgrade() -> None:
    """Comments and their words go, nobody is reminded, edits made with a decision stay."""
    op.execute("DELETE FROM evidence WHERE owner_kind = 'comment'")
    op.drop_column("proposal", "unedited")
    op.drop_table("reminder")
    op.drop_index("ix_comment_task_id", "comment")
    op.drop_table("comment")
