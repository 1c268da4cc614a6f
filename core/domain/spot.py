"""Where something is shown, and which picture of it: what stands in a chat is derived from these rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from core.domain.ids import ChatId, MessageId, PersonId, Ref, ThreadId
from core.domain.run import Stage, Window
from core.errors import Bug


class Panel(StrEnum):
    """What a card has open."""

    MAIN = "main"
    REASONS = "reasons"
    LATER = "later"
    MERGE = "merge"
    PREVIEW = "preview"
    MORE = "more"
    SOURCES = "sources"
    HISTORY = "history"
    CONFIRM = "confirm"
    EDIT = "edit"
    PRIORITY = "priority"
    CATEGORY = "category"
    DUE = "due"
    OWNER = "owner"
    REMOVE = "remove"


@dataclass(frozen=True)
class ProposalCard:
    """One proposal: `target` is the merge in preview, `query` what the merge picker searches."""

    proposal_id: UUID
    panel: Panel = Panel.MAIN
    target: Ref | None = None
    query: str = ""


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


@dataclass(frozen=True)
class SessionCard:
    """A review session in one message. `project_id` None is all projects of the reader.

    `act_id` is the last bulk act for its Undo; `kept_act_id` the list's act this session went on from.
    """

    project_id: UUID | None = None
    stage: Stage | None = None
    at: UUID | None = None
    skipped: tuple[UUID, ...] = ()
    settled: int = 0
    order: Order = Order.CONFIDENT
    panel: Panel = Panel.MAIN
    target: Ref | None = None
    query: str = ""
    act_id: UUID | None = None
    kept_act_id: UUID | None = None


@dataclass(frozen=True)
class DigestCard:
    """One day of one project."""

    project_id: UUID
    day: date


@dataclass(frozen=True)
class TaskCard:
    """One task."""

    task_id: UUID
    panel: Panel = Panel.MAIN


class TaskFilter(StrEnum):
    """Which tasks a list shows."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"


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
class TopicList:
    """A project's subjects with how many notes each holds."""

    project_id: UUID
    page: int = 0


@dataclass(frozen=True)
class ProjectCard:
    """A project's settings."""

    project_id: UUID


@dataclass(frozen=True)
class ReviewersCard:
    """Who decides, as toggles."""

    project_id: UUID


@dataclass(frozen=True)
class ScheduleCard:
    """When things happen."""

    project_id: UUID


class SetupStep(StrEnum):
    """Joining a group, step by step in one message."""

    RETURN = "return"
    PROJECT = "project"
    CONSENT = "consent"
    LANGUAGE = "language"
    TIMEZONE = "timezone"
    REVIEWERS = "reviewers"
    PLACE = "place"
    THREADS = "threads"
    DONE = "done"


@dataclass(frozen=True)
class SetupCard:
    """The joining of one chat."""

    chat_id: ChatId
    step: SetupStep = SetupStep.CONSENT


class ImportStep(StrEnum):
    """How far an export that was sent is."""

    ASKING = "asking"
    READING = "reading"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportCard:
    """An export a reviewer sent: from the question for its project to what it brought.

    `projects` are those offered, `read` and `new` count messages, `percent` is in [0, 100]; `problem` and
    `mend` say why it was refused.
    """

    file_id: str
    file_name: str
    projects: tuple[UUID, ...]
    project_id: UUID | None = None
    step: ImportStep = ImportStep.ASKING
    read: int = 0
    new: int = 0
    percent: int = 0
    problem: str = ""
    mend: str = ""

    def begun(self, project_id: UUID) -> "ImportCard":
        """Its project is known: it can be read."""
        return replace(self, project_id=project_id, step=ImportStep.READING)

    def reached(self, read: int, new: int, percent: int) -> "ImportCard":
        """So far it got."""
        return replace(self, read=read, new=new, percent=percent)

    def through(self) -> "ImportCard":
        """All of it was read."""
        return replace(self, step=ImportStep.DONE, percent=100)

    def refused(self, problem: str, mend: str) -> "ImportCard":
        """It cannot be read, or not further."""
        return replace(self, step=ImportStep.REFUSED, problem=problem, mend=mend)


@dataclass(frozen=True)
class OpeningCard:
    """Whether a review room may read a chat, put to an administrator of the chat."""

    chat_id: ChatId
    room_id: ChatId


