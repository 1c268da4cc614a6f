"""Which stretch of time a digest tells, and that no moment falls between two."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.services.daily.days import Rhythm, hour_of, is_workday

MORNING = Rhythm("UTC", time(9))
EVENING = Rhythm("UTC", time(18))
FRIDAY, MONDAY, TUESDAY = date(2026, 11, 13), date(2026, 11, 16), date(2026, 11, 17)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "now", "day"),
    [
        (MORNING, at(TUESDAY, 9), MONDAY),
        (MORNING, at(TUESDAY, 8, 59), FRIDAY),
        (MORNING, at(MONDAY, 9), FRIDAY),
        (MORNING, at(FRIDAY + timedelta(days=1), 12), FRIDAY - timedelta(days=1)),
        (EVENING, at(TUESDAY, 18), TUESDAY),
        (EVENING, at(TUESDAY, 17, 59), MONDAY),
        (EVENING, at(MONDAY, 9), FRIDAY),
    ],
)
def test_the_day_that_is_due_is_the_latest_complete_working_day(
    rhythm: Rhythm, now: datetime, day: date
) -> None:
    assert rhythm.due_day(now) == day


def test_a_friday_told_on_monday_morning_holds_the_weekend() -> None:
    window = MORNING.window(FRIDAY)
    assert (window.start, window.end) == (at(FRIDAY, 9), at(MONDAY, 9))


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 # made aware below
    st.integers(0, 23),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata"]),
)
def test_every_moment_is_told_by_exactly_one_working_days_digest(
    naive: datetime, hour: int, timezone: str
) -> None:
    moment = naive.replace(tzinfo=UTC)
    rhythm = Rhythm(timezone, time(hour))
    days = [moment.date() + timedelta(days=step) for step in range(-6, 7)]
    assert sum(moment in rhythm.window(day) for day in days if is_workday(day)) == 1


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 # made aware below
    st.integers(0, 23),
)
def test_the_day_being_filled_holds_the_present_moment(naive: datetime, hour: int) -> None:
    moment = naive.replace(tzinfo=UTC)
    rhythm = Rhythm("Europe/Berlin", time(hour))
    assert moment in rhythm.window(rhythm.day_at(moment))


@pytest.mark.parametrize(
    ("rule", "hour"),
    [
        ("09:00", time(9)),
        ("8:30", time(8, 30)),
        ("30 18 * * mon-fri", time(18, 30)),
        ("", time(7)),
        ("every 60", time(7)),
        ("*/5 * * * *", time(7)),
        ("61 25 * * *", time(7)),
    ],
)
def test_the_hour_of_a_rule(rule: str, hour: time) -> None:
    assert hour_of(rule, time(7)) == hour
