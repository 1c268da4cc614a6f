"""The order of a review session, and what of it is settled together."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from core.domain.proposal import Proposal
from core.domain.showing.sieve import SURE
from core.domain.showing.ticks import is_doubtful
from core.domain.showing.view import Bulk, Order, SessionCard

_BY: dict[Order, Callable[[Proposal], float]] = {
    Order.CONFIDENT: lambda one: -one.confidence,
    Order.UNCERTAIN: lambda one: one.confidence,
    Order.OLDEST: lambda one: one.created_at.timestamp(),
}


def queue_of(proposals: Iterable[Proposal], view: SessionCard) -> list[Proposal]:
    """Proposals in the session's order; ties go by number."""
    key = _BY[view.order]
    return sorted(proposals, key=lambda one: (key(one), one.number))


def following(before: Sequence[Proposal], at: UUID | None, after: Sequence[Proposal]) -> UUID | None:
    """Where a session goes on when the card `at` left the queue: the next still there, else the first."""
    left = {one.id for one in after}
    ids = [one.id for one in before]
    here = ids.index(at) if at is not None and at in ids else -1
    onward = [one for one in (*ids[here + 1 :], *ids[: max(here, 0)]) if one in left]
    return next(iter(onward), after[0].id if after else None)


def chosen_of(queue: Sequence[Proposal], bulk: Bulk) -> tuple[Proposal, ...]:
    """What one act would settle of the queue.

    Together are approved the sure ones, like nothing known, taking nothing back; merged those that are
    the same as something that is not settled by the very act.
    """
    if bulk is Bulk.SURE:
        return tuple(one for one in queue if one.confidence >= SURE and not is_doubtful(one))
    if bulk is Bulk.MERGE:
        twins = [one for one in queue if one.similar is not None and one.similar.is_duplicate]
        ids = {one.id for one in twins}
        return tuple(one for one in twins if one.similar is not None and one.similar.target.id not in ids)
    return tuple(queue)