@dataclass(frozen=True)
class HelpCard:
    """The commands a reader may use."""

    project_id: UUID | None = None


@dataclass(frozen=True)
class PrivacyCard:
    """What is kept of whoever reads it, and how to be left out or forgotten; CONFIRM asks once more."""

    panel: Panel = Panel.MAIN


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
    | TaskList | PendingList | RunList | StatusCard | TopicList | ProjectCard | ReviewersCard | ScheduleCard
    | SetupCard | OpeningCard | ImportCard | HelpCard | PrivacyCard | Notice | Bundle
)  # fmt: skip


class Urgency(IntEnum):
    """The order of sending: answers, settled cards, new cards, progress."""

    ANSWER = 0
    SETTLED = 1
    CARD = 2
    PROGRESS = 3


class Delivery(StrEnum):
    """What we know of the message: not sent, shown, sent with the answer lost, given up."""

    NEW = "new"
    SHOWN = "shown"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Place:
    """Where something is to be shown; `reader_id` is the person in a direct chat, None in groups."""

    chat_id: ChatId
    reader_id: PersonId | None = None
    thread_id: ThreadId | None = None
    reply_to: MessageId | None = None


@dataclass(frozen=True)
class Spot:
    """One place where one View stands or shall stand.

    It is due when `wanted` exceeds `painted`, or when `repaint_at` has passed, and not before `not_before`.
    `about` are the ids whose change makes it due again. `reader_id` is None in groups. `unasked_in` is
    the IANA time zone by whose clock it waits for a good moment; "" for what a person asked for.
    """

    id: UUID
    view: View
    chat_id: ChatId
    created_at: datetime
    about: frozenset[UUID] = frozenset()
    reader_id: PersonId | None = None
    thread_id: ThreadId | None = None
    reply_to: MessageId | None = None
    message_id: MessageId | None = None
    urgency: Urgency = Urgency.ANSWER
    unasked_in: str = ""
    delivery: Delivery = Delivery.NEW
    wanted: int = 1
    painted: int = 0
    painted_hash: str = ""
    repaint_at: datetime | None = None
    not_before: datetime | None = None
    lease_until: datetime | None = None
    attempts: int = 0
    sent_at: datetime | None = None

    @property
    def is_unsaid(self) -> bool:
        """Whether nobody asked for it and it was not tried yet."""
        return bool(self.unasked_in) and self.delivery is Delivery.NEW

    def turned(self, view: View, about: frozenset[UUID] | None = None) -> "Spot":
        """The same message with another picture; it is due."""
        return replace(
            self, view=view, about=self.about if about is None else about, wanted=self.wanted + 1
        )

    def shown_as(self, message_id: MessageId, wanted: int, painted_hash: str) -> "Spot":
        """What `wanted` asked for now stands under `message_id`."""
        return replace(
            self, message_id=message_id, delivery=Delivery.SHOWN, painted=wanted,
            painted_hash=painted_hash, lease_until=None, attempts=0,
        )  # fmt: skip

    def unknown(self) -> "Spot":
        """Sent, but the answer was lost; it is sent once more."""
        return replace(self, delivery=Delivery.UNKNOWN, lease_until=None, attempts=self.attempts + 1)

    def later(self, at: datetime) -> "Spot":
        """To be tried again from `at` on."""
        return replace(self, not_before=at, lease_until=None, attempts=self.attempts + 1)

    def pointer(self, pointer_id: UUID, copy: MessageId, at: datetime) -> "Spot":
        """What is to stand at a second copy of this message: which way the card is; it is due.

        Raises Bug when it is not known where the card stands.
        """
        if self.message_id is None:
            raise Bug("a copy of what stands nowhere")
        view = Notice("see-above" if self.message_id < copy else "see-below")
        return Spot(
            id=pointer_id, view=view, chat_id=self.chat_id, created_at=at, reader_id=self.reader_id,
            thread_id=self.thread_id, message_id=copy, urgency=Urgency.SETTLED, delivery=Delivery.SHOWN,
        )  # fmt: skip

    def dropped(self) -> "Spot":
        """Given up: its message or chat is gone; the item itself stays."""
        return replace(self, delivery=Delivery.DROPPED, lease_until=None, painted=self.wanted)


def place_of(spot: Spot) -> Place:
    """Where a spot stands, for whoever asks what may be read there."""
    return Place(spot.chat_id, spot.reader_id, spot.thread_id)
