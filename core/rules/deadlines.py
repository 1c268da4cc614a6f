"""Dates people say: the day, from the message's own time and the project's time zone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.task import Due
from core.rules.cues import straight

_WEEKDAYS = (
    ("monday", "понедельник", "понеділ"),
    ("tuesday", "вторник", "вівтор"),
    ("wednesday", "сред", "серед"),
    ("thursday", "четверг", "четвер"),
    ("friday", "пятниц", "п'ятниц"),
    ("saturday", "суббот", "субот"),
    ("sunday", "воскресень", "неділ"),
)
_MONTHS = (
    ("jan", "январ", "січ"), ("feb", "феврал", "лют"), ("mar", "март", "берез"),
    ("apr", "апрел", "квіт"), ("may", "мая", "трав"), ("jun", "июн", "черв"),
    ("jul", "июл", "лип"), ("aug", "август", "серп"), ("sep", "сентябр", "верес"),
    ("oct", "октябр", "жовт"), ("nov", "ноябр", "листоп"), ("dec", "декабр", "груд"),
)  # fmt: skip
_FRIDAY = 4
_DAYS_AHEAD = 330
"""A month and day further ahead than this was probably meant as past."""

_BY = (
    r"(?:by|before|until|till|til|no later than|not later than|due(?: on| by)?|deadline(?: is| on)?:?"
    r"|до|к|перед|не позднее|не пізніше|на)"
)
_ON = r"(?:on|this|at|to|for|в|во|у|в цю|в эту)"
_TIME = r"(?:\s+(?:at |в |о )?\d{1,2}(?::\d{2})?(?:\s?[ap]m)?(?![\w.]))?"
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|понедельник\w?|вторник\w?|сред[аыуе]|четверг\w?|пятниц\w|суббот\w|воскресень\w"
    r"|понеділ\w+|вівтор\w+|серед[аиу]|четверг?\w?|п'ятниц\w|субот\w|неділ\w"
)
_ANY_WEEKDAY = re.compile(rf"(?<!\w)(?:{_WEEKDAY})(?!\w)", re.IGNORECASE)
_MONTH = (
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*|may"
    r"|(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[яа]"
    r"|(?:січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд)\w*"
)
_NOUN = (
    r"(?:'s\s+(?:the\s+)?\w+"
    r"|\s+(?:demo|release|standup|stand-up|meeting|call|morning|evening|noon|night|EOD))?"
)
_DAY_MONTH = rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{_MONTH})"
_MONTH_DAY = rf"(?P<month>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
_THE_END = r"(?:by |before |until )?(?:the )?end of (?:the |this )?"


@dataclass(frozen=True)
class _Rule:
    """A shape of words and the day it means; `is_deadline` when the words alone say "by then"."""

    pattern: re.Pattern[str]
    day: Callable[[re.Match[str], date], date | None]
    is_deadline: bool


def due_of(text: str, sent_at: datetime, timezone: str, *, is_work: bool) -> Due | None:
    """The day a text sets, with the exact phrase; None when it sets none or more than one.

    `is_work` says the sentence asks for, promises or decides work: only then "on Thursday" or "tomorrow"
    is a due date; "by Friday" always is. A weekday said on that very weekday is not settled here.
    """
    plain = straight(text)
    today = sent_at.astimezone(ZoneInfo(timezone)).date()
    found: dict[date, str] = {}
    for rule in _RULES:
        if not (rule.is_deadline or is_work) or found:
            continue
        for match in rule.pattern.finditer(plain):
            day = rule.day(match, today)
            if day is not None and day >= today:
                found.setdefault(day, text[match.start() : match.end()])
    if len(found) != 1:
        return None
    ((on, phrase),) = found.items()
    return Due(on, phrase)


def weekdays_in(text: str) -> frozenset[int]:
    """The weekdays a text names, Monday 0."""
    found = (_index(name, _WEEKDAYS) for name in _ANY_WEEKDAY.findall(straight(text)))
    return frozenset(day for day in found if day is not None)


def _index(word: str, table: tuple[tuple[str, ...], ...]) -> int | None:
    low = word.casefold()
    return next((i for i, stems in enumerate(table) if any(low.startswith(stem) for stem in stems)), None)


def _weekday(match: re.Match[str], today: date) -> date | None:
    wanted = _index(match["day"], _WEEKDAYS)
    if wanted is None or wanted == today.weekday():
        return None
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _next_weekday(match: re.Match[str], today: date) -> date | None:
    """The day in the calendar week after this one."""
    wanted = _index(match["day"], _WEEKDAYS)
    return None if wanted is None else today + timedelta(days=7 - today.weekday() + wanted)


def _in_days(days: int) -> Callable[[re.Match[str], date], date | None]:
    return lambda _match, today: today + timedelta(days=days)


def _counted(match: re.Match[str], today: date) -> date | None:
    many = int(match["n"])
    is_weeks = match["unit"].casefold().startswith(("week", "нед", "тиж"))
    return today + timedelta(days=many * (7 if is_weeks else 1))


def _end_of_week(_match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=(_FRIDAY - today.weekday()) % 7)


def _end_of_month(_match: re.Match[str], today: date) -> date | None:
    first_of_next = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first_of_next - timedelta(days=1)


def _calendar(match: re.Match[str], today: date) -> date | None:
    month = _index(match["month"], _MONTHS)
    return None if month is None else _coming(int(match["d"]), month + 1, today)


def _dotted(match: re.Match[str], today: date) -> date | None:
    return _coming(int(match["d"]), int(match["m"]), today)


def _iso(match: re.Match[str], _today: date) -> date | None:
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _coming(day: int, month: int, today: date) -> date | None:
    """That day this year, or next year when this one's is past; None when there is no such day."""
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found if (found - today).days <= _DAYS_AHEAD else None
    return None


