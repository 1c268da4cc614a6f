"""Presses: one answer each, one outcome a card, and nothing for who or what does not belong."""

from dataclasses import replace
from typing import Any

import pytest

from bot.view.payload import Verb, press_of
from core.domain.ids import MessageId, PersonId
from core.domain.person import Actor, Person, Role
from core.domain.proposal import Proposal, ProposalStatus, Reason
from core.domain.run import RunStatus, Stage
from core.domain.spot import (
    Delivery,
    DigestCard,
    NotesList,
    Panel,
    PendingList,
    Place,
    ProposalCard,
    RunCard,
    RunList,
    SessionCard,
    Spot,
    StatusCard,
    TaskCard,
    TaskFilter,
    TaskList,
)
from core.domain.task import Category, Priority, TaskDraft, TaskStatus
from core.services.chats.capture import CaptureKind, Wish
from tests.bot.hear.conftest import ANN, GROUP, MAX, OLYA, STRANGER, Room, direct, forged
from tests.builders import PROJECT, a_message

GONE = "This message is too old for its buttons. /pending shows what waits."
REVIEWER = Actor(PersonId(1), "@ann", Role.OWNER)
DIRECT = Place(GROUP.__class__(1), reader_id=PersonId(1))


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


async def test_a_press_twice_settles_once_and_the_second_is_told_who_and_when(room: Room) -> None:
    spot = await bug(room)
    data = payload(room, spot, Verb.APPROVE)
    assert await room.press(data, at=at(spot)) == "Approved → T-1"
    assert await room.press(data, at=at(spot)) == "Already approved by @ann at 09:00"
    async with room.transactions.reading() as tx:
        assert len(await tx.tasks.list_of(PROJECT)) == 1
    assert await room.waiting() == []


async def test_presses_that_come_together_settle_once(room: Room) -> None:
    spot = await bug(room)
    data = payload(room, spot, Verb.APPROVE)
    message = {"message_id": spot.message_id, "chat": direct(ANN), "date": 0}
    presses = [
        room.update(
            callback_query={
                "id": f"q{n}",
                "from": ANN,
                "message": message,
                "chat_instance": "1",
                "data": data,
            }
        )
        for n in range(8)
    ]
    await room.hear(*presses)
    told = [text for _, text in room.messenger.answers]
    assert sorted(told) == ["Already approved by @ann at 09:00"] * 7 + ["Approved → T-1"]


@pytest.mark.parametrize("by", [OLYA, STRANGER])
async def test_only_reviewers_decide(room: Room, by: dict[str, Any]) -> None:
    spot = await bug(room)
    moved = await _in_group(room, spot)
    told = await room.press(payload(room, spot, Verb.APPROVE), at=at(moved), by=by)
    assert told == "Only reviewers decide here. Ask @ann or /reviewers."
    assert (await proposal(room, spot)).status is ProposalStatus.PENDING


async def _in_group(room: Room, spot: Spot) -> Spot:
    """The same card, in the group."""
    async with room.transactions() as tx:
        await tx.spots.record(replace(spot, message_id=None, delivery=Delivery.DROPPED))
        moved = replace(spot, id=spot.id, chat_id=GROUP)
        await tx.spots.connection.exec_driver_sql("UPDATE spot SET chat_id = ?, reader_id = NULL", (GROUP,))
        await tx.spots.record(replace(moved, message_id=spot.message_id, delivery=Delivery.SHOWN))
    return moved


@pytest.mark.parametrize("data", ["", "nonsense", "a.0..AAAA", "zz.0..AAAAAAAAAAAAAAAAAAAAAA"])
async def test_what_is_no_payload_of_ours_does_nothing(room: Room, data: str) -> None:
    spot = await bug(room)
    assert await room.press(data, at=at(spot)) == GONE


async def test_a_payload_counts_only_on_its_own_card(room: Room) -> None:
    first, second = await bug(room, 900), await bug(room, 901, "Payments fail for everybody")
    data = payload(room, first, Verb.APPROVE)
    assert await room.press(data, at=at(second)) == GONE
    assert await room.press(data, at=(GROUP, first.message_id or 0)) == GONE
    assert (await proposal(room, first)).status is ProposalStatus.PENDING


async def test_a_press_on_a_message_no_longer_accessible_works_the_same(room: Room) -> None:
    spot = await bug(room)
    told = await room.press(payload(room, spot, Verb.APPROVE), at=at(spot), is_accessible=False)
    assert told == "Approved → T-1"


async def test_a_button_the_card_does_not_have_does_nothing(room: Room) -> None:
    spot = await bug(room)
    assert await room.press(forged(Verb.CLOSE_EXPIRE, spot), at=at(spot)) == GONE


