"""Taking in: whose words are stored, what an edit or leaving out does, exports, moves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.evidence import Evidence
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId, ThreadId
from core.domain.message import Author, Message, Origin
from core.domain.person import Binding, Chat, ChatKind, ChatState, Person
from core.domain.proposal import Proposal, ProposalStatus, Reason
from core.domain.task import TaskDraft
from core.errors import NotFound
from tests.builders import GROUP, PROJECT, a_message, a_proposal, a_quote
from tests.databases import BOTH
from tests.house import House

DATABASES = BOTH

OLYA = Person(PersonId(7), "Olya", "olya")
MAX = Person(PersonId(8), "Max", "max")
BOT = Author("Other bot", PersonId(9), is_bot=True)


async def stored(house: House, *messages: Message) -> list[bool]:
    async with house.transactions.reading() as tx:
        return [await tx.messages.find(one.key) is not None for one in messages]


async def take(house: House, *messages: Message, people: tuple[Person, ...] = (OLYA, MAX)) -> int:
    return await house.do.intake.take_messages(messages, people)


async def chat(house: House, number: int, **more: object) -> ChatId:
    known = Chat(ChatId(number), ChatKind.GROUP, f"Chat {number}", state=ChatState.READING)
    async with house.transactions() as tx:
        await tx.chats.put(replace(known, **more))
    return known.id


async def test_messages_of_many_chats_are_taken_together_and_known_ones_once(house: House) -> None:
    other = await chat(house, -5)
    said = a_message(1), a_message(1, chat_id=other), a_message(2)
    assert await take(house, *said) == 3
    assert await take(house, *said, a_message(3)) == 1


@pytest.mark.parametrize("state", [ChatState.WAITING, ChatState.GONE])
async def test_a_chat_that_is_not_open_is_not_stored(house: House, state: ChatState) -> None:
    waiting = await chat(house, -5, state=state)
    there, here, nowhere = a_message(1, chat_id=waiting), a_message(2), a_message(3, chat_id=ChatId(-6))
    assert await take(house, there, here, nowhere) == 1
    assert await stored(house, there, here, nowhere) == [False, True, False]


async def test_bots_are_not_stored(house: House) -> None:
    said = a_message(1, author=BOT)
    assert await take(house, said) == 0


async def test_the_words_of_who_is_left_out_are_never_stored(house: House) -> None:
    await house.do.forgetting.leave_out(OLYA)
    theirs, others = a_message(1), a_message(2, author=Author("Max", MAX.id))
    await take(house, theirs, others)
    await house.do.intake.take_edit(theirs)
    assert await stored(house, theirs, others) == [False, True]


@pytest.mark.parametrize(
    ("bindings", "reads_all", "expected"),
    [
        ([], True, [True, True]),
        ([], False, [False, False]),
        ([(None, True)], True, [True, True]),
        ([(None, True), (5, False)], True, [True, False]),
        ([(None, True), (5, True)], False, [False, True]),
        ([(None, False)], True, [False, False]),
    ],
)
async def test_a_topics_own_binding_decides_before_its_chats(
    house: House, bindings: list[tuple[int | None, bool]], reads_all: object, expected: list[bool]
) -> None:
    forum = await chat(house, -5, is_forum=True, reads_all_threads=reads_all)
    async with house.transactions() as tx:
        for thread, is_source in bindings:
            topic = None if thread is None else ThreadId(thread)
            await tx.chats.bind(Binding(forum, PROJECT, topic, is_source=is_source))
    general, topic = a_message(1, chat_id=forum), a_message(2, chat_id=forum, thread_id=ThreadId(5))
    await take(house, general, topic)
    assert await stored(house, general, topic) == expected


async def test_only_those_whose_words_are_stored_are_remembered(house: House) -> None:
    closed = await chat(house, -5, state=ChatState.WAITING)
    await take(house, a_message(1, chat_id=closed, author=Author("Max", MAX.id)), a_message(2))
    async with house.transactions.reading() as tx:
        assert await tx.people.find(MAX.id) is None
        membership = await tx.people.membership(GROUP, OLYA.id)
    assert membership is not None
    assert membership[0]


async def test_names_are_kept_as_they_are_now_and_what_people_chose_stays(house: House) -> None:
    async with house.transactions() as tx:
        await tx.people.put(replace(OLYA, has_direct_chat=True, language="uk", current_project=PROJECT))
    await take(house, a_message(1), people=(Person(OLYA.id, "Olya K", "olyak", language=""),))
    async with house.transactions.reading() as tx:
        now = await tx.people.find(OLYA.id)
    assert now == Person(OLYA.id, "Olya K", "olyak", "uk", has_direct_chat=True, current_project=PROJECT)


async def test_when_a_chat_was_last_heard_is_known_to_the_minute(house: House) -> None:
    first = house.clock.now()
    await take(house, a_message(1))
    house.clock.move(seconds=30)
    await take(house, a_message(2))
    async with house.transactions.reading() as tx:
        assert (await tx.chats.get(GROUP)).last_heard_at == first
    house.clock.move(seconds=40)
    await take(house, a_message(3))
    async with house.transactions.reading() as tx:
        assert (await tx.chats.get(GROUP)).last_heard_at == first + timedelta(seconds=70)


async def test_an_edit_of_an_unknown_message_is_taken_as_new(house: House) -> None:
    edited = a_message(1, "second thoughts", edited_at=house.clock.now())
    await house.do.intake.take_edit(edited)
    assert await stored(house, edited) == [True]


async def test_an_edit_in_a_closed_chat_is_let_go(house: House) -> None:
    closed = await chat(house, -5, state=ChatState.WAITING)
    edited = a_message(1, chat_id=closed)
    await house.do.intake.take_edit(edited)
    assert await stored(house, edited) == [False]


async def test_an_edit_withdraws_only_the_quotes_it_took_away(house: House) -> None:
    first, second = a_message(1, "Login is dead. It is urgent."), a_message(2, "Mine too")
    await take(house, first, second)
    evidence = Evidence(
        (a_quote(first, "Login is dead."), a_quote(first, "It is urgent."), a_quote(second))
    )
    await add(house, evidence)
    await house.do.intake.take_edit(first.edited("Login is dead.", (), house.clock.now()))
    left = await get(house)
    assert [quote.text for quote in left.evidence.quotes] == ["Login is dead.", "Mine too"]
    assert (left.status, left.content_version) == (ProposalStatus.PENDING, 2)


@pytest.mark.parametrize("rests", [True, False])
async def test_the_words_of_a_message_left_out_go_where_nothing_rests_on_them(
    house: House, *, rests: bool
) -> None:
    said = a_message(1, "Login is dead.")
    await take(house, said)
    if rests:
        await add(house, Evidence((a_quote(said, "Login is dead."),)))
    await house.do.intake.ignore(said.key)
    async with house.transactions.reading() as tx:
        known = await tx.messages.find(said.key)
    assert known is not None
    assert (known.text, known.is_excluded) == ("Login is dead." if rests else "", True)


async def test_a_title_made_of_words_that_were_edited_away_goes_with_them(house: House) -> None:
    first, second = a_message(1, "Otto broke the login again"), a_message(2, "The search is slow too")
    await take(house, first, second)
    draft = TaskDraft("Otto broke the login again", "Otto broke the login again, says everybody.")
    evidence = Evidence((a_quote(first, first.text), a_quote(second, second.text)))
    async with house.transactions() as tx:
        await tx.proposals.add(a_proposal(content=draft, evidence=evidence))
    await house.do.intake.take_edit(first.edited("never mind", (), house.clock.now()))
    left = await get(house)
    assert left.content == TaskDraft("The search is slow too", "")


async def add(house: House, evidence: Evidence) -> None:
    async with house.transactions() as tx:
        await tx.proposals.add(a_proposal(evidence=evidence))


async def get(house: House) -> Proposal:
    async with house.transactions.reading() as tx:
        return await tx.proposals.get(a_proposal().id)


async def test_a_proposal_left_with_nothing_is_let_go(house: House) -> None:
    said = a_message(1)
    await take(house, said)
    await add(house, Evidence((a_quote(said),)))
    await house.do.intake.ignore(said.key)
    gone = await get(house)
    assert gone.status is ProposalStatus.EXPIRED
    assert gone.review is not None
    assert gone.review.reason is Reason.NO_EVIDENCE_LEFT


async def test_only_a_known_message_can_be_left_out(house: House) -> None:
    with pytest.raises(NotFound):
        await house.do.intake.ignore(MessageKey(GROUP, MessageId(404)))


async def test_a_group_that_moved_moves_once(house: House) -> None:
    new = ChatId(-100555)
    await house.do.intake.migrate(GROUP, new)
    await house.do.intake.migrate(GROUP, new)
    await house.do.intake.migrate(ChatId(-404), ChatId(-405))
    await house.do.intake.migrate(new, new)
    async with house.transactions.reading() as tx:
        assert (await tx.chats.get(new)).state is ChatState.READING
        assert [one.chat_id for one in await tx.chats.bindings_of_project(PROJECT)] == [new]
        assert await tx.chats.find(ChatId(-405)) is None


async def test_an_export_makes_its_chat_a_source_and_counts_what_is_new(house: House) -> None:
    exported = Chat(ChatId(-77), ChatKind.GROUP, "Old chat")
    chunk = [
        a_message(
            n, chat_id=exported.id, origin=Origin.IMPORTED, author=Author("Max", MAX.id, username="max")
        )
        for n in range(1, 4)
    ]
    assert await house.do.intake.store_archive(PROJECT, exported, chunk) == 3
    assert await house.do.intake.store_archive(PROJECT, exported, chunk) == 0
    async with house.transactions.reading() as tx:
        assert (await tx.chats.get(exported.id)).is_imported
        assert await tx.messages.count_unread(PROJECT) == 3
        assert await tx.people.list_by_names(PROJECT, ["max"]) == {"max": Person(MAX.id, "Max", "max")}


async def test_an_export_of_a_live_chat_joins_it_as_it_is(house: House) -> None:
    async with house.transactions.reading() as tx:
        before = await tx.chats.get(GROUP)
    await take(house, a_message(1))
    exported = Chat(GROUP, ChatKind.SUPERGROUP, "Renamed since")
    assert await house.do.intake.store_archive(PROJECT, exported, [a_message(1), a_message(2)]) == 1
    async with house.transactions.reading() as tx:
        after = await tx.chats.get(GROUP)
    assert (after.title, after.is_imported, after.state) == (before.title, False, ChatState.READING)
