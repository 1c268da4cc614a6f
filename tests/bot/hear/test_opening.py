"""A chat and the review room that may read it: only the chat's own administrators say so."""

from typing import Any

import pytest

from bot.view.payload import Verb
from core.domain.ids import ChatId, PersonId
from core.domain.person import Binding
from core.domain.showing.spot import Spot
from core.domain.showing.view import ProposalCard
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import OpeningCard
from core.services.chats.founding import Part
from tests.bot.hear.cards import at
from tests.bot.hear.conftest import ANN, GROUP, MAX, MOBILE, Room, an_administrator, direct, forged
from tests.builders import PROJECT

DECIDERS: dict[str, Any] = {"id": -10088, "type": "supergroup", "title": "Deciders"}
ROOM = ChatId(DECIDERS["id"])
SAYS_SO = "A review room shows it once an administrator of that chat says so: /settings there."


@pytest.fixture
async def decided_elsewhere(room: Room) -> Room:
    """Ann made a review room; the chat that is read is administered by Max."""
    room.facts.administrators_by_chat[GROUP] = [an_administrator(8, "Max")]
    await room.open_group(DECIDERS)
    async with room.transactions() as tx:
        await tx.people.put_administrators(GROUP, [PersonId(8)], room.clock.now())
        project = await tx.projects.get(PROJECT)
        await room.do.joining.founding.make_part(tx, ROOM, project, Part.ROOM, PersonId(1))
    return room


async def opened(room: Room) -> frozenset[ChatId]:
    async with room.transactions.reading() as tx:
        return (await tx.chats.get(GROUP)).open_to


async def in_room(room: Room) -> str:
    """How the newest card in the review room stands."""
    await room.deliver()
    spots = [one for one in await room.spots(ProposalCard) if one.chat_id == ROOM]
    return room.shown(spots[-1]).card.html


async def test_a_room_made_later_is_asked_for_once_and_opened_by_an_administrator(
    decided_elsewhere: Room,
) -> None:
    room = decided_elsewhere
    [question] = await room.spots(OpeningCard)
    assert (question.chat_id, question.reader_id) == (GROUP, None)
    await room.say("/bug login is dead on my iPhone", by=MAX)
    assert SAYS_SO in await in_room(room)
    refused = "Only an administrator of this chat may do this. Ask one."
    assert await room.tap(question, Verb.OPEN_CHAT, by=ANN) == refused
    assert await opened(room) == frozenset()
    told = await room.tap(question, Verb.OPEN_CHAT, by=MAX)
    assert told == "“Deciders” may read this chat from now on"
    assert "login is dead" in await in_room(room)
    async with room.transactions() as tx:
        await room.do.opening.ask(tx, PROJECT, None)
    assert len(await room.spots(OpeningCard)) == 1


async def test_an_administrator_with_a_direct_chat_is_asked_there(room: Room) -> None:
    await room.open_group(DECIDERS)
    async with room.transactions() as tx:
        await tx.chats.bind(Binding(ROOM, PROJECT, is_source=False, is_review=True))
        await room.do.opening.ask(tx, PROJECT, PersonId(7))
    [question] = await room.spots(OpeningCard)
    assert (question.chat_id, question.reader_id) == (ChatId(1), PersonId(1))
    assert await room.tap(question, Verb.OPEN_CHAT) == "“Deciders” may read this chat from now on"
    assert await opened(room) == {ROOM}


async def test_what_its_maker_administers_opens_to_a_room_without_asking(room: Room) -> None:
    await room.open_group(DECIDERS)
    async with room.transactions() as tx:
        project = await tx.projects.get(PROJECT)
        await room.do.joining.founding.make_part(tx, ROOM, project, Part.ROOM, PersonId(1))
    assert await opened(room) == {ROOM}
    assert await room.spots(OpeningCard) == []


async def settings(room: Room, by: dict[str, Any], chat: dict[str, Any]) -> Spot:
    await room.say("/settings", by=by, chat=chat)
    await room.deliver()
    return await room.last(ProjectCard)


async def test_settings_open_and_close_this_chat_to_the_review_room(decided_elsewhere: Room) -> None:
    room = decided_elsewhere
    await room.say("/bug login is dead on my iPhone", by=MAX)
    card = await settings(room, MAX, MOBILE)
    assert await room.tap(card, Verb.OPEN_CHAT, by=MAX) == "“Deciders” may read this chat from now on"
    assert "login is dead" in await in_room(room)
    assert await room.tap(card, Verb.OPEN_CHAT, by=MAX) == "“Deciders” may no longer read this chat"
    assert SAYS_SO in await in_room(room)


async def test_settings_elsewhere_offer_no_opening(decided_elsewhere: Room) -> None:
    room = decided_elsewhere
    for by, chat in ((ANN, direct(ANN)), (ANN, DECIDERS)):
        card = await settings(room, by, chat)
        labels = [button.label for row in room.shown(card).card.buttons for button in row]
        assert not any("Deciders" in label for label in labels)


async def test_a_chat_opens_only_to_a_room_its_project_is_reviewed_in(decided_elsewhere: Room) -> None:
    room = decided_elsewhere
    [question] = await room.spots(OpeningCard)
    await room.deliver()
    strange = forged(Verb.OPEN_CHAT, question, arg="10099")
    told = await room.press(strange, at=at(await room.last(OpeningCard)), by=MAX)
    assert told.startswith("That is not there any more")
    assert await opened(room) == frozenset()


async def test_an_opened_chat_stays_open_to_a_room_that_became_a_supergroup(room: Room) -> None:
    await room.open_group(DECIDERS)
    async with room.transactions() as tx:
        await tx.chats.bind(Binding(ROOM, PROJECT, is_source=False, is_review=True))
        await room.do.opening.ask(tx, PROJECT, PersonId(1))
        await tx.chats.migrate(ROOM, ChatId(-100555))
    assert await opened(room) == {ChatId(-100555)}
