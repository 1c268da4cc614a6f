"""Deciding: one outcome, everything that follows from it, and everything taken back."""

import asyncio

import pytest

from core.domain.ids import Kind, Ref
from core.domain.person import Role
from core.domain.proposal import Proposal, ProposalStatus, Reason
from core.domain.run import RunStatus, Stage
from core.domain.showing.view import Bulk, NotesList, SessionCard
from core.domain.task import TaskStatus
from core.errors import AlreadySettled, MergeCycle, NothingToUndo, OldPress, Refusal, UndoBlocked, UndoOver
from core.services.desk.sessions import OnCard
from core.services.runs.closing import CloseMode
from tests.builders import PROJECT, a_task_draft, an_actor
from tests.databases import BOTH
from tests.house import DIRECT, REVIEWER, House

DATABASES = BOTH


async def notes_in(house: House, *texts: str) -> list[Proposal]:
    await house.say(*(texts or ("login is dead", "export is broken")))
    run = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        return [p for p in await tx.proposals.list_of_run(run.id) if p.kind is Kind.ATOM]


async def tasks_in(house: House, *texts: str) -> list[Proposal]:
    notes = await notes_in(house, *texts)
    await house.do.review.settle_all([one.id for one in notes], Bulk.APPROVE, REVIEWER)
    run = await house.run(Stage.TASKS)
    async with house.transactions.reading() as tx:
        return await tx.proposals.list_of_run(run.id)


async def now_of(house: House, proposal: Proposal) -> Proposal:
    async with house.transactions.reading() as tx:
        return await tx.proposals.get(proposal.id)


async def approve(house: House, proposal: Proposal) -> Proposal:
    return (await house.do.review.approve(proposal.id, REVIEWER, proposal.press_version)).proposal


async def test_eight_people_press_at_once_and_seven_are_told_who_and_when(house: House) -> None:
    [task, _] = await tasks_in(house)
    async with house.transactions() as tx:
        for number in range(11, 19):
            await tx.people.set_role(PROJECT, an_actor(number).person_id, Role.REVIEWER)

    async def press(number: int) -> str | AlreadySettled:
        actor = an_actor(number, f"@p{number}")
        verb = house.do.review.approve if number % 2 else house.do.review.reject
        try:
            return str((await verb(task.id, actor, task.press_version)).proposal.status)
        except AlreadySettled as refusal:
            return refusal

    results = await asyncio.gather(*(press(number) for number in range(11, 19)))
    won = [one for one in results if isinstance(one, str)]
    lost = [one for one in results if isinstance(one, AlreadySettled)]
    settled = await now_of(house, task)
    assert won == [settled.status]
    assert settled.review is not None
    assert {(one.by, one.at) for one in lost} == {(settled.review.by, settled.review.at)}
    assert len(lost) == 7


async def test_approving_a_note_brings_its_subject_and_each_has_its_row(house: House) -> None:
    [note, _] = await notes_in(house)
    await approve(house, note)
    async with house.transactions.reading() as tx:
        [topic] = await tx.knowledge.list_topics(PROJECT)
        [atom] = await tx.knowledge.list_atoms(PROJECT)
    assert atom.topic == Ref(Kind.TOPIC, topic.id)
    assert atom.evidence == note.evidence


async def test_dropping_the_last_note_of_a_subject_drops_the_subject(house: House) -> None:
    notes = await notes_in(house)
    for note in notes:
        await house.do.review.reject(note.id, REVIEWER, note.press_version)
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT)
        assert run is not None
        assert (await tx.proposals.tally(run.id)).rejected == 3
    assert run.status is RunStatus.REVIEWED


async def test_undo_puts_everything_back(house: House) -> None:
    [task, _] = await tasks_in(house)
    await approve(house, task)
    undone = await house.do.review.undo(task.id, REVIEWER)
    assert [one.status for one in undone.proposals] == [ProposalStatus.PENDING]
    async with house.transactions.reading() as tx:
        assert await tx.tasks.list_of(PROJECT) == []


async def test_undo_of_a_single_note_takes_its_lone_subject_too(house: House) -> None:
    [note] = await notes_in(house, "login is dead")
    await approve(house, note)
    await house.do.review.undo(note.id, REVIEWER)
    async with house.transactions.reading() as tx:
        assert await tx.knowledge.list_topics(PROJECT) == []
        assert await tx.knowledge.list_atoms(PROJECT) == []


async def test_undo_is_refused_naming_what_stands_on_it(house: House) -> None:
    [task, _] = await tasks_in(house)
    await approve(house, task)
    async with house.transactions() as tx:
        [made] = await tx.tasks.list_of(PROJECT)
        await tx.tasks.save(made.moved(TaskStatus.DONE))
    with pytest.raises(UndoBlocked) as refusal:
        await house.do.review.undo(task.id, REVIEWER)
    assert refusal.value.standing == ("T-1",)


async def test_undo_is_over_after_its_window(house: House) -> None:
    [task, _] = await tasks_in(house)
    await approve(house, task)
    house.clock.move(minutes=10, seconds=1)
    with pytest.raises(UndoOver):
        await house.do.review.undo(task.id, REVIEWER)
    with pytest.raises(NothingToUndo):
        await house.do.review.undo_last(REVIEWER)


async def test_a_merge_gives_its_target_what_it_lacked_and_undo_takes_it_away(house: House) -> None:
    [first, second] = await tasks_in(house)
    await approve(house, first)
    async with house.transactions.reading() as tx:
        [task] = await tx.tasks.list_of(PROJECT)
    target = Ref(Kind.TASK, task.id)
    await house.do.review.merge(second.id, target, REVIEWER, second.press_version)
    async with house.transactions.reading() as tx:
        richer = await tx.tasks.get(task.id)
    assert richer.whole_evidence.message_count == 2
    assert second.title in richer.whole.description
    await house.do.review.undo(second.id, REVIEWER)
    async with house.transactions.reading() as tx:
        assert (await tx.tasks.get(task.id)).whole == task.whole


