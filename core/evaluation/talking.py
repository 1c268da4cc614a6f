"""Labelled talk as the product reads it: lines become messages, messages become a talk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.domain.conversation import Conversation
from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.message import Author, Message
from core.rules.talk import Talk, talk_of

_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """One line of a labelled talk, whatever else its row says."""

    user: str
    text: str


def talk_between(lines: Sequence[Line]) -> Talk:
    """The lines as one talk."""
    return talk_of(conversation_between(lines))


def conversation_between(lines: Sequence[Line]) -> Conversation:
    """The lines as one conversation, half a minute apart: not every file tells the time."""
    return Conversation(tuple(_message(number, line) for number, line in enumerate(lines)))


def index_of(message: Message) -> int:
    """The place of its line."""
    return int(message.key.message_id) - 1


def _message(number: int, line: Line) -> Message:
    key = MessageKey(ChatId(-1), MessageId(number + 1))
    return Message(key, Author(line.user), line.text, _START + timedelta(seconds=30 * number))
