"""Buttons of each family of cards: lists, sessions, runs, tasks, digests."""

from dataclasses import replace

import pytest

from bot.view.payload import Verb
from core.domain.ids import Kind, PersonId, Ref
from core.domain.knowledge import AtomDraft
from core.domain.run import RunStatus, Stage
from core.domain.showing.spot import Spot
from core.domain.showing.view import (
    DigestCard,
    NotesList,
    PendingList,
    ProposalCard,
    RunCard,
    RunList,
    SessionCard,
    StatusCard,
    TaskCard,
    TaskFilter,
    TaskList,
)
from core.domain.task import TaskStatus
from tests.bot.hear.cards import DIRECT, REVIEWER, at, bug, in_group, payload, proposal
from tests.bot.hear.conftest import ANN, OLYA, Room, direct, forged
from tests.builders import PROJECT


async def notes(room: Room, *texts: str) -> Spot:
    """A run's list of notes in Ann's direct chat."""
    for text in texts:
        await room.say(text)
    room.clock.move(minutes=1)
    await room.do.runs.offer(PROJECT, Stage.KNOWLEDGE, None, REVIEWER, DIRECT)
    await room.work()
    await room.deliver()
    return await room.last(NotesList)


async def test_notes_are_ticked_kept_and_taken_back(room: Room) -> None:
    spot = await notes(room, "Login is dead on my iPhone", "We ship on Thursday, that is decided")
    await room.tap(spot, Verb.TICK, "2")
    assert await room.tap(spot, Verb.KEEP) == "Kept 1, dropped 1"
    assert await room.tap(spot, Verb.UNDO) == "Taken back"
    async with room.transactions.reading() as tx:
        assert await tx.knowledge.list_atoms(PROJECT) == []


@pytest.mark.parametrize("verb", [Verb.KEEP, Verb.KEEP_AND_FIND])
async def test_a_keep_of_an_older_list_settles_nothing_and_shows_the_new_one(
    room: Room, verb: Verb
) -> None:
    spot = await notes(room, "Login is dead on my iPhone", "We ship on Thursday, that is decided")
    older = payload(room, spot, verb)
    await edit_title(room, await room.do.acting.numbered(PROJECT, Kind.PROPOSAL, 2), "Signing in is dead")
    assert (await room.press(older, at=at(spot))).startswith("This was an older text")
    async with room.transactions.reading() as tx:
        assert await tx.knowledge.list_atoms(PROJECT) == []
    await room.deliver()
    assert "Signing in is dead" in room.shown(spot).card.html
    assert "Kept 2" in await room.press(payload(room, spot, verb), at=at(spot))


async def edit_title(room: Room, note: Ref, title: str) -> None:
    async with room.transactions.reading() as tx:
        proposal = await tx.proposals.get(note.id)
    assert isinstance(proposal.content, AtomDraft)
    changed = replace(proposal.content, title=title)
    await room.do.review.edit(proposal.id, changed, REVIEWER, proposal.press_version)


async def test_keep_and_find_goes_on_with_the_tasks_in_the_same_message(room: Room) -> None:
    spot = await notes(room, "Login is dead on my iPhone")
    assert await room.tap(spot, Verb.KEEP_AND_FIND) == "Kept 1. Looking for tasks…"
    await room.work()
    await room.deliver()
    async with room.transactions.reading() as tx:
        went_on = await tx.spots.get(spot.id)
    assert isinstance(went_on.view, SessionCard)
    assert await room.tap(went_on, Verb.APPROVE) == "Approved → T-1"
    assert await room.tap(went_on, Verb.UNDO_BULK) != ""


async def test_a_line_opens_its_own_card(room: Room) -> None:
    spot = await notes(room, "Login is dead on my iPhone")
    await room.tap(spot, Verb.MORE)
    assert await room.tap(spot, Verb.OPEN) == "Shown below"
    card = await room.last(ProposalCard)
    assert await room.tap(card, Verb.APPROVE) == "Kept"


async def session(room: Room, *texts: str) -> Spot:
    for number, text in enumerate(texts):
        await bug(room, 900 + number, text)
    await room.say("/review tasks", by=ANN, chat=direct(ANN))
    await room.deliver()
    return await room.last(SessionCard)


