"""What a painter gets: a View with everything it shows, already loaded and already allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from core.domain.conversation import Estimate
from core.domain.daily.digest import Digest
from core.domain.evidence import Quote
from core.domain.history import Change
from core.domain.ids import ChatId, PersonId
from core.domain.knowledge import Atom
from core.domain.money import Budget
from core.domain.person import Chat, Person, Project, Role
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import BUDGET, Progress, Run, RunStatus, Tally
from core.domain.showing.shown_agents import ShownAgents, ShownBudget, ShownEmbedding
from core.domain.showing.shown_following import ShownHint, ShownNews, ShownWatches, ShownWeek
from core.domain.showing.shown_known import Merged, ShownAnswer, ShownFound, ShownNote, ShownTopic, Worded
from core.domain.showing.shown_lists import (
    ShownPending,
    ShownRuns,
    ShownStatus,
    ShownTasks,
    ShownTopics,
    ShownTrust,
)
from core.domain.showing.shown_living import ShownExport, ShownReminder
from core.domain.showing.shown_setup import (
    ShownHelp,
    ShownImport,
    ShownOpening,
    ShownPrivacy,
    ShownProject,
    ShownReviewers,
    ShownSchedule,
    ShownSetup,
)
from core.domain.showing.sieve import Sieve
from core.domain.showing.view import (
    BlockedCard,
    Bundle,
    DigestCard,
    EstimateCard,
    NotesList,
    Notice,
    ProposalCard,
    Quotation,
    RunCard,
    SessionCard,
    TaskCard,
)
from core.domain.similarity import Similar
from core.domain.task import Task


@dataclass(frozen=True)
class Reader:
    """Who will read it and how: language, time zone, the moment, and what they may do."""

    language: str
    timezone: str
    now: datetime
    bot_username: str
    is_group: bool = False
    person_id: PersonId | None = None
    role: Role = Role.MEMBER
    chat_id: ChatId | None = None


@dataclass(frozen=True)
class Beside:
    """What the analyst was shown beside what it read, as far as the reader may read it.

    `items` are numbers with titles, `messages` counts earlier ones; `is_bare` says that none was wanted.
    """

    items: tuple[tuple[str, str], ...] = ()
    messages: int = 0
    is_bare: bool = False


@dataclass(frozen=True)
class ShownProposal:
    """A card. `candidates` fill the merge picker; `preview` is the chosen one with its gain.

    `chats` are those of its evidence, for links. `undo_until` is None once Undo is over.
    `project_name` is set where the reader has several projects. `projects` are those it could move to,
    `joined` counts what was merged into it while it waits. `beside` is set with its sources.
    `opposed` is the decision in force that it contradicts, `merged` can be taken out again.
    """

    view: ProposalCard
    proposal: Proposal
    chats: Mapping[ChatId, Chat]
    project_name: str = ""
    topic_name: str = ""
    result_name: str = ""
    undo_until: datetime | None = None
    candidates: tuple[Similar, ...] = ()
    preview: Similar | None = None
    history: tuple[Change, ...] = ()
    people: tuple[Person, ...] = ()
    projects: tuple[Project, ...] = ()
    joined: int = 0
    beside: Beside = Beside()
    opposed: Atom | None = None
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True)
class NoteLine:
    """One line of the notes list; `is_doubtful` ones are never ticked by themselves."""

    proposal: Proposal
    is_ticked: bool
    is_doubtful: bool


@dataclass(frozen=True)
class ShownNotes:
    """The notes list: `groups` are subjects with their lines, of the present page.

    `version` is that of all its pending notes, for a press; `withheld` wait too, but are not shown here.
    After Keep: `kept`, `dropped`, `left` count the act's outcome.
    """

    view: NotesList
    run: Run
    project: Project
    groups: tuple[tuple[str, tuple[NoteLine, ...]], ...]
    chats: Mapping[ChatId, Chat]
    pages: int
    pending: int
    ticked: int
    version: int = 0
    withheld: int = 0
    may_find_tasks_free: bool = True
    kept: int = 0
    dropped: int = 0
    left: int = 0
    undo_until: datetime | None = None


@dataclass(frozen=True)
class ShownRun:
    """A run with its progress and tally; `carried` counts those left for later.

    `undo_until` is that of the Keep this message went on from, None when there was none or it is over.
    `budget` is the month's where it stopped for want of money.
    """

    view: RunCard
    run: Run
    project: Project
    progress: Progress
    tally: Tally
    carried: int = 0
    undo_until: datetime | None = None
    budget: Budget | None = None

    @property
    def is_out_of_money(self) -> bool:
        """Whether it stopped because its next call would have passed the month's budget."""
        return self.run.status is RunStatus.FAILED and BUDGET in self.progress.errors


