"""What a project's decisions teach: lessons, and what was learned of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ids import Kind
from core.domain.knowledge import AtomDraft, TopicDraft
from core.domain.proposal import Content, Proposal, ProposalStatus, Reason, Source
from core.domain.task import Category, Priority, TaskDraft

LEAST = 20
"""Decisions before anything is learned of them."""
UNWANTED = 0.9
"""Chance of being rejected from which a finding is not proposed."""
_LEAST_UNWANTED = 5
_LEAST_LEAD = 2
_DEVIATIONS = 0.5
"""Of a coin that falls as often as answers were changed: a narrower lead is no win."""
_SAY_NOTHING = frozenset({Reason.DUPLICATE, Reason.ALREADY_DONE})
"""Rejections that say nothing of what was found: it was right, only late."""


class Judgement(StrEnum):
    """What decisions can teach: a task's category and priority, whether a task or a note is wanted.

    MESSAGE is whether what a message says is worth reading at all: the prefilter's.
    """

    CATEGORY = "category"
    PRIORITY = "priority"
    TASK = "task"
    NOTE = "note"
    MESSAGE = "message"


class Worth(StrEnum):
    """The two answers whether something is wanted."""

    KEPT = "kept"
    REJECTED = "rejected"


WORTH_OF: Mapping[Kind, Judgement] = {Kind.TASK: Judgement.TASK, Kind.ATOM: Judgement.NOTE}
_WORTHS = frozenset({*WORTH_OF.values(), Judgement.MESSAGE})


@dataclass(frozen=True)
class Lesson:
    """One decision: the text decided on, the answers people gave, and what the analyst had answered.

    What people entered themselves has answers and no analyst's. `said` is what it was made of.
    """

    title: str
    text: str
    answers: Mapping[Judgement, str]
    found: Mapping[Judgement, str] = field(default_factory=dict[Judgement, str])
    said: str = ""

    def told(self, judgement: Judgement) -> tuple[str, str]:
        """The title and text a judgement goes by; a message has no title."""
        return ("", self.said) if judgement is Judgement.MESSAGE else (self.title, self.text)


@dataclass(frozen=True)
class Trial:
    """How learning fared on decisions it had not seen, each told from the others.

    `better` and `worse` are those of them where what was learned would have changed the analyst's answer,
    to the right and from the right one.
    """

    decisions: int = 0
    held_back: int = 0
    better: int = 0
    worse: int = 0

    def wins(self, judgement: Judgement) -> bool:
        """Whether to go by it: not by chance better for a field, nine times in ten right to leave out."""
        changed = self.better + self.worse
        if judgement in _WORTHS:
            return changed >= _LEAST_UNWANTED and self.better >= UNWANTED * changed
        return self.better - self.worse >= max(_LEAST_LEAD, _DEVIATIONS * changed**0.5)


@dataclass(frozen=True)
class Learned:
    """What a project's decisions taught of one judgement; `model` is the learner's own, b"" when unused."""

    project_id: UUID
    judgement: Judgement
    learned_at: datetime
    trial: Trial
    model: bytes = b""

    @property
    def is_used(self) -> bool:
        """Whether findings are judged by it."""
        return self.model != b""


def lesson_of(proposal: Proposal, before: Mapping[str, str]) -> Lesson | None:
    """What a settled proposal teaches, None when nothing; `before` are the fields an edit changed."""
    worth = _worth(proposal)
    content = proposal.content
    if worth is None or isinstance(content, TopicDraft):
        return None
    is_found = proposal.source is Source.KNOWLEDGE
    said = "\n".join(quote.text for quote in proposal.evidence.quotes)
    worths = [WORTH_OF[proposal.kind]] if is_found else []
    worths += [Judgement.MESSAGE] if is_found and said and isinstance(content, AtomDraft) else []
    answers = dict.fromkeys(worths, worth.value)
    found = dict.fromkeys(worths, Worth.KEPT.value)
    if isinstance(content, TaskDraft) and worth is Worth.KEPT and _is_said(proposal, before):
        fields = fields_of(content)
        answers |= {Judgement(name): value for name, value in fields.items()}
        found |= {Judgement(name): before.get(name, fields[name]) for name in fields} if is_found else {}
    text = content.content if isinstance(content, AtomDraft) else content.description
    return Lesson(content.title, text, answers, found, said) if answers else None


def taught(first: str, learned: tuple[str, float], judgement: Judgement) -> str:
    """The answer given where the analyst gave `first` and what was learned says `learned` (and how likely).

    "" is no answer. Only what is rejected nearly surely is not wanted.
    """
    answer, chance = learned
    if judgement in _WORTHS:
        return answer if answer == Worth.REJECTED.value and chance >= UNWANTED else first
    return answer or first


def fields_of(content: Content) -> dict[str, str]:
    """A task's category and priority by name; nothing of a note or a subject."""
    if not isinstance(content, TaskDraft):
        return {}
    return {"category": content.category.value, "priority": content.priority.value}


def changed(draft: TaskDraft, judgement: Judgement, answer: str) -> TaskDraft:
    """The draft with a learned category or priority."""
    if judgement is Judgement.CATEGORY:
        return replace(draft, category=Category(answer))
    return replace(draft, priority=Priority(answer))


def _worth(proposal: Proposal) -> Worth | None:
    if proposal.status is ProposalStatus.APPROVED:
        return Worth.KEPT
    review = proposal.review
    if proposal.status is not ProposalStatus.REJECTED or review is None or review.reason in _SAY_NOTHING:
        return None
    return Worth.REJECTED


def _is_said(proposal: Proposal, before: Mapping[str, str]) -> bool:
    """Whether somebody meant the fields: /add alone puts everything down as a chore."""
    return proposal.source is not Source.MESSAGE or not before.keys().isdisjoint(Judgement)
