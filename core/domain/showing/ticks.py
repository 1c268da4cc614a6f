"""Which lines of a notes list are ticked."""

from collections.abc import Iterable
from uuid import UUID

from core.domain.ids import Kind
from core.domain.knowledge import AtomDraft
from core.domain.proposal import Proposal
from core.domain.showing.view import NotesList


def notes_of(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The notes among a run's proposals; subjects are headings, not lines."""
    return [one for one in proposals if one.kind is Kind.ATOM]


def is_doubtful(proposal: Proposal) -> bool:
    """Whether a note resembles or takes back something known, or was rejected before."""
    takes_back = isinstance(proposal.content, AtomDraft) and bool(proposal.content.superseded)
    return takes_back or proposal.similar is not None or proposal.rejected_before is not None


def ticked(proposals: Iterable[Proposal], view: NotesList, tick_confidence: float) -> frozenset[UUID]:
    """Those ticked: by hand, or by themselves when sure enough and not doubtful."""
    return frozenset(
        one.id for one in proposals
        if one.id in view.ticked
        or (one.confidence >= tick_confidence and not is_doubtful(one) and one.id not in view.unticked)
    )  # fmt: skip
