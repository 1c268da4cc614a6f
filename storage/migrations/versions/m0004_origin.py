"""A proposal that took another one's place knows which."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what it came from; none of those there are came from another."""
    op.add_column("proposal", sa.Column("origin_id", types.CompactUuid(), nullable=True))
    op.create_index("ix_proposal_origin_id", "proposal", ["origin_id"])


def downgrade() -> None:
    """Those that took another's place stay, and no longer know it."""
    op.drop_index("ix_proposal_origin_id", "proposal")
    op.drop_column("proposal", "origin_id")
