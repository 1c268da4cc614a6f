"""What a model can read at once is kept as it was measured."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; nothing was measured yet."""
    op.create_table(
        "measured",
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("context_tokens", sa.Integer(), nullable=False),
        sa.Column("measured_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("model"),
    )


def downgrade() -> None:
    """Drop it: `triagram provider test` measures again."""
    op.drop_table("measured")
