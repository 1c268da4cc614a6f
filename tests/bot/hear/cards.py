"""Cards to press on, and what their buttons carry."""

from dataclasses import replace
from typing import Any

from bot.view.payload import Verb, press_of
from core.domain.ids import ChatId, PersonId
from core.domain.person import Actor
from core.domain.proposal import Proposal
from core.domain.showing.spot import Delivery, Place, Spot
from core.domain.showing.view import ProposalCard
from core.services.chats.capture import CaptureKind, Wish
from tests.bot.hear.conftest import ANN, GROUP, Room, direct
from tests.builders import PROJECT, a_message

REVIEWER = Actor(PersonId(1), "@ann")
DIRECT = Place(ChatId(1), reader_id=PersonId(1))


async def bug(room: Room, number: int = 900, text: str = "Login is dead on my iPhone") -> Spot:
    """A captured bug's card in Ann's direct chat, delivered."""
    await room.do.capture.capture(Wish(PROJECT, CaptureKind.BUG, a_message(number, text)), REVIEWER)
    await room.deliver()
    return await room.last(ProposalCard)


async def proposal(room: Room, spot: Spot) -> Proposal:
    return await room.do.acting.proposal_at(spot.view)


def at(spot: Spot) -> tuple[int, int]:
    assert spot.message_id is not None
    return spot.chat_id, spot.message_id


def payload(room: Room, spot: Spot, verb: Verb) -> str:
    buttons = [button for row in room.shown(spot).card.buttons for button in row]
    return next(b.payload for b in buttons if (p := press_of(b.payload)) and p.verb is verb)


async def in_group(room: Room, spot: Spot) -> Spot:
    """The same card, in the group."""
    async with room.transactions() as tx:
        await tx.spots.record(replace(spot, message_id=None, delivery=Delivery.DROPPED))
        moved = replace(spot, id=spot.id, chat_id=GROUP)
        await tx.spots.connection.exec_driver_sql("UPDATE spot SET chat_id = ?, reader_id = NULL", (GROUP,))
        await tx.spots.record(replace(moved, message_id=spot.message_id, delivery=Delivery.SHOWN))
    return moved


async def reply(room: Room, spot: Spot, text: str, by: dict[str, Any] = ANN) -> None:
    """Somebody answers a card in their direct chat."""
    card = {"message_id": spot.message_id, "date": 1, "chat": direct(by), "text": "a card"}
    await room.say(text, by=by, chat=direct(by), reply_to_message=card)
