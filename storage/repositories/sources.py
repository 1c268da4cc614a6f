"""Which messages are a project's: the bindings of chats and threads, resolved in SQL."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.person import ChatState
from storage.tables import NO_THREAD, BindingRow, ChatRow, MessageRow, table_of

_chat = table_of(ChatRow)
_home = _chat.alias("home")
_whole = table_of(BindingRow).alias("whole")
_own = table_of(BindingRow).alias("own")


def chats_of(project_id: UUID) -> sa.Select[int]:
    """The chats with anything bound to the project as source, also those that became such a chat."""
    bound = sa.select(col(BindingRow.chat_id)).where(
        col(BindingRow.project_id) == project_id, col(BindingRow.is_source)
    )
    return sa.select(col(ChatRow.id)).where(
        sa.func.coalesce(col(ChatRow.migrated_to), col(ChatRow.id)).in_(bound)
    )


def is_source(project_id: UUID) -> sa.ColumnElement[bool]:
    """Whether a message was said where the project listens.

    A thread's own binding wins over its chat's; a chat that does not read all threads gives only bound
    ones; a chat counts while it is read or when it was imported. A chat that became a supergroup is bound
    under its new id.
    """
    home_id = sa.func.coalesce(_chat.c.migrated_to, _chat.c.id)
    listens = (
        sa.select(sa.literal(1))
        .select_from(
            _chat.join(_home, _home.c.id == home_id)
            .outerjoin(
                _own,
                sa.and_(_own.c.chat_id == _home.c.id, _own.c.thread_id == col(MessageRow.thread_id)),
            )
            .outerjoin(_whole, sa.and_(_whole.c.chat_id == _home.c.id, _whole.c.thread_id == NO_THREAD))
        )
        .where(
            _chat.c.id == col(MessageRow.chat_id),
            sa.or_(_home.c.state == ChatState.READING.value, _home.c.is_imported),
            sa.case(
                (_own.c.chat_id.is_not(None), sa.and_(_own.c.project_id == project_id, _own.c.is_source)),
                else_=sa.and_(
                    _whole.c.project_id == project_id, _whole.c.is_source, _home.c.reads_all_threads
                ),
            ),
        )
        .correlate(table_of(MessageRow))
    )
    return sa.and_(col(MessageRow.chat_id).in_(chats_of(project_id)), listens.exists())
