"""Knowledge: topics and atoms, and the drafts they come from."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.ids import Ref


class AtomType(StrEnum):
    """What a note is."""

    PROBLEM = "problem"
    SOLUTION = "solution"
    DECISION = "decision"
    QUESTION = "question"
    INSIGHT = "insight"
    PATTERN = "pattern"
    REQUIREMENT = "requirement"


class LinkType(StrEnum):
    """How one atom bears on another."""

    SOLVES = "solves"
    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTINUES = "continues"
    REFINES = "refines"
    RELATES_TO = "relates_to"
    DEPENDS_ON = "depends_on"


@dataclass(frozen=True)
class Link:
    """From the atom that has it to an atom, or to the proposal that may become one."""

    type: LinkType
    target: Ref


@dataclass(frozen=True)
class TopicDraft:
    """A subject put before a reviewer."""

    name: str
    description: str = ""
    icon: str = "📁"
    colour: str = "#5b8def"


@dataclass(frozen=True)
class AtomDraft:
    """A note put before a reviewer; `topic` is its subject or the proposal of one.

    `replaces` is the title of the decision it would supersede, "" when none.
    """

    type: AtomType
    title: str
    content: str
    topic: Ref | None = None
    links: tuple[Link, ...] = ()
    replaces: str = ""

    @property
    def superseded(self) -> tuple[Ref, ...]:
        """What a kept decision puts out of force: what it contradicts."""
        if self.type is not AtomType.DECISION:
            return ()
        return tuple(link.target for link in self.links if link.type is LinkType.CONTRADICTS)


@dataclass(frozen=True)
class Topic:
    """A subject that holds notes."""

    id: UUID
    project_id: UUID
    number: int
    name: str
    created_at: datetime
    description: str = ""
    icon: str = "📁"
    colour: str = "#5b8def"
    proposal_id: UUID | None = None
    revision: int = 0


@dataclass(frozen=True)
class Atom:
    """A reviewed note. In force from `valid_from` until `valid_until` (None: still).

    `content_version` rises with each change; stage 2 last read `read_version` (0: never).
    """

    id: UUID
    project_id: UUID
    number: int
    type: AtomType
    title: str
    content: str
    confidence: float
    valid_from: datetime
    created_at: datetime
    topic: Ref | None = None
    links: tuple[Link, ...] = ()
    evidence: Evidence = Evidence()
    valid_until: datetime | None = None
    proposal_id: UUID | None = None
    content_version: int = 1
    read_version: int = 0
    revision: int = 0

    def takes_back(self, target: Ref) -> bool:
        """Whether it is a decision that puts `target` out of force."""
        opposes = any(one.type is LinkType.CONTRADICTS and one.target == target for one in self.links)
        return self.type is AtomType.DECISION and opposes

    def superseded(self, at: datetime) -> "Atom":
        """The note put out of force; stage 2 reads it anew."""
        return replace(self, valid_until=at, content_version=self.content_version + 1)

    def reinstated(self) -> "Atom":
        """The note in force again."""
        return replace(self, valid_until=None, content_version=self.content_version + 1)
