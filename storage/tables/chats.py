"""Installation, projects, chats and people."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.row import Row
from storage.types import CompactUuid, Json, UtcDateTime


class InstallationRow(Row, table=True):
    """The one bot: `slot` is always 1."""

    slot: int = Field(default=1, primary_key=True)
    bot_id: int = Field(sa_type=sa.BigInteger)
    owner_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    claims: list[str] = Field(sa_type=Json)
    invited: list[int] = Field(sa_type=Json)
    revision: int


class ProjectRow(Row, table=True):
    """`name_key` is the name as it must be unique: case folded."""

    id: UUID = Field(primary_key=True, sa_type=CompactUuid)
    name: str
    name_key: str = Field(unique=True)
    timezone: str
    language: str
    description: str
    keywords: list[str] = Field(sa_type=Json)
    glossary: dict[str, str] = Field(sa_type=Json)
    components: list[str] = Field(sa_type=Json)
    place: str
    has_named_reviewers: bool
    digest_in_group: bool
    digest_paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    runs_paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    budget_usd: float | None = None
    knobs: dict[str, Any] = Field(sa_type=Json)
    version: str
    revision: int


class CounterRow(Row, table=True):
    """The last number given to a kind of thing in a project."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid, foreign_key="project.id")
    kind: str = Field(primary_key=True)
    value: int = 0


class ChatRow(Row, table=True):
    """A chat; after its upgrade to a supergroup it keeps its messages and names the new one."""

    id: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str
    title: str
    username: str | None = None
    is_forum: bool
    reads_all_threads: bool
    state: str
    language: str
    bot_is_administrator: bool
    is_imported: bool
    imported_by: int | None = Field(default=None, sa_type=sa.BigInteger)
    added_by: int | None = Field(default=None, sa_type=sa.BigInteger)
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_heard_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    migrated_to: int | None = Field(default=None, sa_type=sa.BigInteger, index=True)
    is_blocked: bool
    open_to: list[int] = Field(sa_type=Json)


class BindingRow(Row, table=True):
    """Which project a chat (`thread_id` NO_THREAD) or a thread of it belongs to."""

    chat_id: int = Field(
        primary_key=True,
        sa_type=sa.BigInteger,
        foreign_key="chat.id",
        sa_column_kwargs={"autoincrement": False},
    )
    thread_id: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    project_id: UUID = Field(sa_type=CompactUuid, foreign_key="project.id", index=True)
    is_source: bool
    is_review: bool


class PersonRow(Row, table=True):
    """`name_key` and `username_key` are what they are looked up by: case folded."""

    id: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    name: str
    name_key: str = Field(index=True)
    username: str | None = None
    username_key: str | None = Field(default=None, index=True)
    language: str
    has_direct_chat: bool
    is_left_out: bool
    current_project: UUID | None = Field(default=None, sa_type=CompactUuid)
    forgotten_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RoleRow(Row, table=True):
    """What a person may do in a project."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid, foreign_key="project.id")
    person_id: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    role: str


class AdministratorsRow(Row, table=True):
    """A chat's administrators with a face, and when Telegram said so."""

    chat_id: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    people: list[int] = Field(sa_type=Json)
    read_at: datetime = Field(sa_type=UtcDateTime)


class MembershipRow(Row, table=True):
    """Whether a person is in a chat, and when Telegram said so."""

    chat_id: int = Field(primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False})
    person_id: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    is_member: bool
    read_at: datetime = Field(sa_type=UtcDateTime)


class WatchRow(Row, table=True):
    """What a person follows of a project, or does not; `told_at` is how far they were told."""

    project_id: UUID = Field(primary_key=True, sa_type=CompactUuid, foreign_key="project.id")
    person_id: int = Field(
        primary_key=True, sa_type=sa.BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    what: str = Field(primary_key=True)
    is_on: bool
    told_at: datetime = Field(sa_type=UtcDateTime)
