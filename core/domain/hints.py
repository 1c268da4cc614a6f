"""Hints: what a project's own decisions say about its knobs; never taken without a tap; pure."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.domain.accuracy import category_of
from core.domain.knobs import Knob, Knobs
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.trust import LOOKED_BACK, Share

ENOUGH = 50
"""Decisions on one kind before it may go without a tap."""
SURE = 0.95
"""What the lower bound of those approved as they were must reach then: 73 of 73, or 109 of 110."""
EARNED_WITHIN = timedelta(days=365)
"""Older decisions say nothing of what is proposed today: a kind earns its way anew each year."""
HINTED_EVERY = timedelta(days=28)
_FEW = 15
"""Decisions below a threshold before anything is said of it."""
_WASTE = 0.25
"""The upper bound of the share approved below a threshold, and the share of its last step, at most."""
_STEPS = tuple(percent / 100 for percent in range(30, 80, 5))
_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Hint:
    """Turn a knob to this value, because of so many of so many decisions."""

    knob: Knob
    value: str
    share: Share

    @property
    def lost_a_month(self) -> int:
        """How many that people approved would not have been shown, a month, rounded up."""
        return math.ceil(self.share.hits * (_MONTH / LOOKED_BACK))


def is_earned(share: Share) -> bool:
    """Whether a kind with this record may be approved without a tap."""
    return share.of >= ENOUGH and share.interval.low >= SURE


def record_of(settled: Iterable[Proposal], kind: str) -> Share:
    """How many of a kind people approved as they were, of all they decided on; an edit is no approval."""
    decided = [one for one in tapped(settled) if category_of(one) == kind]
    return Share(sum(1 for one in decided if _is_as_it_was(one)), len(decided))


def hint_of(lately: Iterable[Proposal], year: Iterable[Proposal], knobs: Knobs) -> Hint | None:
    """The one thing most worth changing, None where nothing is.

    First what is proposed in vain: a threshold below which nearly nothing was approved in the last twelve
    weeks. Then a kind that a year's decisions free of taps.
    """
    return _threshold(tapped(lately), knobs) or _free_of_taps(tapped(year), knobs)


def tapped(settled: Iterable[Proposal]) -> list[Proposal]:
    """Those a person decided on; what age or rules settled says nothing of how good they were."""
    counted = {ProposalStatus.APPROVED, ProposalStatus.MERGED, ProposalStatus.REJECTED}
    return [
        one
        for one in settled
        if one.status in counted and one.review is not None and one.review.by_id is not None
    ]


def _threshold(decided: Sequence[Proposal], knobs: Knobs) -> Hint | None:
    best: Hint | None = None
    present = knobs.propose_from or 0.0
    for floor, bar in zip((0.0, *_STEPS), _STEPS, strict=False):
        step = _approved([one for one in decided if floor <= one.confidence < bar])
        if step.hits > _WASTE * step.of:
            break
        below = _approved([one for one in decided if one.confidence < bar])
        if bar > present and step.of and below.of >= _FEW and below.bounds[1] <= 100 * _WASTE:
            best = Hint(Knob.PROPOSE_FROM, f"{100 * bar:.0f}", below)
    return best


def _free_of_taps(decided: Sequence[Proposal], knobs: Knobs) -> Hint | None:
    kinds = sorted({category_of(one) for one in decided} - set(knobs.auto_approve))
    earned = [(record, kind) for kind in kinds if is_earned(record := record_of(decided, kind))]
    if not earned:
        return None
    record, kind = max(earned, key=lambda pair: (pair[0].of, pair[1]))
    return Hint(Knob.AUTO_APPROVE, kind, record)


def _approved(decided: Sequence[Proposal]) -> Share:
    return Share(sum(1 for one in decided if one.status is not ProposalStatus.REJECTED), len(decided))


def _is_as_it_was(proposal: Proposal) -> bool:
    edited = proposal.review is not None and proposal.review.was_edited
    return proposal.status is ProposalStatus.APPROVED and not edited