def _rule(pattern: str, day: Callable[[re.Match[str], date], date | None], *, is_deadline: bool) -> _Rule:
    return _Rule(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), day, is_deadline)


# The first rule that finds a day wins: the most telling words come first.
_RULES = (
    _rule(rf"(?:{_BY}\s+)?(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)", _iso, is_deadline=False),
    _rule(rf"{_BY}\s+(?:the )?{_DAY_MONTH}", _calendar, is_deadline=True),
    _rule(rf"{_BY}\s+{_MONTH_DAY}", _calendar, is_deadline=True),
    _rule(r"(?:до|by|before)\s+(?P<d>[0-3]\d)\.(?P<m>[01]\d)(?:\.(?:20)?\d\d)?", _dotted, is_deadline=True),
    _rule(rf"(?:{_BY}|on)\s+next\s+(?P<day>{_WEEKDAY}){_NOUN}", _next_weekday, is_deadline=True),
    _rule(rf"{_BY}\s+(?:the |this |coming )?(?P<day>{_WEEKDAY}){_NOUN}{_TIME}", _weekday, is_deadline=True),
    _rule(rf"{_BY}\s+(?:tomorrow|завтра){_NOUN}{_TIME}", _in_days(1), is_deadline=True),
    _rule(rf"{_BY}\s+(?:today|tonight|сегодня|сьогодні){_NOUN}{_TIME}", _in_days(0), is_deadline=True),
    _rule(
        rf"{_THE_END}week|EOW|(?:до|к|в) конц[ау] (?:этой )?недели|до кінця (?:цього )?тижня",
        _end_of_week, is_deadline=True,
    ),
    _rule(
        rf"{_THE_END}month|(?:до|к|в) конц[ау] (?:этого )?месяца|до кінця (?:цього )?місяця",
        _end_of_month, is_deadline=True,
    ),
    _rule(rf"{_THE_END}day|(?:by )?EOD|до конца дня|до кінця дня", _in_days(0), is_deadline=True),
    _rule(rf"{_ON}\s+(?P<day>{_WEEKDAY}){_NOUN}{_TIME}", _weekday, is_deadline=False),
    _rule(rf"on\s+(?:the )?{_DAY_MONTH}", _calendar, is_deadline=False),
    _rule(rf"on\s+{_MONTH_DAY}", _calendar, is_deadline=False),
    _rule(
        r"(?:in|через|за)\s+(?P<n>[1-9]\d?)\s+(?P<unit>days?|weeks?|дн\w+|день|недел\w+|тижн\w+)",
        _counted, is_deadline=False,
    ),
    _rule(r"day after tomorrow|послезавтра|післязавтра", _in_days(2), is_deadline=False),
    _rule(rf"tomorrow{_NOUN}|завтра", _in_days(1), is_deadline=False),
    _rule(r"today|tonight|сегодня|сьогодні", _in_days(0), is_deadline=False),
)  # fmt: skip
