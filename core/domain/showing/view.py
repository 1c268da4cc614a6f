"""Which picture stands at a spot: a View names by ids what is shown, and what its reader opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ids import MessageKey, PersonId, Ref
from core.domain.patch import Patch
from core.domain.run import Stage, Window
from core.domain.showing.panel import Panel
from core.domain.showing.sieve import OPEN_SIEVE, Sieve
from core.domain.showing.view_agents import AgentsCard, BudgetCard, EmbeddingCard
from core.domain.showing.view_following import HintCard, NewsCard, WatchesCard, WeekCard
from core.domain.showing.view_known import AnswerCard, FoundList, NoteCard, TopicCard
from core.domain.showing.view_living import ExportCard, ReminderCard
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import (
    HelpCard,
    ImportCard,
    OpeningCard,
    PrivacyCard,
    SetupCard,
)
from core.domain.showing.wording import NO_WORDING, Wording
from core.domain.task import TaskStatus


@dataclass(frozen=True)
class ProposalCard:
    """One proposal: `target` is the merge in preview, `query` what the merge picker searches.

    `patch` is what a reply asks to change, until it is applied or cancelled; `left_out` are the parts, by
    their places from 0, that a split leaves together.
    """

    proposal_id: UUID
    panel: Panel = Panel.MAIN
    target: Ref | None = None
    query: str = ""
    patch: Patch | None = None
    left_out: frozenset[int] = frozenset()

    def closed(self) -> "ProposalCard":
        """The card itself, nothing open."""
        return ProposalCard(self.proposal_id)


@dataclass(frozen=True)
class NotesList:
    """A run's notes as one list.

    `ticked` and `unticked` are those changed by hand; `act_id` is the act that settled it, for its Undo.
    """

    run_id: UUID
    page: int = 0
    ticked: frozenset[UUID] = frozenset()
    unticked: frozenset[UUID] = frozenset()
    act_id: UUID | None = None
    panel: Panel = Panel.MAIN


@dataclass(frozen=True)
class RunCard:
    """One run: progress, result, close.

    `kept_act_id` is set in the message that kept notes and goes on with the tasks this run finds.
    """

    run_id: UUID
    panel: Panel = Panel.MAIN
    kept_act_id: UUID | None = None


@dataclass(frozen=True)
class EstimateCard:
    """What a run would do, with Start."""

    project_id: UUID
    stage: Stage
    window: Window | None = None
    uses_context: bool = True


@dataclass(frozen=True)
class BlockedCard:
    """A start that was refused by the run in the way, with Close-and-start."""

    project_id: UUID
    blocking_run_id: UUID
    stage: Stage
    window: Window | None = None
    uses_context: bool = True


class Order(StrEnum):
    """How a session is sorted."""

    CONFIDENT = "confident"
    UNCERTAIN = "uncertain"
    OLDEST = "oldest"


class Bulk(StrEnum):
    """What a session does to many at once: to the sure ones, to all it goes through, to the twins."""

    SURE = "sure"
    APPROVE = "approve"
    REJECT = "reject"
    MERGE = "merge"
    EXPIRE = "expire"


@dataclass(frozen=True)
class SessionCard:
    """A review session in one message. `project_id` None is all projects of the reader.

    `sieve` is what it goes through, `bulk` what is to be confirmed, `act_id` the last bulk act for its
    Undo; `kept_act_id` the list's act this session went on from; `rejected` what the last tap rejected,
    for its reason.
    """

    project_id: UUID | None = None
    stage: Stage | None = None
    at: UUID | None = None
    settled: int = 0
    order: Order = Order.CONFIDENT
    panel: Panel = Panel.MAIN
    target: Ref | None = None
    query: str = ""
    act_id: UUID | None = None
    kept_act_id: UUID | None = None
    rejected: UUID | None = None
    patch: Patch | None = None
    sieve: Sieve = OPEN_SIEVE
    bulk: Bulk = Bulk.SURE
    left_out: frozenset[int] = frozenset()

    def closed(self) -> "SessionCard":
        """The card in front itself, nothing open."""
        return replace(self, panel=Panel.MAIN, target=None, query="", patch=None, left_out=frozenset())


@dataclass(frozen=True)
class DigestCard:
    """One day of one project; `wording` tells it in a model's words."""

    project_id: UUID
    day: date
    wording: Wording = NO_WORDING


@dataclass(frozen=True)
class StatusSaid:
    """Where the answer `key` says a task stands; it does not before somebody confirms it."""

    status: TaskStatus
    key: MessageKey


@dataclass(frozen=True)
class TaskCard:
    """One task; `said` is what its card asks about, `patch` what a reply asks to change of it."""

    task_id: UUID
    panel: Panel = Panel.MAIN
    said: StatusSaid | None = None
    patch: Patch | None = None

    def closed(self) -> "TaskCard":
        """The card itself, nothing open."""
        return replace(self, panel=Panel.MAIN, patch=None)


@dataclass(frozen=True)
class Quotation:
    """A reply that points at one message an item rests on; taken away again at `until`."""

    item: Ref
    key: MessageKey
    until: datetime


class TaskFilter(StrEnum):
    """Which tasks a list shows."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"
    UNOWNED = "unowned"


@dataclass(frozen=True)
class TaskList:
    """A project's tasks, ten a page; `asker` is whose `mine` are: a group has no reader to tell."""

    project_id: UUID
    filter: TaskFilter = TaskFilter.OPEN
    page: int = 0
    asker: PersonId | None = None


@dataclass(frozen=True)
class PendingList:
    """What waits for a decision, or what expired (`is_expired`), ten a page."""

    project_id: UUID
    is_expired: bool = False
    page: int = 0


@dataclass(frozen=True)
class RunList:
    """A project's runs, newest first, ten a page."""

    project_id: UUID
    page: int = 0


@dataclass(frozen=True)
class StatusCard:
    """Where a project stands now."""

    project_id: UUID


@dataclass(frozen=True)
class TrustCard:
    """How far a project's proposals could be trusted lately, as a picture and in words."""

    project_id: UUID


@dataclass(frozen=True)
class TopicList:
    """A project's subjects with how many notes each holds."""

    project_id: UUID
    page: int = 0


@dataclass(frozen=True)
class ReviewersCard:
    """Who decides, as toggles."""

    project_id: UUID


@dataclass(frozen=True)
class ScheduleCard:
    """When things happen."""

    project_id: UUID


@dataclass(frozen=True)
class Notice:
    """A sentence by its key, with its arguments; `button` names a way on ("" for none)."""

    key: str
    args: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    button: str = ""


@dataclass(frozen=True)
class Bundle:
    """What several spots would have shown, in one message; `parts` are those spots, oldest first."""

    parts: tuple[UUID, ...]


View = (
    ProposalCard | NotesList | RunCard | EstimateCard | BlockedCard | SessionCard | DigestCard | TaskCard
    | TaskList | PendingList | RunList | StatusCard | TrustCard | TopicList | ProjectCard | ReviewersCard
    | ScheduleCard | SetupCard | OpeningCard | ImportCard | HelpCard | PrivacyCard | Notice | Bundle
    | WatchesCard | NewsCard | WeekCard | HintCard
    | Quotation | BudgetCard | AgentsCard | EmbeddingCard | AnswerCard | FoundList | TopicCard | NoteCard
    | ReminderCard | ExportCard
)  # fmt: skip


def ids_in(view: View) -> dict[str, str]:
    """Which proposal, run or task it is about, by the names of its fields: for lines of the log."""
    return {name: str(value) for name, value in vars(view).items() if isinstance(value, UUID)}
