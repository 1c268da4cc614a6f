"""Who is at work, as migration 0001 makes it."""

import sqlalchemy as sa
from alembic import op

from storage import types


def create() -> None:
    """Make the table."""
    op.create_table(
        "seat",
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("since", types.UtcDateTime(), nullable=False),
        sa.Column("until", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("duty", "holder"),
    )


def drop() -> None:
    """Drop it."""
    op.drop_table("seat")
