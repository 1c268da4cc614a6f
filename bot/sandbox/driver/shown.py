"""What the driver returns: people, chats, messages as shown, answers, logged calls."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.shape import Json


class Refusal(Exception):
    """The sandbox refused a control call; the message says why."""


class Missed(AssertionError):
    """What a test waited for did not come in time; the message shows what was there."""


@dataclass(slots=True, frozen=True)
class Person:
    """A person (or another bot) in the sandbox."""

    id: int
    name: str
    username: str | None = None
    language: str | None = "en"


@dataclass(slots=True, frozen=True)
class Chat:
    """A group, supergroup, forum or channel."""

    id: int
    title: str
    kind: str
    """`group`, `supergroup` or `channel`, as Telegram names it."""
    is_forum: bool = False


@dataclass(slots=True, frozen=True)
class Button:
    """An inline button."""

    text: str
    data: str | None = None
    url: str | None = None
    app: str | None = None
    """A Mini App's address."""
    copy: str | None = None


@dataclass(slots=True, frozen=True)
class Reaction:
    """An emoji and who set it."""

    emoji: str
    actors: tuple[int, ...]


@dataclass(slots=True, frozen=True)
class ShownMessage:
    """A message as a client shows it."""

    id: int
    chat: int
    sender: int
    """A person's id, or a chat's for anonymous administrators and channels."""
    sender_name: str
    text: str
    html: str
    date: datetime
    edited_at: datetime | None
    reply_to: int | None
    thread: int | None
    """A forum topic (General is 1); None outside forums."""
    buttons: tuple[tuple[Button, ...], ...]
    reactions: tuple[Reaction, ...]
    history: tuple[str, ...]
    """Earlier texts, oldest first."""
    service: str | None
    """A service message's line, e.g. "Ann joined"."""
    media: Json | None
    forwarded_from: str | None
    is_from_bot: bool
    is_silent: bool
    is_pinned: bool
    quote: str | None = None
    """The part it quotes of what it answers."""
    reply_chat: int | None = None
    """The chat of what it answers, which may be another one."""

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons, row after row."""
        return [button.text for row in self.buttons for button in row]

    def find_button(self, text: str) -> Button | None:
        """Returns the first button whose text has `text` in it."""
        return next((b for row in self.buttons for b in row if text in b.text), None)


@dataclass(slots=True, frozen=True)
class Answer:
    """What a press brought."""

    text: str
    show_alert: bool
    url: str | None
    answered: bool
    """False when the bot did not answer in time, or the button only was a link."""


@dataclass(slots=True, frozen=True)
class Call:
    """A logged call of the bot."""

    id: int
    method: str
    params: Json
    at: datetime
    status: int
    """HTTP status; 0 when the connection was dropped, -1 while it is open."""
    error: str | None
    result: Any
    seconds: float


@dataclass(slots=True, frozen=True)
class Saying:
    """One thing said, for `Driver.say_many`; the fields are those of `Driver.say`."""

    person: int | Person
    chat: int | Chat
    text: str
    reply_to: int | None = None
    thread: int | None = None
    at: datetime | float | None = None
    media: Json | None = field(default=None)
    forward_from: int | str | None = None
    as_chat: int | None = None

    def to_json(self) -> Json:
        """Returns the control call's body."""
        at = self.at.timestamp() if isinstance(self.at, datetime) else self.at
        fields: Json = {
            "person": id_of(self.person),
            "chat": id_of(self.chat),
            "text": self.text,
            "reply_to": self.reply_to,
            "thread": self.thread,
            "at": at,
            "media": self.media,
            "forward_from": self.forward_from,
            "as_chat": self.as_chat,
        }
        return {key: value for key, value in fields.items() if value is not None}


def id_of(one: int | Person | Chat) -> int:
    """Returns the id of a person or chat, or the id itself."""
    return one if isinstance(one, int) else one.id


def message_of(shown: Json) -> ShownMessage:
    """Reads a message from the control answer."""
    edited, reply = shown["edited_at"], shown["reply"]
    return ShownMessage(
        id=shown["id"],
        chat=shown["chat"],
        sender=shown["sender"]["id"],
        sender_name=shown["sender"]["name"],
        text=shown["text"],
        html=shown["html"],
        date=_moment(shown["date"]),
        edited_at=None if edited is None else _moment(edited),
        reply_to=shown["reply_to"],
        thread=shown["thread"],
        buttons=tuple(tuple(_button(b) for b in row) for row in shown["buttons"]),
        reactions=tuple(Reaction(r["emoji"], tuple(r["actors"])) for r in shown["reactions"]),
        history=tuple(shown["history"]),
        service=shown["service"],
        media=shown["media"],
        forwarded_from=shown["forwarded_from"],
        is_from_bot=shown["sender"]["is_bot"],
        is_silent=shown["is_silent"],
        is_pinned=shown["is_pinned"],
        quote=reply["text"] if reply and reply["is_quote"] else None,
        reply_chat=reply["chat"] if reply else None,
    )


def call_of(logged: Json) -> Call:
    """Reads a logged call."""
    fields: Json = {**logged, "at": _moment(logged["at"])}
    return Call(**fields)


def _button(shown: Json) -> Button:
    return Button(shown["text"], shown["data"], shown["url"], shown["app"], shown["copy"])


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
