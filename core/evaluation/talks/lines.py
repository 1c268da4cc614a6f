"""Logs of chat programs as the product reads them: lines become messages of one chat."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.message import Author, Message

_DAY = datetime(2026, 1, 5, tzinfo=UTC)
_BACK = timedelta(hours=1)
"""A clock that goes back by more has passed midnight; by less, the log is only out of order."""


@dataclass(frozen=True)
class Line:
    """One line: `ts` is `HH:MM` or a whole date and time, None where the log does not tell it."""

    i: int
    text: str
    user: str | None = None
    ts: str | None = None


def messages_of(lines: Iterable[Line]) -> list[Message]:
    """One message a line, with its number; what has no author was said by the log itself."""
    lines = list(lines)
    return [
        Message(MessageKey(ChatId(-1), MessageId(line.i)), Author(line.user or ""), line.text, at)
        for line, at in zip(lines, _times(line.ts for line in lines), strict=True)
    ]


def _times(told: Iterable[str | None]) -> Iterator[datetime]:
    """When each was said; a time nobody tells is the last one."""
    at = _DAY
    for text in told:
        if text and "-" in text:
            at = datetime.fromisoformat(text).replace(tzinfo=UTC)
        elif text:
            hours, _, minutes = text.partition(":")
            then = at.replace(hour=int(hours), minute=int(minutes[:2]))
            at = then + timedelta(days=1) if then < at - _BACK else then
        yield at