@dataclass(frozen=True)
class ShownEstimate:
    """What a run would do; `budget` is the month's where the run costs something."""

    view: EstimateCard
    project: Project
    estimate: Estimate
    budget: Budget | None = None


@dataclass(frozen=True)
class ShownBlocked:
    """The run in the way of a start."""

    view: BlockedCard
    project: Project
    run: Run
    pending: int


@dataclass(frozen=True)
class SieveChoice:
    """One thing a session can be narrowed to: how many fit, and the name of a subject."""

    sieve: Sieve
    count: int
    is_chosen: bool = False
    name: str = ""


@dataclass(frozen=True)
class ShownSession:
    """A review session: `position` of `total` (from 1; 0 when nothing is left), the card in front.

    `confident` are those "Approve the n above 90 %" would settle, `chosen` what is to be confirmed, `alike`
    counts what in the queue looks like the card in front, `twins` what could be merged at once. `unread`
    messages could be read first; `beyond` wait too, but do not fit the sieve, `withheld` are not shown
    here; `rejected` is what the last tap rejected; `bulk_status` is what the last act made of
    `bulk_settled`.
    """

    view: SessionCard
    position: int
    total: int
    current: ShownProposal | None
    confident: tuple[Proposal, ...] = ()
    unread: int = 0
    withheld: int = 0
    project_names: tuple[str, ...] = ()
    chosen: tuple[Proposal, ...] = ()
    choices: tuple[SieveChoice, ...] = ()
    alike: int = 0
    twins: int = 0
    beyond: int = 0
    bulk_settled: int = 0
    bulk_status: ProposalStatus = ProposalStatus.APPROVED
    rejected: ShownProposal | None = None
    undo_until: datetime | None = None


@dataclass(frozen=True)
class ShownDigest:
    """A day; `is_for_reviewers` adds Waiting and Left out.

    `replaced` has the title of what a decision of the day put out of force, by that decision's id.
    """

    view: DigestCard
    digest: Digest
    chats: Mapping[ChatId, Chat]
    is_for_reviewers: bool
    may_share: bool = False
    replaced: Mapping[UUID, str] = field(default_factory=dict[UUID, str])
    sentences: tuple[Worded, ...] = ()


@dataclass(frozen=True)
class ShownTask:
    """A task with its contributions and history; `merged` can be taken out again, `said` is asked about.

    `comments` are those that may be read here, oldest first.
    """

    view: TaskCard
    task: Task
    chats: Mapping[ChatId, Chat]
    project_name: str = ""
    history: tuple[Change, ...] = ()
    people: tuple[Person, ...] = ()
    merged: tuple[Merged, ...] = ()
    said: Quote | None = None
    comments: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class ShownNotice:
    """A sentence."""

    view: Notice


@dataclass(frozen=True)
class ShownBundle:
    """Several things in one message; `numbers` are their places in the view, from 1."""

    view: Bundle
    parts: tuple["Shown", ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class ShownQuotation:
    """One quote of the item `name`, to be shown at its message.

    `words` stand in the message exactly so; "" where they cannot be found in it. `more` other messages are
    under the item's Sources.
    """

    view: Quotation
    name: str
    quote: Quote
    words: str
    more: int = 0


@dataclass(frozen=True)
class TakenAway:
    """Nothing is to stand there any more: the message is deleted."""


@dataclass(frozen=True)
class Withheld:
    """The reader may not read this here: the item is withheld, not only its quote."""

    numbers: tuple[str, ...] = field(default=())


Shown = (
    ShownProposal | ShownNotes | ShownRun | ShownEstimate | ShownBlocked | ShownSession | ShownDigest
    | ShownTask | ShownTasks | ShownPending | ShownRuns | ShownStatus | ShownTrust | ShownTopics
    | ShownProject | ShownReviewers | ShownSchedule | ShownSetup | ShownOpening | ShownImport
    | ShownHelp | ShownAnswer | ShownFound | ShownTopic | ShownNote | ShownNotice | ShownBudget
    | ShownWatches | ShownNews | ShownWeek | ShownHint
    | ShownAgents | ShownEmbedding | ShownPrivacy | ShownBundle | ShownQuotation | TakenAway | Withheld
    | ShownReminder | ShownExport
)  # fmt: skip
