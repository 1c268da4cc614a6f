"""Judgement: reading conversations, finding tasks, likeness. A fake or a model may stand behind each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NewType, Protocol

from core.domain.agent import Prompt
from core.domain.conversation import Conversation, Extraction, Reading, Study, Suggestions, Usage
from core.domain.ids import MessageKey, Ref
from core.domain.knowledge import Atom
from core.domain.message import Message
from core.domain.patch import Instruction, Patch
from core.domain.person import Project
from core.domain.proposal import Content
from core.domain.similarity import EVEN, SimilarType, Spread
from core.domain.task import TaskStatus

Vector = NewType("Vector", bytes)
"""`dimensions` float32, little endian, of length 1 (all zero for an empty text): as stored."""


class Embedder(Protocol):
    """Texts to vectors."""

    @property
    def name(self) -> str:
        """Model name and version; vectors of different names are never compared."""
        ...

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector a text. Raises AnalystFailed where a model that makes them does not answer."""
        ...


class PricedEmbedder(Embedder, Protocol):
    """One that says what it costs."""

    async def embed_priced(self, texts: Sequence[str]) -> tuple[list[Vector], Usage]:
        """One vector a text, and what that cost. Raises AnalystFailed."""
        ...


class Noise(Protocol):
    """The prefilter's judgement."""

    def signal(self, messages: Sequence[Message], project: Project) -> list[float]:
        """How much each message carries, in [0, 1]; below `analysis.noise_below` it is left out."""
        ...

    def withholds(self, message: Message) -> bool:
        """Whether it is a sensitive matter: shown to no analyst, only counted (product.md, Trust)."""
        ...


class Conversations(Protocol):
    """Puts together what belongs together."""

    def split(self, messages: Sequence[Message]) -> list[Conversation]:
        """Conversations of at most `analysis.batch_messages`; each message in exactly one, order kept."""
        ...

    def bounded(self, *, batch_messages: int, gap_minutes: int) -> "Conversations":
        """The same with other bounds than `[analysis]` has."""
        ...


class Analyst(Protocol):
    """Reads a conversation; finds tasks in knowledge. Finding nothing is an answer."""

    @property
    def model(self) -> str:
        """The model's name, "built-in" for the rules."""
        ...

    @property
    def sends_text_away(self) -> bool:
        """Whether what it reads leaves this process, so that secrets and contacts must be masked before."""
        ...

    @property
    def seconds_per_batch(self) -> float:
        """A rough time for one batch, for estimates."""
        ...

    @property
    def is_free(self) -> bool:
        """Whether reading never costs anything, so that no price need be worked out."""
        ...

    @property
    def reads_earlier_talk(self) -> bool:
        """Whether earlier messages like those at hand are of use; finding them is the dearest recall."""
        ...

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The whole text of what it is told to do, for the run's snapshot; none for the rules."""
        ...

    @property
    def temperature(self) -> float | None:
        """How freely it words things; None where that means nothing."""
        ...

    def price(self, conversations: Sequence[Conversation]) -> Usage:
        """What reading these would cost; all zero for the rules. `cost_usd` is None where it is unknown."""
        ...

    def price_of_notes(self, groups: Sequence[Sequence[Atom]]) -> Usage:
        """What finding tasks in these notes, a group at a time, would cost."""
        ...

    def most(self, asked: Reading | Study) -> Usage:
        """The most one answer to this may cost, what is tried again included; all zero for the rules."""
        ...

    async def extract(self, reading: Reading) -> Extraction:
        """Stage 1. Raises AnalystFailed, with what the failed calls cost."""
        ...

    async def propose(self, study: Study) -> Suggestions:
        """Stage 2. Raises AnalystFailed, with what the failed calls cost."""
        ...


@dataclass(frozen=True)
class Likeness:
    """How alike two items are: score in [0, 1], and whether that is enough to be shown or to be one.

    The score is about the share of items so alike that people call the same.
    """

    score: float
    type: SimilarType
    is_shown: bool
    is_duplicate: bool


@dataclass(frozen=True)
class Candidate:
    """An item as far as likeness goes; `vector` is None when not embedded yet."""

    title: str
    text: str
    messages: frozenset[MessageKey]
    vector: Vector | None = None


POOL = 30
"""How many neighbours words bring to a pool, and vectors: with so many it holds 88 of 100 duplicates there
are among 2,000 items (measured, DECISIONS/0018)."""


@dataclass(frozen=True)
class Near:
    """An item that may be like another one, found by its words or its vector."""

    ref: Ref
    candidate: Candidate


@dataclass(frozen=True)
class Pool:
    """What a search found near something, best first, and how common the words are it was asked for."""

    near: tuple[Near, ...] = ()
    spread: Spread = EVEN


class Matcher(Protocol):
    """Says how alike two items are."""

    def words_of(self, item: Candidate) -> list[str]:
        """The words that tell what it is about, as written, the title's first; each once, at most 64."""
        ...

    def rank(self, new: Candidate, pool: Pool) -> list[tuple[Near, Likeness]]:
        """The pool with the likeness of each to a new item, most alike first."""
        ...

    def compare(self, new: Candidate, known: Candidate, spread: Spread = EVEN) -> Likeness:
        """The likeness of a new item to a known one."""
        ...

    def contradicts(self, new: Content, known_title: str, known_text: str) -> bool:
        """Whether a new note takes back a known one on the same matter."""
        ...


class Editor(Protocol):
    """Reads what people write to a card in plain words."""

    async def patch(self, instruction: Instruction) -> Patch | None:
        """What it asks to change; None for talk that asks for nothing. Raises AnalystFailed."""
        ...

    def status_said(self, text: str) -> TaskStatus | None:
        """Where a task stands by an answer such as "fixed in #42"; None for anything else.

        Asked of every reply in a chat, so it is quick and asks nobody.
        """
        ...
