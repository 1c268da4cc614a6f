"""One proposal for three contents: a draft put before a reviewer, and how it is settled."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.ids import Kind, PersonId, Ref, number_of
from core.domain.knowledge import AtomDraft, Link, LinkType, TopicDraft
from core.domain.similarity import Similar
from core.domain.task import TaskDraft
from core.errors import AlreadySettled, NotPending, OldPress, UndoOver, WrongStep

Content = TopicDraft | AtomDraft | TaskDraft
DECIDED_ON = frozenset({Kind.ATOM, Kind.TASK})
"""What people decide on and count: a subject comes and goes with its notes."""


class ProposalStatus(StrEnum):
    """A proposal leaves `pending` once; undo and bringing back lead there again."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    MERGED = "merged"
    REPLACED = "replaced"
    EXPIRED = "expired"


class Recommendation(StrEnum):
    """What the analyst would do; the card's first button follows it."""

    NEW_TASK = "new_task"
    UPDATE_EXISTING = "update_existing"
    MERGE = "merge"
    REJECT = "reject"


class Source(StrEnum):
    """Where a proposal came from; captured ones have no run."""

    KNOWLEDGE = "knowledge"
    BUG = "bug"
    IDEA = "idea"
    MESSAGE = "message"


class Reason(StrEnum):
    """Why something was rejected, or left pending without anybody's tap."""

    NOT_A_TASK = "not_a_task"
    DUPLICATE = "duplicate"
    ALREADY_DONE = "already_done"
    NOT_OURS = "not_ours"
    TOO_VAGUE = "too_vague"
    OTHER = "other"
    AGE = "age"
    NO_EVIDENCE_LEFT = "no_evidence_left"
    CLOSED = "closed"


@dataclass(frozen=True)
class Unedited:
    """The text a decision changed with the same tap, and who had edited that ("" nobody)."""

    content: Content
    edited_by: str = ""


@dataclass(frozen=True)
class Review:
    """Who settled it, when, to what end.

    `act_id` names the one act (a tap, a whole list) that one Undo puts back;
    `by_id` is None when nobody tapped (auto-approval, age). `result` is the item created or merged into,
    `unedited` what Undo puts back where the same tap changed the text.
    """

    act_id: UUID
    at: datetime
    by: str
    by_id: PersonId | None = None
    reason: Reason | None = None
    note: str = ""
    result: Ref | None = None
    was_edited: bool = False
    unedited: Unedited | None = None


@dataclass(frozen=True)
class RejectedBefore:
    """The same claim was rejected earlier, and what is new since."""

    at: datetime
    reason: Reason | None
    new_messages: int


