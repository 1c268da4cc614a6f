"""Runs: one pass of one stage over one project, in batches, with its tally and accuracy."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from core.domain.agent import Agent, AgentKey, Prompt
from core.domain.ids import Kind, MessageKey, PersonId, Ref, number_of
from core.domain.person import Project
from core.errors import RunHasPending, WrongStep


class Stage(StrEnum):
    """1 reads messages, 2 finds tasks in knowledge."""

    KNOWLEDGE = "knowledge"
    TASKS = "tasks"


class RunStatus(StrEnum):
    """Where a run stands."""

    PENDING = "pending"
    RUNNING = "running"
    COMPLETED = "completed"
    REVIEWED = "reviewed"
    CLOSED = "closed"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN = frozenset({RunStatus.PENDING, RunStatus.RUNNING, RunStatus.COMPLETED, RunStatus.REVIEWED})
"""One run of a project and stage may be in these at a time; an index holds it."""

_STEPS: Mapping[RunStatus, frozenset[RunStatus]] = {
    RunStatus.PENDING: frozenset({RunStatus.RUNNING, RunStatus.CANCELLED}),
    RunStatus.RUNNING: frozenset({RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED}),
    RunStatus.COMPLETED: frozenset({RunStatus.REVIEWED, RunStatus.CLOSED}),
    RunStatus.REVIEWED: frozenset({RunStatus.CLOSED, RunStatus.COMPLETED}),
    RunStatus.FAILED: frozenset({RunStatus.RUNNING, RunStatus.COMPLETED}),
    RunStatus.CLOSED: frozenset(),
    RunStatus.CANCELLED: frozenset(),
}


class Trigger(StrEnum):
    """What started a run."""

    MANUAL = "manual"
    SCHEDULED = "scheduled"
    THRESHOLD = "threshold"


@dataclass(frozen=True)
class Window:
    """`[start, end)` in UTC."""

    start: datetime
    end: datetime

    def __contains__(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return self.start <= at < self.end


@dataclass(frozen=True)
class Snapshot:
    """The full configuration a run was made with; with it the run can be read and asked again years later.

    `prompts` are all those of its stage, whole, whether the agent's own or the program's of that day.
    """

    agent: str
    model: str
    project_version: str
    settings: Mapping[str, float | int | str | bool]
    prompts: tuple[Prompt, ...] = ()
    temperature: float | None = None
    keywords: tuple[str, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict[str, str])
    uses_context: bool = True
    agent_version: int = 1
    base_url: str = ""
    fallback: str = ""
    components: tuple[str, ...] = ()
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"

    def as_project(self, project: Project) -> Project:
        """The project with what an analyst is told of it as it was: who resumes the run tells the same."""
        return replace(
            project,
            keywords=self.keywords,
            glossary=self.glossary,
            components=self.components,
            description=self.description,
            language=self.language,
            timezone=self.timezone,
        )

    @property
    def key(self) -> AgentKey:
        """Which version of which agent."""
        return AgentKey(self.agent, self.agent_version)

    def as_agent(self) -> Agent:
        """The agent as it was, its prompts pinned to the very words: who resumes the run asks with it."""
        return Agent(
            name=self.agent,
            model=self.model,
            version=self.agent_version,
            base_url=self.base_url,
            fallback=self.fallback,
            prompts=self.prompts,
            temperature=self.temperature,
        )


@dataclass(frozen=True)
class Tally:
    """How many proposals stand where, counted from the rows."""

    pending: int = 0
    approved: int = 0
    rejected: int = 0
    merged: int = 0
    replaced: int = 0
    expired: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.pending + self.settled

    @property
    def settled(self) -> int:
        """Those that left pending."""
        return self.approved + self.rejected + self.merged + self.replaced + self.expired


@dataclass(frozen=True)
class Outcomes:
    """A partition of a run's proposals at its close."""

    approved_unchanged: int = 0
    approved_edited: int = 0
    rejected: int = 0
    merged: int = 0
    replaced: int = 0
    expired: int = 0
    carried: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(vars(self).values())


@dataclass(frozen=True)
class Accuracy:
    """Metrics frozen at close. Cost is None while any call's price is unknown."""

    outcomes: Outcomes
    by_band: Mapping[str, Outcomes]
    by_category: Mapping[str, Outcomes]
    median_seconds_to_decision: float | None = None
    cost_usd: float | None = None
    cost_per_approved_usd: float | None = None


