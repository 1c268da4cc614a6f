"""The one tree of errors; each class holds ids and numbers, and no sentence for a person.

    TriagramError
    ├── Refusal             a person asked for what may not be: say it
    │   ├── NotFound  Ambiguous  NoProject  NotReading
    │   ├── NotReviewer  NotOwner  NotAnAdministrator  NotAsked  Anonymous
    │   ├── NotLocal  BudgetReached  RunInTheWay  RunHasPending  NothingToRead
    │   ├── AlreadySettled  OldPress  NotPending  WrongStep
    │   ├── UndoOver  UndoBlocked  WordsGone  NothingToUndo  MergeCycle  MergeIntoNothing
    │   └── BadInput        BadConfig BadExport BadBackup BadLabels BadWindow BadSchedule
    │                       BadText BadKnob NameTaken
    ├── WorldFailed         the world failed: retry, then say "later"
    │   ├── Stale  RunTaken
    │   └── AnalystFailed  TelegramAway  StorageFailed
    ├── Mendable            says where and what is wrong, and how to mend it: BadConfig to BadLabels
    └── Bug                 ours: log it with the update's id, answer with a reference

`bot/view/texts.py` has one line of text for each refusal; a test walks the subclasses.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class TriagramError(Exception):
    """Whatever this program raises on purpose."""


class Refusal(TriagramError):
    """A person asked for something that may not be; it is told to them."""


class WorldFailed(TriagramError):
    """Something outside failed; it is tried again, then told as "later"."""


class Bug(TriagramError):
    """Something that cannot happen did."""


@dataclass(eq=False)
class NotFound(Refusal):
    """No `kind` answers to `name`."""

    kind: str
    name: str


@dataclass(eq=False)
class Ambiguous(Refusal):
    """A number or name that several projects have; "" where the project itself is in question."""

    name: str
    projects: tuple[str, ...]


@dataclass(eq=False)
class NoProject(Refusal):
    """This chat belongs to no project yet."""


@dataclass(eq=False)
class NotReading(Refusal):
    """The chat has not been opened for reading by an administrator."""


@dataclass(eq=False)
class NotReviewer(Refusal):
    """Only reviewers and owners settle."""

    reviewers: tuple[str, ...] = ()


@dataclass(eq=False)
class NotOwner(Refusal):
    """Only the owner may do this."""


@dataclass(eq=False)
class NotAnAdministrator(Refusal):
    """Only an administrator of the chat may do this."""


@dataclass(eq=False)
class Anonymous(Refusal):
    """An anonymous administrator asked for what needs a person."""


@dataclass(eq=False)
class NotAsked(Refusal):
    """Somebody else was asked to do the task, or nobody."""

    name: str


@dataclass(eq=False)
class NotLocal(Refusal):
    """Text may only go to models on this machine or network, and this one is elsewhere."""

    model: str


@dataclass(eq=False)
class BudgetReached(Refusal):
    """The call would pass the project's budget of this month; it was not made."""

    limit_usd: float
    spent_usd: float
    needed_usd: float


@dataclass(eq=False)
class AlreadySettled(Refusal):
    """The proposal left `pending` before this press."""

    number: str
    status: str
    by: str
    at: datetime


@dataclass(eq=False)
class OldPress(Refusal):
    """The press was on an older text; the card is painted again."""

    number: str


@dataclass(eq=False)
class NotPending(Refusal):
    """The step needs a pending proposal."""

    number: str
    status: str


@dataclass(eq=False)
class WrongStep(Refusal):
    """A step its status does not allow."""

    kind: str
    number: str
    status: str
    step: str


@dataclass(eq=False)
class RunInTheWay(Refusal):
    """Another run of this project and stage is open."""

    run_id: UUID
    number: str
    status: str
    pending: int


@dataclass(eq=False)
class RunHasPending(Refusal):
    """Closing needs a word on what is still pending."""

    number: str
    pending: int


