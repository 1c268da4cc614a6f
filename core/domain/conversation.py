"""What an analyst is given and what it answers: readings and findings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from core.domain.evidence import Quote
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom, AtomDraft, LinkType, Topic, TopicDraft
from core.domain.message import Message
from core.domain.person import Person, Project
from core.domain.proposal import Proposal, Recommendation
from core.domain.run import Given
from core.domain.task import Task, TaskDraft

C = TypeVar("C", TopicDraft, AtomDraft, TaskDraft)


@dataclass(frozen=True)
class Conversation:
    """Messages that belong together, in the order they were said, and what was said before them."""

    messages: tuple[Message, ...]
    context: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Recalled:
    """What the project already knows that resembles the reading (RAG), nearest first."""

    proposals: tuple[Proposal, ...] = ()
    atoms: tuple[Atom, ...] = ()
    tasks: tuple[Task, ...] = ()
    messages: tuple[Message, ...] = ()

    @property
    def given(self) -> Given:
        """The same by ids, as it is kept with a batch."""
        return Given(
            (
                *(Ref(Kind.PROPOSAL, one.id) for one in self.proposals),
                *(Ref(Kind.ATOM, one.id) for one in self.atoms),
                *(Ref(Kind.TASK, one.id) for one in self.tasks),
            ),
            tuple(one.key for one in self.messages),
        )


@dataclass(frozen=True)
class Reading:
    """Stage 1's input: one conversation of a project with the subjects it has."""

    project: Project
    conversation: Conversation
    topics: tuple[Topic, ...] = ()
    recalled: Recalled = Recalled()


@dataclass(frozen=True)
class Study:
    """Stage 2's input: notes of one subject that are new or changed, with the messages they rest on.

    `others` are the project's other notes in force, for gaps and patterns; `people` those known by name.
    """

    project: Project
    atoms: tuple[Atom, ...]
    messages: tuple[Message, ...]
    topic: Topic | None = None
    others: tuple[Atom, ...] = ()
    people: tuple[Person, ...] = ()
    projects: tuple[Project, ...] = ()
    recalled: Recalled = Recalled()


@dataclass(frozen=True)
class Finding(Generic[C]):
    """A draft with what it claims to rest on; nothing of it is believed before the check.

    `topic` is the subject's name for a note. `links` point at atoms the analyst was shown.
    `sources` are the atoms a task stands on. `confidence` lies in [0, 1].
    """

    content: C
    confidence: float
    reasoning: str
    quotes: tuple[Quote, ...] = ()
    recommendation: Recommendation = Recommendation.NEW_TASK
    topic: str = ""
    links: tuple[tuple[LinkType, UUID], ...] = ()
    sources: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Usage:
    """What one answer cost; `cost_usd` is None where the price is unknown."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0

    def __add__(self, other: "Usage") -> "Usage":
        """Both; a price unknown once stays unknown."""
        cost = None
        if self.cost_usd is not None and other.cost_usd is not None:
            cost = self.cost_usd + other.cost_usd
        tokens = self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens
        return Usage(*tokens, cost)


@dataclass(frozen=True)
class Extraction:
    """Stage 1's answer for one conversation; finding none is an answer. `given` went along with it."""

    topics: tuple[Finding[TopicDraft], ...] = ()
    atoms: tuple[Finding[AtomDraft], ...] = ()
    usage: Usage = Usage()
    given: Recalled = Recalled()


@dataclass(frozen=True)
class Suggestions:
    """Stage 2's answer for one subject; finding none is an answer. `given` went along with it."""

    tasks: tuple[Finding[TaskDraft], ...] = ()
    usage: Usage = Usage()
    given: Recalled = Recalled()


@dataclass(frozen=True)
class Checked(Generic[C]):
    """What the evidence check left of a finding, and what it took, counted by reason."""

    finding: Finding[C] | None
    dropped: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True)
class Estimate:
    """What a run would do, told before it starts. Tokens and cost are 0 for the built-in analyst."""

    messages: int
    kept: int
    conversations: int
    seconds: float
    tokens: int = 0
    cost_usd: float | None = 0.0
    oldest: datetime | None = None

    @property
    def is_free(self) -> bool:
        """Whether it may start without asking."""
        return self.cost_usd == 0.0
