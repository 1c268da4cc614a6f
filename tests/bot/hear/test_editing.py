"""Editing by replying to a card: plain words, the difference, one tap."""

import pytest

from bot.view.payload import Verb
from core.domain.ids import PersonId
from core.domain.person import Installation, Role
from core.domain.proposal import ProposalStatus
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Spot
from core.domain.showing.view import ProposalCard, SessionCard
from core.domain.task import Priority, TaskDraft
from tests.bot.hear.cards import at, bug, payload, proposal, reply
from tests.bot.hear.conftest import ANN, BOT_ID, Room, direct, forged
from tests.builders import PROJECT


async def draft(room: Room, spot: Spot) -> TaskDraft:
    content = (await proposal(room, spot)).content
    assert isinstance(content, TaskDraft)
    return content


async def told(room: Room, spot: Spot) -> str:
    await room.deliver()
    return room.shown(await room.last(type(spot.view))).card.html


async def test_a_reply_shows_the_difference_and_changes_nothing_yet(room: Room) -> None:
    spot = await bug(room)
    await reply(room, spot, "make it critical, due Friday, give it to Olya, whatever the weather")
    shown = await told(room, spot)
    assert "priority Medium → Critical" in shown
    assert "due → Fri 13 Nov" in shown
    assert "owner → Olya" in shown
    assert "I did not understand: “whatever the weather”" in shown
    assert (await draft(room, spot)).priority is Priority.MEDIUM


async def test_apply_and_approve_is_one_tap(room: Room) -> None:
    spot = await bug(room)
    await reply(room, spot, "make it critical and give it to Olya")
    assert await room.tap(spot, Verb.APPLY, "approve") == "Approved → T-1"
    async with room.transactions.reading() as tx:
        task = await tx.tasks.find_by_number(PROJECT, 1)
    assert task is not None
    assert task.draft.priority is Priority.CRITICAL
    assert task.draft.assignee is not None
    assert (task.draft.assignee.name, task.draft.assignee.has_agreed) == ("Olya", False)
    settled = await proposal(room, spot)
    assert settled.review is not None
    assert settled.review.was_edited


async def test_apply_leaves_it_pending_and_history_tells_what_was_and_what_is(room: Room) -> None:
    spot = await bug(room)
    await reply(room, spot, "rename to Login fails on iOS 17")
    assert await room.tap(spot, Verb.APPLY, "only") == "Changed"
    changed = await proposal(room, spot)
    assert (changed.status, changed.title) == (ProposalStatus.PENDING, "Login fails on iOS 17")
    await room.tap(spot, Verb.MORE)
    await room.tap(spot, Verb.HISTORY)
    assert "title Login is dead on my iPhone → Login fails on iOS 17" in await told(room, spot)


async def test_cancel_leaves_everything_as_it_was(room: Room) -> None:
    spot = await bug(room)
    await reply(room, spot, "make it critical")
    await room.tap(spot, Verb.BACK)
    assert (await draft(room, spot)).priority is Priority.MEDIUM
    assert (await room.last(ProposalCard)).view == ProposalCard((await proposal(room, spot)).id)


async def test_a_change_shown_before_another_one_is_not_applied(room: Room) -> None:
    spot = await bug(room)
    await reply(room, spot, "make it critical")
    await room.deliver()
    data = payload(room, spot, Verb.APPLY)
    await reply(room, spot, "make it low")
    older = await room.press(data, at=at(spot))
    assert older.startswith("This was an older text")
    assert (await draft(room, spot)).priority is Priority.MEDIUM


async def test_a_change_nobody_asked_for_is_not_applied(room: Room) -> None:
    spot = await bug(room)
    pressed = await room.press(forged(Verb.APPLY, spot, 7), at=at(spot))
    assert pressed.startswith("This was an older text")


@pytest.mark.parametrize("text", ["looks right to me", "is it high?", "thanks"])
async def test_a_reply_that_asks_for_no_change_is_ordinary_talk(room: Room, text: str) -> None:
    spot = await bug(room)
    await reply(room, spot, text)
    view = (await room.last(ProposalCard)).view
    assert isinstance(view, ProposalCard)
    assert (view.panel, view.patch) == (Panel.MAIN, None)


async def test_words_that_name_no_field_are_a_title_where_the_card_asked(room: Room) -> None:
    spot = await bug(room)
    assert await room.tap(spot, Verb.EDIT) == "Tap a field, or reply in plain words"
    await reply(room, spot, "Login does nothing")
    assert "title Login is dead on my iPhone → Login does nothing" in await told(room, spot)


async def test_who_does_not_decide_changes_nothing(room: Room) -> None:
    spot = await bug(room)
    async with room.transactions() as tx:
        await tx.people.set_role(PROJECT, PersonId(1), Role.MEMBER)
        await tx.installations.put(Installation(BOT_ID, owner_id=PersonId(2)))
    await reply(room, spot, "make it critical")
    view = (await room.last(ProposalCard)).view
    assert isinstance(view, ProposalCard)
    assert view.patch is None


async def test_a_session_edits_the_card_in_front(room: Room) -> None:
    await bug(room, 900, "Login is dead")
    await bug(room, 901, "Payments are dead")
    await room.say("/review tasks", by=ANN, chat=direct(ANN))
    await room.deliver()
    spot = await room.last(SessionCard)
    await reply(room, spot, "make it critical")
    assert "priority Medium → Critical" in await told(room, spot)
    assert (await room.tap(spot, Verb.APPLY, "approve")) == "Approved → T-1"
    view = (await room.last(SessionCard)).view
    assert isinstance(view, SessionCard)
    assert (view.settled, view.panel, view.patch) == (1, Panel.MAIN, None)
