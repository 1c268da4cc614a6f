"""Installation, projects, chats and people, as migration 0001 makes them."""

import sqlalchemy as sa
from alembic import op

from storage import types


def create() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "administrators",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("people", types.Json(), nullable=False),
        sa.Column("read_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id"),
    )
    op.create_table(
        "chat",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=True),
        sa.Column("is_forum", sa.Boolean(), nullable=False),
        sa.Column("reads_all_threads", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("bot_is_administrator", sa.Boolean(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("imported_by", sa.BigInteger(), nullable=True),
        sa.Column("added_by", sa.BigInteger(), nullable=True),
        sa.Column("left_at", types.UtcDateTime(), nullable=True),
        sa.Column("last_heard_at", types.UtcDateTime(), nullable=True),
        sa.Column("migrated_to", sa.BigInteger(), nullable=True),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.Column("open_to", types.Json(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_chat_migrated_to", "chat", ["migrated_to"])
    op.create_table(
        "installation",
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("claims", types.Json(), nullable=False),
        sa.Column("invited", types.Json(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("slot"),
    )
    op.create_table(
        "membership",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        sa.Column("read_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "person_id"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("username", sa.String(), nullable=True),
        sa.Column("username_key", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("has_direct_chat", sa.Boolean(), nullable=False),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.Column("current_project", types.CompactUuid(), nullable=True),
        sa.Column("forgotten_at", types.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_person_name_key", "person", ["name_key"])
    op.create_index("ix_person_username_key", "person", ["username_key"])
    op.create_table(
        "project",
        sa.Column("id", types.CompactUuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("keywords", types.Json(), nullable=False),
        sa.Column("glossary", types.Json(), nullable=False),
        sa.Column("components", types.Json(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("has_named_reviewers", sa.Boolean(), nullable=False),
        sa.Column("digest_in_group", sa.Boolean(), nullable=False),
        sa.Column("digest_paused_until", types.UtcDateTime(), nullable=True),
        sa.Column("runs_paused_at", types.UtcDateTime(), nullable=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name_key"),
    )
    op.create_table(
        "binding",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("is_source", sa.Boolean(), nullable=False),
        sa.Column("is_review", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.ForeignKeyConstraint(["chat_id"], ["chat.id"]),
        sa.PrimaryKeyConstraint("chat_id", "thread_id"),
    )
    op.create_index("ix_binding_project_id", "binding", ["project_id"])
    op.create_table(
        "counter",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("project_id", "kind"),
    )
    op.create_table(
        "role",
        sa.Column("project_id", types.CompactUuid(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("project_id", "person_id"),
    )


def drop() -> None:
    """Drop them."""
    for table in (
        "role",
        "counter",
        "binding",
        "project",
        "person",
        "membership",
        "installation",
        "chat",
        "administrators",
    ):
        op.drop_table(table)
