"""What somebody asked for in words: commands, and the spans and numbers they name."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import BadWindow, NotFound

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)
_SPAN = re.compile(r"(\d{1,4})\s*([hd])", re.IGNORECASE)
_NUMBER = re.compile(r"(?:[A-Za-z]-)?(\d{1,9})")
_FRIDAY = 4
LONGEST_HOURS = 24.0 * 366
"""A year back is asked for by leaving the span out."""


@dataclass(frozen=True)
class Command:
    """`/run@bot 24h norag`: name in lower case, the rest as it was written, whether it named this bot."""

    name: str
    rest: str = ""
    is_addressed: bool = False

    @property
    def words(self) -> list[str]:
        """The rest, word by word, lower case."""
        return self.rest.lower().split()


def command_of(text: str, bot_username: str) -> Command | None:
    """The command a message is; None for talk, and for a command that names another bot."""
    shape = _COMMAND.fullmatch(text.strip())
    if shape is None:
        return None
    name, addressee, rest = shape.groups()
    if addressee and bot_username and addressee.lower() != bot_username.lower():
        return None
    return Command(name.lower(), (rest or "").strip(), is_addressed=bool(addressee))


def hours_of(text: str) -> float:
    """`24h` or `7d` in hours; raises BadWindow."""
    shape = _SPAN.fullmatch(text.strip())
    hours = 0.0 if shape is None else int(shape[1]) * (24.0 if shape[2].lower() == "d" else 1.0)
    if not 0 < hours <= LONGEST_HOURS:
        raise BadWindow(text)
    return hours


def number_in(text: str, kind: str) -> int:
    """42 of `T-42`, `t-42` or `42`; raises NotFound of that kind for anything else."""
    shape = _NUMBER.fullmatch(text.strip())
    if shape is None:
        raise NotFound(kind, text)
    return int(shape[1])


def day_of(word: str, today: date) -> date | None:
    """The day a button names: `today tomorrow friday week`; None for `none` and any other word."""
    days = {
        "today": 0,
        "tomorrow": 1,
        "friday": (_FRIDAY - today.weekday()) % 7,
        "week": 7,
    }.get(word)
    return None if days is None else today + timedelta(days=days)
