"""Tasks, their drafts, and what merges give them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.ids import Kind, PersonId, Ref, number_of
from core.errors import BadText, NotFound, WrongStep

STEPS = 12
"""Sub-tasks a task may have: as many as its card has buttons for."""
STEP_LIMIT = 200
"""Characters of one."""


class Priority(StrEnum):
    """How soon."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for low up to 3 for critical."""
        return list(Priority).index(self)


class Category(StrEnum):
    """What sort of work."""

    FEATURE = "feature"
    BUG = "bug"
    IMPROVEMENT = "improvement"
    QUESTION = "question"
    CHORE = "chore"


class TaskStatus(StrEnum):
    """Where a task stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DROPPED = "dropped"


_STEPS: Mapping[TaskStatus, frozenset[TaskStatus]] = {
    TaskStatus.OPEN: frozenset({TaskStatus.IN_PROGRESS, TaskStatus.DONE, TaskStatus.DROPPED}),
    TaskStatus.IN_PROGRESS: frozenset({TaskStatus.OPEN, TaskStatus.DONE, TaskStatus.DROPPED}),
    TaskStatus.DONE: frozenset({TaskStatus.OPEN}),
    TaskStatus.DROPPED: frozenset({TaskStatus.OPEN}),
}


@dataclass(frozen=True)
class Assignee:
    """Who is to do it: who took it (`has_agreed`), or who was only asked."""

    name: str
    person_id: PersonId | None = None
    has_agreed: bool = False


@dataclass(frozen=True)
class Due:
    """By when, and the phrase it came from ("" when a person set it)."""

    on: date
    phrase: str = ""


@dataclass(frozen=True)
class Classified:
    """The project a draft fits best, how surely in [0, 1], and the words that matched."""

    project_id: UUID
    confidence: float
    matched: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskDraft:
    """Work put before a reviewer; a blank is a blank, never a guess; `ticked` are sub-tasks done."""

    title: str
    description: str = ""
    priority: Priority = Priority.MEDIUM
    category: Category = Category.CHORE
    tags: tuple[str, ...] = ()
    assignee: Assignee | None = None
    due: Due | None = None
    done_criterion: str = ""
    parent: Ref | None = None
    sub_tasks: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    classified: Classified | None = None


@dataclass(frozen=True)
class Gain:
    """What a merge gives its target beside evidence: the difference a reviewer confirms."""

    description: str = ""
    tags: tuple[str, ...] = ()
    priority: Priority | None = None
    messages: int = 0


@dataclass(frozen=True)
class Contribution:
    """What one merge gave its target; un-merge takes exactly this away."""

    id: UUID
    proposal_id: UUID
    target: Ref
    gain: Gain
    evidence: Evidence
    at: datetime


@dataclass(frozen=True)
class Task:
    """Approved work: its own fields plus its contributions."""

    id: UUID
    project_id: UUID
    number: int
    draft: TaskDraft
    created_at: datetime
    status: TaskStatus = TaskStatus.OPEN
    evidence: Evidence = Evidence()
    contributions: tuple[Contribution, ...] = ()
    proposal_id: UUID | None = None
    revision: int = 0

    @property
    def name(self) -> str:
        """`T-42`."""
        return number_of(Kind.TASK, self.number)

    @property
    def whole(self) -> TaskDraft:
        """The fields as people see them: own fields plus every contribution."""
        return enriched(self.draft, self.contributions)

    @property
    def whole_evidence(self) -> Evidence:
        """Own evidence joined with that of every contribution."""
        joined = self.evidence
        for contribution in self.contributions:
            joined = joined.joined(contribution.evidence)
        return joined

    def may_become(self, status: TaskStatus) -> bool:
        """Whether there is such a step from where it stands."""
        return status in _STEPS[self.status]

    def moved(self, status: TaskStatus) -> "Task":
        """The task in another status; raises WrongStep where the mapping has no such step."""
        if not self.may_become(status):
            raise WrongStep("task", self.name, self.status, status)
        return replace(self, status=status)

    def assigned(self, assignee: Assignee | None) -> "Task":
        """The task in other hands."""
        return replace(self, draft=replace(self.draft, assignee=assignee))

    def stepped(self, at: int) -> "Task":
        """The task with its sub-task at a place, from 0, done, or to be done again. Raises NotFound."""
        if not 0 <= at < len(self.draft.sub_tasks):
            raise NotFound("card", str(at))
        step, ticked = self.draft.sub_tasks[at], self.draft.ticked
        others = tuple(one for one in ticked if one != step)
        return self._with(ticked=others if step in ticked else (*ticked, step))

    def with_step(self, text: str) -> "Task":
        """The task with one more sub-task; raises BadText, also for more than it may have."""
        step, steps = " ".join(text.split()), self.draft.sub_tasks
        if not 0 < len(step) <= STEP_LIMIT:
            raise BadText("step", STEP_LIMIT, len(step))
        if len(steps) >= STEPS:
            raise BadText("steps", STEPS, len(steps) + 1)
        return self if step in steps else self._with(sub_tasks=(*steps, step))

    def _with(self, **changes: tuple[str, ...]) -> "Task":
        return replace(self, draft=replace(self.draft, **changes))

    def changed(self, draft: TaskDraft) -> "Task":
        """The task with other fields of its own."""
        return replace(self, draft=draft)

    def is_asked(self, person_id: PersonId) -> bool:
        """Whether this person was asked to do it, and has not taken it."""
        assignee = self.draft.assignee
        return assignee is not None and assignee.person_id == person_id and not assignee.has_agreed

    def due_on(self, due: Due | None) -> "Task":
        """The task with another date."""
        return replace(self, draft=replace(self.draft, due=due))


def enriched(draft: TaskDraft, contributions: Iterable[Contribution]) -> TaskDraft:
    """The draft with each contribution's difference: text added, tags joined, priority raised."""
    for gain in (contribution.gain for contribution in contributions):
        added = "\n".join(part for part in (draft.description, gain.description) if part)
        tags = draft.tags + tuple(tag for tag in gain.tags if tag not in draft.tags)
        priority = max(draft.priority, gain.priority or draft.priority, key=lambda p: p.rank)
        draft = replace(draft, description=added, tags=tags, priority=priority)
    return draft


def gain_of(source: TaskDraft, evidence: Evidence, target: TaskDraft, has: Evidence) -> Gain:
    """What merging `source` would give `target` that it does not have."""
    raised = source.priority if source.priority.rank > target.priority.rank else None
    is_new_text = source.title.casefold() not in (target.title + target.description).casefold()
    return Gain(
        description=source.title if is_new_text else "",
        tags=tuple(tag for tag in source.tags if tag not in target.tags),
        priority=raised,
        messages=len(evidence.keys - has.keys),
    )
