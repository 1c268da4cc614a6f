from datetime import UTC, date, datetime, timedelta

import pytest

from bot.view.moments import clock_time, day, moment, span
from tests.bot.view.samples import TEXTS

NOW = datetime(2025, 11, 11, 23, 30, tzinfo=UTC)
say = TEXTS.sayer("en")


def test_a_time_is_told_in_the_readers_zone() -> None:
    assert clock_time(NOW, "UTC") == "23:30"
    assert clock_time(NOW, "Europe/Berlin") == "00:30"


@pytest.mark.parametrize(
    ("back", "told"),
    [
        (timedelta(minutes=5), "00:25"),
        (timedelta(hours=1), "Tue 11 Nov 23:30"),
        (timedelta(days=400), "Tue 8 Oct 2024 01:30"),
    ],
)
def test_a_moment_of_another_day_is_told_with_its_day(back: timedelta, told: str) -> None:
    assert moment(NOW - back, NOW, "Europe/Berlin", say) == told


def test_a_day_is_told_with_its_weekday() -> None:
    assert day(date(2025, 11, 14), date(2025, 11, 11), say) == "Fri 14 Nov"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (-3, "0 s"),
        (40, "40 s"),
        (125, "2 min"),
        (3600, "1 h"),
        (26 * 3600, "26 h"),
        (48 * 3600, "2 d"),
        (9 * 86400, "9 d"),
    ],
)
def test_a_span_is_told_in_one_unit(seconds: float, told: str) -> None:
    assert span(seconds, say) == told