@dataclass(frozen=True)
class Run:
    """One pass. `started_by_id` is None for scheduled and threshold runs."""

    id: UUID
    project_id: UUID
    number: int
    stage: Stage
    window: Window
    trigger: Trigger
    started_by: str
    snapshot: Snapshot
    created_at: datetime
    started_by_id: PersonId | None = None
    status: RunStatus = RunStatus.PENDING
    started_at: datetime | None = None
    ended_at: datetime | None = None
    reviewed_at: datetime | None = None
    closed_at: datetime | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0
    accuracy: Accuracy | None = None
    revision: int = 0

    @property
    def name(self) -> str:
        """`R-24`."""
        return number_of(Kind.RUN, self.number)

    @property
    def is_open(self) -> bool:
        """Whether it holds its project's and stage's slot."""
        return self.status in OPEN

    def _moved(self, status: RunStatus, step: str) -> "Run":
        if status not in _STEPS[self.status]:
            raise WrongStep("run", self.name, self.status, step)
        return replace(self, status=status)

    def start(self, now: datetime) -> "Run":
        """Running."""
        if self.status is not RunStatus.PENDING:
            raise WrongStep("run", self.name, self.status, "start")
        return replace(self._moved(RunStatus.RUNNING, "start"), started_at=now)

    def complete(self, now: datetime) -> "Run":
        """All its batches are done."""
        if self.status is not RunStatus.RUNNING:
            raise WrongStep("run", self.name, self.status, "complete")
        return replace(self._moved(RunStatus.COMPLETED, "complete"), ended_at=now)

    def fail(self, now: datetime) -> "Run":
        """Some batches could not be done; what is committed stays."""
        return replace(self._moved(RunStatus.FAILED, "fail"), ended_at=now)

    def cancel(self, now: datetime) -> "Run":
        """Called off; what is committed stays."""
        return replace(self._moved(RunStatus.CANCELLED, "cancel"), ended_at=now)

    def resume(self) -> "Run":
        """A failed run going on with the batches not yet committed."""
        if self.status is not RunStatus.FAILED:
            raise WrongStep("run", self.name, self.status, "resume")
        return replace(self._moved(RunStatus.RUNNING, "resume"), ended_at=None)

    def keep(self, now: datetime) -> "Run":
        """A failed run taken as it is."""
        if self.status is not RunStatus.FAILED:
            raise WrongStep("run", self.name, self.status, "keep")
        return replace(self._moved(RunStatus.COMPLETED, "keep"), ended_at=now)

    def review(self, now: datetime) -> "Run":
        """Nothing is pending any more."""
        return replace(self._moved(RunStatus.REVIEWED, "review"), reviewed_at=now)

    def reopen(self) -> "Run":
        """A decision was undone, so something is pending again."""
        if self.status is not RunStatus.REVIEWED:
            raise WrongStep("run", self.name, self.status, "undo")
        return replace(self._moved(RunStatus.COMPLETED, "undo"), reviewed_at=None)

    def close(self, now: datetime, accuracy: Accuracy, *, pending: int) -> "Run":
        """Closed with its metrics; `pending` counts those neither settled nor carried."""
        moved = self._moved(RunStatus.CLOSED, "close")
        if pending:
            raise RunHasPending(self.name, pending)
        return replace(moved, closed_at=now, accuracy=accuracy)


class BatchStatus(StrEnum):
    """Where a batch stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"


BUDGET = "budget"
"""The error of a batch that was not read because the month's budget would have been passed."""


@dataclass(frozen=True)
class Given:
    """What the project knew already and the analyst was shown beside a batch: items and messages by id."""

    items: tuple[Ref, ...] = ()
    messages: tuple[MessageKey, ...] = ()


@dataclass(frozen=True)
class Batch:
    """What belongs together: one conversation of new messages (stage 1) or atoms of one subject (stage 2).

    `left_out` are messages the prefilter put aside: marked as read with the batch, never analysed.
    `attempts` counts claims; `lease_until` is when a claim may be taken over.
    """

    id: UUID
    run_id: UUID
    index: int
    messages: tuple[MessageKey, ...] = ()
    context: tuple[MessageKey, ...] = ()
    left_out: tuple[MessageKey, ...] = ()
    atoms: tuple[UUID, ...] = ()
    status: BatchStatus = BatchStatus.WAITING
    attempts: int = 0
    lease_until: datetime | None = None
    error: str = ""
    seconds: float = 0.0
    dropped: Mapping[str, int] = field(default_factory=dict[str, int])
    given: Given = Given()

    def done(self, seconds: float, dropped: Mapping[str, int], given: Given = Given()) -> "Batch":
        """Committed; `dropped` counts drafts and fields the evidence check took, by reason."""
        return replace(
            self,
            status=BatchStatus.DONE,
            seconds=seconds,
            dropped=dropped,
            given=given,
            lease_until=None,
            error="",
        )

    def failed(self, error: str) -> "Batch":
        """Given up for this attempt of the run; `resume` takes it up again."""
        return replace(self, status=BatchStatus.FAILED, error=error, lease_until=None)

    def waiting(self) -> "Batch":
        """To be claimed again."""
        return replace(self, status=BatchStatus.WAITING, lease_until=None, error="", attempts=0)


@dataclass(frozen=True)
class Progress:
    """How far a run is: batches by state, proposals so far, messages read and left out, seconds left."""

    batches: int
    done: int
    failed: int
    messages: int
    left_out: int
    proposals: int
    eta_seconds: float | None = None
    dropped: int = 0
    errors: tuple[str, ...] = ()


def eta(batches: int, done: int, elapsed: timedelta) -> float | None:
    """Seconds left at the pace so far; None before the first batch is done."""
    return None if done == 0 else elapsed.total_seconds() / done * (batches - done)
