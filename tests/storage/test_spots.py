"""Spots: due when what is wanted differs from what stands, leased by one painter at a time."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.domain.ids import ChatId, Kind, MessageId, PersonId, Ref, ThreadId
from core.domain.showing.spot import Delivery, Spot, Urgency
from core.domain.showing.view import Notice, ProposalCard
from core.errors import NotFound
from storage.unit_of_work import SqlTransactions, SqlUnitOfWork
from tests.storage.making import CHAT, NOON, StillClock, a_spot, minutes, new_id

LEASE = NOON + minutes(1)
LATER = NOON + minutes(5)
NOBODY: frozenset[ChatId] = frozenset()


async def _lease(
    tx: SqlUnitOfWork, now: datetime = NOON, limit: int = 9, resting: frozenset[ChatId] = NOBODY
) -> list[Spot]:
    return await tx.spots.lease_due(now, now + minutes(1), limit, resting)


async def _add(tx: SqlUnitOfWork, *spots: Spot) -> None:
    for spot in spots:
        await tx.spots.add(spot)


def _shown(**fields: Any) -> Spot:
    """A spot that stands as wanted."""
    standing: dict[str, Any] = {
        "message_id": MessageId(5), "delivery": Delivery.SHOWN, "painted": 1, "painted_hash": "h",
    }  # fmt: skip
    return a_spot(**{**standing, **fields})


async def test_a_spot_comes_back_whole(transactions: SqlTransactions) -> None:
    spot = a_spot(
        view=ProposalCard(new_id(), target=Ref(Kind.TASK, new_id())),
        about=frozenset({new_id(), new_id()}),
        reader_id=PersonId(3),
        thread_id=ThreadId(4),
        reply_to=MessageId(5),
        message_id=MessageId(6),
        urgency=Urgency.CARD,
        repaint_at=LATER,
        not_before=NOON,
        lease_until=LEASE,
    )
    async with transactions() as tx:
        await _add(tx, spot)
        assert await tx.spots.get(spot.id) == spot
        assert await tx.spots.find_at(CHAT, MessageId(6)) == spot
        assert await tx.spots.find_at(CHAT, MessageId(7)) is None
        assert await tx.spots.find(new_id()) is None
        for missing in (tx.spots.get(new_id()), tx.spots.put(a_spot()), tx.spots.record(a_spot())):
            with pytest.raises(NotFound):
                await missing


@pytest.mark.parametrize(
    ("spot", "is_due"),
    [
        (a_spot(), True),
        (_shown(), False),
        (_shown(wanted=2), True),
        (_shown(repaint_at=NOON), True),
        (_shown(repaint_at=LATER), False),
        (a_spot(not_before=NOON), True),
        (a_spot(not_before=LATER), False),
        (a_spot(lease_until=NOON), True),
        (a_spot(lease_until=LATER), False),
        (a_spot(delivery=Delivery.DROPPED), False),
        (_shown(delivery=Delivery.DROPPED, repaint_at=NOON), False),
        (a_spot(delivery=Delivery.UNKNOWN), True),
        (a_spot(chat_id=ChatId(-9)), False),
    ],
    ids=[
        "new", "as wanted", "wanted again", "repaint now", "repaint later", "not before now",
        "not before later", "lease over", "leased", "dropped", "dropped with repaint", "unknown", "resting",
    ],
)  # fmt: skip
async def test_due_is_what_differs_and_may_be_painted_now(
    transactions: SqlTransactions, spot: Spot, *, is_due: bool
) -> None:
    async with transactions() as tx:
        await _add(tx, spot)
        leased = await _lease(tx, resting=frozenset({ChatId(-9)}))
    assert leased == ([replace(spot, lease_until=LEASE)] if is_due else [])


async def test_each_chat_gives_its_most_urgent_and_oldest(transactions: SqlTransactions) -> None:
    other = ChatId(-2)
    late = a_spot("late", created_at=NOON + minutes(2))
    early = a_spot("early", created_at=NOON + minutes(1))
    progress = a_spot("progress", urgency=Urgency.PROGRESS)
    elsewhere = a_spot("elsewhere", chat_id=other, urgency=Urgency.SETTLED)
    async with transactions() as tx:
        await _add(tx, late, elsewhere, early, progress)
        assert [spot.id for spot in await _lease(tx)] == [early.id, elsewhere.id]
        assert [spot.id for spot in await _lease(tx)] == [late.id]
        assert [spot.id for spot in await _lease(tx)] == [progress.id]
        assert await _lease(tx) == []


async def test_a_limit_takes_the_most_urgent_chats(transactions: SqlTransactions) -> None:
    spots = [a_spot(chat_id=ChatId(-one), urgency=Urgency(3 - one), created_at=NOON) for one in range(1, 4)]
    async with transactions() as tx:
        await _add(tx, *spots)
        assert [spot.id for spot in await _lease(tx, limit=2)] == [spots[2].id, spots[1].id]


async def test_a_painting_answers_what_was_wanted_when_it_was_leased(transactions: SqlTransactions) -> None:
    spot = a_spot()
    async with transactions() as tx:
        await _add(tx, spot)
        (leased,) = await _lease(tx)
        await tx.spots.put(spot.turned(Notice("other")))
        await tx.spots.record(leased.shown_as(MessageId(9), leased.wanted, "hash"))
        (again,) = await _lease(tx)
        assert (again.view, again.message_id, again.painted_hash) == (Notice("other"), 9, "hash")
        await tx.spots.record(again.shown_as(MessageId(9), again.wanted, "hash2"))
        assert await _lease(tx) == []


async def test_a_painting_answers_a_repaint_that_had_come(transactions: SqlTransactions) -> None:
    spot = _shown(repaint_at=NOON)
    async with transactions() as tx:
        await _add(tx, spot)
        (leased,) = await _lease(tx)
        await tx.spots.record(leased.shown_as(MessageId(5), leased.wanted, "new"))
        assert (await tx.spots.get(spot.id)).repaint_at is None
        assert await _lease(tx, LATER) == []


async def test_a_painting_does_not_answer_a_repaint_still_to_come(transactions: SqlTransactions) -> None:
    spot = a_spot(repaint_at=LATER)
    async with transactions() as tx:
        await _add(tx, spot)
        (leased,) = await _lease(tx)
        await tx.spots.record(leased.shown_as(MessageId(5), leased.wanted, "new"))
        assert (await tx.spots.get(spot.id)).repaint_at == LATER
        assert len(await _lease(tx, LATER)) == 1


async def test_a_failed_painting_answers_nothing(transactions: SqlTransactions) -> None:
    spot = _shown(repaint_at=NOON)
    async with transactions() as tx:
        await _add(tx, spot)
        (leased,) = await _lease(tx)
        await tx.spots.record(leased.later(LATER))
        assert (await tx.spots.get(spot.id)).repaint_at == NOON
        assert await _lease(tx) == []
        assert len(await _lease(tx, LATER)) == 1


async def test_a_dropped_spot_stays_dropped_whatever_is_wanted(
    transactions: SqlTransactions,
) -> None:
    spot = a_spot()
    async with transactions() as tx:
        await _add(tx, spot)
        (leased,) = await _lease(tx)
        await tx.spots.put(spot.turned(Notice("other")))
        await tx.spots.record(leased.dropped())
        assert await _lease(tx, LATER) == []
        dropped = await tx.spots.get(spot.id)
        assert (dropped.delivery, dropped.painted) == (Delivery.DROPPED, dropped.wanted)


async def test_a_use_case_does_not_undo_what_delivery_learned(transactions: SqlTransactions) -> None:
    spot, about = a_spot(about=frozenset({new_id()})), frozenset({new_id(), new_id()})
    async with transactions() as tx:
        await _add(tx, spot)
        (leased,) = await _lease(tx)
        await tx.spots.record(leased.shown_as(MessageId(9), leased.wanted, "hash"))
        turned = replace(spot, painted_hash="older", repaint_at=LATER, urgency=Urgency.CARD)
        await tx.spots.put(turned.turned(Notice("other"), about))
        stored = await tx.spots.get(spot.id)
    assert (stored.message_id, stored.painted_hash, stored.delivery) == (9, "hash", Delivery.SHOWN)
    assert (stored.about, stored.repaint_at, stored.urgency) == (about, LATER, Urgency.CARD)
    assert (stored.wanted, stored.painted) == (2, 1)


async def test_a_view_turned_from_an_older_reading_is_still_due(transactions: SqlTransactions) -> None:
    spot = a_spot(about=frozenset({new_id()}))
    async with transactions() as tx:
        await _add(tx, spot)
        await tx.spots.touch(spot.about, urgency=Urgency.SETTLED)
        (leased,) = await _lease(tx)
        await tx.spots.record(leased.shown_as(MessageId(9), leased.wanted, "hash"))
        await tx.spots.put(spot.turned(Notice("other")))
        assert len(await _lease(tx)) == 1


@pytest.mark.parametrize(("attempts", "is_due"), [(0, True), (1, False)])
async def test_another_view_waits_for_no_pace_but_for_a_failure(
    transactions: SqlTransactions, attempts: int, *, is_due: bool
) -> None:
    spot = _shown(not_before=LATER, attempts=attempts)
    async with transactions() as tx:
        await _add(tx, spot)
        await tx.spots.put(spot.turned(Notice("found")))
        assert bool(await _lease(tx)) is is_due


@pytest.mark.parametrize(
    ("urgency", "attempts", "is_due"),
    [(Urgency.PROGRESS, 0, False), (Urgency.SETTLED, 0, True), (Urgency.SETTLED, 1, False)],
)
async def test_all_but_progress_waits_for_no_pace_but_for_a_failure(
    transactions: SqlTransactions, urgency: Urgency, attempts: int, *, is_due: bool
) -> None:
    spot = _shown(about=frozenset({new_id()}), not_before=LATER, attempts=attempts)
    async with transactions() as tx:
        await _add(tx, spot)
        await tx.spots.touch(spot.about, urgency=urgency)
        assert bool(await _lease(tx)) is is_due


async def test_an_emptied_hash_makes_the_next_painting_count(transactions: SqlTransactions) -> None:
    spot = _shown()
    async with transactions() as tx:
        await _add(tx, spot)
        await tx.spots.put(replace(spot, painted_hash="").turned(spot.view))
        (leased,) = await _lease(tx)
    assert leased.painted_hash == ""


async def test_touching_makes_due_what_shows_any_of_the_ids_once(transactions: SqlTransactions) -> None:
    one, other = new_id(), new_id()
    both = _shown(about=frozenset({one, other}))
    apart = _shown(about=frozenset({new_id()}))
    dropped = _shown(about=frozenset({one}), delivery=Delivery.DROPPED)
    async with transactions() as tx:
        await _add(tx, both, apart, dropped)
        await tx.spots.touch([one, other, one], urgency=Urgency.SETTLED)
        assert (await tx.spots.get(both.id)).wanted == 2
        await tx.spots.touch([], urgency=Urgency.SETTLED)
        assert [(await tx.spots.get(one.id)).wanted for one in (apart, dropped)] == [1, 1]
        assert await tx.spots.list_about(one) == [await tx.spots.get(both.id)]


@pytest.mark.parametrize(
    ("painted", "touched", "left"),
    [
        (1, [Urgency.PROGRESS], Urgency.PROGRESS),
        (1, [Urgency.PROGRESS, Urgency.SETTLED], Urgency.SETTLED),
        (1, [Urgency.SETTLED, Urgency.PROGRESS], Urgency.SETTLED),
        (0, [Urgency.PROGRESS], Urgency.ANSWER),
    ],
)
async def test_what_is_due_keeps_its_most_urgent_reason(
    transactions: SqlTransactions, painted: int, touched: list[Urgency], left: Urgency
) -> None:
    spot = replace(_shown(about=frozenset({new_id()})), painted=painted, urgency=Urgency.ANSWER)
    async with transactions() as tx:
        await _add(tx, spot)
        for urgency in touched:
            await tx.spots.touch(spot.about, urgency=urgency)
        assert (await tx.spots.get(spot.id)).urgency is left


@pytest.mark.parametrize(
    ("urgency", "days", "touched"),
    [(Urgency.PROGRESS, 13, 1), (Urgency.PROGRESS, 15, 0), (Urgency.CARD, 15, 1)],
)
async def test_after_a_fortnight_only_cards_are_touched(
    transactions: SqlTransactions, clock: StillClock, urgency: Urgency, days: int, touched: int
) -> None:
    spot = _shown(about=frozenset({new_id()}), urgency=urgency)
    clock.at = NOON + timedelta(days=days)
    async with transactions() as tx:
        await _add(tx, spot)
        await tx.spots.touch(spot.about, urgency=Urgency.SETTLED)
        assert (await tx.spots.get(spot.id)).wanted == spot.wanted + touched


async def test_a_card_stays_one_after_somebody_opened_a_panel(
    transactions: SqlTransactions, clock: StillClock
) -> None:
    spot = _shown(about=frozenset({new_id()}), urgency=Urgency.CARD)
    clock.at = NOON + timedelta(days=30)
    async with transactions() as tx:
        await _add(tx, spot)
        await tx.spots.put(replace(spot.turned(Notice("open")), urgency=Urgency.ANSWER))
        turned = await tx.spots.get(spot.id)
        await tx.spots.touch(spot.about, urgency=Urgency.SETTLED)
        assert (await tx.spots.get(spot.id)).wanted == turned.wanted + 1


@pytest.mark.parametrize(
    ("spots", "expected"),
    [
        ([], None),
        ([a_spot()], None),
        ([_shown()], None),
        ([_shown(repaint_at=LATER), _shown(repaint_at=LEASE)], LEASE),
        ([a_spot(not_before=LATER)], LATER),
        ([a_spot(not_before=LEASE, lease_until=LATER)], LATER),
        ([_shown(repaint_at=LEASE, not_before=LATER)], LATER),
        ([_shown(repaint_at=NOON, lease_until=LEASE)], LEASE),
        ([a_spot(delivery=Delivery.DROPPED, not_before=LATER)], None),
    ],
)
async def test_the_next_due_moment_is_the_earliest_to_come(
    transactions: SqlTransactions, spots: list[Spot], expected: datetime | None
) -> None:
    async with transactions() as tx:
        await _add(tx, *spots)
        assert await tx.spots.next_due_at(NOON) == expected


async def test_a_chat_that_is_gone_is_painted_no_more(transactions: SqlTransactions) -> None:
    here, elsewhere = a_spot(), a_spot(chat_id=ChatId(-2))
    async with transactions() as tx:
        await _add(tx, here, elsewhere)
        await tx.spots.drop_chat(CHAT)
        assert [spot.id for spot in await _lease(tx)] == [elsewhere.id]


async def test_with_slices_only_their_chats_are_leased(transactions: SqlTransactions) -> None:
    spots = [a_spot(chat_id=ChatId(number)) for number in (-64_000_000_000_001, -2, 3, 66)]
    async with transactions() as tx:
        await _add(tx, *spots)
        leased = await tx.spots.lease_due(NOON, LEASE, 9, NOBODY, frozenset({1, 2}))
        assert {spot.chat_id for spot in leased} == {-64_000_000_000_001, -2, 66}
        assert await tx.spots.lease_due(NOON, LEASE, 9, NOBODY, frozenset({4})) == []
        assert [spot.chat_id for spot in await _lease(tx)] == [3]