async def test_a_merge_into_a_pending_draft_follows_it_to_its_task(house: House) -> None:
    [first, second] = await tasks_in(house)
    target = Ref(Kind.PROPOSAL, first.id)
    await house.do.review.merge(second.id, target, REVIEWER, second.press_version)
    await approve(house, first)
    async with house.transactions.reading() as tx:
        [task] = await tx.tasks.list_of(PROJECT)
    assert task.whole_evidence.message_count == 2


async def test_a_merge_that_leads_back_to_itself_is_refused(house: House) -> None:
    [first, second] = await tasks_in(house)
    await house.do.review.merge(second.id, Ref(Kind.PROPOSAL, first.id), REVIEWER, second.press_version)
    with pytest.raises(MergeCycle):
        await house.do.review.merge(first.id, Ref(Kind.PROPOSAL, second.id), REVIEWER, first.press_version)


async def test_a_press_on_an_older_text_settles_nothing(house: House) -> None:
    [task, _] = await tasks_in(house)
    edited = await house.do.review.edit(
        task.id, a_task_draft(title="Another title"), REVIEWER, task.press_version
    )
    with pytest.raises(OldPress):
        await approve(house, task)
    decided = await approve(house, edited)
    assert decided.review is not None
    assert decided.review.was_edited


async def test_a_rejected_claim_stays_rejected_until_two_new_messages_support_it(
    house: House,
) -> None:
    [note] = await notes_in(house, "login is dead")
    await house.do.review.reject(note.id, REVIEWER, note.press_version)
    await house.do.review.explain(note.id, REVIEWER, Reason.TOO_VAGUE)
    house.clock.move(minutes=11)
    await house.do.runs.close_reviewed()
    await house.say("login is dead")
    again = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        assert await tx.proposals.list_of_run(again.id) == []
        [batch] = await tx.runs.list_batches(again.id)
    assert batch.dropped == {"rejected_before": 1}


async def test_a_bulk_act_is_undone_by_one_undo_and_approved_tasks_stay_with_their_notes(
    house: House,
) -> None:
    notes = await notes_in(house)
    act_id, count = await house.do.review.settle_all([one.id for one in notes], Bulk.APPROVE, REVIEWER)
    assert count == 2
    run = await house.run(Stage.TASKS)
    async with house.transactions.reading() as tx:
        [first, _] = await tx.proposals.list_of_run(run.id)
    await approve(house, first)
    undone = await house.do.review.undo_act(act_id, REVIEWER)
    assert undone.standing[0] == "T-1"
    async with house.transactions.reading() as tx:
        [kept] = await tx.knowledge.list_atoms(PROJECT)
        [task] = await tx.tasks.list_of(PROJECT)
    assert kept.id in first.sources
    assert task.name == "T-1"


async def test_keeping_a_list_keeps_the_ticked_drops_the_unticked_and_leaves_the_rest(
    house: House,
) -> None:
    notes = await notes_in(house, "login is dead", "export is broken", "push is late")
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT)
        assert run is not None
        [spot] = [s for s in await tx.spots.list_about(run.id) if isinstance(s.view, NotesList)]
    assert await house.do.notes.tick(spot.id, notes[0].number, REVIEWER) is False
    kept = await house.keep(spot.id, find_tasks=True)
    assert (kept.kept, kept.dropped, kept.left, kept.goes_on) == (2, 1, 0, True)
    await house.work()
    async with house.transactions.reading() as tx:
        view = (await tx.spots.get(spot.id)).view
        tasks = await tx.proposals.list_pending(PROJECT, kinds=frozenset({Kind.TASK}))
    assert isinstance(view, SessionCard)
    assert len(tasks) == 2
    assert view.at in {one.id for one in tasks}


async def test_a_session_moves_on_by_deciding_and_a_double_tap_decides_once(house: House) -> None:
    tasks = await tasks_in(house, "a is broken", "b is broken", "c is broken")
    await house.do.sessions.open(DIRECT, REVIEWER, project_id=None, stage=Stage.TASKS)
    async with house.transactions.reading() as tx:
        spots = await tx.spots.list_about(PROJECT)
        [spot] = [s for s in spots if isinstance(s.view, SessionCard)]
    first = tasks[0]
    press = OnCard(spot.id, first.press_version, REVIEWER)
    await house.do.sessions.approve(press)
    with pytest.raises(Refusal):
        await house.do.sessions.approve(press)
    async with house.transactions.reading() as tx:
        assert len(await tx.tasks.list_of(PROJECT)) == 1
        view = (await tx.spots.get(spot.id)).view
    assert isinstance(view, SessionCard)
    assert view.at == tasks[1].id


async def test_what_comes_back_to_a_closed_run_was_left_for_later(house: House) -> None:
    [note, _] = await notes_in(house)
    await approve(house, note)
    async with house.transactions.reading() as tx:
        run = await tx.runs.find_last(PROJECT)
    assert run is not None
    await house.do.runs.close(run.id, REVIEWER, CloseMode.CARRY)
    await house.do.review.undo(note.id, REVIEWER)
    assert (await now_of(house, note)).carried_at is not None


async def test_what_is_old_is_let_go_and_can_be_brought_back(house: House) -> None:
    notes = await notes_in(house)
    house.clock.move(days=15)
    assert await house.do.review.expire_old() == 3
    back = await house.do.review.bring_back(notes[0].id, REVIEWER)
    assert back.status is ProposalStatus.PENDING
