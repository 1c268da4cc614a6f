"""Exports of Telegram chats as linking needs them: the messages without their replies, and the replies."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated

from pydantic import Field

from core.domain.ids import ChatId, MessageId, MessageKey, PersonId, ThreadId
from core.domain.message import Author, Message
from core.evaluation.score import Labelled
from core.rules.conversations import roots_of
from core.rules.weights import digest_of

FILES = "telegram/*.json"
_CHAT = ChatId(-1)
_SAID = "message"
_TOPIC_OPENED = "topic_created"


@dataclass(frozen=True)
class _Piece:
    text: str = ""


@dataclass(frozen=True)
class _Record:
    """A message, or a service message, as far as linking goes."""

    id: int
    type: str
    date: datetime
    date_unixtime: int | None = None
    sender: Annotated[str | None, Field(alias="from")] = None
    from_id: str | None = None
    text: str | tuple[str | _Piece, ...] = ""
    reply_to_message_id: int | None = None
    action: str = ""


@dataclass(frozen=True)
class _File:
    messages: tuple[_Record, ...]


@dataclass(frozen=True)
class Export:
    """One chat's messages in the export's order."""

    messages: Sequence[Message]

    @cached_property
    def hidden(self) -> list[Message]:
        """The messages without what they reply to."""
        return [replace(message, reply_to=None) for message in self.messages]

    @cached_property
    def replies(self) -> Mapping[int, int]:
        """By place of a message, the place of the earlier one it answers.

        A reply to a message that is not there, or to a forum topic's first message, is none.
        """
        roots = roots_of(self.messages)
        place: dict[MessageId | None, int] = {
            message.key.message_id: index for index, message in enumerate(self.messages)
        }
        answered = ((index, message.reply_to) for index, message in enumerate(self.messages))
        return {
            index: place[target]
            for index, target in answered
            if target in place and target not in roots and place[target] < index
        }

    def digest(self, index: int) -> str:
        """Tells whether weights know a reply, by the words of the message that replies and its number."""
        message = self.messages[index]
        return digest_of(f"{message.key.message_id} {message.text}")


def export_in(labelled: Labelled) -> Export:
    """The chat of a file.

    Raises:
        BadLabels: It is no export of one chat as Telegram Desktop writes it.
    """
    return Export(list(_messages(labelled.whole(_File).messages)))


def _messages(records: Sequence[_Record]) -> Iterator[Message]:
    """What people said; an export tells a message's forum topic only by what it replies to."""
    threads: dict[int, int] = {one.id: one.id for one in records if one.action == _TOPIC_OPENED}
    for record in records:
        if record.type != _SAID:
            continue
        answered = record.reply_to_message_id
        if answered in threads:
            threads[record.id] = threads[answered]
        yield Message(
            MessageKey(_CHAT, MessageId(record.id)),
            Author(record.sender or record.from_id or "", _person(record.from_id)),
            _text(record),
            _when(record),
            thread_id=ThreadId(threads[record.id]) if record.id in threads else None,
            reply_to=None if answered is None else MessageId(answered),
        )


def _person(from_id: str | None) -> PersonId | None:
    """Of `user123` the number; channels speak without one."""
    number = (from_id or "").removeprefix("user")
    return PersonId(int(number)) if number.isdecimal() else None


def _when(record: _Record) -> datetime:
    if record.date_unixtime is not None:
        return datetime.fromtimestamp(record.date_unixtime, tz=UTC)
    return record.date.replace(tzinfo=UTC)


def _text(record: _Record) -> str:
    pieces = (record.text,) if isinstance(record.text, str) else record.text
    return "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
