"""What a painter gets for lists, and for where a project stands."""

from dataclasses import dataclass

from core.domain.daily.schedule import Schedule
from core.domain.person import Project
from core.domain.proposal import Proposal
from core.domain.run import Progress, Run, Tally
from core.domain.showing.view import PendingList, RunList, StatusCard, TaskList, TopicList, TrustCard
from core.domain.task import Task
from core.domain.trust import Trust


@dataclass(frozen=True)
class ShownTasks:
    """A page of tasks of `total`; `is_reminded` where the reader may be reminded of theirs, else None."""

    view: TaskList
    project: Project
    tasks: tuple[Task, ...]
    total: int
    pages: int
    is_reminded: bool | None = None


@dataclass(frozen=True)
class ShownPending:
    """A page of proposals of `total`; `withheld` counts those the reader may not see here."""

    view: PendingList
    project: Project
    proposals: tuple[Proposal, ...]
    total: int
    pages: int
    withheld: int = 0


@dataclass(frozen=True)
class ShownRuns:
    """A page of runs, each with its tally."""

    view: RunList
    project: Project
    runs: tuple[tuple[Run, Tally], ...]
    pages: int


@dataclass(frozen=True)
class ShownStatus:
    """Where a project stands: open runs, what waits, what is unread, what comes next."""

    view: StatusCard
    project: Project
    runs: tuple[tuple[Run, Progress, Tally], ...]
    unread: int
    pending_notes: int
    pending_tasks: int
    open_tasks: int
    unstudied_notes: int
    schedules: tuple[Schedule, ...] = ()


@dataclass(frozen=True)
class ShownTrust:
    """What people made of the proposals of the last twelve weeks."""

    view: TrustCard
    project: Project
    trust: Trust


@dataclass(frozen=True)
class ShownTopics:
    """Subjects by number, icon and name, with how many notes each holds."""

    view: TopicList
    project: Project
    topics: tuple[tuple[int, str, str, int], ...]
    pages: int
