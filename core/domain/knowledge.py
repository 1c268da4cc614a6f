"""Knowledge: topics and atoms, and the drafts they come from."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.ids import Kind, Ref, number_of
from core.errors import WrongStep


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

    def beside(self) -> "AtomDraft":
        """The draft that is only related to what it contradicted."""
        links = tuple(
            replace(link, type=LinkType.RELATES_TO) if link.type is LinkType.CONTRADICTS else link
            for link in self.links
        )
        return replace(self, links=links, replaces="")


@dataclass(frozen=True)
class Topic:
    """A subject that holds notes.

    One that is `merged_into` another, or archived, takes no new notes; what it held, the other holds.
    """

    id: UUID
    project_id: UUID
    number: int
    name: str
    created_at: datetime
    description: str = ""
    icon: str = "📁"
    colour: str = "#5b8def"
    proposal_id: UUID | None = None
    merged_into: UUID | None = None
    archived_at: datetime | None = None
    revision: int = 0

    @property
    def label(self) -> str:
        """`S-3`."""
        return number_of(Kind.TOPIC, self.number)

    @property
    def is_live(self) -> bool:
        """Whether it takes notes."""
        return self.merged_into is None and self.archived_at is None

    def renamed(self, name: str) -> "Topic":
        """The subject by another name."""
        return replace(self, name=name)

    def merged(self, into: "Topic") -> "Topic":
        """The subject as part of another; raises WrongStep where either takes no notes or both are one."""
        if not self.is_live or not into.is_live or into.id == self.id:
            raise WrongStep("topic", self.label, self._state, f"merged into {into.label}")
        return replace(self, merged_into=into.id)

    def archived(self, at: datetime) -> "Topic":
        """The subject laid aside; raises WrongStep where it is already, or is a part of another."""
        if not self.is_live:
            raise WrongStep("topic", self.label, self._state, "archived")
        return replace(self, archived_at=at)

    def brought_back(self) -> "Topic":
        """The subject by itself and in use again; raises WrongStep where it is."""
        if self.is_live:
            raise WrongStep("topic", self.label, self._state, "live")
        return replace(self, merged_into=None, archived_at=None)

    @property
    def _state(self) -> str:
        if self.merged_into is not None:
            return "merged"
        return "live" if self.archived_at is None else "archived"


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

    @property
    def name(self) -> str:
        """`N-12`."""
        return number_of(Kind.ATOM, self.number)

    def held_at(self, at: datetime) -> bool:
        """Whether it was in force just before that moment."""
        return self.valid_from < at and (self.valid_until is None or at <= self.valid_until)

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
