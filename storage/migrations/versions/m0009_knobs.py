"""What a project turned for itself, and what a person follows of it."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every project there is has all knobs as the installation has them; nobody follows anything yet."""
    op.add_column("project", sa.Column("knobs", types.Json(), nullable=False, server_default="{}"))
    op.create_table(
        "watch",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("told_at", types.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("project_id", "person_id", "what"),
    )
    op.create_index("ix_event_at", "event", ["project_id", "at"])


def downgrade() -> None:
    """Own settings and subscriptions are lost."""
    op.drop_index("ix_event_at", "event")
    op.drop_table("watch")
    op.drop_column("project", "knobs")
