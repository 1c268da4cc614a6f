"""Messages: kept once, read once, and only where a project listens."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlmodel import col

from core.domain.ids import ChatId, MessageId, PersonId, ThreadId
from core.domain.message import Author, Message
from core.domain.person import Binding, Chat, ChatState
from core.domain.run import Window
from storage.engine import Database
from storage.repositories.sources import is_source
from storage.tables import IS_UNREAD, MessageRow
from storage.unit_of_work import SqlTransactions
from tests.databases import ON_SQLITE
from tests.storage.making import (
    CHAT,
    NOON,
    a_chat,
    a_message,
    key,
    listening,
    minutes,
    new_id,
    stored_project,
)

OTHER = ChatId(-100777)


async def test_a_message_is_kept_once_and_comes_back_whole(transactions: SqlTransactions) -> None:
    message = a_message(1, mentions=("max",), thread_id=ThreadId(4), reply_to=MessageId(9), edited_at=NOON)
    async with transactions() as tx:
        assert await tx.messages.add_many([message, message, a_message(2)]) == 2
        assert await tx.messages.add_many([replace(message, text="other"), a_message(3)]) == 1
        assert await tx.messages.add_many([]) == 0
        assert await tx.messages.find(message.key) == message
        assert await tx.messages.find(key(9)) is None


async def test_a_text_with_nul_is_kept_with_a_stand_in_of_the_same_length(
    transactions: SqlTransactions,
) -> None:
    told = a_message(1, "a\0b \\u0000 \0", author=Author("O\0lya"), mentions=("\0", "\\\0", "\\u0000"))
    async with transactions() as tx:
        await tx.messages.add_many([told])
        kept = await tx.messages.find(told.key)
        assert await tx.messages.save_edit(told.edited("b\0", (), NOON))
        edited = await tx.messages.find(told.key)
    assert kept is not None
    assert edited is not None
    assert kept.text == "a\ufffdb \\u0000 \ufffd"
    assert kept.author.name == "O\ufffdlya"
    assert kept.mentions == ("\ufffd", "\\\ufffd", "\\u0000")
    assert edited.text == "b\ufffd"


async def test_keys_of_several_chats_are_listed_at_once(transactions: SqlTransactions) -> None:
    messages = [a_message(1), a_message(2), a_message(1, chat_id=OTHER)]
    async with transactions() as tx:
        await tx.messages.add_many(messages)
        first, _, last = messages
        found = await tx.messages.list_keys([first.key, last.key, key(5)])
        assert found == {first.key: first, last.key: last}
        assert await tx.messages.list_keys([]) == {}


async def test_an_edit_replaces_the_text_of_a_known_message(transactions: SqlTransactions) -> None:
    message = a_message(1)
    edited = message.edited("Logout", ("ann",), NOON + minutes(9))
    async with transactions() as tx:
        assert not await tx.messages.save_edit(edited)
        await tx.messages.add_many([message])
        assert await tx.messages.save_edit(edited)
        assert await tx.messages.find(message.key) == edited


async def test_an_edit_makes_an_empty_message_readable_and_back(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        await listening(tx, project)
        message = a_message(1, text="  ")
        await tx.messages.add_many([message])
        assert await tx.messages.count_unread(project.id) == 0
        await tx.messages.save_edit(message.edited("words", (), NOON))
        assert await tx.messages.count_unread(project.id) == 1
        await tx.messages.exclude(message.key)
        await tx.messages.save_edit(message.edited("more words", (), NOON))
        assert await tx.messages.count_unread(project.id) == 0


@pytest.mark.parametrize(
    ("message", "is_unread"),
    [
        (a_message(1), True),
        (a_message(1, text=" \u2003\n"), False),
        (a_message(1, is_excluded=True), False),
        (a_message(1, author=Author("Bot", PersonId(9), is_bot=True)), False),
        (a_message(1, author=Author("News", chat_id=ChatId(-1005))), True),
        (a_message(1, batch_id=new_id()), False),
    ],
    ids=["plain", "blank", "excluded", "bot", "channel", "read"],
)
async def test_only_readable_words_are_unread(
    transactions: SqlTransactions, message: Message, *, is_unread: bool
) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        await listening(tx, project)
        await tx.messages.add_many([message])
        assert await tx.messages.list_unread(project.id, None) == ([message] if is_unread else [])
        assert await tx.messages.count_unread(project.id) == int(is_unread)


_HERE, _THERE = new_id(), new_id()


@pytest.mark.parametrize(
    ("chat", "bindings", "whole", "thread"),
    [
        (a_chat(), [Binding(CHAT, _HERE)], True, True),
        (a_chat(), [], False, False),
        (a_chat(), [Binding(CHAT, _THERE)], False, False),
        (a_chat(), [Binding(CHAT, _HERE, is_source=False, is_review=True)], False, False),
        (a_chat(), [Binding(CHAT, _HERE), Binding(CHAT, _THERE, ThreadId(5))], True, False),
        (a_chat(), [Binding(CHAT, _THERE), Binding(CHAT, _HERE, ThreadId(5))], False, True),
        (a_chat(), [Binding(CHAT, _HERE), Binding(CHAT, _HERE, ThreadId(5), is_source=False)], True, False),
        (a_chat(reads_all_threads=False), [Binding(CHAT, _HERE)], False, False),
        (
            a_chat(reads_all_threads=False),
            [Binding(CHAT, _HERE), Binding(CHAT, _HERE, ThreadId(5))],
            False,
            True,
        ),
        (a_chat(state=ChatState.WAITING), [Binding(CHAT, _HERE)], False, False),
        (a_chat(state=ChatState.GONE), [Binding(CHAT, _HERE)], False, False),
        (a_chat(state=ChatState.WAITING, is_imported=True), [Binding(CHAT, _HERE)], True, True),
    ],
    ids=[
        "bound", "unbound", "bound elsewhere", "only for review", "thread elsewhere", "only the thread",
        "thread left out", "no threads", "one thread", "waiting", "gone", "imported",
    ],
)  # fmt: skip
async def test_a_message_is_a_source_where_its_thread_or_chat_is_bound(
    transactions: SqlTransactions, chat: Chat, bindings: list[Binding], *, whole: bool, thread: bool
) -> None:
    here, there = await stored_project(transactions), await stored_project(transactions)
    named = {_HERE: here.id, _THERE: there.id}
    async with transactions() as tx:
        await tx.chats.put(chat)
        for binding in bindings:
            await tx.chats.bind(replace(binding, project_id=named[binding.project_id]))
        await tx.messages.add_many([a_message(1), a_message(2, thread_id=ThreadId(5))])
        unread = await tx.messages.list_unread(here.id, None)
    assert [message.key.message_id for message in unread] == [1] * whole + [2] * thread


async def test_unread_come_oldest_first_within_window_and_limit(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        await listening(tx, project)
        assert await tx.messages.oldest_unread(project.id) is None
        await tx.messages.add_many([a_message(n) for n in (4, 2, 3, 1)])
        window = Window(NOON + minutes(2), NOON + minutes(4))
        assert _ids(await tx.messages.list_unread(project.id, None)) == [1, 2, 3, 4]
        assert _ids(await tx.messages.list_unread(project.id, window)) == [2, 3]
        assert _ids(await tx.messages.list_unread(project.id, None, 2)) == [1, 2]
        assert await tx.messages.count_unread(project.id, window) == 2
        assert await tx.messages.oldest_unread(project.id) == NOON + minutes(1)


def _ids(messages: list[Message]) -> list[int]:
    return [message.key.message_id for message in messages]


async def test_the_mark_is_set_once(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    first, second = new_id(), new_id()
    async with transactions() as tx:
        await listening(tx, project)
        await tx.messages.add_many([a_message(n) for n in range(1, 5)])
        assert await tx.messages.mark_read([key(1), key(2), key(9)], first) == 2
        assert await tx.messages.mark_read([key(2), key(3)], second) == 1
        found = await tx.messages.list_keys([key(n) for n in range(1, 5)])
        assert [found[key(n)].batch_id for n in range(1, 5)] == [first, first, second, None]
        assert await tx.messages.mark_read([], first) == 0


async def test_context_is_what_was_said_before_in_the_same_thread(transactions: SqlTransactions) -> None:
    thread = ThreadId(5)
    messages = [
        a_message(1, thread_id=thread),
        a_message(2),
        a_message(3, thread_id=thread, is_excluded=True),
        a_message(4, thread_id=thread),
        a_message(5, thread_id=thread),
        a_message(6),
    ]
    async with transactions() as tx:
        await tx.messages.add_many(messages)
        assert await tx.messages.list_before(messages[4], 5) == [messages[0], messages[3]]
        assert await tx.messages.list_before(messages[4], 1) == [messages[3]]
        assert await tx.messages.list_before(messages[5], 5) == [messages[1]]


async def test_a_chain_of_replies_ends_at_the_limit_or_the_unknown(transactions: SqlTransactions) -> None:
    messages = [a_message(n, reply_to=MessageId(n - 1)) for n in range(2, 6)]
    ring = [a_message(20, reply_to=MessageId(21)), a_message(21, reply_to=MessageId(20))]
    async with transactions() as tx:
        await tx.messages.add_many([*messages, *ring])
        assert await tx.messages.list_replies_chain(key(5), 10) == messages
        assert await tx.messages.list_replies_chain(key(5), 2) == messages[-2:]
        assert await tx.messages.list_replies_chain(key(99), 3) == []
        assert len(await tx.messages.list_replies_chain(key(20), 6)) == 6


async def test_said_counts_people_read_or_not(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    window = Window(NOON, NOON + minutes(10))
    bot = Author("Bot", PersonId(9), is_bot=True)
    async with transactions() as tx:
        await listening(tx, project)
        await tx.messages.add_many(
            [
                a_message(1, batch_id=new_id()),
                a_message(2, text=""),
                a_message(3, author=bot),
                a_message(4, is_excluded=True),
                a_message(11),
            ]
        )
        assert await tx.messages.count_said(project.id, window) == 2


async def test_retention_forgets_all_but_what_is_kept(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        await tx.messages.add_many([a_message(n) for n in range(1, 6)])
        assert await tx.messages.forget_before(NOON + minutes(4), [key(2)]) == 2
        left = await tx.messages.list_keys([key(n) for n in range(1, 6)])
    assert sorted(one.message_id for one in left) == [2, 4, 5]


async def test_retention_goes_through_every_page(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        await tx.messages.add_many([a_message(n) for n in range(1, 4502)])
        keep = [key(n) for n in range(1, 2101)]
        assert await tx.messages.forget_before(NOON + minutes(9000), keep) == 2401


async def test_a_purge_takes_one_chats_messages(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        await tx.messages.add_many([a_message(1), a_message(2), a_message(1, chat_id=OTHER)])
        assert await tx.messages.purge_chat(CHAT) == 2
        assert await tx.messages.find(key(1, OTHER)) is not None


async def test_words_follow_what_is_stored(transactions: SqlTransactions) -> None:
    project, other = await stored_project(transactions), await stored_project(transactions)
    async with transactions() as tx:
        await listening(tx, project)
        await tx.messages.add_many([a_message(1, "the login is dead"), a_message(2, "café au lait")])
        assert await tx.search.messages_by_words(project.id, "LOGIN page", 5) == [(CHAT, 1)]
        assert await tx.search.messages_by_words(project.id, "cafe", 5) == [(CHAT, 2)]
        assert await tx.search.messages_by_words(other.id, "login", 5) == []
        assert await tx.search.messages_by_words(project.id, '"*', 5) == []
        await tx.messages.save_edit(a_message(1, "the logout is dead"))
        assert await tx.search.messages_by_words(project.id, "login", 5) == []
        assert await tx.search.messages_by_words(project.id, "logout", 5) == [(CHAT, 1)]
        await tx.messages.exclude(key(1))
        assert await tx.search.messages_by_words(project.id, "logout", 5) == []
        await tx.messages.purge_chat(CHAT)
        assert await tx.search.messages_by_words(project.id, "cafe", 5) == []


@ON_SQLITE
async def test_what_is_unread_is_found_by_its_index(database: Database) -> None:
    statement = sa.select(col(MessageRow.text)).where(IS_UNREAD, is_source(new_id()))
    words = statement.compile(dialect=sqlite.dialect())
    values = tuple(0 for _ in words.params)
    async with database.reading() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
        steps = [row.detail for row in plan.all()]
    assert any("USING INDEX ix_message_unread" in step for step in steps)
