"""Subjects that became part of another one, or were laid aside."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both columns; every subject there is stays as it is."""
    op.add_column("topic", sa.Column("merged_into", types.CompactUuid(), nullable=True))
    op.add_column("topic", sa.Column("archived_at", types.UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Drop them: all subjects stand by themselves and in use again."""
    op.drop_column("topic", "archived_at")
    op.drop_column("topic", "merged_into")
