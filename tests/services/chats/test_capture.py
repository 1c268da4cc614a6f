"""Capturing: what is proposed, on what evidence, under which title."""

from dataclasses import replace

import pytest

from core.domain.evidence import is_quoted
from core.domain.ids import ChatId, Kind, PersonId, Ref
from core.domain.message import Author, Message
from core.domain.person import Actor, Binding, Chat, ChatKind, ChatState, Person
from core.domain.proposal import Proposal, Recommendation
from core.domain.showing.spot import Urgency
from core.domain.showing.view import Notice, ProposalCard
from core.domain.task import TaskDraft
from core.errors import BadText, NotFound, NotReading
from core.services.chats.capture import CaptureKind, Wish
from tests.builders import GROUP, PROJECT, a_message
from tests.house import House

MAX = Actor(PersonId(8), "@max")
LONG = "Login does nothing on iOS 17 since the last update. " + "It is the same on every phone. " * 10


async def capture(house: House, message: Message, text: str = "", **more: object) -> Proposal:
    kind = CaptureKind(str(more.pop("kind", "bug")))
    wish = Wish(PROJECT, kind, message, text, is_direct=bool(more.pop("is_direct", False)))
    return await house.do.capture.capture(wish, MAX)


async def said(house: House, *messages: Message) -> None:
    await house.do.intake.take_messages(messages, [])


async def test_it_waits_for_a_reviewer_with_its_history(house: House) -> None:
    made = await capture(house, a_message(1))
    assert (made.name, made.run_id, made.confidence) == ("P-1", None, 1.0)
    async with house.transactions.reading() as tx:
        pending = await tx.proposals.list_pending(PROJECT)
        history = await tx.history.list_of(Ref(Kind.PROPOSAL, made.id), 5)
        [spot] = await tx.spots.list_about(made.id)
    assert [one.id for one in pending] == [made.id]
    assert [(change.what, change.by) for change in history] == [("captured", "@max")]
    assert (spot.view, spot.urgency, spot.reader_id) == (ProposalCard(made.id), Urgency.CARD, 1)


@pytest.mark.parametrize(
    ("text", "own", "title"),
    [
        ("Login is dead again", "", "Login is dead again"),
        ("\n\n  Login is dead again\nsee the video", "", "Login is dead again"),
        (LONG, "", "Login does nothing on iOS 17 since the last update"),
        ("word " * 60, "", ("word " * 20).strip()[:98] + "…"),
        ("Login is dead again", "Login: nothing happens", "Login: nothing happens"),
    ],
)
async def test_the_title_is_the_first_line_that_says_something(
    house: House, text: str, own: str, title: str
) -> None:
    made = await capture(house, a_message(1, text), own)
    assert len(made.title) <= 100
    assert made.title.startswith(title[:60])


async def test_a_meagre_message_gets_its_title_from_what_it_answers(house: House) -> None:
    await said(house, a_message(1, "The export crashes on big files"))
    made = await capture(house, a_message(3, "same here", reply_to=a_message(1).key.message_id))
    assert made.title == "The export crashes on big files"
    assert [quote.text for quote in made.evidence.quotes] == [
        "The export crashes on big files",
        "same here",
    ]


async def test_a_meagre_message_gets_its_title_from_what_stood_before_but_no_evidence(house: House) -> None:
    await said(house, a_message(1, "The export crashes on big files"))
    made = await capture(house, a_message(2, "+1"))
    assert made.title == "The export crashes on big files"
    assert [quote.text for quote in made.evidence.quotes] == ["+1"]


async def test_a_meagre_message_alone_is_its_own_title(house: House) -> None:
    assert (await capture(house, a_message(1, "Login!"))).title == "Login!"


async def test_nothing_to_go_by_is_refused(house: House) -> None:
    with pytest.raises(BadText):
        await capture(house, a_message(1, "  "))


