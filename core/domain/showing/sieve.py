"""Which of what waits a review session goes through."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.domain.knowledge import AtomDraft, AtomType
from core.domain.proposal import Proposal
from core.domain.task import Category, TaskDraft

SURE = 0.9
"""At and above this confidence, with nothing similar, proposals may be approved together."""
FAIR = 0.75


class Band(StrEnum):
    """How sure the analyst was: from 0.9 on, from 0.75 on, less."""

    SURE = "sure"
    FAIR = "fair"
    UNSURE = "unsure"


class Age(StrEnum):
    """How long something waits: less than a day, less than a week, longer."""

    DAY = "day"
    WEEK = "week"
    OLDER = "older"


@dataclass(frozen=True)
class Sieve:
    """What has to fit; None and empty let everything through.

    `type` is a note's type or a task's category, `subject` a topic or the proposal of one. `among` are
    those that look alike, when they were asked for.
    """

    type: AtomType | Category | None = None
    subject: UUID | None = None
    band: Band | None = None
    age: Age | None = None
    among: frozenset[UUID] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether it lets everything through."""
        return self == Sieve()

    def lets(self, proposal: Proposal, subject: UUID | None, now: datetime) -> bool:
        """Whether a proposal fits; `subject` is the one it is about."""
        return (
            self.type in (None, type_of(proposal))
            and self.subject in (None, subject)
            and self.band in (None, band_of(proposal))
            and self.age in (None, age_of(proposal, now))
            and (not self.among or proposal.id in self.among)
        )

    def toggled(self, other: "Sieve") -> "Sieve":
        """With what the other asks for; without it where it was asked for already."""
        changed = self
        for name, value in vars(other).items():
            if value:
                is_set = getattr(self, name) == value
                changed = replace(changed, **{name: getattr(Sieve(), name) if is_set else value})
        return changed


OPEN_SIEVE = Sieve()
"""Everything goes through."""


def type_of(proposal: Proposal) -> AtomType | Category | None:
    """A note's type, a task's category, None for a subject."""
    content = proposal.content
    if isinstance(content, TaskDraft):
        return content.category
    return content.type if isinstance(content, AtomDraft) else None


def band_of(proposal: Proposal) -> Band:
    """How sure the analyst was."""
    if proposal.confidence >= SURE:
        return Band.SURE
    return Band.FAIR if proposal.confidence >= FAIR else Band.UNSURE


def age_of(proposal: Proposal, now: datetime) -> Age:
    """How long it waits."""
    waited = now - proposal.created_at
    if waited < timedelta(days=1):
        return Age.DAY
    return Age.WEEK if waited < timedelta(days=7) else Age.OLDER
