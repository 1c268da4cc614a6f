"""The list of deletions, as migration 0001 makes it: it only grows."""

import sqlalchemy as sa
from alembic import op

from storage import types

_STEPS = ("UPDATE", "DELETE")
_REFUSING = """
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'deletions are only added'; END $$
"""


def create() -> None:
    """Make the table, its index and the triggers that keep what stands in it."""
    op.create_table(
        "deletion",
        sa.Column("seq", types.Serial(), nullable=False),
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("message_ids", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_deletion_at", "deletion", ["at"])
    is_postgres = op.get_context().dialect.name == "postgresql"
    if is_postgres:
        op.execute(_REFUSING)
    refused = (
        "FOR EACH ROW EXECUTE FUNCTION refuse_deletion()"
        if is_postgres
        else "BEGIN SELECT RAISE(ABORT, 'deletions are only added'); END"
    )
    for step in _STEPS:
        op.execute(f"CREATE TRIGGER deletion_no_{step.lower()} BEFORE {step} ON deletion {refused}")


def drop() -> None:
    """Drop it; the triggers go with it."""
    op.drop_table("deletion")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_deletion")
