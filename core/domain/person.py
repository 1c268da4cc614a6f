"""People, what they may do, and the chats and projects they are in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ids import ChatId, PersonId, ThreadId
from core.domain.knobs import AS_FOUND, Knobs
from core.domain.rest import Rest


class Role(StrEnum):
    """What a person may do in a project; owners may all that reviewers may."""

    MEMBER = "member"
    REVIEWER = "reviewer"
    OWNER = "owner"


@dataclass(frozen=True)
class Person:
    """A Telegram user as last seen; `has_direct_chat` once they started the bot.

    `is_left_out` people are never stored; nor is what others said before `forgotten_at`.
    """

    id: PersonId
    name: str
    username: str | None = None
    language: str = "en"
    has_direct_chat: bool = False
    is_left_out: bool = False
    current_project: UUID | None = None
    forgotten_at: datetime | None = None

    def keeps_out(self, sent_at: datetime) -> bool:
        """Whether what they said then is not to be stored."""
        return self.is_left_out or (self.forgotten_at is not None and sent_at < self.forgotten_at)

    @property
    def handle(self) -> str:
        """`@ann` where there is a user name, else the plain name."""
        return f"@{self.username}" if self.username else self.name


@dataclass(frozen=True)
class Actor:
    """Who acts, as far as rights go: what they may is looked up where it counts.

    `speaks_as` is the chat that speaks in their place, None for a person: the very chat they are in (so
    an anonymous administrator, Telegram lets nobody else), its linked channel or a channel of their own.
    """

    person_id: PersonId
    name: str
    speaks_as: ChatId | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody can be named as the one who acts."""
        return self.speaks_as is not None


class ChatKind(StrEnum):
    """Telegram's kinds of chat that we meet."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class ChatState(StrEnum):
    """How far a chat let us in; only `reading` stores what is said."""

    WAITING = "waiting"
    READING = "reading"
    GONE = "gone"


@dataclass(frozen=True)
class Chat:
    """A Telegram chat; `open_to` are chats whose readers may read what is said here.

    `left_at` is when the bot was removed, until an administrator said what becomes of the words it kept.
    `imported_by` sent the export it came from, while the bot itself was never in it.
    """

    id: ChatId
    kind: ChatKind
    title: str
    username: str | None = None
    is_forum: bool = False
    reads_all_threads: bool = True
    state: ChatState = ChatState.WAITING
    language: str = "en"
    bot_is_administrator: bool = False
    is_imported: bool = False
    imported_by: PersonId | None = None
    added_by: PersonId | None = None
    left_at: datetime | None = None
    last_heard_at: datetime | None = None
    migrated_to: ChatId | None = None
    is_blocked: bool = False
    open_to: frozenset[ChatId] = frozenset()

    def reading(self) -> "Chat":
        """The chat after an administrator tapped Start reading."""
        return replace(self, state=ChatState.READING, left_at=None)

    def gone(self, at: datetime) -> "Chat":
        """The chat after the bot was removed; where words are kept they are purged after a grace period."""
        left_at = at if self.state is ChatState.READING else self.left_at
        return replace(self, state=ChatState.GONE, left_at=left_at, bot_is_administrator=False)


@dataclass(frozen=True)
class Binding:
    """Which project a chat, or one thread of it, belongs to; a thread's own binding wins."""

    chat_id: ChatId
    project_id: UUID
    thread_id: ThreadId | None = None
    is_source: bool = True
    is_review: bool = False


class ReviewPlace(StrEnum):
    """Where reviewers decide."""

    DIRECT = "direct"
    ROOM = "room"
    HERE = "here"


@dataclass(frozen=True)
class Project:
    """What a team works on. `version` rises by a minor step at each change of its settings.

    `budget_usd` is what its models may cost in a calendar month, None as `llm.budget_month_usd` says.
    `knobs` are the numbers it has of its own.
    """

    id: UUID
    name: str
    timezone: str = "UTC"
    language: str = "en"
    description: str = ""
    keywords: tuple[str, ...] = ()
    glossary: Mapping[str, str] = field(default_factory=dict[str, str])
    components: tuple[str, ...] = ()
    place: ReviewPlace = ReviewPlace.DIRECT
    has_named_reviewers: bool = False
    digest_in_group: bool = False
    digest_paused_until: datetime | None = None
    runs_paused_at: datetime | None = None
    budget_usd: float | None = None
    knobs: Knobs = AS_FOUND
    version: str = "1.0"
    revision: int = 0

    @property
    def rest(self) -> str:
        """By which clock, and in which quiet hours, what nobody asked for waits: for `Spot.unasked_in`."""
        own = self.knobs
        return str(Rest(self.timezone, own.quiet_from, own.quiet_until, own.weekends, own.messages_per_day))

    @property
    def told(self) -> Mapping[str, str]:
        """Its settings by knob, as history has them; what is empty or not its own is left out."""
        own = {
            "name": self.name,
            "description": self.description,
            "keywords": ", ".join(self.keywords),
            "components": ", ".join(self.components),
            "glossary": "; ".join(f"{term}: {meaning}" for term, meaning in sorted(self.glossary.items())),
            "language": self.language,
            "timezone": self.timezone,
            "place": self.place.value,
            "digest_in_group": "on" if self.digest_in_group else "off",
            "budget": "" if self.budget_usd is None else f"${self.budget_usd:.2f}",
            **self.knobs.told,
        }
        return {knob: value for knob, value in own.items() if value}

    def configured(self, **changes: object) -> "Project":
        """The project with changed settings and the next minor version."""
        major, minor = self.version.split(".")
        return replace(self, version=f"{major}.{int(minor) + 1}", **changes)


@dataclass(frozen=True)
class Installation:
    """One bot with its owner; `claims` are the SHA-256 of one-time start links still good, oldest first."""

    bot_id: int
    owner_id: PersonId | None = None
    claims: tuple[str, ...] = ()
    invited: frozenset[PersonId] = frozenset()
    revision: int = 0
