"""Delivery: every fate has its answer, and what stands in the chat ends up as what is stored."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.world import LocalWakeups
from core.domain.ids import ChatId, Kind, MessageId, Ref
from core.domain.proposal import Proposal
from core.domain.run import RunStatus, Stage
from core.domain.shown import Shown, ShownRun
from core.domain.spot import Delivery, HelpCard, NotesList, Notice, Place, ProposalCard, Spot, Urgency
from core.errors import StorageFailed
from core.ports.chat import Card, Fate, Outcome
from core.ports.unit_of_work import UnitOfWork
from core.services.showing import delivery
from core.services.showing.delivery import LEASE
from tests.builders import GROUP, PROJECT, a_proposal
from tests.fakes import Sent
from tests.house import ANN, DIRECT, REVIEWER
from tests.services.showing.conftest import Screen, screen_of

HELP = HelpCard(PROJECT)


async def add(screen: Screen, proposal: Proposal) -> Proposal:
    async with screen.house.transactions() as tx:
        await tx.proposals.add(proposal)
    return proposal


async def show_card(screen: Screen, proposal: Proposal) -> Spot:
    async with screen.house.transactions() as tx:
        view = ProposalCard(proposal.id)
        return await screen.do.placing.show(tx, view, DIRECT, about={proposal.id})


async def approve(screen: Screen, proposal: Proposal) -> None:
    await screen.do.review.approve(proposal.id, REVIEWER, proposal.press_version)


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


class TestFates:
    """One answer for each."""

    async def test_wait_tries_again_after_the_wait_and_counts_no_attempt(self, screen: Screen) -> None:
        screen.messenger.fates.append(Outcome(Fate.WAIT, wait_seconds=7))
        spot = await screen.show(HELP)
        await screen.deliver()
        waiting = await screen.spot(spot)
        assert waiting.not_before == screen.house.clock.now() + timedelta(seconds=7)
        assert waiting.attempts == 0
        screen.house.clock.move(seconds=6)
        assert not await screen.delivery.step()
        screen.house.clock.move(seconds=1)
        await screen.deliver()
        assert len(screen.standing()) == 1

    async def test_not_sent_is_tried_for_ever_but_ever_more_seldom(self, screen: Screen) -> None:
        screen.messenger.fates = [Outcome(Fate.NOT_SENT)] * 12
        spot = await screen.show(HELP)
        gaps: list[float] = []
        while screen.messenger.fates:
            await screen.delivery.step()
            due = (await screen.spot(spot)).not_before
            assert due is not None
            gaps.append((due - screen.house.clock.now()).total_seconds())
            screen.house.clock.at = due
        await screen.deliver()
        assert gaps[:4] == [2, 4, 8, 16]
        assert gaps == sorted(gaps)
        assert gaps[-1] == 300
        assert len(screen.standing()) == 1
        assert (await screen.spot(spot)).attempts == 0

    async def test_a_lost_answer_to_a_send_is_resent_once_and_then_left_to_a_press(
        self, screen: Screen
    ) -> None:
        screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)] * 2
        spot = await screen.show(HELP)
        for _ in range(4):
            await screen.deliver()
            screen.house.clock.move(minutes=10)
        assert screen.messenger.calls == 2
        unknown = await screen.spot(spot)
        assert (unknown.delivery, unknown.message_id) == (Delivery.UNKNOWN, None)

    async def test_a_resend_that_arrives_is_the_message_from_then_on(self, screen: Screen) -> None:
        screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)]
        spot = await screen.show(HELP)
        await screen.deliver()
        assert (await screen.spot(spot)).delivery is Delivery.UNKNOWN
        screen.house.clock.move(seconds=5)
        await screen.deliver()
        shown = await screen.spot(spot)
        assert shown.delivery is Delivery.SHOWN
        assert screen.at(shown).card.html

    async def test_a_press_that_adopts_the_unknown_copy_ends_the_resending(self, screen: Screen) -> None:
        screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)]
        spot = await screen.show(HELP)
        await screen.deliver()
        screen.messenger.messages[DIRECT.chat_id, MessageId(77)] = Sent(DIRECT.chat_id, Card("as sent"))
        async with screen.house.transactions() as tx:
            unknown = await tx.spots.get(spot.id)
            await tx.spots.record(unknown.shown_as(MessageId(77), 0, ""))
        screen.house.clock.move(seconds=5)
        await screen.deliver()
        assert (await screen.spot(spot)).message_id == 77
        assert screen.messenger.messages[DIRECT.chat_id, MessageId(77)].edits == 1

    async def test_a_lost_answer_to_an_edit_is_simply_edited_again(self, screen: Screen) -> None:
        proposal = await add(screen, a_proposal())
        spot = await show_card(screen, proposal)
        await screen.deliver()
        await approve(screen, proposal)
        screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)] * 3
        for _ in range(5):
            await screen.deliver()
            screen.house.clock.move(seconds=30)
        shown = await screen.spot(spot)
        assert shown.delivery is Delivery.SHOWN
        assert "approved" in screen.at(shown).card.html

    async def test_a_deleted_message_is_let_go_and_the_item_stays(self, screen: Screen) -> None:
        proposal = await add(screen, a_proposal())
        spot = await show_card(screen, proposal)
        await screen.deliver()
        screen.messenger.messages.clear()
        await screen.do.review.snooze(
            proposal.id, REVIEWER, proposal.press_version, screen.house.clock.now() + timedelta(hours=1)
        )
        await screen.deliver()
        assert (await screen.spot(spot)).delivery is Delivery.DROPPED
        assert screen.standing() == []
        async with screen.house.transactions.reading() as tx:
            assert await tx.proposals.count_pending(PROJECT) == 1

    async def test_a_chat_that_is_gone_is_marked_and_gets_nothing_more(self, screen: Screen) -> None:
        screen.messenger.fates = [Outcome(Fate.CHAT_GONE)]
        spots = [await screen.show(HELP) for _ in range(3)]
        await screen.deliver()
        assert screen.messenger.calls == 1
        assert {(await screen.spot(spot)).delivery for spot in spots} == {Delivery.DROPPED}
        async with screen.house.transactions.reading() as tx:
            person = await tx.people.find(ANN)
        assert person is not None
        assert not person.has_direct_chat

    async def test_a_group_that_is_gone_is_marked_blocked(self, screen: Screen) -> None:
        screen.messenger.fates = [Outcome(Fate.CHAT_GONE)]
        await screen.show(HELP, Place(GROUP))
        await screen.deliver()
        async with screen.house.transactions.reading() as tx:
            assert (await tx.chats.get(GROUP)).is_blocked

    async def test_a_group_that_moved_is_followed(self, screen: Screen) -> None:
        moved = ChatId(-100777)
        screen.messenger.fates = [Outcome(Fate.MIGRATED, migrated_to=moved)]
        spot = await screen.show(HELP, Place(GROUP))
        await screen.deliver()
        shown = await screen.spot(spot)
        assert (shown.chat_id, shown.delivery) == (moved, Delivery.SHOWN)
        assert len(screen.standing(moved)) == 1

    async def test_a_message_left_behind_by_a_move_is_sent_anew(self, screen: Screen) -> None:
        moved = ChatId(-100777)
        proposal = await add(screen, a_proposal())
        async with screen.house.transactions() as tx:
            view = ProposalCard(proposal.id)
            spot = await screen.do.placing.show(tx, view, Place(GROUP), about={proposal.id})
        await screen.deliver()
        await approve(screen, proposal)
        screen.messenger.fates = [Outcome(Fate.MIGRATED, migrated_to=moved)]
        await screen.deliver()
        shown = await screen.spot(spot)
        assert (shown.chat_id, shown.delivery) == (moved, Delivery.SHOWN)
        assert screen.at(shown).edits == 0
        assert "approved" in screen.at(shown).card.html

    async def test_what_arrives_while_the_group_moves_is_sent_anew(self, screen: Screen) -> None:
        async def move() -> None:
            async with screen.house.transactions() as tx:
                await tx.chats.migrate(GROUP, ChatId(-100777))

        screen.messenger.during = move
        spot = await screen.show(HELP, Place(GROUP))
        await screen.deliver()
        shown = await screen.spot(spot)
        assert (shown.chat_id, shown.delivery) == (ChatId(-100777), Delivery.SHOWN)
        assert len(screen.standing(ChatId(-100777))) == 1

    async def test_a_refused_card_is_sent_once_as_plain_text(self, screen: Screen) -> None:
        screen.messenger.fates = [Outcome(Fate.REFUSED, detail="can't parse entities")]
        spot = await screen.show(HELP)
        await screen.deliver()
        screen.house.clock.move(seconds=5)
        await screen.deliver()
        shown = await screen.spot(spot)
        assert shown.delivery is Delivery.SHOWN
        assert "<" not in screen.at(shown).card.html
        async with screen.house.transactions() as tx:
            await tx.spots.put((await tx.spots.get(spot.id)).turned(HELP))
        await screen.deliver()
        assert screen.messenger.calls == 2

    async def test_a_plain_text_that_is_refused_too_is_given_up_and_logged(
        self, screen: Screen, caplog: pytest.LogCaptureFixture
    ) -> None:
        screen.messenger.fates = [Outcome(Fate.REFUSED, detail="no")] * 2
        spot = await screen.show(HELP)
        for _ in range(4):
            await screen.deliver()
            screen.house.clock.move(seconds=5)
        assert (await screen.spot(spot)).delivery is Delivery.DROPPED
        assert screen.messenger.calls == 2
        assert f"HelpCard {spot.id}" in caplog.text


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


@pytest.mark.parametrize(("place", "rest"), [(DIRECT, 3), (Place(GROUP), 10)])
async def test_progress_is_painted_at_most_every_few_seconds(
    screen: Screen, place: Place, rest: int
) -> None:
    house = screen.house
    await house.say(*(f"login is dead {number}" for number in range(60)))
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
    await screen.do.notes.keep(spot.id, REVIEWER, find_tasks=False)
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


async def running(screen: Screen, until: Callable[[], bool]) -> None:
    """Let the loop run on real wake-ups until something is so, then stop it."""
    awake = replace(screen.delivery, wakeups=LocalWakeups())
    async with asyncio.TaskGroup() as group:
        loop = group.create_task(awake.run())
        async with asyncio.timeout(5):
            while not until():  # noqa: ASYNC110 # what is waited for sets no event
                await asyncio.sleep(0.01)
        loop.cancel()


async def test_a_slow_chat_holds_up_no_other_in_the_loop(screen: Screen) -> None:
    slow = asyncio.Event()
    screen.messenger.during = slow.wait
    await screen.show(HELP)
    for number in range(1, 6):
        await screen.show(HELP, Place(ChatId(-number)))

    def others_are_served() -> bool:
        if screen.messenger.calls == 5:
            slow.set()
        return screen.messenger.calls == 6

    await running(screen, others_are_served)


async def test_the_loop_ends_what_is_on_the_wire_before_it_stops(screen: Screen) -> None:
    async def slow() -> None:
        under_way.set()
        await asyncio.sleep(0.2)

    under_way = asyncio.Event()
    screen.messenger.during = slow
    spot = await screen.show(HELP)
    await running(screen, under_way.is_set)
    assert (await screen.spot(spot)).delivery is Delivery.SHOWN
    assert screen.messenger.calls == 1


async def test_the_loop_outlives_a_database_that_is_away(
    screen: Screen, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "AFTER_FAILURE_SECONDS", 0.01)
    spot = await screen.show(HELP)
    real, failures = screen.house.transactions, [StorageFailed("busy") for _ in range(3)]

    class Away:
        """The real transactions, once the failures are used up."""

        reading = real.reading
        after_commit = real.after_commit

        def __call__(self) -> AbstractAsyncContextManager[UnitOfWork]:
            if failures:
                raise failures.pop()
            return real()

    away = replace(screen, delivery=replace(screen.delivery, transactions=Away()))
    await running(away, lambda: screen.messenger.calls == 1)
    assert (await screen.spot(spot)).delivery is Delivery.SHOWN
    assert "busy" in caplog.text
