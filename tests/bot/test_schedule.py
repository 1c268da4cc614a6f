"""Times as cron and people mean them, and the ticking."""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.schedule import TICK_SECONDS, Timetable, next_fire
from core.errors import BadSchedule

TUESDAY = datetime(2026, 11, 10, 8, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def local(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("09:00", "2026-11-10T09:00"),
        ("8:00", "2026-11-11T08:00"),
        ("07:30", "2026-11-11T07:30"),
        ("0 14 * * mon-fri", "2026-11-10T14:00"),
        ("0 9 * * 1", "2026-11-16T09:00"),
        ("0 9 * * 0", "2026-11-15T09:00"),
        ("0 9 * * 7", "2026-11-15T09:00"),
        ("0 9 * * sun", "2026-11-15T09:00"),
        ("0 9 * * 1-5", "2026-11-10T09:00"),
        ("0 9 * * 5-7", "2026-11-13T09:00"),
        ("0 9 * * 6-1", "2026-11-14T09:00"),
        ("0 9 * * fri-mon", "2026-11-13T09:00"),
        ("0 9 * * 1,3", "2026-11-11T09:00"),
        ("0 9 * * */3", "2026-11-11T09:00"),
        ("0 9 * * 1-5/2", "2026-11-11T09:00"),
        ("0 9 13 * *", "2026-11-13T09:00"),
        ("0 9 13 * wed", "2026-11-11T09:00"),
        ("0 9 11 * fri", "2026-11-11T09:00"),
        ("*/15 * * * *", "2026-11-10T08:15"),
        ("every 30", "2026-11-10T08:00:30"),
    ],
)
def test_a_rule_fires_next(rule: str, expected: str) -> None:
    assert next_fire(rule, "UTC", TUESDAY) == local(expected)


def test_a_rule_that_is_off_never_fires() -> None:
    assert next_fire("", "UTC", TUESDAY) is None


@pytest.mark.parametrize(
    "rule",
    [
        "soon", "25:00", "9", "0 9 * *", "0 9 * * * *", "61 9 * * *", "0 9 * * 8", "0 9 * * moon",
        "0 9 * * 1-", "0 9 * * 1/0", "every 0", "every -1", "0 9 32 * *", "0 9 * 13 *",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(BadSchedule):
        next_fire(rule, "UTC", TUESDAY)


@pytest.mark.parametrize("zone", ["Nowhere/Here", "../etc/passwd", ""])
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(BadSchedule):
        next_fire("09:00", zone, TUESDAY)


def fires(rule: str, start: str, end: str) -> list[str]:
    """Every firing from `start` on until `end`, in Berlin's time with its offset."""
    found: list[str] = []
    at, last = local(start, BERLIN).astimezone(UTC), local(end, BERLIN).astimezone(UTC)
    while (following := next_fire(rule, BERLIN, at)) is not None and following < last:
        at = following
        found.append(at.astimezone(ZoneInfo(BERLIN)).isoformat())
    return found


def test_an_hour_that_comes_twice_fires_once() -> None:
    assert fires("30 2 * * *", "2026-10-25T00:00", "2026-10-26T00:00") == ["2026-10-25T02:30:00+02:00"]


def test_an_hour_that_is_skipped_fires_all_the_same() -> None:
    assert fires("30 2 * * *", "2026-03-29T00:00", "2026-03-30T00:00") == ["2026-03-29T03:30:00+02:00"]


@pytest.mark.parametrize("day", ["2026-03-27", "2026-03-30", "2026-10-23", "2026-10-26"])
def test_nine_is_nine_on_either_side_of_a_change(day: str) -> None:
    [fired] = fires("09:00", f"{day}T00:00", f"{day}T23:59")
    assert fired.startswith(f"{day}T09:00:00")


@dataclass
class SlowSchedules:
    """Counts what is asked of it; a firing lasts `seconds`."""

    seconds: float = 0.0
    ensured: int = 0
    started: int = 0
    ended: int = 0
    asked: int = 0
    first: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell_absence(self) -> bool:
        self.asked += 1
        return False

    async def ensure_all(self) -> None:
        self.ensured += 1

    async def fire_due(self) -> int:
        self.started += 1
        self.first.set()
        await asyncio.sleep(self.seconds)
        self.ended += 1
        return 0


async def stopped(schedules: SlowSchedules) -> None:
    """Run the timetable until its first firing began, then stop it."""
    timetable = Timetable(schedules)
    async with asyncio.TaskGroup() as group:
        running = group.create_task(timetable.run())
        async with asyncio.timeout(5):
            await schedules.first.wait()
        running.cancel()


async def test_a_firing_handed_over_as_the_program_stops_is_not_torn_off(
    caplog: pytest.LogCaptureFixture,
) -> None:
    schedules = SlowSchedules(seconds=0.05)
    running = asyncio.ensure_future(Timetable(schedules).run())
    # Both become due while the loop is held up, and are seen in one go.
    loop = asyncio.get_running_loop()
    loop.call_later(TICK_SECONDS * 1.2, running.cancel)
    loop.call_later(TICK_SECONDS * 0.5, time.sleep, TICK_SECONDS)
    with pytest.raises(asyncio.CancelledError):
        await running
    await asyncio.sleep(0.2)
    assert schedules.ended == schedules.started
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_rows_are_there_before_the_first_tick() -> None:
    schedules = SlowSchedules()
    await stopped(schedules)
    assert (schedules.asked, schedules.ensured, schedules.started) == (1, 1, 1)


async def test_a_firing_under_way_ends_before_the_program_does() -> None:
    schedules = SlowSchedules(seconds=0.3)
    await stopped(schedules)
    assert (schedules.started, schedules.ended) == (1, 1)