async def test_a_press_on_an_older_text_settles_nothing_and_repaints(room: Room) -> None:
    spot = await bug(room)
    data = payload(room, spot, Verb.APPROVE)
    held = await proposal(room, spot)
    assert isinstance(held.content, TaskDraft)
    changed = replace(held.content, title="Login and payments are dead")
    await room.do.review.edit(held.id, changed, REVIEWER, held.press_version)
    assert (await room.press(data, at=at(spot))).startswith("This was an older text")
    assert (await proposal(room, spot)).status is ProposalStatus.PENDING
    await room.deliver()
    assert "Login and payments are dead" in room.shown(spot).card.html


async def test_a_copy_whose_sending_was_never_answered_is_adopted(room: Room) -> None:
    spot = await bug(room)
    data = payload(room, spot, Verb.APPROVE)
    async with room.transactions() as tx:
        await tx.spots.record(replace(spot, message_id=None, delivery=Delivery.UNKNOWN))
    assert await room.press(data, at=(1, 4711)) == "Approved → T-1"
    async with room.transactions.reading() as tx:
        adopted = await tx.spots.get(spot.id)
    assert (adopted.message_id, adopted.delivery) == (MessageId(4711), Delivery.SHOWN)


async def test_reject_undo_approve_in_the_chat(room: Room) -> None:
    spot = await bug(room)
    assert await room.tap(spot, Verb.REJECT) == "Rejected. Say why, if you like."
    assert await room.tap(spot, Verb.REASON, "too_vague") == "Noted: too vague"
    review = (await proposal(room, spot)).review
    assert review is not None
    assert review.reason is Reason.TOO_VAGUE
    assert await room.tap(spot, Verb.UNDO) == "Taken back"
    assert await room.tap(spot, Verb.APPROVE) == "Approved → T-1"


async def test_another_reason_is_taken_from_a_reply(room: Room) -> None:
    spot = await bug(room)
    await room.tap(spot, Verb.REJECT)
    assert await room.tap(spot, Verb.REASON, "other") == "Reply to this message with the reason"
    await reply(room, spot, "we dropped that client")
    review = (await proposal(room, spot)).review
    assert review is not None
    assert (review.reason, review.note) == (Reason.OTHER, "we dropped that client")


async def reply(room: Room, spot: Spot, text: str, by: dict[str, Any] = ANN) -> None:
    card = {"message_id": spot.message_id, "date": 1, "chat": direct(by), "text": "a card"}
    await room.say(text, by=by, chat=direct(by), reply_to_message=card)


async def test_a_title_is_changed_by_a_reply(room: Room) -> None:
    spot = await bug(room)
    assert await room.tap(spot, Verb.EDIT) == "Reply to this message with the new title"
    await reply(room, spot, "Login does nothing on iOS 17")
    assert (await proposal(room, spot)).title == "Login does nothing on iOS 17"
    assert (await room.last(ProposalCard)).view == ProposalCard((await proposal(room, spot)).id)


async def test_a_title_too_long_is_refused_in_a_sentence(room: Room) -> None:
    spot = await bug(room)
    await room.tap(spot, Verb.EDIT)
    await reply(room, spot, "x" * 300)
    assert (await room.notices())[-1].key == "refused"


async def test_a_reply_to_a_closed_card_is_ordinary_talk(room: Room) -> None:
    spot = await bug(room)
    await reply(room, spot, "looks right to me")
    assert (await proposal(room, spot)).title == "Login is dead on my iPhone"
    assert await room.notices() == []


async def test_merge_shows_the_nearest_previews_and_confirms(room: Room) -> None:
    first = await bug(room, 900, "Login is dead on my iPhone")
    await room.tap(first, Verb.APPROVE)
    second = await bug(room, 901, "Login is dead on my tablet")
    await room.tap(second, Verb.MERGE)
    await room.tap(second, Verb.PICK, "T-1")
    assert await room.tap(second, Verb.CONFIRM_MERGE) == "Merged into T-1"
    async with room.transactions.reading() as tx:
        task = await tx.tasks.find_by_number(PROJECT, 1)
    assert task is not None
    assert len(task.contributions) == 1


async def test_merge_searches_what_a_reply_says(room: Room) -> None:
    spot = await bug(room)
    await room.tap(spot, Verb.MERGE)
    await reply(room, spot, "payments")
    view = (await room.last(ProposalCard)).view
    assert isinstance(view, ProposalCard)
    assert (view.panel, view.query) == (Panel.MERGE, "payments")


@pytest.mark.parametrize(
    ("arg", "told"),
    [("hour", "Back 10:00"), ("tomorrow", "Back Wed 11 Nov 09:00"), ("week", "Back Mon 16 Nov 09:00")],
)
async def test_later_puts_off_and_off_has_it_back(room: Room, arg: str, told: str) -> None:
    spot = await bug(room)
    await room.tap(spot, Verb.LATER)
    assert await room.tap(spot, Verb.SNOOZE, arg) == told
    assert await room.tap(spot, Verb.SNOOZE, "off") == "It is back"
    held = await proposal(room, spot)
    assert held.snoozed_until == room.clock.now()


