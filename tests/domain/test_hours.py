"""Quiet hours: evenings, nights and weekends by the team's own clock."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from core.domain.daily.hours import Hours

FRIDAY = "2026-11-13"


def hours(start: str, end: str, zone: str = "UTC", *, weekends: bool = False) -> Hours:
    return Hours(ZoneInfo(zone), time.fromisoformat(start), time.fromisoformat(end), weekends)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "asked", "opens"),
    [
        (hours("20:00", "09:00"), "2026-11-12 14:00", "2026-11-12 14:00"),
        (hours("20:00", "09:00"), "2026-11-12 20:00", "2026-11-13 09:00"),
        (hours("20:00", "09:00"), "2026-11-12 08:59", "2026-11-12 09:00"),
        (hours("20:00", "09:00"), f"{FRIDAY} 21:00", "2026-11-16 09:00"),
        (hours("20:00", "09:00"), "2026-11-14 12:00", "2026-11-16 09:00"),
        (hours("20:00", "09:00", weekends=True), "2026-11-14 12:00", "2026-11-14 12:00"),
        (hours("20:00", "09:00", weekends=True), f"{FRIDAY} 21:00", "2026-11-14 09:00"),
        (hours("20:00", "09:00", "Europe/Kyiv"), "2026-11-12 18:30", "2026-11-13 07:00"),
        (hours("20:00", "09:00", "America/New_York"), "2026-11-14 02:00", "2026-11-16 14:00"),
        (hours("01:00", "06:00"), "2026-11-12 23:30", "2026-11-12 23:30"),
        (hours("01:00", "06:00"), "2026-11-12 02:00", "2026-11-12 06:00"),
        (hours("09:00", "09:00"), "2026-11-12 03:00", "2026-11-12 03:00"),
        # Summer time ends at 01:00 UTC on Sunday 25 October 2026, and the hour before it comes twice.
        (hours("20:00", "02:30", "Europe/Berlin", weekends=True), "2026-10-25 00:10", "2026-10-25 00:30"),
        (hours("20:00", "02:30", "Europe/Berlin", weekends=True), "2026-10-25 01:10", "2026-10-25 01:10"),
    ],
)
def test_what_nobody_asked_for_may_be_said_from_then_on(quiet: Hours, asked: str, opens: str) -> None:
    assert quiet.open_at(at(asked)) == at(opens)


def test_a_later_day_begins_when_its_quiet_hours_are_over() -> None:
    quiet = hours("20:00", "09:00", "Europe/Kyiv")
    assert quiet.today(at("2026-11-12 23:30")) == at("2026-11-12 22:00")
    assert quiet.tomorrow(at("2026-11-12 12:00")) == at("2026-11-13 07:00")
    assert quiet.tomorrow(at(f"{FRIDAY} 12:00")) == at("2026-11-16 07:00")
