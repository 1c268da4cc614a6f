"""Working days and the hours in which nobody is spoken to unasked; pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SATURDAY = 5
_DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Monday to Friday."""
    return day.weekday() < _SATURDAY


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins there, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True)
class Hours:
    """A team's quiet hours, by the clock of its zone; the same hour twice is none at all."""

    zone: ZoneInfo
    quiet_from: time
    quiet_until: time
    weekends: bool

    def open_at(self, at: datetime) -> datetime:
        """The first moment from `at` on, in UTC, that lies in no quiet hours and on no quiet weekend."""
        opens = at
        while (end := self._rest_end(opens)) is not None:
            opens = end
        # An hour that daylight saving time repeats ends its rest the first time it comes.
        return max(at, opens)

    def today(self, at: datetime) -> datetime:
        """When the day of `at` began there, in UTC."""
        return midnight(at.astimezone(self.zone).date(), self.zone)

    def tomorrow(self, at: datetime) -> datetime:
        """The first moment of a later day than that of `at` on which something may be said, in UTC."""
        return self.open_at(midnight(at.astimezone(self.zone).date() + _DAY, self.zone))

    def _rest_end(self, at: datetime) -> datetime | None:
        local = at.astimezone(self.zone)
        if not self.weekends and not is_workday(local.date()):
            return midnight(local.date() + _DAY, self.zone)
        clock = local.time()
        if not self._is_quiet(clock):
            return None
        day = local.date() if clock < self.quiet_until else local.date() + _DAY
        return datetime.combine(day, self.quiet_until, self.zone).astimezone(UTC)

    def _is_quiet(self, clock: time) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= clock < self.quiet_until
        return clock >= self.quiet_from or clock < self.quiet_until
