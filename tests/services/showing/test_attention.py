"""Attention: what nobody asked for waits for a good moment and comes in few messages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.ids import PersonId, ThreadId
from core.domain.person import Person, Role
from core.domain.run import Stage, Trigger
from core.domain.showing.spot import Delivery, Place, Spot
from core.domain.showing.view import Notice, ProposalCard, View
from core.services.runs.presenting import Presenting
from core.services.showing.attention import PATIENCE
from core.settings import AttentionSettings
from tests.builders import GROUP, PROJECT, a_note_draft, a_proposal, a_run, a_task_draft
from tests.house import ANN, DIRECT, House
from tests.services.showing.conftest import Screen, add, approve, screen_of

OLYA = PersonId(7)
MORNING = datetime(2026, 11, 12, 10, 0, tzinfo=UTC)
"""A Thursday."""
EVENING = datetime(2026, 11, 12, 20, 30, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)


def be(screen: Screen, at: datetime) -> None:
    """Let it be that moment."""
    screen.house.clock.move(seconds=(at - screen.house.clock.now()).total_seconds())


async def tell(screen: Screen, view: View | str, place: Place = DIRECT, zone: str = "UTC") -> Spot:
    """Something nobody asked for."""
    said = Notice("refused", {"text": view}) if isinstance(view, str) else view
    async with screen.house.transactions() as tx:
        return await screen.do.placing.show(tx, said, place, unasked_in=zone)


async def heard(screen: Screen) -> None:
    """Somebody has just said something in the group."""
    async with screen.house.transactions() as tx:
        chat = await tx.chats.get(GROUP)
        await tx.chats.put(replace(chat, last_heard_at=screen.house.clock.now()))


def texts(screen: Screen, place: Place = DIRECT) -> list[str]:
    return [sent.card.html for sent in screen.standing(place.chat_id)]


@pytest.mark.parametrize(
    ("asked", "opens"), [(EVENING, NEXT_MORNING), (datetime(2026, 11, 14, 12, tzinfo=UTC), None)]
)
async def test_what_nobody_asked_for_waits_for_the_morning_of_a_workday(
    screen: Screen, asked: datetime, opens: datetime | None
) -> None:
    be(screen, asked)
    await tell(screen, "unasked")
    await screen.show(Notice("refused", {"text": "an answer"}))
    await screen.deliver()
    assert texts(screen) == ["an answer"]
    be(screen, opens or datetime(2026, 11, 16, 9, tzinfo=UTC))
    await screen.deliver()
    assert texts(screen) == ["an answer", "unasked"]


async def test_quiet_hours_are_those_of_the_projects_zone(screen: Screen) -> None:
    be(screen, datetime(2026, 11, 12, 14, 0, tzinfo=UTC))
    await tell(screen, "evening in Tokyo", zone="Asia/Tokyo")
    await screen.deliver()
    assert texts(screen) == []
    be(screen, datetime(2026, 11, 13, 0, 0, tzinfo=UTC))
    await screen.deliver()
    assert texts(screen) == ["evening in Tokyo"]


async def test_what_waited_over_night_comes_as_one_message(screen: Screen) -> None:
    be(screen, EVENING)
    waiting = await add(screen, a_proposal())
    for view in ("first", "second", ProposalCard(waiting.id)):
        await tell(screen, view)
        screen.house.clock.move(minutes=1)
    await screen.deliver()
    be(screen, NEXT_MORNING)
    await screen.deliver()
    [morning] = screen.standing()
    head, *lines = morning.card.html.split("\n")
    assert "3 things" in head
    assert [line.split("   ", 1)[0] for line in lines] == ["1", "2", "3"]
    assert waiting.title in lines[2]
    assert [button.label for row in morning.card.buttons for button in row] == ["1", "2", "3"]


async def test_what_was_decided_before_it_was_told_is_not_told(screen: Screen) -> None:
    be(screen, EVENING)
    proposal = await add(screen, a_proposal())
    spot = await tell(screen, ProposalCard(proposal.id))
    await screen.deliver()
    await approve(screen, proposal)
    be(screen, NEXT_MORNING)
    await screen.deliver()
    assert screen.standing() == []
    assert (await screen.spot(spot)).delivery is Delivery.DROPPED


async def test_a_group_is_told_when_it_has_fallen_silent(screen: Screen) -> None:
    be(screen, MORNING)
    await heard(screen)
    await tell(screen, "unasked", Place(GROUP))
    for _ in range(3):
        screen.house.clock.move(minutes=20)
        await screen.deliver()
        assert texts(screen, Place(GROUP)) == []
        await heard(screen)
    screen.house.clock.move(minutes=30)
    await screen.deliver()
    assert texts(screen, Place(GROUP)) == ["unasked"]


async def test_a_group_that_never_falls_silent_is_told_after_a_while(screen: Screen) -> None:
    be(screen, MORNING)
    await tell(screen, "unasked", Place(GROUP))
    while screen.house.clock.now() < MORNING + PATIENCE:
        await heard(screen)
        await screen.deliver()
        assert texts(screen, Place(GROUP)) == []
        screen.house.clock.move(minutes=10)
    await screen.deliver()
    assert texts(screen, Place(GROUP)) == ["unasked"]


async def test_half_an_hour_lies_between_two_unasked_messages_and_a_day_has_three(screen: Screen) -> None:
    be(screen, MORNING)
    told: list[timedelta] = []
    for number in range(5):
        await tell(screen, str(number))
        while len(texts(screen)) == len(told) and screen.house.clock.now() < MORNING + timedelta(hours=6):
            await screen.deliver()
            if len(texts(screen)) == len(told):
                screen.house.clock.move(minutes=10)
        told += [screen.house.clock.now() - MORNING] * (len(texts(screen)) - len(told))
    assert told == [timedelta(minutes=minutes) for minutes in (0, 30, 60)]
    be(screen, NEXT_MORNING)
    await screen.deliver()
    assert len(texts(screen)) == 4
    assert "2 things" in texts(screen)[-1]


async def test_a_bundle_that_still_waits_takes_in_what_comes_after_it(screen: Screen) -> None:
    be(screen, EVENING)
    for text in ("first", "second"):
        await tell(screen, text)
    be(screen, NEXT_MORNING)
    await screen.delivery.step()
    await tell(screen, "third")
    await screen.deliver()
    [morning] = texts(screen)
    assert "3 things" in morning
    async with screen.house.transactions.reading() as tx:
        assert await tx.spots.list_told(DIRECT.chat_id, EVENING) == [NEXT_MORNING]


async def test_only_what_waits_at_one_place_comes_together(screen: Screen) -> None:
    be(screen, EVENING)
    group, topic = Place(GROUP), Place(GROUP, thread_id=ThreadId(5))
    for place in (group, topic, DIRECT):
        await tell(screen, "unasked", place)
    be(screen, NEXT_MORNING)
    await screen.deliver()
    screen.house.clock.move(minutes=30)
    await screen.deliver()
    assert [texts(screen, place) for place in (group, DIRECT)] == [["unasked"] * 2, ["unasked"]]


@pytest.fixture
def undisturbed(house: House) -> Screen:
    """A team that wants no rules at all."""
    wide_open = AttentionSettings(0, 1000, "00:00", "00:00", weekends=True)
    house.settings = replace(house.settings, attention=wide_open)
    return screen_of(house)


async def test_each_knob_can_be_turned_off(undisturbed: Screen) -> None:
    be(undisturbed, datetime(2026, 11, 14, 3, 0, tzinfo=UTC))
    for number in range(5):
        await tell(undisturbed, str(number))
        await undisturbed.deliver()
    assert texts(undisturbed) == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("trigger", "waits"),
    [(Trigger.MANUAL, {ANN: "", OLYA: "UTC"}), (Trigger.SCHEDULED, {ANN: "UTC", OLYA: "UTC"})],
)
@pytest.mark.parametrize("stage", list(Stage))
async def test_only_who_started_a_run_is_shown_what_it_found_at_once(
    screen: Screen, stage: Stage, trigger: Trigger, waits: dict[PersonId, str]
) -> None:
    run = a_run(stage=stage, trigger=trigger, started_by_id=ANN if trigger is Trigger.MANUAL else None)
    kind = a_note_draft() if stage is Stage.KNOWLEDGE else a_task_draft()
    presenting = Presenting(screen.house.clock, screen.do.placing, screen.house.settings.review)
    async with screen.house.transactions() as tx:
        await tx.people.put(Person(OLYA, "Olya", has_direct_chat=True))
        await tx.people.set_role(PROJECT, OLYA, Role.REVIEWER)
        await tx.runs.add(run)
        await tx.proposals.add(a_proposal(content=kind, run_id=run.id))
        await presenting.present(tx, run)
        about = run.id if stage is Stage.KNOWLEDGE else a_proposal().id
        spots = await tx.spots.list_about(about)
    assert {spot.reader_id: spot.unasked_in for spot in spots} == waits
