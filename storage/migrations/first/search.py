"""What is searched, as migration 0001 makes them."""

import sqlalchemy as sa
from alembic import op

from storage import types


def create() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "item_text",
        sa.Column("seq", types.Serial(), nullable=False),
        sa.Column("item_id", types.CompactUuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("embedded_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("item_id"),
    )
    op.create_index("ix_item_text_embedded_by", "item_text", ["embedded_by"])
    op.create_table(
        "item_vector",
        sa.Column("item_id", types.CompactUuid(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("vector", types.Embedding(), nullable=True),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "model", "project_id"),
    )
    op.create_index(
        "ix_item_vector_stamp", "item_vector", ["project_id", "kind", "model", "stamp", "item_id"]
    )
    op.create_table(
        "vector_stamp",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("project_id", "kind", "model"),
    )


def drop() -> None:
    """Drop them."""
    for table in ("vector_stamp", "item_vector", "item_text"):
        op.drop_table(table)
