"""Delivery: every fate has its answer, and what stands in the chat ends up as what is stored."""

import asyncio
from datetime import timedelta

import pytest

from core.domain.ids import ChatId, Kind, Ref
from core.domain.run import RunStatus, Stage
from core.domain.showing.shown import Shown, ShownRun
from core.domain.showing.spot import Delivery, Place, Urgency
from core.domain.showing.view import NotesList, Notice, ProposalCard
from core.ports.chat import Fate, Outcome
from core.ports.meter import Part
from core.services.showing.delivery import LEASE
from tests.builders import GROUP, PROJECT, a_proposal
from tests.databases import BOTH
from tests.house import DIRECT, REVIEWER
from tests.services.showing.conftest import HELP, Screen, add, approve, screen_of, show_card

DATABASES = BOTH


async def test_a_spot_is_sent_once_and_left_alone_while_nothing_changes(screen: Screen) -> None:
    spot = await screen.show(HELP)
    assert await screen.deliver() == 1
    shown = await screen.spot(spot)
    assert (shown.delivery, shown.painted, shown.lease_until) == (Delivery.SHOWN, shown.wanted, None)
    screen.house.clock.move(days=1)
    assert await screen.deliver() == 0
    assert screen.messenger.calls == 1


async def test_a_touch_that_changes_nothing_sends_nothing(screen: Screen) -> None:
    spot = await show_card(screen, await add(screen, a_proposal()))
    await screen.deliver()
    async with screen.house.transactions() as tx:
        await screen.do.placing.touch(tx, *spot.about)
    assert await screen.deliver() == 1
    assert screen.messenger.calls == 1


async def test_many_changes_between_two_steps_are_one_edit(screen: Screen) -> None:
    proposal = await add(screen, a_proposal())
    spot = await show_card(screen, proposal)
    await screen.deliver()
    for _ in range(5):
        async with screen.house.transactions() as tx:
            await screen.do.placing.touch(tx, proposal.id)
    await approve(screen, proposal)
    await screen.deliver()
    assert screen.at(await screen.spot(spot)).edits == 1


async def test_what_became_of_each_send_and_edit_is_counted(screen: Screen) -> None:
    proposal = await add(screen, a_proposal())
    await show_card(screen, proposal)
    screen.messenger.fates = [Outcome(Fate.NOT_SENT)]
    await screen.deliver()
    screen.house.clock.move(minutes=5)
    await screen.deliver()
    await approve(screen, proposal)
    await screen.deliver()
    screen.painter.break_on = {ProposalCard}
    async with screen.house.transactions() as tx:
        await screen.do.placing.touch(tx, proposal.id)
    await screen.delivery.step()
    assert screen.house.meter.counts == [
        ("send", Fate.NOT_SENT),
        ("send", Fate.SENT),
        ("edit", Fate.SENT),
        ("failed", Part.SPEAKING, ZeroDivisionError),
    ]


async def test_a_chat_gets_its_most_urgent_spot_first_and_one_at_a_time(screen: Screen) -> None:
    async with screen.house.transactions() as tx:
        for urgency in (Urgency.PROGRESS, Urgency.CARD, Urgency.ANSWER):
            await screen.do.placing.show(
                tx, Notice("refused", {"text": urgency.name}), DIRECT, urgency=urgency
            )
        await screen.do.placing.show(tx, HELP, Place(GROUP))
    await screen.delivery.step()
    assert [len(screen.standing(chat)) for chat in (DIRECT.chat_id, GROUP)] == [1, 1]
    await screen.deliver()
    assert [sent.card.html for sent in screen.standing()] == ["ANSWER", "CARD", "PROGRESS"]


async def test_a_resting_chat_waits_and_holds_up_no_other(screen: Screen) -> None:
    await screen.show(HELP, Place(GROUP))
    await screen.deliver()
    screen.messenger.resting[GROUP] = 1.0
    await screen.show(HELP, Place(GROUP))
    await screen.show(HELP)
    await screen.deliver()
    assert (len(screen.standing(GROUP)), len(screen.standing())) == (1, 1)
    screen.messenger.resting.clear()
    screen.house.clock.move(seconds=1)
    await screen.deliver()
    assert len(screen.standing(GROUP)) == 2


async def test_a_change_during_the_send_is_not_lost(screen: Screen) -> None:
    proposal = await add(screen, a_proposal())
    spot = await show_card(screen, proposal)
    screen.messenger.during = lambda: approve(screen, proposal)
    await screen.delivery.step()
    between = await screen.spot(spot)
    assert between.wanted > between.painted
    await screen.deliver()
    assert "approved" in screen.at(await screen.spot(spot)).card.html


async def test_what_was_committed_and_never_sent_is_sent_after_the_lease(screen: Screen) -> None:
    spot = await screen.show(HELP)
    now = screen.house.clock.now()
    async with screen.house.transactions() as tx:
        await tx.spots.lease_due(now, now + LEASE, 10, frozenset())
    assert not await screen.delivery.step()
    screen.house.clock.move(seconds=LEASE.total_seconds())
    after_the_crash = screen_of(screen.house)
    await after_the_crash.deliver()
    assert len(after_the_crash.standing()) == 1
    assert (await screen.spot(spot)).delivery is Delivery.SHOWN