@dataclass(frozen=True)
class Proposal:
    """A draft before a reviewer. `content_version` rises with each edit; a press carries it.

    `sources` are the atoms a stage-2 draft stands on. `confidence` lies in [0, 1]. `origin_id` is the
    proposal whose place it took: split, promoted or moved.
    """

    id: UUID
    project_id: UUID
    number: int
    content: Content
    source: Source
    created_at: datetime
    confidence: float
    reasoning: str = ""
    recommendation: Recommendation = Recommendation.NEW_TASK
    evidence: Evidence = Evidence()
    sources: tuple[UUID, ...] = ()
    similar: Similar | None = None
    rejected_before: RejectedBefore | None = None
    run_id: UUID | None = None
    batch_id: UUID | None = None
    status: ProposalStatus = ProposalStatus.PENDING
    review: Review | None = None
    snoozed_until: datetime | None = None
    carried_at: datetime | None = None
    edited_by: str = ""
    origin_id: UUID | None = None
    content_version: int = 1
    revision: int = 0

    @property
    def name(self) -> str:
        """`P-118`."""
        return number_of(Kind.PROPOSAL, self.number)

    @property
    def kind(self) -> Kind:
        """What it becomes when approved."""
        if isinstance(self.content, TopicDraft):
            return Kind.TOPIC
        return Kind.ATOM if isinstance(self.content, AtomDraft) else Kind.TASK

    @property
    def title(self) -> str:
        """Its one-line name."""
        return self.content.name if isinstance(self.content, TopicDraft) else self.content.title

    @property
    def was_edited(self) -> bool:
        """Whether a reviewer changed its text before it was settled."""
        return self.edited_by != ""

    @property
    def press_version(self) -> int:
        """What a press on its card carries, below 2**32: another for each text and each proposal."""
        return zlib.crc32(self.id.bytes + self.content_version.to_bytes(4, "big"))

    def ensure_shows(self, press_version: int) -> None:
        """Raise OldPress when a press was made on another text, or another card, than this."""
        if press_version != self.press_version:
            raise OldPress(self.name)

    def approve(self, review: Review) -> "Proposal":
        """Approved; `review.result` is what was created."""
        return self._settle(ProposalStatus.APPROVED, review)

    def reject(self, review: Review) -> "Proposal":
        """Rejected, a reason or none."""
        return self._settle(ProposalStatus.REJECTED, review)

    def merge(self, review: Review) -> "Proposal":
        """Merged into `review.result`."""
        return self._settle(ProposalStatus.MERGED, review)

    def expire(self, review: Review) -> "Proposal":
        """Let go."""
        return self._settle(ProposalStatus.EXPIRED, review)

    def replaced(self, review: Review) -> "Proposal":
        """Given up for another proposal."""
        return self._settle(ProposalStatus.REPLACED, review)

    def _settle(self, target: ProposalStatus, review: Review) -> "Proposal":
        if self.status is not ProposalStatus.PENDING:
            raise self.settled_already()
        return replace(self, status=target, review=review, snoozed_until=None)

    def settled_already(self) -> AlreadySettled | NotPending:
        """The refusal that tells the loser who settled it and when."""
        if self.review is None:
            return NotPending(self.name, self.status)
        return AlreadySettled(self.name, self.status, self.review.by, self.review.at)

    def explained(self, reason: Reason, note: str = "") -> "Proposal":
        """The rejection with its reason, given after the tap."""
        if self.status is not ProposalStatus.REJECTED or self.review is None:
            raise WrongStep("proposal", self.name, self.status, "reason")
        return replace(self, review=replace(self.review, reason=reason, note=note))

    def undone(self, now: datetime, window: timedelta) -> "Proposal":
        """Pending again; raises UndoOver past the window."""
        if self.review is None or self.status is ProposalStatus.PENDING:
            raise WrongStep("proposal", self.name, self.status, "undo")
        if now - self.review.at > window:
            raise UndoOver(int(window.total_seconds() // 60))
        pending = replace(self, status=ProposalStatus.PENDING, review=None)
        before = self.review.unedited
        if before is None:
            return pending
        return replace(
            pending, content=before.content, edited_by=before.edited_by,
            content_version=self.content_version + 1,
        )  # fmt: skip

    def settled_over(self, before: "Proposal") -> "Proposal":
        """Settled by a tap that changed its text too: Undo puts back what there was `before`."""
        if self.review is None:
            raise WrongStep("proposal", self.name, self.status, "undo")
        unedited = Unedited(before.content, before.edited_by)
        return replace(self, review=replace(self.review, unedited=unedited))

    def unmerged(self) -> "Proposal":
        """A merged proposal pending again, however long ago it was merged."""
        if self.status is not ProposalStatus.MERGED:
            raise WrongStep("proposal", self.name, self.status, "un-merge")
        return replace(self, status=ProposalStatus.PENDING, review=None)

    def brought_back(self) -> "Proposal":
        """An expired proposal pending again."""
        if self.status is not ProposalStatus.EXPIRED:
            raise WrongStep("proposal", self.name, self.status, "bring back")
        return replace(self, status=ProposalStatus.PENDING, review=None)

    def snoozed(self, until: datetime) -> "Proposal":
        """Still pending, shown again at `until`."""
        if self.status is not ProposalStatus.PENDING:
            raise self.settled_already()
        return replace(self, snoozed_until=until)

    def woken(self) -> "Proposal":
        """No longer put off."""
        return replace(self, snoozed_until=None)

    def carried(self, at: datetime) -> "Proposal":
        """Left for later by a run that closed; it keeps its run and stays pending."""
        if self.status is not ProposalStatus.PENDING:
            raise self.settled_already()
        return replace(self, carried_at=at)

    def edited(self, content: Content, by: str) -> "Proposal":
        """With another text: older presses settle nothing."""
        if self.status is not ProposalStatus.PENDING:
            raise self.settled_already()
        return replace(self, content=content, edited_by=by, content_version=self.content_version + 1)

    def taking_back(self, earlier: "Proposal") -> "Proposal":
        """A decision that, kept, puts the `earlier` one out of force; other content stays as it is."""
        if not isinstance(self.content, AtomDraft):
            return self
        link = Link(LinkType.CONTRADICTS, Ref(Kind.PROPOSAL, earlier.id))
        content = replace(self.content, links=(*self.content.links, link), replaces=earlier.title)
        return replace(self, content=content, content_version=self.content_version + 1)

    def beside(self) -> "Proposal":
        """A decision that leaves in force what it contradicted: both are true."""
        if not isinstance(self.content, AtomDraft) or not self.content.superseded:
            raise WrongStep("proposal", self.name, self.status, "both")
        content = self.content.beside()
        return replace(self, content=content, content_version=self.content_version + 1)

    def rested_on(self, evidence: Evidence) -> "Proposal":
        """With what is left of its evidence."""
        return replace(self, evidence=evidence, content_version=self.content_version + 1)


def decided_on(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those people decide on, in their order: notes and tasks."""
    return [one for one in proposals if one.kind in DECIDED_ON]


def version_of(proposals: Iterable[Proposal]) -> int:
    """One press version for several texts, below 2**32: another as soon as any of them changes."""
    seen = sorted(proposal.press_version for proposal in proposals)
    return zlib.crc32(repr(seen).encode())


def ensure_shows_all(proposals: Iterable[Proposal], press_version: int, number: str) -> None:
    """Raise OldPress, naming what was pressed, when a press on several was made on other texts."""
    if press_version != version_of(proposals):
        raise OldPress(number)
