"""What a painter gets for the cards by which chats, people and projects are set up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.domain.daily.schedule import Schedule
from core.domain.history import Change
from core.domain.knobs import Knob
from core.domain.person import Binding, Chat, Person, Project
from core.domain.showing.view import ReviewersCard, ScheduleCard
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import HelpCard, ImportCard, OpeningCard, PrivacyCard, SetupCard
from core.domain.trust import Share


@dataclass(frozen=True)
class ShownProject:
    """A project's settings and chats; `rooms` are those this chat may be opened to, and whether it is.

    `values` is what holds of each knob, as history writes it, "" for nothing; `kinds` what people made of
    each kind, where that is asked; `history` is its page of who changed what.
    """

    view: ProjectCard
    project: Project
    chats: tuple[tuple[Chat, Binding], ...]
    reviewers: tuple[str, ...] = ()
    rooms: tuple[tuple[Chat, bool], ...] = ()
    values: Mapping[Knob, str] = field(default_factory=dict[Knob, str])
    kinds: Mapping[str, Share] = field(default_factory=dict[str, Share])
    history: tuple[Change, ...] = ()
    pages: int = 1


@dataclass(frozen=True)
class ShownReviewers:
    """People who may be reviewers, each with whether they are."""

    view: ReviewersCard
    project: Project
    people: tuple[tuple[Person, bool], ...]


@dataclass(frozen=True)
class ShownSchedule:
    """A project's schedules."""

    view: ScheduleCard
    project: Project
    schedules: tuple[Schedule, ...]


@dataclass(frozen=True)
class ShownSetup:
    """The joining of a chat. `reads` and `reacts` are the self-check: None while unknown.

    `model` names where text goes ("built-in" for none). `kept_until` is when the words kept of an earlier
    stay are purged, None where there are none.
    """

    view: SetupCard
    chat: Chat
    project: Project | None
    projects: tuple[Project, ...] = ()
    reads_everything: bool | None = None
    people: tuple[tuple[Person, bool], ...] = ()
    model: str = "built-in"
    retention_days: int = 0
    kept_until: datetime | None = None


@dataclass(frozen=True)
class ShownOpening:
    """A chat, a review room, and whether the room may read the chat."""

    view: OpeningCard
    chat: Chat
    room: Chat
    is_open: bool


@dataclass(frozen=True)
class ShownImport:
    """An export that was sent; `projects` are those to choose from, in the card's order."""

    view: ImportCard
    project: Project | None
    projects: tuple[Project, ...] = ()


@dataclass(frozen=True)
class ShownHelp:
    """Help for a role."""

    view: HelpCard
    has_project: bool


@dataclass(frozen=True)
class ShownPrivacy:
    """What is kept of a reader: `messages` counts what they said, quotes included.

    `model` names where text goes ("built-in" for none). In a group nobody's own is told.
    """

    view: PrivacyCard
    model: str = "built-in"
    retention_days: int = 0
    purge_days: int = 0
    is_left_out: bool = False
    messages: int = 0
