"""What a project's decisions taught is kept."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "learned",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("judgement", sa.String(), nullable=False),
        sa.Column("learned_at", types.UtcDateTime(), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("held_back", sa.Integer(), nullable=False),
        sa.Column("better", sa.Integer(), nullable=False),
        sa.Column("worse", sa.Integer(), nullable=False),
        sa.Column("model", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("project_id", "judgement"),
    )


def downgrade() -> None:
    """Drop it: what was learned is learned again from the decisions."""
    op.drop_table("learned")
