"""Every fate of a send or edit has its answer."""

from datetime import timedelta

import pytest

from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.showing.spot import Delivery, Place, Spot, Urgency
from core.domain.showing.view import ProposalCard
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


FIRST = MessageKey(DIRECT.chat_id, MessageId(77))
"""Where the copy stands whose send was never answered."""


async def adopt(screen: Screen, spot: Spot) -> None:
    """What a press on the first copy does."""
    assert await screen.do.acting.claimed(await screen.spot(spot), FIRST) is not None


async def sent_in_vain(screen: Screen) -> Spot:
    """A spot whose first copy stands and is due to be sent again."""
    screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)]
    spot = await screen.show(HELP)
    await screen.deliver()
    screen.messenger.messages[FIRST.chat_id, FIRST.message_id] = Sent(FIRST.chat_id, Card("as sent"))
    screen.house.clock.move(seconds=5)
    return spot


async def test_a_press_that_adopts_the_unknown_copy_ends_the_resending(screen: Screen) -> None:
    spot = await sent_in_vain(screen)
    await adopt(screen, spot)
    await screen.deliver()
    assert (await screen.spot(spot)).message_id == FIRST.message_id
    assert [sent.edits for sent in screen.standing()] == [1]


async def test_a_copy_that_arrives_after_the_other_was_adopted_says_see_above(screen: Screen) -> None:
    spot = await sent_in_vain(screen)
    screen.messenger.during = lambda: adopt(screen, spot)
    await screen.deliver()
    shown = await screen.spot(spot)
    assert (shown.message_id, shown.delivery) == (FIRST.message_id, Delivery.SHOWN)
    [first, second] = screen.standing()
    assert "/tasks" in first.card.html
    assert second.card == Card("☝️ This came twice. See above.")


async def test_a_resend_that_fails_after_the_other_was_adopted_leaves_it(screen: Screen) -> None:
    spot = await sent_in_vain(screen)
    screen.messenger.during = lambda: adopt(screen, spot)
    screen.messenger.fates = [Outcome(Fate.MAYBE_SENT)]
    await screen.deliver()
    [first] = screen.standing()
    assert "/tasks" in first.card.html
    assert (await screen.spot(spot)).message_id == FIRST.message_id


async def test_a_press_on_the_copy_that_is_not_the_card_turns_it_into_see_below(screen: Screen) -> None:
    spot = await sent_in_vain(screen)
    await screen.deliver()
    for _ in range(2):
        assert await screen.do.acting.claimed(await screen.spot(spot), FIRST) is None
        await screen.deliver()
    [first, second] = screen.standing()
    assert first.card == Card("👇 This came twice. See below.")
    assert first.edits == 1
    assert screen.at(await screen.spot(spot)) is second


async def test_the_message_of_another_card_is_no_copy(screen: Screen) -> None:
    other = await screen.show(HELP)
    await screen.deliver()
    place = MessageKey(DIRECT.chat_id, (await screen.spot(other)).message_id or MessageId(0))
    unsent = await screen.show(HELP)
    for _ in range(2):
        assert await screen.do.acting.claimed(await screen.spot(unsent), place) is None
        await screen.deliver()
    assert [sent.edits for sent in screen.standing()] == [0, 0]


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