@pytest.mark.parametrize(
    ("panel", "verb", "arg", "told"),
    [
        ("priority", Verb.PRIORITY, "critical", "Priority: Critical"),
        ("category", Verb.CATEGORY, "feature", "Category: Feature"),
        ("due", Verb.DUE, "friday", "Due: Fri 13 Nov"),
        ("due", Verb.DUE, "none", "Due: No date"),
        ("owner", Verb.OWNER, "0", "Owner: Nobody yet"),
    ],
)
async def test_fields_are_edited_by_buttons(
    room: Room, panel: str, verb: Verb, arg: str, told: str
) -> None:
    spot = await bug(room)
    await room.tap(spot, Verb.EDIT)
    await room.tap(spot, Verb.PANEL, panel)
    assert await room.tap(spot, verb, arg) == told
    assert (await room.last(ProposalCard)).view == ProposalCard((await proposal(room, spot)).id)


async def test_what_was_edited_is_what_the_task_has(room: Room) -> None:
    spot = await bug(room)
    for panel, verb, arg in (("priority", Verb.PRIORITY, "critical"), ("category", Verb.CATEGORY, "chore")):
        await room.tap(spot, Verb.EDIT)
        await room.tap(spot, Verb.PANEL, panel)
        await room.tap(spot, verb, arg)
    await room.tap(spot, Verb.APPROVE)
    async with room.transactions.reading() as tx:
        task = await tx.tasks.find_by_number(PROJECT, 1)
    assert task is not None
    assert (task.draft.priority, task.draft.category) == (Priority.CRITICAL, Category.CHORE)


@pytest.mark.parametrize("verb", [Verb.MORE, Verb.SOURCES, Verb.HISTORY])
async def test_looking_opens_and_goes_back(room: Room, verb: Verb) -> None:
    spot = await bug(room)
    await room.tap(spot, Verb.MORE)
    if verb is not Verb.MORE:
        await room.tap(spot, verb)
    assert await room.tap(spot, Verb.BACK) == ""
    assert (await room.last(ProposalCard)).view == ProposalCard((await proposal(room, spot)).id)


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
    assert await room.tap(spot, Verb.SKIP) == ""
    assert (await room.tap(spot, Verb.APPROVE)).startswith("Approved → T-")
    assert await room.tap(spot, Verb.REJECT) == "Rejected. Say why, if you like."
    assert await room.tap(spot, Verb.LATER) == ""
    assert (await room.tap(spot, Verb.SNOOZE, "hour")) == "Back 10:00"


async def test_a_session_approves_the_sure_ones_after_a_list(room: Room) -> None:
    spot = await session(room, "Login is dead", "Payments are dead", "Search is dead")
    assert await room.tap(spot, Verb.APPROVE_CONFIDENT) == ""
    assert await room.tap(spot, Verb.CONFIRM) == "3 approved"
    assert await room.tap(spot, Verb.UNDO_BULK) == "Taken back"
    async with room.transactions.reading() as tx:
        assert await tx.tasks.list_of(PROJECT) == []


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
    moved = await _in_group(room, spot)
    told = await room.press(forged(Verb.CLOSE_EXPIRE, spot), at=at(moved), by=OLYA)
    assert told.startswith("Only reviewers decide here")


async def test_review_in_a_group_opens_the_direct_chat(room: Room) -> None:
    spot = await run_card(room)
    moved = await _in_group(room, spot)
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
    assert (await room.last(TaskList)).view == TaskList(PROJECT, TaskFilter.OVERDUE)
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


async def test_somebody_who_is_no_longer_administrator_decides_no_more(room: Room) -> None:
    async with room.transactions() as tx:
        project = await tx.projects.get(PROJECT)
        await tx.projects.save(replace(project, has_named_reviewers=False))
        await tx.people.put(Person(PersonId(8), "Max", "max", has_direct_chat=True))
        await tx.people.put_administrators(GROUP, [PersonId(1), PersonId(8)], room.clock.now())
    await bug(room)
    theirs = next(spot for spot in await room.spots(ProposalCard) if spot.chat_id == 8)
    data = payload(room, theirs, Verb.APPROVE)
    room.clock.move(minutes=6)
    assert (await room.press(data, at=at(theirs), by=MAX)).startswith("Only reviewers decide here")


async def test_a_merge_into_what_does_not_exist_is_refused(room: Room) -> None:
    spot = await bug(room)
    held = await proposal(room, spot)
    told = await room.press(forged(Verb.PICK, spot, held.press_version, "T-99"), at=at(spot))
    assert told.startswith("I know no task")
