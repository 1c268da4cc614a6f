"""What people write: messages, who wrote them, where."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ids import ChatId, MessageId, MessageKey, PersonId, ThreadId


class MediaKind(StrEnum):
    """What a message carries beside its text."""

    NONE = "none"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    ANIMATION = "animation"
    POLL = "poll"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


class Origin(StrEnum):
    """How we came to know a message."""

    LIVE = "live"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Author:
    """Who speaks: a person, or a chat that speaks as itself (`sender_chat`)."""

    name: str
    person_id: PersonId | None = None
    chat_id: ChatId | None = None
    username: str | None = None
    is_bot: bool = False


@dataclass(frozen=True)
class Message:
    """One message as Telegram has it; text includes a caption.

    `mentions` are the @names and names linked in the text, without the @, lower case.
    `batch_id` is the mark: the batch that read it, None while unread.
    """

    key: MessageKey
    author: Author
    text: str
    sent_at: datetime
    thread_id: ThreadId | None = None
    reply_to: MessageId | None = None
    edited_at: datetime | None = None
    media: MediaKind = MediaKind.NONE
    is_forwarded: bool = False
    origin: Origin = Origin.LIVE
    mentions: tuple[str, ...] = ()
    is_excluded: bool = False
    batch_id: UUID | None = None

    @property
    def is_readable(self) -> bool:
        """Whether analysis may see it: people's words that nobody took out."""
        return bool(self.text.strip()) and not self.is_excluded and not self.author.is_bot

    def edited(self, text: str, mentions: tuple[str, ...], at: datetime) -> "Message":
        """The message after its author changed it."""
        return replace(self, text=text, mentions=mentions, edited_at=at)