async def test_a_session_goes_through_what_waits(room: Room) -> None:
    spot = await session(room, "Login is dead", "Payments are dead", "Search is dead")
    assert await room.tap(spot, Verb.NEXT) == ""
    assert await room.tap(spot, Verb.PREVIOUS) == ""
    assert (await room.tap(spot, Verb.APPROVE)).startswith("Approved → T-")
    assert await room.tap(spot, Verb.REJECT) == "Rejected"
    assert await room.tap(spot, Verb.LATER) == ""
    assert (await room.tap(spot, Verb.SNOOZE, "hour")) == "Back 10:00"


async def test_a_session_approves_the_sure_ones_after_a_list(room: Room) -> None:
    spot = await session(room, "Login is dead", "Payments are dead", "Search is dead")
    assert await room.tap(spot, Verb.BULK, "sure") == ""
    assert await room.tap(spot, Verb.CONFIRM) == "3 approved"
    assert await room.tap(spot, Verb.UNDO_BULK) == "Taken back"
    async with room.transactions.reading() as tx:
        assert await tx.tasks.list_of(PROJECT) == []


async def test_approving_the_sure_ones_of_an_older_list_approves_none(room: Room) -> None:
    spot = await session(room, "Login is dead", "Payments are dead", "Search is dead")
    await room.tap(spot, Verb.BULK, "sure")
    await room.deliver()
    older = payload(room, spot, Verb.CONFIRM)
    await bug(room, 950, "Uploads are dead")
    assert (await room.press(older, at=at(spot))).startswith("This was an older text")
    async with room.transactions.reading() as tx:
        assert await tx.tasks.list_of(PROJECT) == []
    await room.deliver()
    assert await room.press(payload(room, spot, Verb.CONFIRM), at=at(spot)) == "4 approved"


async def test_a_session_is_sorted_another_way(room: Room) -> None:
    spot = await session(room, "Login is dead", "Payments are dead", "Search is dead")
    assert await room.tap(spot, Verb.ORDER) == ""
    view = (await room.last(SessionCard)).view
    assert isinstance(view, SessionCard)
    assert view.order == "uncertain"


async def test_a_press_on_the_card_a_session_left_settles_nothing(room: Room) -> None:
    spot = await session(room, "Login is dead", "Payments are dead")
    data = payload(room, spot, Verb.APPROVE)
    await room.press(data, at=at(spot))
    assert (await room.press(data, at=at(spot))).startswith("This was an older text")
    async with room.transactions.reading() as tx:
        assert len(await tx.tasks.list_of(PROJECT)) == 1


async def run_card(room: Room, stage: Stage = Stage.KNOWLEDGE) -> Spot:
    await notes(room, "Login is dead on my iPhone")
    return await room.last(RunCard)


async def test_a_run_is_closed_leaving_what_waits_for_later(room: Room) -> None:
    spot = await run_card(room)
    await room.tap(spot, Verb.CLOSE)
    assert await room.tap(spot, Verb.CLOSE_KEEP) == "It stays open"
    await room.tap(spot, Verb.CLOSE)
    assert (await room.tap(spot, Verb.CLOSE_CARRY)).startswith("R-1 is closed, ")
    async with room.transactions.reading() as tx:
        run = await tx.runs.find_by_number(PROJECT, 1)
    assert run is not None
    assert run.status is RunStatus.CLOSED


async def test_a_run_is_closed_letting_go_what_waits(room: Room) -> None:
    spot = await run_card(room)
    await room.tap(spot, Verb.CLOSE)
    assert await room.tap(spot, Verb.CLOSE_EXPIRE) == "R-1 is closed"


async def test_a_member_may_not_close(room: Room) -> None:
    spot = await run_card(room)
    moved = await in_group(room, spot)
    told = await room.press(forged(Verb.CLOSE_EXPIRE, spot), at=at(moved), by=OLYA)
    assert told.startswith("Only reviewers decide here")


async def test_review_in_a_group_opens_the_direct_chat(room: Room) -> None:
    spot = await run_card(room)
    moved = await in_group(room, spot)
    assert (
        await room.press(forged(Verb.REVIEW, spot), at=at(moved))
        == "https://t.me/triagram_bot?start=review"
    )


