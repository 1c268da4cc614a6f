"""Speaking: what a card is, who paints it, who sends it, and what Telegram says about a chat."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.domain.ids import ChatId, MessageId, PersonId, ThreadId
from core.domain.showing.shown import Reader, Shown
from core.domain.showing.spot import Spot

TEXT_LIMIT = 4096
"""Characters of a message after entities, https://core.telegram.org/bots/api#sendmessage."""
CAPTION_LIMIT = 1024
"""Characters below a picture after entities, https://core.telegram.org/bots/api#sendphoto."""
TOAST_LIMIT = 200
"""Characters of an answer to a press, https://core.telegram.org/bots/api#answercallbackquery."""
QUOTE_LIMIT = 1024
"""UTF-16 code units a reply can quote, https://core.telegram.org/bots/api#replyparameters."""
PAYLOAD_LIMIT = 64
"""Bytes of a button's payload, https://core.telegram.org/bots/api#inlinekeyboardbutton."""


@dataclass(frozen=True)
class Button:
    """A label with a payload, or with a link."""

    label: str
    payload: str = ""
    url: str = ""


@dataclass(frozen=True)
class Pointing:
    """The message a card answers, of any chat, and the words it quotes of it ("" for all of it).

    `otherwise` is the HTML to send where Telegram cannot point at it.
    """

    chat_id: ChatId
    message_id: MessageId
    words: str
    otherwise: str


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its label, how long it is in [0, 100], and what stands beside it."""

    label: str
    percent: float
    note: str


@dataclass(frozen=True)
class Chart:
    """Bars under a title: beside each other along time, else one below the other."""

    title: str
    bars: tuple[Bar, ...]
    is_over_time: bool = False


@dataclass(frozen=True)
class Card:
    """A message as it is to stand: HTML of Telegram's subset and rows of buttons.

    `pointing` counts when it is sent; no edit changes what a message answers. With `charts` the message is
    a picture of them, and the HTML stands below it, at most CAPTION_LIMIT long.
    """

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    pointing: Pointing | None = None
    charts: tuple[Chart, ...] = ()

    @property
    def digest(self) -> str:
        """A short hash by which two equal cards are known."""
        return hashlib.blake2b(repr(self).encode(), digest_size=12).hexdigest()


class Painter(Protocol):
    """Turns what is shown into a Card; pure."""

    def paint(self, shown: Shown, reader: Reader, spot: Spot) -> Card:
        """The card; never longer than Telegram's limits."""
        ...


class Fate(StrEnum):
    """What became of a send or edit."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    MAYBE_SENT = "maybe_sent"
    WAIT = "wait"
    MESSAGE_GONE = "message_gone"
    CHAT_GONE = "chat_gone"
    MIGRATED = "migrated"
    REFUSED = "refused"


@dataclass(frozen=True)
class Outcome:
    """The fate, with the message id when sent, the wait in seconds, the new chat when migrated."""

    fate: Fate
    message_id: MessageId | None = None
    wait_seconds: float = 0.0
    migrated_to: ChatId | None = None
    detail: str = ""


class Messenger(Protocol):
    """Sends cards. Never raises for what Telegram answers; each failure is a Fate."""

    def divide(self, speakers: int) -> None:
        """So many speak for this bot: keep to one's part of what Telegram allows them all together."""
        ...

    def wait_seconds(self, chat_id: ChatId) -> float:
        """How long this chat's pace (and the whole bot's) still has to rest; 0 is now."""
        ...

    async def send(
        self,
        chat_id: ChatId,
        card: Card,
        *,
        thread_id: ThreadId | None,
        reply_to: MessageId | None,
    ) -> Outcome:
        """A new message, sent silently."""
        ...

    async def edit(self, chat_id: ChatId, message_id: MessageId, card: Card) -> Outcome:
        """The same message with another picture; "not modified" counts as sent."""
        ...

    async def remove(self, chat_id: ChatId, message_id: MessageId) -> Outcome:
        """Delete a message of ours; one that is gone already counts as sent."""
        ...

    async def answer(self, press_id: str, text: str, *, url: str = "", is_alert: bool = False) -> None:
        """Answer a press at once; an expired one is let go."""
        ...

    async def react(self, chat_id: ChatId, message_id: MessageId, emoji: str) -> Outcome:
        """Put a reaction on a message."""
        ...

    async def send_document(self, chat_id: ChatId, name: str, data: bytes) -> Outcome:
        """A file, sent silently; at most 50 MB, https://core.telegram.org/bots/api#senddocument."""
        ...

    async def leave(self, chat_id: ChatId) -> None:
        """Leave a chat."""
        ...


@dataclass(frozen=True)
class ChatAdministrator:
    """An administrator as Telegram lists them."""

    person_id: PersonId
    name: str
    username: str | None
    is_owner: bool
    is_anonymous: bool
    is_bot: bool
    language: str = "en"


class ChatFacts(Protocol):
    """What Telegram says about a chat now. Raises TelegramAway, or NotFound when the chat is gone."""

    async def administrators(self, chat_id: ChatId) -> list[ChatAdministrator]:
        """All administrators, the bot's own account included."""
        ...

    async def is_member(self, chat_id: ChatId, person_id: PersonId) -> bool:
        """Whether a person is in a chat now."""
        ...

    async def reads_everything(self) -> bool:
        """Whether the bot's privacy mode is off (`can_read_all_group_messages`)."""
        ...
