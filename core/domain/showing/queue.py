"""The order of a review session."""

from collections.abc import Callable, Iterable, Sequence

from core.domain.proposal import Proposal
from core.domain.showing.ticks import is_doubtful
from core.domain.showing.view import Order, SessionCard

SURE = 0.9
"""At and above this confidence, with nothing similar, proposals may be approved together."""

_BY: dict[Order, Callable[[Proposal], float]] = {
    Order.CONFIDENT: lambda one: -one.confidence,
    Order.UNCERTAIN: lambda one: one.confidence,
    Order.OLDEST: lambda one: one.created_at.timestamp(),
}


def queue_of(proposals: Iterable[Proposal], view: SessionCard) -> list[Proposal]:
    """Proposals in the session's order; ties go by number; those skipped come last."""
    key = _BY[view.order]
    return sorted(proposals, key=lambda one: (one.id in view.skipped, key(one), one.number))


def confident_of(queue: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Those that may be approved together: sure, like nothing known, taking nothing back."""
    return tuple(one for one in queue if one.confidence >= SURE and not is_doubtful(one))
