"""Draining: order within a chat, chats beside each other, and nothing that stops the stream."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.hear.hearing import build_dispatcher
from bot.hear.stream.drain import AT_ONCE, Drain, reference_of
from bot.view.payload import Verb
from core.domain.ids import PersonId, UpdateId
from core.domain.message import Message
from core.domain.person import Actor, Person
from core.domain.showing.spot import Spot
from core.domain.showing.view import Notice, ProposalCard, StatusCard
from core.errors import StorageFailed
from core.ports.inbox import Incoming
from core.ports.meter import Part
from core.services.chats.capture import CaptureKind, Wish
from core.services.chats.intake import IntakeService
from tests.bot.hear.conftest import ANN, GROUP, MOBILE, Room, direct, forged
from tests.builders import PROJECT, a_message
from tests.fakes import FakeMeter


class Intake(IntakeService):
    """Takes messages as the real one; notes in which order, and fails as it is told."""

    taken: list[list[str]]
    failures: list[Exception]
    poison: str

    async def take_messages(self, messages: Sequence[Message], people: Sequence[Person]) -> int:
        if self.failures:
            raise self.failures.pop(0)
        if any(self.poison and self.poison in one.text for one in messages):
            raise ZeroDivisionError("poison")
        self.taken.append([one.text for one in messages])
        return await super().take_messages(messages, people)


def listening(room: Room, *failures: Exception, poison: str = "") -> Intake:
    """Put an observed intake into the room."""
    real = room.do.intake
    intake = Intake(real.transactions, real.clock, real.settling, real.statuses)
    object.__setattr__(intake, "taken", [])
    object.__setattr__(intake, "failures", list(failures))
    object.__setattr__(intake, "poison", poison)
    room.services = replace(room.services, intake=intake)
    room.drain = Drain(room.services, build_dispatcher(room.services), room.poller.bot, room.wakeups)
    return intake


async def test_talk_that_came_together_is_taken_in_one_transaction(room: Room) -> None:
    intake = listening(room)
    other = {"id": -1002, "type": "supergroup", "title": "Other"}
    await room.open_group(other)
    said = [
        room.update(message=room.message(f"message {n}", chat=other if n % 2 else MOBILE)) for n in range(6)
    ]
    await room.hear(*said)
    assert [len(texts) for texts in intake.taken] == [6]
    assert await room.waiting() == []


async def test_updates_of_one_chat_take_effect_in_their_order(room: Room) -> None:
    intake = listening(room)
    first, second, third = (room.message(text) for text in ("one", "two", "/status"))
    last = room.message("three")
    await room.hear(*(room.update(message=one) for one in (first, second, third, last)))
    assert intake.taken == [["one", "two"], ["/status"], ["three"]]


async def test_a_slow_chat_does_not_hold_up_another(room: Room) -> None:
    gate = asyncio.Event()
    real = room.do.projects.current

    async def slow(*args: object) -> object:
        if args[0] == GROUP:
            await gate.wait()
        return await real(*args)  # pyright: ignore[reportArgumentType] -- passed on as given

    projects = replace(room.do.projects)
    object.__setattr__(projects, "current", slow)
    room.services = replace(room.services, projects=projects)
    room.drain = Drain(room.services, build_dispatcher(room.services), room.poller.bot, room.wakeups)
    await room.poller.arrivals.keep(
        [
            room.update(message=room.message("/status")),
            room.update(message=room.message("/status", chat=direct(ANN), by=ANN)),
        ]
    )
    running = asyncio.ensure_future(room.drain.settle())
    for _ in range(200):
        await asyncio.sleep(0.01)
        if any(spot.chat_id == 1 for spot in await room.spots(StatusCard)):
            break
    assert [spot.chat_id for spot in await room.spots(StatusCard)] == [1]
    gate.set()
    await running
    assert await room.waiting() == []


async def test_many_chats_at_once_each_keep_their_order(room: Room) -> None:
    """Commands and talk of five direct chats and the group, interleaved and fed while draining."""
    intake = listening(room)
    chats = [{"id": -2000 - n, "type": "group", "title": f"G{n}"} for n in range(5)]
    for chat in chats:
        await room.open_group(chat)
    updates = [
        room.update(message=room.message(f"/x{n}" if n % 3 == 0 else f"talk {n}", chat=chat))
        for n in range(12)
        for chat in chats
    ]
    halves = updates[:30], updates[30:]
    await asyncio.gather(*(room.hear(*half) for half in halves[:1]), room.poller.arrivals.keep(halves[1]))
    await room.drain.settle()
    flat = [text for texts in intake.taken for text in texts]
    assert sorted(flat) == sorted(u["message"]["text"] for u in updates)
    assert await room.waiting() == []


async def test_a_malformed_update_between_good_ones_is_set_aside(room: Room) -> None:
    good = room.message("one"), room.message("two")
    broken = [
        room.update(message={"message_id": "x"}),
        room.update(callback_query={"id": 5}),
        room.update(message={**room.message("/status"), "date": "never"}),
        room.update(edited_message=[]),
    ]
    await room.hear(room.update(message=good[0]), *broken, room.update(message=good[1]))
    assert await room.waiting() == []
    assert all([await room.stored(GROUP, one["message_id"]) for one in good])


async def test_what_is_no_json_is_set_aside(room: Room) -> None:
    now = room.clock.now()
    await room.inbox.keep([Incoming(UpdateId(1), 0, "{", now), Incoming(UpdateId(2), 0, "[]", now)])
    await room.drain.settle()
    assert await room.waiting() == []


async def test_the_world_failing_makes_a_chat_wait_and_loses_nothing(room: Room) -> None:
    intake = listening(room, StorageFailed("busy"), StorageFailed("busy"))
    said = await room.say("keep me")
    assert await room.waiting() == [1]
    room.clock.move(seconds=2)
    await room.drain.settle()
    assert await room.waiting() == [1], "the second wait is longer than the first"
    room.clock.move(seconds=5)
    await room.drain.settle()
    assert intake.taken == [["keep me"]]
    assert await room.stored(GROUP, said["message_id"]) is not None


async def test_a_chat_that_waits_does_not_hide_the_others(room: Room) -> None:
    listening(room, StorageFailed("busy"))
    many = [room.update(message=room.message(f"m{n}")) for n in range(AT_ONCE)]
    await room.hear(*many)
    assert len(await room.waiting()) == AT_ONCE
    await room.say("/help", chat=direct(ANN), by=ANN)
    assert len(await room.waiting()) == AT_ONCE, "only the chat that waits is left"


async def test_one_bad_message_does_not_take_its_neighbours_with_it(room: Room) -> None:
    listening(room, poison="poison")
    said = [room.message(text) for text in ("one", "poison", "two")]
    await room.hear(*(room.update(message=one) for one in said))
    for _ in range(4):
        room.clock.move(minutes=2)
        await room.drain.settle()
    kept = [await room.stored(GROUP, one["message_id"]) for one in said]
    assert [one is not None for one in kept] == [True, False, True]
    assert await room.waiting() == []


@pytest.fixture
def broken_room(room: Room) -> Room:
    """A room in which projects cannot be shown and nothing approved: something is wrong with us."""

    async def break_down(*_: object) -> None:
        raise ZeroDivisionError("ours")

    projects, review = replace(room.do.projects), replace(room.do.review)
    object.__setattr__(projects, "current", break_down)
    object.__setattr__(review, "approve", break_down)
    room.services = replace(room.services, projects=projects, review=review)
    room.drain = Drain(room.services, build_dispatcher(room.services), room.poller.bot, room.wakeups)
    return room


async def test_a_bug_in_a_command_is_tried_again_twice_then_told_with_its_reference(
    broken_room: Room,
) -> None:
    room = broken_room
    await room.say("/status", by=ANN)
    for _ in range(4):
        room.clock.move(minutes=2)
        await room.drain.settle()
    assert await room.notices() == [Notice("broke", {"ref": reference_of(UpdateId(1))})]
    assert await room.waiting() == []


async def test_a_bug_in_a_press_is_told_at_once(broken_room: Room) -> None:
    spot = await a_card(broken_room)
    assert spot.message_id is not None
    told = await broken_room.press(forged(Verb.APPROVE, spot), at=(spot.chat_id, spot.message_id))
    assert told == f"Something broke on my side · ref {reference_of(UpdateId(broken_room.updates))}"


async def test_what_goes_wrong_is_counted_and_its_line_says_what_it_was_about(broken_room: Room) -> None:
    room, meter = broken_room, FakeMeter()
    spot = await a_card(room)
    assert spot.message_id is not None
    assert isinstance(spot.view, ProposalCard)
    room.services = replace(room.services, meter=meter)
    room.drain = Drain(room.services, build_dispatcher(room.services), room.poller.bot, room.wakeups)
    with capture_logs([merge_contextvars]) as logs:
        await room.press(forged(Verb.APPROVE, spot), at=(spot.chat_id, spot.message_id))
        await room.say("hello")
    assert ("failed", Part.HEARING, ZeroDivisionError) in meter.counts
    assert meter.counts[-1] == ("took", timedelta()), "the talk after it had its effect"
    [broke] = [one for one in logs if one["log_level"] == "error"]
    assert (broke["update_id"], broke["proposal_id"]) == (broke["update"], str(spot.view.proposal_id))


async def a_card(room: Room) -> Spot:
    """A captured bug's card in Ann's direct chat."""
    wish = Wish(PROJECT, CaptureKind.BUG, a_message(900))
    await room.do.capture.capture(wish, Actor(PersonId(1), "@ann"))
    await room.deliver()
    return await room.last(ProposalCard)
