"""How good a run's proposals turned out, computed from the rows at its close."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import fields
from statistics import median

from core.domain.knowledge import AtomDraft
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Accuracy, Outcomes
from core.domain.task import TaskDraft

BANDS = (0.5, 0.75, 0.9)
"""Lower ends of the confidence bands above the first; the fourth starts at 0.9."""


def accuracy_of(proposals: Iterable[Proposal], cost_usd: float | None) -> Accuracy:
    """The metrics of these proposals; every one falls into exactly one outcome."""
    known = list(proposals)
    outcomes = _outcomes(known)
    approved = outcomes.approved_unchanged + outcomes.approved_edited
    waits = [
        (one.review.at - one.created_at).total_seconds() for one in known if _is_tapped(one) and one.review
    ]
    return Accuracy(
        outcomes=outcomes,
        by_band=_grouped(known, lambda one: band_of(one.confidence)),
        by_category=_grouped(known, category_of),
        median_seconds_to_decision=median(waits) if waits else None,
        cost_usd=cost_usd,
        cost_per_approved_usd=cost_usd / approved if approved and cost_usd is not None else None,
    )


def band_of(confidence: float) -> str:
    """`<0.50`, `0.50-0.75`, `0.75-0.90` or `>=0.90`."""
    low, middle, high = BANDS
    if confidence >= high:
        return f">={high:.2f}"
    if confidence >= middle:
        return f"{middle:.2f}-{high:.2f}"
    return f"{low:.2f}-{middle:.2f}" if confidence >= low else f"<{low:.2f}"


def category_of(proposal: Proposal) -> str:
    """A task's category, a note's type, or `topic`."""
    content = proposal.content
    if isinstance(content, TaskDraft):
        return content.category.value
    return content.type.value if isinstance(content, AtomDraft) else "topic"


def _is_tapped(proposal: Proposal) -> bool:
    return proposal.review is not None and proposal.review.by_id is not None


def _grouped(proposals: list[Proposal], key: Callable[[Proposal], str]) -> dict[str, Outcomes]:
    groups: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        groups[key(proposal)].append(proposal)
    return {name: _outcomes(group) for name, group in sorted(groups.items())}


def _outcomes(proposals: list[Proposal]) -> Outcomes:
    counts = dict.fromkeys((field.name for field in fields(Outcomes)), 0)
    for proposal in proposals:
        counts[_outcome(proposal)] += 1
    return Outcomes(**counts)


def _outcome(proposal: Proposal) -> str:
    if proposal.status is ProposalStatus.PENDING:
        return "carried"
    if proposal.status is not ProposalStatus.APPROVED:
        return proposal.status.value
    edited = proposal.review is not None and proposal.review.was_edited
    return "approved_edited" if edited else "approved_unchanged"
