"""Every fate of a send or edit has its answer."""

from datetime import timedelta

import pytest

from core.domain.ids import ChatId, MessageId
from core.domain.spot import Delivery, Place, ProposalCard, Urgency
from core.ports.chat import Card, Fate, Outcome
from tests.builders import GROUP, PROJECT, a_proposal
from tests.fakes import Sent
from tests.house import ANN, DIRECT, REVIEWER
from tests.services.showing.conftest import HELP, Screen, add, approve, show_card


async def test_wait_tries_again_after_the_wait(screen: Screen) -> None:
    screen.messenger.fates.append(Outcome(Fate.WAIT, wait_seconds=7))
    spot = await screen.show(HELP)
    await screen.deliver()
    waiting = await screen.spot(spot)
    assert waiting.not_before == screen.house.clock.now() + timedelta(seconds=7)
    assert waiting.attempts == 1
    screen.house.clock.move(seconds=6)
    assert not await screen.delivery.step()
    screen.house.clock.move(seconds=1)
    await screen.deliver()
    assert len(screen.standing()) == 1


async def test_not_sent_is_tried_for_ever_but_ever_more_seldom(screen: Screen) -> None:
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


async def test_a_lost_answer_to_a_send_is_resent_once_and_then_left_to_a_press(screen: Screen) -> None:
    screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)] * 2
    spot = await screen.show(HELP)
    for _ in range(4):
        await screen.deliver()
        screen.house.clock.move(minutes=10)
    assert screen.messenger.calls == 2
    unknown = await screen.spot(spot)
    assert (unknown.delivery, unknown.message_id) == (Delivery.UNKNOWN, None)


async def test_a_resend_that_arrives_is_the_message_from_then_on(screen: Screen) -> None:
    screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)]
    spot = await screen.show(HELP)
    await screen.deliver()
    assert (await screen.spot(spot)).delivery is Delivery.UNKNOWN
    screen.house.clock.move(seconds=5)
    await screen.deliver()
    shown = await screen.spot(spot)
    assert shown.delivery is Delivery.SHOWN
    assert screen.at(shown).card.html


async def test_a_press_that_adopts_the_unknown_copy_ends_the_resending(screen: Screen) -> None:
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


async def test_a_lost_answer_to_an_edit_is_simply_edited_again(screen: Screen) -> None:
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


async def test_a_deleted_message_is_let_go_and_the_item_stays(screen: Screen) -> None:
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


async def test_a_chat_that_is_gone_is_marked_and_gets_nothing_more(screen: Screen) -> None:
    screen.messenger.fates = [Outcome(Fate.CHAT_GONE)]
    spots = [await screen.show(HELP) for _ in range(3)]
    await screen.deliver()
    assert screen.messenger.calls == 1
    assert {(await screen.spot(spot)).delivery for spot in spots} == {Delivery.DROPPED}
    async with screen.house.transactions.reading() as tx:
        person = await tx.people.find(ANN)
    assert person is not None
    assert not person.has_direct_chat


async def test_a_group_that_is_gone_is_marked_blocked(screen: Screen) -> None:
    screen.messenger.fates = [Outcome(Fate.CHAT_GONE)]
    await screen.show(HELP, Place(GROUP))
    await screen.deliver()
    async with screen.house.transactions.reading() as tx:
        assert (await tx.chats.get(GROUP)).is_blocked


async def test_a_group_that_moved_is_followed(screen: Screen) -> None:
    moved = ChatId(-100777)
    screen.messenger.fates = [Outcome(Fate.MIGRATED, migrated_to=moved)]
    spot = await screen.show(HELP, Place(GROUP))
    await screen.deliver()
    shown = await screen.spot(spot)
    assert (shown.chat_id, shown.delivery) == (moved, Delivery.SHOWN)
    assert len(screen.standing(moved)) == 1


async def test_a_message_left_behind_by_a_move_is_sent_anew(screen: Screen) -> None:
    moved = ChatId(-100777)
    proposal = await add(screen, a_proposal())
    async with screen.house.transactions() as tx:
        view = ProposalCard(proposal.id)
        about = {proposal.id}
        spot = await screen.do.placing.show(tx, view, Place(GROUP), about=about, urgency=Urgency.CARD)
    await screen.deliver()
    await approve(screen, proposal)
    screen.messenger.fates = [Outcome(Fate.MIGRATED, migrated_to=moved)]
    await screen.deliver()
    shown = await screen.spot(spot)
    assert (shown.chat_id, shown.delivery) == (moved, Delivery.SHOWN)
    assert screen.at(shown).edits == 0
    assert "approved" in screen.at(shown).card.html


async def test_what_arrives_while_the_group_moves_is_sent_anew(screen: Screen) -> None:
    async def move() -> None:
        async with screen.house.transactions() as tx:
            await tx.chats.migrate(GROUP, ChatId(-100777))

    screen.messenger.during = move
    spot = await screen.show(HELP, Place(GROUP))
    await screen.deliver()
    shown = await screen.spot(spot)
    assert (shown.chat_id, shown.delivery) == (ChatId(-100777), Delivery.SHOWN)
    assert len(screen.standing(ChatId(-100777))) == 1


async def test_a_refused_card_is_sent_once_as_plain_text(screen: Screen) -> None:
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
    screen: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    screen.messenger.fates = [Outcome(Fate.REFUSED, detail="no")] * 2
    spot = await screen.show(HELP)
    for _ in range(4):
        await screen.deliver()
        screen.house.clock.move(seconds=5)
    assert (await screen.spot(spot)).delivery is Delivery.DROPPED
    assert screen.messenger.calls == 2
    assert f"HelpCard {spot.id}" in caplog.text
