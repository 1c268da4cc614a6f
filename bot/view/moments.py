"""Times as people read them, in the reader's zone and words."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_HOURS_UNTIL_DAYS = 48


class Say(Protocol):
    """A sentence by its key, in a language already chosen."""

    def __call__(self, key: str, /, **args: str | int | float) -> str:
        """The sentence."""
        ...


def clock_time(at: datetime, timezone: str) -> str:
    """`10:41`."""
    return f"{at.astimezone(ZoneInfo(timezone)):%H:%M}"


def local_day(at: datetime, timezone: str) -> date:
    """The day it is there and then."""
    return at.astimezone(ZoneInfo(timezone)).date()


def day(on: date, today: date, say: Say) -> str:
    """`Tue 11 Nov`, with the year when it is another one than today's."""
    weekday, month = say(f"weekday-{on.weekday()}"), say(f"month-{on.month}")
    named = say("moment-day", weekday=weekday, day=str(on.day), month=month)
    return named if on.year == today.year else f"{named} {on.year}"


def moment(at: datetime, now: datetime, timezone: str, say: Say) -> str:
    """`10:41` today, else `Tue 11 Nov 10:41`."""
    on, today = local_day(at, timezone), local_day(now, timezone)
    clock = clock_time(at, timezone)
    return clock if on == today else f"{day(on, today, say)} {clock}"


def span(seconds: float, say: Say) -> str:
    """`40 s`, `5 min`, `26 h`, `3 d`: one unit, rounded down, hours up to two days."""
    whole = max(0, int(seconds))
    if whole < _MINUTE:
        return say("span-seconds", n=whole)
    if whole < _HOUR:
        return say("span-minutes", n=whole // _MINUTE)
    if whole < _HOURS_UNTIL_DAYS * _HOUR:
        return say("span-hours", n=whole // _HOUR)
    return say("span-days", n=whole // _DAY)
