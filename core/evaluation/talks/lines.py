"""Logs of chat programs as the product reads them: lines become messages of one chat."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Annotated

from pydantic import AfterValidator

from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.message import Author, Message

_DAY = datetime(2026, 1, 5, tzinfo=UTC)
_BACK = timedelta(hours=1)
"""A clock that goes back by more has passed midnight; by less, the log is only out of order."""


def _readable(ts: str | None) -> str | None:
    _at(ts, _DAY)
    return ts


@dataclass(frozen=True)
class Line:
    """One line: `ts` is `HH:MM` or a whole date and time, None where the log does not tell it."""

    i: int
    text: str
    user: str | None = None
    ts: Annotated[str | None, AfterValidator(_readable)] = None


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
    for ts in told:
        at = _at(ts, at)
        yield at


def _at(ts: str | None, last: datetime) -> datetime:
    """The moment told, after the last one; raises ValueError where it is neither a time nor a date."""
    if not ts:
        return last
    if "-" in ts:
        return datetime.fromisoformat(ts).replace(tzinfo=UTC)
    clock = time.fromisoformat(ts)
    then = last.replace(hour=clock.hour, minute=clock.minute)
    return then + timedelta(days=1) if then < last - _BACK else then