@dataclass(eq=False)
class NothingToRead(Refusal):
    """There is nothing unread for this stage."""

    stage: str


@dataclass(eq=False)
class UndoOver(Refusal):
    """The undo window has passed."""

    minutes: int


@dataclass(eq=False)
class UndoBlocked(Refusal):
    """Later work stands on the result."""

    standing: tuple[str, ...]


@dataclass(eq=False)
class WordsGone(Refusal):
    """What a decision rested on was taken back by whoever said it: there is nothing to decide on again."""

    name: str


@dataclass(eq=False)
class NothingToUndo(Refusal):
    """This person decided nothing that could still be undone."""


@dataclass(eq=False)
class MergeCycle(Refusal):
    """The target leads back to what would be merged."""

    number: str


@dataclass(eq=False)
class MergeIntoNothing(Refusal):
    """The target is gone or was rejected."""

    name: str


class BadInput(Refusal):
    """What was given cannot be used; it says what and how to mend it."""


@dataclass(eq=False)
class Mendable(TriagramError):
    """Says where something is wrong, what, and how to mend it."""

    where: str
    problem: str
    mend: str


class BadConfig(Mendable, BadInput):
    """A configuration that cannot be used."""


class BadExport(Mendable, BadInput):
    """A file that is not a usable Telegram export."""


class BadBackup(Mendable, BadInput):
    """A backup that cannot be made or used."""


class BadLabels(Mendable, BadInput):
    """Labelled rows that cannot be scored."""


@dataclass(eq=False)
class BadWindow(BadInput):
    """A span of time that cannot be read."""

    given: str


@dataclass(eq=False)
class BadSchedule(BadInput):
    """A time or cron line that cannot be read."""

    given: str


@dataclass(eq=False)
class BadText(BadInput):
    """A text that is empty or too long for its place."""

    what: str
    limit: int
    length: int


@dataclass(eq=False)
class BadKnob(BadInput):
    """A value that a project's knob, or its budget, does not take."""

    knob: str
    given: str


@dataclass(eq=False)
class NameTaken(BadInput):
    """A project of that name exists."""

    name: str


@dataclass(eq=False)
class Stale(WorldFailed):
    """The row changed since it was read."""

    kind: str
    id: UUID | str


@dataclass(eq=False)
class RunTaken(WorldFailed):
    """The open slot of (project, stage) was taken meanwhile: the unique index spoke."""

    stage: str


class Failing(StrEnum):
    """Why an analyst gave no usable answer; `bot/view/locales` has a sentence for each."""

    KEY = "key"
    QUOTA = "quota"
    LIMIT = "limit"
    TOO_LONG = "too_long"
    REFUSED = "refused"
    INVALID = "invalid"
    AWAY = "away"
    TIMEOUT = "timeout"
    UNKNOWN_MODEL = "unknown_model"
    NOT_INSTALLED = "not_installed"
    REJECTED = "rejected"
    CONFIG = "config"


_NEEDS_A_PERSON = frozenset({"key", "quota", "unknown_model", "not_installed", "rejected", "config"})


@dataclass(eq=False)
class AnalystFailed(WorldFailed):
    """The analyst gave no usable answer for a batch; it asked to be left alone for `rest_seconds`.

    The calls cost so much all the same; `cost_usd` is None where the price is unknown.
    """

    kind: str
    detail: str = ""
    rest_seconds: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = 0.0

    @property
    def needs_a_person(self) -> bool:
        """Whether trying again changes nothing until somebody mends it."""
        return self.kind in _NEEDS_A_PERSON


@dataclass(eq=False)
class TelegramAway(WorldFailed):
    """Telegram did not answer."""

    detail: str = ""


@dataclass(eq=False)
class StorageFailed(WorldFailed):
    """The database did not answer: `kind` is busy, full, io, readonly, corrupt or missing."""

    kind: str
    detail: str = ""
