"""Presses: one answer each, one outcome a card, and nothing for who or what does not belong."""

from dataclasses import replace
from typing import Any

import pytest

from bot.view.payload import Verb
from core.domain.ids import MessageId, PersonId
from core.domain.person import Person
from core.domain.proposal import ProposalStatus, Reason
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Delivery
from core.domain.showing.view import ProposalCard
from core.domain.task import Category, Priority, TaskDraft
from core.ports.chat import Card
from tests.bot.hear.cards import REVIEWER, at, bug, in_group, payload, proposal, reply
from tests.bot.hear.conftest import ANN, GROUP, MAX, OLYA, STRANGER, Room, direct, forged
from tests.builders import PROJECT
from tests.fakes import Sent

GONE = "This message is too old for its buttons. /pending shows what waits."


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
    moved = await in_group(room, spot)
    told = await room.press(payload(room, spot, Verb.APPROVE), at=at(moved), by=by)
    assert told == "Only reviewers decide here. Ask @ann or /reviewers."
    assert (await proposal(room, spot)).status is ProposalStatus.PENDING


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


async def test_a_press_on_an_older_copy_is_answered_and_turns_it_into_see_below(room: Room) -> None:
    spot = await bug(room)
    copy = MessageId((spot.message_id or 0) - 500)
    room.messenger.messages[spot.chat_id, copy] = Sent(spot.chat_id, room.shown(spot).card)
    assert await room.press(payload(room, spot, Verb.APPROVE), at=(spot.chat_id, copy)) == GONE
    assert (await proposal(room, spot)).status is ProposalStatus.PENDING
    await room.deliver()
    assert room.messenger.messages[spot.chat_id, copy].card == Card("👇 This came twice. See below.")
    assert await room.tap(spot, Verb.APPROVE) == "Approved → T-1"


async def test_reject_undo_approve_in_the_chat(room: Room) -> None:
    spot = await bug(room)
    assert await room.tap(spot, Verb.REJECT) == "Rejected"
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


async def test_a_title_is_changed_by_a_reply(room: Room) -> None:
    spot = await bug(room)
    await room.tap(spot, Verb.EDIT)
    assert await room.tap(spot, Verb.PANEL, "title") == "Reply to this message with the new title"
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
