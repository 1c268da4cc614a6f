"""Which stretch of time a day's digest tells; pure.

A digest tells what happened since the one before, so nothing falls between two. One that comes in the
morning tells the working day before (and the weekend after a Friday); one that comes later tells the day
it comes on. Either way every moment belongs to a working day's digest.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from core.domain.daily.hours import is_workday
from core.domain.run import Window

NOON = time(12)
MORNING = time(9)
_DAY = timedelta(days=1)
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_CRON = re.compile(r"(?P<minute>\d{1,2}) (?P<hour>\d{1,2})( .*)?")


@dataclass(frozen=True)
class Rhythm:
    """When a project's digest comes: its hour in the project's time zone, on workdays."""

    timezone: str
    hour: time

    def window(self, day: date) -> Window:
        """What the digest of `day` tells, `[start, end)` in UTC."""
        if self.hour < NOON:
            return Window(self._at(day), self._at(_workday(day, 1)))
        return Window(self._at(_workday(day, -1)), self._at(day))

    def week(self, monday: date) -> Window:
        """What the digests of Monday to Friday tell, `[start, end)` in UTC."""
        return Window(self.window(monday).start, self.window(monday + 4 * _DAY).end)

    def day_at(self, now: datetime) -> date:
        """The day whose digest is being filled now."""
        local = now.astimezone(ZoneInfo(self.timezone)).date()
        has_come = now >= self._at(local)
        if self.hour < NOON:
            return local if has_come else local - _DAY
        return local + _DAY if has_come else local

    def due_day(self, now: datetime) -> date:
        """The latest working day whose digest is complete."""
        day = self.day_at(now)
        while not (is_workday(day) and self.window(day).end <= now):
            day -= _DAY
        return day

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, self.hour, ZoneInfo(self.timezone)).astimezone(UTC)


def hour_of(rule: str, default: time) -> time:
    """The hour of a rule such as `09:00` or `30 8 * * mon-fri`; `default` where it has none."""
    found = _CLOCK.fullmatch(rule) or _CRON.fullmatch(rule)
    if found is None:
        return default
    hour, minute = int(found["hour"]), int(found["minute"])
    return time(hour, minute) if hour < 24 and minute < 60 else default  # noqa: PLR2004 # a clock's ends


def _workday(day: date, step: int) -> date:
    """The next working day in that direction."""
    day += step * _DAY
    while not is_workday(day):
        day += step * _DAY
    return day
