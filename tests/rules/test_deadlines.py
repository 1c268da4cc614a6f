"""A due date is the day people meant, from the message's own time, or none."""

from datetime import UTC, date, datetime

import pytest

from core.domain.task import Due
from core.rules.deadlines import due_of
from tests.rules.chat import TUESDAY

FRIDAY = date(2026, 11, 13)


@pytest.mark.parametrize(
    ("text", "on", "phrase"),
    [
        ("must be fixed before Friday's demo", FRIDAY, "before Friday's demo"),
        ("please do it by tomorrow", date(2026, 11, 11), "by tomorrow"),
        ("by end of week", FRIDAY, "by end of week"),
        ("EOD please", date(2026, 11, 10), "EOD"),
        ("until the end of the month", date(2026, 11, 30), "until the end of the month"),
        ("by next Friday", date(2026, 11, 20), "by next Friday"),
        ("by 14 Nov", date(2026, 11, 14), "by 14 Nov"),
        ("before January 5th", date(2027, 1, 5), "before January 5th"),
        ("deadline 2026-12-01", date(2026, 12, 1), "deadline 2026-12-01"),
        ("сделать до пятницы", FRIDAY, "до пятницы"),
        ("до конца недели", FRIDAY, "до конца недели"),
        ("до 14.11", date(2026, 11, 14), "до 14.11"),
        ("завтра сделаю", date(2026, 11, 11), "завтра"),
        ("треба до п’ятниці", FRIDAY, "до п’ятниці"),
        ("до кінця тижня", FRIDAY, "до кінця тижня"),
        ("in 3 days", FRIDAY, "in 3 days"),
        ("in two days", date(2026, 11, 12), "in two days"),
        ("by the end of next week", date(2026, 11, 20), "by the end of next week"),
        ("завтра в 10 созвонимся и выкатим", date(2026, 11, 11), "завтра в 10"),
        ("сделаю завтра до 18:00", date(2026, 11, 11), "завтра до 18:00"),
        ("сделаю через два дня", date(2026, 11, 12), "через два дня"),
        ("сделаю через неделю", date(2026, 11, 17), "через неделю"),
        ("послезавтра выложу", date(2026, 11, 12), "послезавтра"),
        ("продлить, истекает 15.11", date(2026, 11, 15), "истекает 15.11"),
        ("к 15 числу нужен отчёт", date(2026, 11, 15), "к 15 числу"),
        ("нужно до 5-го", date(2026, 12, 5), "до 5-го"),
        ("выкатим 20 ноября", date(2026, 11, 20), "20 ноября"),
        ("к пт доделаю", FRIDAY, "к пт"),
        ("до конца следующей недели", date(2026, 11, 20), "до конца следующей недели"),
        ("к вечеру поправлю", date(2026, 11, 10), "к вечеру"),
        ("не позднее четверга", date(2026, 11, 12), "не позднее четверга"),
        ("у четвер викотимо", date(2026, 11, 12), "у четвер"),
        ("за два дні зроблю", date(2026, 11, 12), "за два дні"),
        ("через тиждень викладу", date(2026, 11, 17), "через тиждень"),
        ("завтра о 10 викотимо", date(2026, 11, 11), "завтра о 10"),
        ("післязавтра доробимо", date(2026, 11, 12), "післязавтра"),
        ("до 20 листопада", date(2026, 11, 20), "до 20 листопада"),
        ("до кінця наступного тижня", date(2026, 11, 20), "до кінця наступного тижня"),
    ],
)
def test_a_phrase_of_work_gives_its_day_and_itself(text: str, on: date, phrase: str) -> None:
    assert due_of(text, TUESDAY, "Europe/Kyiv", is_work=True) == Due(on, phrase)


@pytest.mark.parametrize(
    "text",
    [
        "next week",
        "we need 3 servers and may use 2 nodes",
        "ship 2.4",
        "by Tuesday",
        "on Wednesday or on Thursday",
        "by 31 February",
        "обновить питон до 3.12",
        "до версии 10.15",
        "выпустить 2.4.10",
        "за последние дни",
        "через него",
        "нам потрібно 3 сервери",
        "до 50 числа",
    ],
)
def test_what_is_unsure_gives_none(text: str) -> None:
    assert due_of(text, TUESDAY, "Europe/Kyiv", is_work=True) is None


def test_a_day_in_plain_talk_is_no_deadline_but_a_deadline_always_is() -> None:
    assert due_of("we met on Thursday", TUESDAY, "UTC", is_work=False) is None
    assert due_of("it must be there by Thursday", TUESDAY, "UTC", is_work=False) is not None


def test_the_day_is_counted_in_the_projects_zone() -> None:
    late = datetime(2026, 11, 10, 23, 30, tzinfo=UTC)
    there = due_of("tomorrow", late, "Europe/Kyiv", is_work=True)
    assert (there and there.on, due_of("tomorrow", late, "UTC", is_work=True)) == (
        date(2026, 11, 12),
        Due(date(2026, 11, 11), "tomorrow"),
    )
