"""The things of a small Telegram: people, members, topics, messages, chats."""

from dataclasses import dataclass, field
from typing import Literal

from bot.sandbox.shape import Json

Kind = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

GENERAL_THREAD = 1
"""A forum's General topic; https://core.telegram.org/api/forum#forum-topics."""

ANONYMOUS_ADMIN = 1087968824
"""@GroupAnonymousBot, the sender of anonymous administrators' messages."""
CHANNEL_SENDER = 136817688
"""@Channel_Bot, the sender of messages people write as their channel."""
TELEGRAM_SERVICE = 777000
"""Telegram itself, the sender of a linked channel's automatic forwards."""

RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
"""Rights every ChatMemberAdministrator names; https://core.telegram.org/bots/api#chatmemberadministrator."""
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")


@dataclass(slots=True)
class Person:
    """A user or a bot."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language: str | None = "en"
    is_bot: bool = False
    has_started: bool = False
    """Whether the person ever wrote to the bot in direct chat."""
    has_blocked: bool = False

    @property
    def name(self) -> str:
        """First and last name as a client shows them."""
        return f"{self.first_name} {self.last_name}" if self.last_name else self.first_name


@dataclass(slots=True, frozen=True)
class Member:
    """One person's place in one chat."""

    status: Status
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False
    custom_title: str | None = None

    @property
    def is_present(self) -> bool:
        """Whether the person is in the chat at all."""
        return self.status not in {"left", "kicked"}

    @property
    def is_admin(self) -> bool:
        """Whether the person administers the chat."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether the member holds an administrator's right; a creator holds all."""
        return self.status == "creator" or (self.is_admin and right in self.rights)


ABSENT = Member("left")


@dataclass(slots=True)
class Topic:
    """A forum topic; its id is the id of the message that created it."""

    id: int
    name: str
    icon_color: int = 7322096
    is_closed: bool = False


@dataclass(slots=True)
class Message:
    """A message as it stands now, with the texts it had before."""

    id: int
    chat: int
    date: int
    """Unix seconds."""
    sender: int
    sender_chat: int | None = None
    text: str = ""
    """The text, or the caption when there is media."""
    entities: list[Json] = field(default_factory=list[Json])
    media: Json | None = None
    """Bot API fields of the media, e.g. `{"document": {...}}`."""
    service: Json | None = None
    """Bot API fields of a service message, e.g. `{"migrate_to_chat_id": …}`."""
    reply_to: int | None = None
    reply_elsewhere: tuple[int, int] | None = None
    """Chat and message of another chat that it answers."""
    quote: Json | None = None
    """The part of what it answers that it quotes, https://core.telegram.org/bots/api#textquote."""
    thread: int | None = None
    edited_at: int | None = None
    forward_origin: Json | None = None
    is_automatic_forward: bool = False
    keyboard: list[list[Json]] = field(default_factory=list[list[Json]])
    reactions: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    """Emoji by the id of the person or chat that reacted."""
    history: list[str] = field(default_factory=list[str])
    """Earlier texts, oldest first."""
    is_silent: bool = False
    is_pinned: bool = False


@dataclass(slots=True)
class Chat:
    """A chat with its members, topics and messages."""

    id: int
    kind: Kind
    title: str = ""
    username: str | None = None
    is_forum: bool = False
    members: dict[int, Member] = field(default_factory=dict[int, Member])
    messages: dict[int, Message] = field(default_factory=dict[int, Message])
    topics: dict[int, Topic] = field(default_factory=dict[int, Topic])
    migrated_to: int | None = None
    linked: int | None = None
    """The discussion group of a channel, or the channel of a discussion group."""
    last_message_id: int = 0

    def member(self, person: int) -> Member:
        """Returns the person's place here, `left` when they never were."""
        return self.members.get(person, ABSENT)

    @property
    def is_group(self) -> bool:
        """Whether several people talk here."""
        return self.kind in {"group", "supergroup"}