async def test_review_in_direct_chat_opens_the_session(room: Room) -> None:
    spot = await run_card(room)
    assert await room.tap(spot, Verb.REVIEW) == ""
    assert (await room.last(SessionCard)).chat_id == 1


async def a_task(room: Room) -> Spot:
    spot = await bug(room)
    await room.tap(spot, Verb.APPROVE)
    await room.say("/task T-1", by=ANN, chat=direct(ANN))
    await room.deliver()
    return await room.last(TaskCard)


async def test_a_task_is_moved_taken_given_and_dated(room: Room) -> None:
    spot = await a_task(room)
    assert await room.tap(spot, Verb.TAKE) == "T-1 is yours"
    assert await room.tap(spot, Verb.STATUS, "in_progress") == "T-1: in progress"
    await room.tap(spot, Verb.PANEL, "due")
    assert await room.tap(spot, Verb.DUE, "tomorrow") == "Due: Wed 11 Nov"
    await room.tap(spot, Verb.PANEL, "owner")
    assert await room.tap(spot, Verb.OWNER, "0") == "Owner: Nobody yet"
    assert await room.tap(spot, Verb.STATUS, "done") == "T-1: done"
    async with room.transactions.reading() as tx:
        task = await tx.tasks.find_by_number(PROJECT, 1)
    assert task is not None
    assert (task.status, task.draft.assignee) == (TaskStatus.DONE, None)


async def test_a_step_a_task_cannot_take_is_told(room: Room) -> None:
    spot = await a_task(room)
    data = payload(room, spot, Verb.STATUS)
    done = data.replace("in_progress", "done")
    await room.press(done, at=at(spot))
    assert (await room.press(done, at=at(spot))).startswith("T-1 is done already")


async def test_lists_page_filter_and_open(room: Room) -> None:
    await a_task(room)
    await room.say("/tasks", by=ANN, chat=direct(ANN))
    spot = await room.last(TaskList)
    await room.tap(spot, Verb.FILTER, "overdue")
    assert (await room.last(TaskList)).view == TaskList(PROJECT, TaskFilter.OVERDUE, asker=PersonId(1))
    await room.tap(spot, Verb.FILTER, "open")
    assert await room.tap(spot, Verb.OPEN) == "Shown below"
    assert isinstance((await room.last(TaskCard)).view, TaskCard)


async def test_what_was_let_go_is_brought_back(room: Room) -> None:
    spot = await bug(room)
    held = await proposal(room, spot)
    async with room.transactions() as tx:
        await room.do.review.settling.expire(tx, held, room.do.review.settling.nobody())
    await room.say("/pending expired", by=ANN, chat=direct(ANN))
    listed = await room.last(PendingList)
    assert await room.tap(listed, Verb.BRING_BACK) == "P-1 waits for a decision again"
    await room.tap(listed, Verb.FILTER, "pending")
    assert await room.tap(listed, Verb.OPEN) == "Shown below"


async def test_the_status_card_starts_what_comes_next(room: Room) -> None:
    await room.say("Login is dead on my iPhone")
    await room.say("/status", by=ANN, chat=direct(ANN))
    assert await room.tap(await room.last(StatusCard), Verb.READ_NEW) == "Shown below"
    assert (await room.last(RunCard)).chat_id == 1


async def test_runs_are_opened_from_their_list(room: Room) -> None:
    await run_card(room)
    await room.say("/runs", by=ANN, chat=direct(ANN))
    assert await room.tap(await room.last(RunList), Verb.OPEN) == "Shown below"


async def test_the_digest_is_shared_paused_and_voted_on(room: Room) -> None:
    await run_card(room)
    await room.say("/digest now", by=ANN, chat=direct(ANN))
    spot = await room.last(DigestCard)
    assert await room.tap(spot, Verb.THUMBS_UP) == "Thank you"
    assert await room.tap(spot, Verb.SHARE) == "The digest now also comes to the group"
    assert await room.tap(spot, Verb.PAUSE_WEEK) == "No digest for a week"
