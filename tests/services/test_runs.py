"""Runs: one at a time, in batches that commit with their mark, closed with their metrics."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from core.domain.conversation import Extraction, Reading
from core.domain.ids import Kind, Ref
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import BatchStatus, Run, RunStatus, Stage, Trigger
from core.domain.showing.view import (
    BlockedCard,
    Bulk,
    EstimateCard,
    NotesList,
    ProposalCard,
    RunCard,
    SessionCard,
)
from core.errors import AnalystFailed, NothingToRead, NotReviewer, RunInTheWay, Stale, WrongStep
from core.ports.analysis import Vector
from core.services.runs.closing import CloseMode
from tests.builders import PROJECT, an_actor
from tests.databases import BOTH
from tests.fakes import HashEmbedder
from tests.house import DIRECT, REVIEWER, House, each_message_a_note

DATABASES = BOTH

FAILED = AnalystFailed("timeout")


def failing_on(text: str) -> Callable[[Reading], Extraction]:
    """An analyst that has no answer for the conversation with this text in it."""

    def extract(reading: Reading) -> Extraction:
        if any(text in message.text for message in reading.conversation.messages):
            raise FAILED
        return each_message_a_note(reading)

    return extract


async def proposals_of(house: House, run: Run) -> list[Proposal]:
    async with house.transactions.reading() as tx:
        return await tx.proposals.list_of_run(run.id)


async def run_now(house: House, run: Run) -> Run:
    async with house.transactions.reading() as tx:
        return await tx.runs.get(run.id)


async def test_a_run_reads_what_was_said_and_proposes_from_it(house: House) -> None:
    await house.say("login is dead", "export is broken")
    run = await house.run(Stage.KNOWLEDGE)
    assert run.status is RunStatus.COMPLETED
    titles = sorted(one.title for one in await proposals_of(house, run))
    assert titles == ["Login", "export is broken", "login is dead"]


async def test_eight_at_once_start_one_run(house: House) -> None:
    await house.say("login is dead")
    async with asyncio.TaskGroup() as group:
        for _ in range(8):
            group.create_task(house.offer(Stage.KNOWLEDGE))
    async with house.transactions.reading() as tx:
        assert len(await tx.runs.list_of(PROJECT, 10)) == 1


async def test_a_run_in_the_way_is_shown_with_a_way_on(house: House) -> None:
    await house.say("login is dead")
    first = await house.run(Stage.KNOWLEDGE)
    await house.say("export is broken")
    await house.offer(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        [spot] = [s for s in await tx.spots.list_about(PROJECT) if isinstance(s.view, BlockedCard)]
    second = await house.do.runs.close_and_start(spot.id, REVIEWER)
    assert (await run_now(house, first)).status is RunStatus.CLOSED
    assert all(one.carried_at for one in await proposals_of(house, first))
    assert second.status is RunStatus.PENDING


async def test_only_reviewers_start_runs(house: House) -> None:
    await house.say("login is dead")
    stranger = an_actor(99, "@stranger")
    with pytest.raises(NotReviewer) as refusal:
        await house.do.runs.offer(PROJECT, Stage.KNOWLEDGE, None, stranger, DIRECT)
    assert refusal.value.reviewers == ("@ann",)


async def test_a_run_that_costs_money_is_offered_and_starts_by_a_tap(house: House) -> None:
    house.analyst.cost = 0.03
    await house.say("login is dead")
    await house.offer(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        assert await tx.runs.list_of(PROJECT, 10) == []
        [spot] = [s for s in await tx.spots.list_about(PROJECT) if isinstance(s.view, EstimateCard)]
    run = await house.do.runs.start_spot(spot.id, REVIEWER)
    async with house.transactions.reading() as tx:
        assert (await tx.spots.get(spot.id)).view == RunCard(run.id)


async def test_nothing_unread_is_said_not_run(house: House) -> None:
    with pytest.raises(NothingToRead):
        await house.offer(Stage.KNOWLEDGE)


async def test_a_message_is_read_once_and_a_late_one_by_the_next_run(house: House) -> None:
    await house.say("login is dead")
    await house.run(Stage.KNOWLEDGE)
    await house.say("export is broken")
    async with house.transactions.reading() as tx:
        blocking = await tx.runs.find_open(PROJECT, Stage.KNOWLEDGE)
    assert blocking is not None
    await house.do.runs.close(blocking.id, REVIEWER, CloseMode.CARRY)
    second = await house.run(Stage.KNOWLEDGE)
    assert [one.title for one in await proposals_of(house, second)] == ["export is broken"]


async def test_a_batch_that_fails_once_is_tried_again(house: House) -> None:
    house.analyst.failures = [FAILED]
    await house.say("login is dead")
    run = await house.run(Stage.KNOWLEDGE)
    assert run.status is RunStatus.COMPLETED
    assert house.analyst.calls == 2


async def test_a_failed_batch_does_not_lose_the_rest_and_resume_does_only_it(house: House) -> None:
    await house.say(*(f"thing {n} is broken" for n in range(10)))
    house.analyst.extracts = failing_on("thing 9")
    await house.offer(Stage.KNOWLEDGE)
    await house.work()
    async with house.transactions.reading() as tx:
        [run] = await tx.runs.list_of(PROJECT, 10)
        states = sorted(b.status for b in await tx.runs.list_batches(run.id))
    assert run.status is RunStatus.FAILED
    assert states == [BatchStatus.DONE, BatchStatus.FAILED]
    calls = house.analyst.calls
    house.analyst.extracts = each_message_a_note
    resumed = await house.do.runs.resume(run.id, REVIEWER)
    await house.work()
    assert (await run_now(house, resumed)).status is RunStatus.COMPLETED
    assert house.analyst.calls == calls + 1


async def test_a_failed_run_can_be_kept_as_it_is(house: House) -> None:
    await house.say(*(f"thing {n} is broken" for n in range(10)))
    house.analyst.extracts = failing_on("thing 9")
    await house.offer(Stage.KNOWLEDGE)
    await house.work()
    run = await house.do.runs.find(PROJECT, None)
    kept = await house.do.runs.keep(run.id, REVIEWER)
    assert kept.status is RunStatus.COMPLETED
    assert len(await proposals_of(house, run)) == 6


async def test_resuming_into_a_held_slot_is_refused_naming_the_holder(house: House) -> None:
    house.analyst.failures = [FAILED, FAILED]
    await house.say("login is dead")
    await house.offer(Stage.KNOWLEDGE)
    await house.work()
    failed = await house.do.runs.find(PROJECT, None)
    await house.say("export is broken")
    holder = await house.run(Stage.KNOWLEDGE)
    with pytest.raises(RunInTheWay) as refusal:
        await house.do.runs.resume(failed.id, REVIEWER)
    assert refusal.value.number == holder.name


async def test_a_cancelled_run_keeps_what_it_committed_and_frees_the_slot(house: House) -> None:
    await house.say(*(f"thing {n} is broken" for n in range(10)))
    await house.offer(Stage.KNOWLEDGE)
    await house.do.work.plan_next()
    await house.do.work.work_next()
    run = await house.do.runs.find(PROJECT, None)
    await house.do.runs.cancel(run.id, REVIEWER)
    await house.work()
    assert len(await proposals_of(house, run)) == 6
    assert all(one.carried_at for one in await proposals_of(house, run))
    with pytest.raises(WrongStep):
        await house.do.runs.cancel(run.id, REVIEWER)


async def test_a_dead_workers_batch_is_taken_over_and_its_late_result_is_refused(house: House) -> None:
    await house.say("login is dead")
    await house.offer(Stage.KNOWLEDGE)
    await house.do.work.plan_next()
    now = house.clock.now()
    async with house.transactions() as tx:
        dead = await tx.runs.claim_batch(now, now + timedelta(seconds=120))
    assert dead is not None
    assert not await house.do.work.work_next()
    house.clock.move(seconds=121)
    assert await house.do.work.work_next()
    with pytest.raises(Stale):
        await house.do.work.give_back(dead, "late")
    run = await house.do.runs.find(PROJECT, None)
    assert run.status is RunStatus.COMPLETED
    assert len(await proposals_of(house, run)) == 2


async def test_closing_carries_what_is_pending_and_freezes_the_metrics(house: House) -> None:
    await house.say("login is dead", "export is broken")
    run = await house.run(Stage.KNOWLEDGE)
    [note, _] = [one for one in await proposals_of(house, run) if one.title != "Login"]
    await house.do.review.approve(note.id, REVIEWER, note.press_version)
    closed = await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)
    assert closed.accuracy is not None
    outcomes = closed.accuracy.outcomes
    assert (outcomes.approved_unchanged, outcomes.carried) == (1, 1), "a subject is nobody's decision"


async def test_closing_may_let_go_what_is_pending(house: House) -> None:
    await house.say("login is dead", "export is broken")
    run = await house.run(Stage.KNOWLEDGE)
    closed = await house.do.runs.close(run.id, REVIEWER, CloseMode.EXPIRE)
    assert {one.status for one in await proposals_of(house, run)} == {ProposalStatus.EXPIRED}
    assert closed.accuracy is not None
    assert closed.accuracy.outcomes.expired == 2


async def test_a_run_that_proposed_nothing_is_reviewed_at_once_and_closes_itself(house: House) -> None:
    house.analyst.extracts = lambda _: Extraction()
    await house.say("hello there")
    run = await house.run(Stage.KNOWLEDGE)
    assert run.status is RunStatus.REVIEWED
    assert await house.do.runs.close_reviewed() == 0
    house.clock.move(minutes=11)
    assert await house.do.runs.close_reviewed() == 1


async def test_a_scheduled_start_closes_the_completed_run_and_carries(house: House) -> None:
    await house.say("login is dead")
    first = await house.run(Stage.KNOWLEDGE)
    await house.say("export is broken")
    second = await house.do.runs.start_scheduled(PROJECT, Stage.KNOWLEDGE, Trigger.SCHEDULED)
    assert second is not None
    assert (await run_now(house, first)).status is RunStatus.CLOSED


async def test_above_the_queue_limit_nothing_starts_by_itself(house: House) -> None:
    await house.say(*(f"thing {n} is broken" for n in range(101)))
    await house.run(Stage.KNOWLEDGE)
    await house.say("one more")
    assert await house.do.runs.start_scheduled(PROJECT, Stage.KNOWLEDGE, Trigger.SCHEDULED) is None


async def test_after_five_workdays_without_a_decision_runs_pause_and_say_so_once(house: House) -> None:
    await house.say("login is dead")
    run = await house.run(Stage.KNOWLEDGE)
    house.clock.move(days=7)
    await house.say("export is broken")

    async def starts() -> Run | None:
        return await house.do.runs.start_scheduled(PROJECT, Stage.KNOWLEDGE, Trigger.SCHEDULED)

    assert [await starts(), await starts()] == [None, None]
    async with house.transactions.reading() as tx:
        assert (await tx.projects.get(PROJECT)).runs_paused_at is not None
    [note, *_] = await proposals_of(house, run)
    house.clock.move(minutes=1)
    await house.do.review.approve(note.id, REVIEWER, note.press_version)
    assert await starts() is not None


@pytest.mark.parametrize(("count", "view"), [(3, ProposalCard), (11, SessionCard)])
async def test_tasks_come_as_cards_up_to_a_limit_and_as_a_session_beyond(
    house: House, count: int, view: type[object]
) -> None:
    await house.say(*(f"thing {n} is broken" for n in range(count)))
    notes = await house.run(Stage.KNOWLEDGE)
    ids: Sequence[Proposal] = [one for one in await proposals_of(house, notes) if one.title != "Login"]
    await house.do.review.settle_all([one.id for one in ids], Bulk.APPROVE, REVIEWER)
    await house.run(Stage.TASKS)
    async with house.transactions.reading() as tx:
        runs = await tx.runs.list_of(PROJECT, 10)
        cards = [
            spot
            for run in runs
            for one in await tx.proposals.list_of_run(run.id)
            for spot in await tx.spots.list_about(one.id)
        ]
        sessions = [s for s in await tx.spots.list_about(PROJECT) if isinstance(s.view, SessionCard)]
    assert len(cards) == (count if view is ProposalCard else 0)
    assert len(sessions) == (0 if view is ProposalCard else 1)


async def test_tasks_nobody_asked_for_come_as_one_message_that_waits_for_a_good_moment(
    house: House,
) -> None:
    await house.say(*(f"thing {n} is broken" for n in range(3)))
    notes = await proposals_of(house, await house.run(Stage.KNOWLEDGE))
    kept = [one.id for one in notes if one.title != "Login"]
    await house.do.review.settle_all(kept, Bulk.APPROVE, REVIEWER)
    assert await house.do.runs.start_scheduled(PROJECT, Stage.TASKS, Trigger.SCHEDULED)
    await house.work()
    async with house.transactions.reading() as tx:
        spots = [s for s in await tx.spots.list_about(PROJECT) if isinstance(s.view, SessionCard)]
        cards = [s for s in await tx.proposals.list_pending(PROJECT) if await tx.spots.list_about(s.id)]
    assert [(spot.chat_id, spot.unasked_in) for spot in spots] == [(DIRECT.chat_id, "UTC")]
    assert cards == []


async def test_knowledge_comes_as_one_list(house: House) -> None:
    await house.say("login is dead", "export is broken")
    run = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        lists = [s for s in await tx.spots.list_about(run.id) if isinstance(s.view, NotesList)]
    assert [spot.chat_id for spot in lists] == [DIRECT.chat_id]


@dataclass
class Meddled(HashEmbedder):
    """Something else happens while texts are embedded."""

    meanwhile: Callable[[], Awaitable[None]] = field(kw_only=True)

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        await self.meanwhile()
        return await super().embed(texts)


async def test_what_changed_while_it_was_embedded_keeps_no_old_vector(house: House) -> None:
    edited, taken_back = (Ref(Kind.ATOM, house.ids.new()) for _ in range(2))

    async def meanwhile() -> None:
        async with house.transactions() as tx:
            await tx.search.put_text(edited, PROJECT, "Login", "works again")
            await tx.search.remove(taken_back)

    async def vectors() -> dict[Ref, Vector]:
        async with house.transactions.reading() as tx:
            return await tx.search.vectors_of(house.do.work.embedding.embedder.name, [edited, taken_back])

    async with house.transactions() as tx:
        for item in (edited, taken_back):
            await tx.search.put_text(item, PROJECT, "Login", "is dead")
    await replace(house.do.work.embedding, embedder=Meddled(meanwhile=meanwhile)).embed_some()
    assert await vectors() == {}
    await house.do.work.embedding.embed_some()
    assert list(await vectors()) == [edited]
