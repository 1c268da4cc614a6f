"""Messages and incoming updates, as migration 0001 makes them."""

import sqlalchemy as sa
from alembic import op

from storage import types


def create() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "incoming",
        sa.Column("seq", types.Serial(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("lane", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("received_at", types.UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("update_id"),
    )
    op.create_index(
        "ix_incoming_waiting",
        "incoming",
        ["seq"],
        sqlite_where=sa.text("status = 'waiting'"),
        postgresql_where=sa.text("status = 'waiting'"),
    )
    op.create_table(
        "message",
        sa.Column("seq", types.Serial(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("author_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("author_username", sa.String(), nullable=True),
        sa.Column("author_is_bot", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sent_at", types.UtcDateTime(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("edited_at", types.UtcDateTime(), nullable=True),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("is_forwarded", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("mentions", types.Json(), nullable=False),
        sa.Column("is_excluded", sa.Boolean(), nullable=False),
        sa.Column("is_readable", sa.Boolean(), nullable=False),
        sa.Column("is_forgotten", sa.Boolean(), nullable=False),
        sa.Column("batch_id", types.CompactUuid(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("chat_id", "message_id", name="uq_message_key"),
    )
    op.create_index("ix_message_author", "message", ["author_id", "chat_id"])
    op.create_index("ix_message_said", "message", ["chat_id", "sent_at"])
    op.create_index(
        "ix_message_thread",
        "message",
        ["chat_id", "thread_id", "message_id"],
        sqlite_where=sa.text("thread_id IS NOT NULL"),
        postgresql_where=sa.text("thread_id IS NOT NULL"),
    )
    op.create_index(
        "ix_message_unread",
        "message",
        ["chat_id", "sent_at"],
        sqlite_where=sa.text("batch_id IS NULL AND is_readable = 1"),
        postgresql_where=sa.text("batch_id IS NULL AND is_readable"),
    )


def drop() -> None:
    """Drop them."""
    for table in ("message", "incoming"):
        op.drop_table(table)
