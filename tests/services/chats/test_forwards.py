"""Forwards: where they are kept, under which number, and in how many bursts."""

from datetime import timedelta

from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.message import Author, Message, Origin
from core.domain.person import Binding, Chat, ChatKind, ChatState, Person
from core.domain.showing.view import Notice
from core.services.chats.forwards import Handed, forwarded_id
from tests.builders import PROJECT, START, a_message
from tests.house import ANN, DIRECT, House

ANN_PERSON = Person(ANN, "Ann", "ann")
NEWS = ChatId(-1007)


def a_forward(number: int = 1, text: str = "Login is dead", **more: object) -> Message:
    """A forward in Ann's direct chat of what Max said."""
    author = Author("Max", PersonId(8), username="max")
    return a_message(number, text, chat_id=ChatId(ANN), author=author, origin=Origin.IMPORTED, **more)


async def keep(house: House, message: Message, origin: MessageKey | None = None) -> None:
    await house.do.forwards.keep(Handed(message, origin, ANN_PERSON), DIRECT)


async def unread(house: House) -> list[Message]:
    async with house.transactions.reading() as tx:
        return await tx.messages.list_unread(PROJECT, None)


async def unanswered(house: House) -> list[Notice]:
    """Every answer that waits to be shown, oldest first."""
    found: list[Notice] = []
    until = house.clock.now() + timedelta(seconds=30)
    while True:
        async with house.transactions() as tx:
            due = await tx.spots.lease_due(house.clock.now(), until, 10, frozenset())
        if not due:
            return found
        found += [spot.view for spot in due if isinstance(spot.view, Notice)]


async def test_forwards_are_unread_messages_of_the_project_in_the_order_they_were_said(
    house: House,
) -> None:
    later = a_forward(1, "Mended", sent_at=START)
    await keep(house, later)
    await keep(house, a_forward(2, "Login is dead", sent_at=START - timedelta(days=9)))
    kept = await unread(house)
    assert [(one.text, one.key.chat_id, one.origin) for one in kept] == [
        ("Login is dead", ANN, Origin.IMPORTED),
        ("Mended", ANN, Origin.IMPORTED),
    ]
    assert kept[0].key < kept[1].key


def test_the_same_words_have_the_same_number_and_others_another() -> None:
    first = forwarded_id(a_forward(1, sent_at=START))
    assert first == forwarded_id(a_forward(2, sent_at=START))
    assert first != forwarded_id(a_forward(1, "Mended", sent_at=START))
    assert 0 < first < 2**53


async def test_a_post_of_a_channel_the_project_reads_joins_that_channel_once(house: House) -> None:
    async with house.transactions() as tx:
        await tx.chats.put(Chat(NEWS, ChatKind.CHANNEL, "News", state=ChatState.READING))
        await tx.chats.bind(Binding(NEWS, PROJECT))
        key = MessageKey(NEWS, MessageId(3))
        await tx.messages.add_many([a_message(3, "Login is dead", chat_id=NEWS)])
    await keep(house, a_forward(1), key)
    await keep(house, a_forward(2, "News"), MessageKey(NEWS, MessageId(4)))
    assert {one.key.message_id for one in await unread(house)} == {3, 4}


async def test_a_minutes_silence_ends_a_burst(house: House) -> None:
    for number, pause in ((1, 30), (2, 61), (3, 0)):
        await keep(house, a_forward(number, f"word {number}"))
        house.clock.move(seconds=pause)
    assert [one.args["count"] for one in await unanswered(house)] == [2, 1]


async def test_without_a_project_nothing_is_kept_and_it_is_said_once(house: House) -> None:
    eve = Person(PersonId(99), "Eve")
    for number in (1, 2):
        handed = Handed(a_forward(number), None, eve)
        await house.do.forwards.keep(handed, DIRECT)
    assert [one.key for one in await unanswered(house)] == ["forwarded-no-project"]
    assert await unread(house) == []
