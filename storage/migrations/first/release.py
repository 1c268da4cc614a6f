"""The release that gave the tables their form, as migration 0001 makes it."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Make the table."""
    op.create_table(
        "release", sa.Column("name", sa.String(), nullable=False), sa.PrimaryKeyConstraint("name")
    )


def drop() -> None:
    """Drop it."""
    op.drop_table("release")