async def test_every_quote_stands_in_its_message(house: House) -> None:
    messages = {one.key: one for one in (a_message(1, LONG * 3), a_message(2, "and the iPad", reply_to=1))}
    await said(house, *messages.values())
    made = await capture(house, messages[a_message(2).key])
    assert len(made.evidence.quotes) == 2
    assert all(is_quoted(quote.text, messages[quote.key].text) for quote in made.evidence.quotes)


async def test_the_long_text_is_the_description(house: House) -> None:
    made = await capture(house, a_message(1, LONG))
    assert isinstance(made.content, TaskDraft)
    assert made.content.description == LONG.strip()


async def test_a_chat_that_is_not_read_gives_nothing(house: House) -> None:
    async with house.transactions() as tx:
        await tx.chats.put(Chat(ChatId(-5), ChatKind.GROUP, "Closed"))
    with pytest.raises(NotReading):
        await capture(house, a_message(1, chat_id=ChatId(-5)))


async def test_the_words_of_who_is_left_out_are_not_captured(house: House) -> None:
    await house.do.forgetting.leave_out(Person(PersonId(7), "Olya"))
    with pytest.raises(NotFound):
        await capture(house, a_message(1))


async def test_what_is_handed_over_in_direct_chat_is_not_stored(house: House) -> None:
    message = a_message(1, "/bug login is dead", chat_id=ChatId(8), author=Author("Max", PersonId(8)))
    made = await capture(house, message, "login is dead", is_direct=True)
    assert [quote.text for quote in made.evidence.quotes] == ["login is dead"]
    async with house.transactions.reading() as tx:
        assert await tx.messages.find(message.key) is None


async def test_the_same_message_as_the_same_thing_is_captured_once(house: House) -> None:
    first = await capture(house, a_message(1))
    assert (await capture(house, a_message(1))).id == first.id
    assert (await capture(house, a_message(1), kind="idea")).id != first.id
    assert (await capture(house, a_message(1), kind="decision")).id != first.id


async def test_what_is_known_already_is_recommended_to_merge(house: House) -> None:
    await capture(house, a_message(1, "Login is dead again"))
    twin = await capture(house, a_message(2, "Login is dead again"))
    assert twin.similar is not None
    assert twin.similar.name == "P-1"
    assert twin.recommendation is Recommendation.MERGE


async def test_what_was_taken_back_may_be_captured_again(house: House) -> None:
    first = await capture(house, a_message(1))
    await house.do.intake.ignore(a_message(1).key)
    again = await capture(house, a_message(1))
    assert again.id != first.id


async def no_direct_chat(house: House) -> None:
    async with house.transactions() as tx:
        ann = await tx.people.find(PersonId(1))
        assert ann is not None
        await tx.people.put(replace(ann, has_direct_chat=False))


async def places(house: House, *made: Proposal) -> list[list[ChatId]]:
    async with house.transactions.reading() as tx:
        return [[spot.chat_id for spot in await tx.spots.list_about(one.id)] for one in made]


async def test_while_nobody_who_decides_can_be_reached_the_group_is_told_how_once(house: House) -> None:
    await no_direct_chat(house)
    first, second = await capture(house, a_message(1)), await capture(house, a_message(2, "search is slow"))
    assert await places(house, first, second) == [[], []]
    async with house.transactions.reading() as tx:
        [spot] = await tx.spots.list_unsaid(GROUP, house.clock.now())
    assert (spot.view, spot.unasked_in) == (Notice("start-direct"), "UTC")


async def test_a_review_room_stands_in_for_direct_chats_nobody_started(house: House) -> None:
    await no_direct_chat(house)
    room = ChatId(-1007)
    async with house.transactions() as tx:
        await tx.chats.put(Chat(room, ChatKind.SUPERGROUP, "Deciders", state=ChatState.READING))
        await tx.chats.bind(Binding(room, PROJECT, is_source=False, is_review=True))
    assert await places(house, await capture(house, a_message(1))) == [[room]]
