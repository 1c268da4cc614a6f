"""What an analyst was shown beside a batch is kept with it."""

import sqlalchemy as sa
from alembic import op

from storage import types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Batches done before say that nothing was: it was not kept."""
    op.add_column("batch", sa.Column("given", types.Json(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """What was shown is forgotten."""
    op.drop_column("batch", "given")
