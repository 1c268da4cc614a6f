"""When things happen: APScheduler reckons the next times and ticks; the rows say what is due.

Nightly copies alone have no row: which copies there are says what is due.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from core.errors import BadSchedule, StorageFailed, WorldFailed
from core.ports.copies import Copies
from core.ports.world import Clock

TICK_SECONDS = 1
ENSURE_SECONDS = 60
"""A project made meanwhile, here or elsewhere, has its rows at the latest after this long."""
COPY_HOUR = 3
"""UTC; a night that was missed is made up for."""
COPY_LOOK_SECONDS = 600
"""How often to look whether tonight's copy is there; also how long after the start the first look is."""
_EVERY = re.compile(r"every ([1-9]\d{0,6})")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_SPAN = re.compile(r"(?:\*|(?P<first>\w+)(?:-(?P<last>\w+))?)(?:/(?P<step>[1-9]\d?))?")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = 5
_EVERY_DAY = "*"

_log = logging.getLogger(__name__)


class _Trigger(Protocol):
    """APScheduler's triggers as far as they are used here; the library has no types of its own."""

    def get_next_fire_time(self, previous_fire_time: None, now: datetime) -> datetime | None: ...


class _Scheduler(Protocol):
    """APScheduler's scheduler as far as it is used here."""

    def add_job(self, func: Callable[[], Awaitable[None]], trigger: str, *, seconds: int) -> object: ...


def next_fire(rule: str, timezone: str, after: datetime) -> datetime | None:
    """The next time of a rule after a moment, in UTC; None for a rule that is off ("").

    A rule is `every N` seconds, `HH:MM` on workdays, or five cron fields with cron's own numbers (0 and 7
    are Sunday) or names. With both days of the month and days of the week it fires on either, as cron does.
    An hour that daylight saving time skips fires right after it; one it repeats fires once.

    Raises:
        BadSchedule: The rule or the time zone cannot be read.
    """
    if not rule:
        return None
    every = _EVERY.fullmatch(rule)
    if every is not None:
        return after + timedelta(seconds=int(every[1]))
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise BadSchedule(timezone) from unknown
    return _next_of(_triggers(rule, zone), zone, after)


def _next_of(triggers: list[_Trigger], zone: ZoneInfo, after: datetime) -> datetime | None:
    times = [_next(trigger, zone, after) for trigger in triggers]
    return min((at for at in times if at is not None), default=None)


def _next(trigger: _Trigger, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The trigger's next time; of an hour that comes twice only the first."""
    start = after
    while True:
        at = trigger.get_next_fire_time(None, start + timedelta(microseconds=1))
        if at is None:
            return None
        start = at.astimezone(UTC)
        if not _is_repeat(start.astimezone(zone)):
            return start


def _is_repeat(local: datetime) -> bool:
    """Whether this is the second time of an hour that comes twice."""
    return local.fold == 1 and local.utcoffset() != local.replace(fold=0).utcoffset()


def _triggers(rule: str, zone: ZoneInfo) -> list[_Trigger]:
    clock = _CLOCK.fullmatch(rule)
    if clock is not None:
        return [CronTrigger(hour=int(clock[1]), minute=int(clock[2]), day_of_week="mon-fri", timezone=zone)]
    fields = rule.split()
    if len(fields) != _FIELDS:
        raise BadSchedule(rule)
    minute, hour, day, month, weekday = fields
    weekday = _weekdays(weekday, rule)
    either = [(day, _EVERY_DAY), (_EVERY_DAY, weekday)]
    pairs = [(day, weekday)] if _EVERY_DAY in {day, weekday} else either
    try:
        return [
            CronTrigger(
                minute=minute, hour=hour, day=on_day, month=month, day_of_week=on_weekday, timezone=zone
            )
            for on_day, on_weekday in pairs
        ]
    except ValueError as unreadable:
        raise BadSchedule(rule) from unreadable


def _weekdays(field: str, rule: str) -> str:
    """Cron's days of the week by name, because APScheduler counts from Monday and cron from Sunday."""
    if field == _EVERY_DAY:
        return field
    days: set[int] = set()
    for part in field.split(","):
        days.update(_days_of(part, rule))
    return ",".join(_DAYS[day] for day in sorted(days))


def _days_of(part: str, rule: str) -> Iterable[int]:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise BadSchedule(rule)
    first, last = 0, 6
    if found["first"] is not None:
        first = _day(found["first"], rule)
        last = _day(found["last"] or found["first"], rule)
        last += 7 if last < first else 0
    return (day % 7 for day in range(first, last + 1, int(found["step"] or 1)))


def _day(name: str, rule: str) -> int:
    if name in _DAYS:
        return _DAYS.index(name)
    if name.isdecimal() and int(name) <= len(_DAYS):
        return int(name)
    raise BadSchedule(rule)


class Schedules(Protocol):
    """`core.services.daily.schedules.ScheduleService` as far as ticking needs it."""

    async def tell_absence(self) -> object:
        """Tell whom it concerns when the program was away for long."""
        ...

    async def ensure_all(self) -> None:
        """Make sure every project has its rows."""
        ...

    async def fire_due(self) -> int:
        """Fire what is due."""
        ...


class Timetable:
    """Ticks: each second what is due fires, each minute new projects get their rows."""

    def __init__(self, schedules: Schedules) -> None:
        """Tick for these schedules."""
        self._schedules = schedules
        self._busy = asyncio.Lock()

    async def run(self) -> None:
        """Tick until cancelled; a firing under way ends first."""
        # Its warnings tell that a tick took longer than a second, which is no news to anybody.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        while True:
            if await _went_well(self._begin):
                break
            await asyncio.sleep(TICK_SECONDS)
        scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._add(scheduler, self._schedules.fire_due, TICK_SECONDS)
        self._add(scheduler, self._schedules.ensure_all, ENSURE_SECONDS)
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            # `shutdown` cancels what runs, so what runs, or was handed over just now, is waited for before.
            scheduler.pause()
            await asyncio.sleep(0)
            async with self._busy:
                scheduler.shutdown(wait=False)

    async def _begin(self) -> None:
        await self._schedules.tell_absence()
        await self._schedules.ensure_all()

    def _add(self, scheduler: _Scheduler, work: Callable[[], Awaitable[object]], seconds: int) -> None:
        async def tick() -> None:
            async with self._busy:
                await _went_well(work)

        scheduler.add_job(tick, "interval", seconds=seconds)


async def _went_well(work: Callable[[], Awaitable[object]]) -> bool:
    """Do it; False where the world failed, which the next tick makes up for."""
    try:
        await work()
    except WorldFailed as failure:
        _log.warning("the timetable rests: %r", failure)
        return False
    return True


class Keeper:
    """Lays a copy of the database aside each night."""

    def __init__(self, copies: Copies, clock: Clock) -> None:
        """Keep these copies by this clock."""
        self._copies = copies
        self._clock = clock

    async def run(self) -> None:
        """Look and keep until cancelled."""
        while True:
            await asyncio.sleep(COPY_LOOK_SECONDS)
            await self.keep_when_due()

    async def keep_when_due(self) -> bool:
        """Lay tonight's copy aside unless it is there; a failure is logged and tried at the next look."""
        now, newest = self._clock.now(), self._copies.newest_at()
        night = now.replace(hour=COPY_HOUR, minute=0, second=0, microsecond=0)
        night -= timedelta(days=now < night)
        if newest is not None and newest >= night:
            return False
        try:
            await self._copies.keep()
        except StorageFailed as failure:
            _log.warning("no copy tonight yet: %r", failure)
            return False
        return True