async def test_two_deliveries_never_send_the_same_spot(screen: Screen) -> None:
    other = screen_of(screen.house)
    for number in range(1, 9):
        await screen.show(Notice("refused", {"text": str(number)}), Place(ChatId(-number)))
    await asyncio.gather(screen.deliver(), other.deliver())
    assert screen.messenger.calls + other.messenger.calls == 8


async def test_a_card_that_cannot_be_painted_stops_no_other(
    screen: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    screen.painter.break_on.add(Notice)
    broken = await screen.show(Notice("refused", {"text": "x"}))
    await screen.show(HELP, Place(GROUP))
    await screen.deliver()
    assert len(screen.standing(GROUP)) == 1
    waiting = await screen.spot(broken)
    assert waiting.attempts == 1
    assert waiting.not_before is not None
    assert f"Notice {broken.id} cannot be shown" in caplog.text


async def test_a_spot_whose_item_is_gone_is_let_go(screen: Screen) -> None:
    spot = await screen.show(ProposalCard(a_proposal(9).id))
    await screen.deliver()
    assert (await screen.spot(spot)).delivery is Delivery.DROPPED
    assert screen.messenger.calls == 0


async def test_undo_disappears_by_itself(screen: Screen) -> None:
    proposal = await add(screen, a_proposal())
    spot = await show_card(screen, proposal)
    await approve(screen, proposal)
    await screen.deliver()
    shown = await screen.spot(spot)
    assert shown.repaint_at == screen.house.clock.now() + timedelta(minutes=10)
    assert screen.at(shown).card.buttons
    screen.house.clock.move(minutes=10)
    assert await screen.deliver() == 1
    assert screen.at(await screen.spot(spot)).card.buttons == ()
    assert (await screen.spot(spot)).repaint_at is None


@pytest.mark.parametrize("fate", [Fate.WAIT, Fate.NOT_SENT, Fate.MAYBE_SENT])
async def test_undo_disappears_though_the_edit_failed_at_first(screen: Screen, fate: Fate) -> None:
    proposal = await add(screen, a_proposal())
    spot = await show_card(screen, proposal)
    await approve(screen, proposal)
    await screen.deliver()
    screen.house.clock.move(minutes=10)
    screen.messenger.fates = [Outcome(fate, wait_seconds=1)] * 2
    for _ in range(4):
        await screen.deliver()
        screen.house.clock.move(seconds=10)
    assert screen.at(await screen.spot(spot)).card.buttons == ()


async def test_waiting_does_not_add_up_to_a_long_rest(screen: Screen) -> None:
    screen.messenger.fates = [Outcome(Fate.WAIT, wait_seconds=1)] * 20
    spot = await screen.show(HELP)
    for _ in range(20):
        await screen.deliver()
        screen.house.clock.move(seconds=1)
    assert (await screen.spot(spot)).attempts == 1
    await screen.deliver()
    assert len(screen.standing()) == 1


@pytest.mark.parametrize(("place", "rest"), [(DIRECT, 3), (Place(GROUP), 10)])
async def test_progress_is_painted_at_most_every_few_seconds(
    screen: Screen, place: Place, rest: int
) -> None:
    house = screen.house
    await house.say(*(f"login is dead {number}" for number in range(20)))
    await screen.do.runs.offer(PROJECT, Stage.KNOWLEDGE, None, REVIEWER, place)
    painted: list[float] = []
    start = house.clock.now()
    while await screen.do.work.step():
        screen.painter.painted.clear()
        await screen.deliver()
        running = [one for one in screen.painter.painted if _is_running(one)]
        painted += [(house.clock.now() - start).total_seconds()] * len(running)
        house.clock.move(seconds=1)
    assert painted == list(range(0, 12, rest))[: len(painted)]
    house.clock.move(seconds=rest)
    await screen.deliver()
    assert "Messages read" in screen.standing(place.chat_id)[0].card.html


def _is_running(shown: Shown) -> bool:
    return isinstance(shown, ShownRun) and shown.run.status is RunStatus.RUNNING


async def test_keeping_notes_turns_the_list_into_what_was_kept(screen: Screen) -> None:
    await screen.house.say("login is dead", "export is broken")
    run = await screen.house.run(Stage.KNOWLEDGE)
    async with screen.house.transactions.reading() as tx:
        [spot] = [one for one in await tx.spots.list_about(run.id) if isinstance(one.view, NotesList)]
    await screen.house.keep(spot.id, find_tasks=False)
    await screen.deliver()
    assert "Kept 2" in screen.at(await screen.spot(spot)).card.html


async def test_a_merged_card_names_its_target(screen: Screen) -> None:
    first = await add(screen, a_proposal(1))
    second = await add(screen, a_proposal(2))
    await approve(screen, first)
    async with screen.house.transactions.reading() as tx:
        result = (await tx.proposals.get(first.id)).review
    assert result is not None
    assert result.result is not None
    spot = await show_card(screen, second)
    await screen.do.review.merge(
        second.id, Ref(Kind.TASK, result.result.id), REVIEWER, second.press_version
    )
    await screen.deliver()
    assert "T-1" in screen.at(await screen.spot(spot)).card.html
