"""Dates people say: the day, from the message's own time and the project's time zone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.task import Due
from core.rules.cues import straight

_WEEKDAYS = (
    ("monday", "понедельник", "понеділ", "пн"),
    ("tuesday", "вторник", "вівтор", "вт"),
    ("wednesday", "сред", "серед", "ср"),
    ("thursday", "четверг", "четвер", "чт"),
    ("friday", "пятниц", "п'ятниц", "пт"),
    ("saturday", "суббот", "субот", "сб"),
    ("sunday", "воскресень", "неділ", "вс", "нд"),
)
_MONTHS = (
    ("jan", "январ", "січ"), ("feb", "феврал", "лют"), ("mar", "март", "берез"),
    ("apr", "апрел", "квіт"), ("may", "мая", "трав"), ("jun", "июн", "черв"),
    ("jul", "июл", "лип"), ("aug", "август", "серп"), ("sep", "сентябр", "верес"),
    ("oct", "октябр", "жовт"), ("nov", "ноябр", "листоп"), ("dec", "декабр", "груд"),
)  # fmt: skip
_FRIDAY = 4
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "couple of": 2, "three": 3, "four": 4, "five": 5,
    "один": 1, "одну": 1, "два": 2, "две": 2, "пару": 2, "три": 3, "четыре": 4, "пять": 5,
    "дві": 2, "кілька": 3, "чотири": 4, "п'ять": 5,
}  # fmt: skip
_DAYS_AHEAD = 330
"""A month and day further ahead than this was probably meant as past."""

_BY = (
    r"(?:by|before|until|till|til|no later than|not later than|due(?: on| by)?|deadline(?: is| on)?:?"
    r"|не позднее|не позже|не пізніше|до|к|ко|перед|срок(?: до)?:?|дедлайн(?: до| на)?:?"
    r"|термін(?: до)?:?|на)"
)
_ON = r"(?:on|this|at|to|for|(?:в|во|у|на)(?: ближайш\w+| эт\w+| найближч\w+| ц[юеі]\w*)?)"
_TIME = (
    r"(?:\s+(?:at |в |к |о |об |до |після |после |на )?\d{1,2}(?:[:.]\d{2})?(?:\s?[ap]m)?(?![\w.%])"
    r"|\s+(?:утром|днём|днем|вечером|ночью|вранці|вдень|увечері|ввечері|вночі"
    r"|с утра|к обеду|до обеда|після обіду|до обіду|к вечеру|до вечора|под вечер|first thing))?"
)
_WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|понедельник\w?|вторник\w?|сред[аыуе]|четверг\w?|пятниц\w|суббот\w|воскресень\w"
    r"|понеділ\w+|вівтор\w+|серед[аиу]|четверг?\w?|п'ятниц\w|субот\w|неділ[яюі]"
    r"|(?:пн|вт|ср|чт|пт|сб|вс|нд)"
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
_DAY_MONTH = rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?(?:\s+of)?\s+(?P<month>{_MONTH})"
_DAY_MONTH_CYRILLIC = (
    r"(?P<d>\d{1,2})(?:-?го|-?е)?\s+(?P<month>(?:январ|феврал|март|апрел|ма|июн|июл|август"
    r"|сентябр|октябр|ноябр|декабр)[яа]|(?:січ|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд)\w*)"
)
_EXPIRES = (
    r"(?:expires(?: on)?|истекает|заканчивается|протухает|протухнет"
    r"|закінчується|спливає|протухає|протухне|на)"
)
_MONTH_DAY = rf"(?P<month>{_MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?"
_DOTTED = r"(?P<d>[0-3]\d)\.(?P<m>[01]\d)(?:\.(?:20)?\d\d)?(?![\d.])"
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


class RuleDays:
    """The Days port by the same rules."""

    def find(self, phrase: str, said_at: datetime, timezone: str) -> date | None:
        """The day the phrase means; None where it means none, or several."""
        due = due_of(phrase, said_at, timezone, is_work=True)
        return due.on if due else None


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
    many = _NUMBERS.get(match["n"].casefold(), 0) if match["n"] else 1
    is_weeks = match["unit"].casefold().startswith(("week", "нед", "тиж"))
    return today + timedelta(days=(many or int(match["n"])) * (7 if is_weeks else 1))


def _next_week(_match: re.Match[str], today: date) -> date | None:
    """The Friday of the calendar week after this one."""
    return today + timedelta(days=7 - today.weekday() + _FRIDAY)


def _next_month(_match: re.Match[str], today: date) -> date | None:
    first = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    return _end_of_month(_match, first)


def _day_of_month(match: re.Match[str], today: date) -> date | None:
    """That day of this month, or of the next when it is past."""
    day = int(match["d"])
    first_of_next = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    for first in (today.replace(day=1), first_of_next):
        found = first + timedelta(days=day - 1)
        if found >= today and found.month == first.month:
            return found
    return None


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
    _rule(
        rf"(?:до|к|by|before|не позднее|не позже|не пізніше|дедлайн|срок|термін)\s+{_DOTTED}",
        _dotted, is_deadline=True,
    ),
    _rule(rf"(?:{_BY}|on)\s+next\s+(?P<day>{_WEEKDAY}){_NOUN}", _next_weekday, is_deadline=True),
    _rule(rf"{_BY}\s+(?:the |this |coming )?(?P<day>{_WEEKDAY}){_NOUN}{_TIME}", _weekday, is_deadline=True),
    _rule(rf"{_BY}\s+(?:tomorrow|завтра){_NOUN}{_TIME}", _in_days(1), is_deadline=True),
    _rule(rf"{_BY}\s+(?:today|tonight|сегодня|сьогодні){_NOUN}{_TIME}", _in_days(0), is_deadline=True),
    _rule(
        rf"{_THE_END}week|EOW|(?:до|к|в) конц[ауе] (?:этой |текущей |рабочей )?недели"
        r"|(?:до|к) выходны[хм]|(?:до|на) кінця? (?:цього |поточного |робочого )?тижня|до вихідних",
        _end_of_week, is_deadline=True,
    ),
    _rule(
        r"(?:by |before |until )?(?:the )?end of next week|(?:до|к|в) конц[ауе] следующей недели"
        r"|до кінця наступного тижня",
        _next_week, is_deadline=True,
    ),
    _rule(
        rf"{_THE_END}month|EOM|(?:до|к|в) конц[ауе] (?:этого |текущего )?месяца"
        r"|до кінця (?:цього |поточного )?місяця",
        _end_of_month, is_deadline=True,
    ),
    _rule(r"(?:до|к) конц[ау] следующего месяца|до кінця наступного місяця", _next_month, is_deadline=True),
    _rule(
        rf"{_THE_END}day|(?:by )?EOD|(?:до|к) конц[ау] (?:рабочего )?дня|(?:до|к) вечер[ау](?: сегодня)?"
        r"|до кінця (?:робочого )?дня|до вечора",
        _in_days(0), is_deadline=True,
    ),
    _rule(r"(?:до|к) (?P<d>[12]?\d|3[01])(?:-?го|-?му)(?: числа| числу)?", _day_of_month, is_deadline=True),
    _rule(r"(?:до|к) (?P<d>[12]?\d|3[01])(?:-?го|-?му)? числ[ау]", _day_of_month, is_deadline=True),
    _rule(rf"{_ON}\s+(?P<day>{_WEEKDAY}){_NOUN}{_TIME}", _weekday, is_deadline=False),
    _rule(rf"on\s+(?:the )?{_DAY_MONTH}", _calendar, is_deadline=False),
    _rule(_DAY_MONTH_CYRILLIC, _calendar, is_deadline=False),
    _rule(rf"{_EXPIRES}\s+{_DOTTED}", _dotted, is_deadline=False),
    _rule(rf"on\s+{_MONTH_DAY}", _calendar, is_deadline=False),
    _rule(
        rf"(?:in|within|через|за|в течение|протягом)\s+(?:(?P<n>[1-9]\d?|{'|'.join(_NUMBERS)})\s+)?"
        r"(?P<unit>days?|weeks?|дн\w+|день|недел[юия]|тиждень|тижн\w+)",
        _counted, is_deadline=False,
    ),
    _rule(rf"day after tomorrow|(?:после|післ[яе])завтра{_TIME}", _in_days(2), is_deadline=False),
    _rule(rf"tomorrow{_NOUN}|завтра{_TIME}", _in_days(1), is_deadline=False),
    _rule(rf"today|tonight|(?:сегодня|сьогодні){_TIME}", _in_days(0), is_deadline=False),
)  # fmt: skip
