"""Knobs: what a project may turn for itself, what each takes, and what it is turned to; pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from core.errors import BadKnob


class Knob(StrEnum):
    """What a project may turn; where the value is one of `Knobs` it has that field's name."""

    NAME = "name"
    DESCRIPTION = "description"
    KEYWORDS = "keywords"
    COMPONENTS = "components"
    GLOSSARY = "glossary"
    LANGUAGE = "language"
    TIMEZONE = "timezone"
    EXTRACT = "extract"
    ANALYSE = "analyse"
    DIGEST = "digest"
    WEEKLY = "weekly"
    DIGEST_IN_GROUP = "digest_in_group"
    PLACE = "place"
    CARDS_PER_RUN = "cards_per_run"
    TICK_CONFIDENCE = "tick_confidence"
    PROPOSE_FROM = "propose_from"
    AUTO_APPROVE = "auto_approve"
    QUEUE_LIMIT = "queue_limit"
    EXPIRE_DAYS = "expire_days"
    REJECTION_MEMORY_DAYS = "rejection_memory_days"
    QUIET_FROM = "quiet_from"
    QUIET_UNTIL = "quiet_until"
    WEEKENDS = "weekends"
    MESSAGES_PER_DAY = "messages_per_day"
    RETENTION_DAYS = "retention_days"


OWNERS = frozenset({Knob.DIGEST_IN_GROUP, Knob.PROPOSE_FROM, Knob.AUTO_APPROVE, Knob.RETENTION_DAYS})
"""What owners alone turn: who else hears, what nobody gets to see, and what is deleted."""
JOBS = frozenset({Knob.EXTRACT, Knob.ANALYSE, Knob.DIGEST, Knob.WEEKLY})
"""Kept as schedules, not with the project."""
LISTS = frozenset({Knob.KEYWORDS, Knob.COMPONENTS})


@dataclass(frozen=True)
class Knobs:
    """What a project turned itself; None is as the installation has it.

    Fields named like a number in `config.toml` mean the same, in its units. `auto_approve` are the kinds
    (`core.domain.accuracy.category_of`) whose proposals need no tap; below `propose_from`, in [0, 1],
    nothing is proposed.
    """

    cards_per_run: int | None = None
    tick_confidence: float | None = None
    propose_from: float | None = None
    auto_approve: tuple[str, ...] = ()
    queue_limit: int | None = None
    expire_days: int | None = None
    rejection_memory_days: int | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None
    weekends: bool | None = None
    messages_per_day: int | None = None
    retention_days: int | None = None

    @property
    def told(self) -> Mapping[str, str]:
        """What was turned, by knob, as history and settings have it."""
        return told_of(vars(self))


AS_FOUND = Knobs()
"""A project that turned nothing."""
AS_INSTALLED = frozenset({"default", "-"})
"""What somebody writes to have a knob as the installation has it, or a text empty."""
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_YES = frozenset({"on", "yes", "so", "да", "так", "вкл", "увімк"})
_NO = frozenset({"off", "no", "нет", "ні", "выкл", "вимк"})
_PERCENT = 100
WHOLE: Mapping[Knob, tuple[int, int]] = {
    Knob.CARDS_PER_RUN: (0, 50),
    Knob.QUEUE_LIMIT: (1, 10_000),
    Knob.EXPIRE_DAYS: (1, 365),
    Knob.REJECTION_MEMORY_DAYS: (0, 3650),
    Knob.MESSAGES_PER_DAY: (1, 20),
    Knob.RETENTION_DAYS: (1, 3650),
}
"""Least and most of each whole number."""
Value = int | float | bool | str


def value_of(knob: Knob, text: str) -> Value | None:
    """What somebody wrote for one of `Knobs`, None for "as the installation has it"; raises BadKnob."""
    given = text.strip().casefold()
    if given in AS_INSTALLED:
        return None
    if knob in WHOLE:
        return _whole(knob, given)
    reader = _READERS.get(knob)
    value = reader(given) if reader is not None else None
    if value is None:
        raise BadKnob(knob.value, text)
    return value


def _whole(knob: Knob, given: str) -> int:
    least, most = WHOLE[knob]
    if not given.isdecimal() or not least <= int(given) <= most:
        raise BadKnob(knob.value, given)
    return int(given)


def _share(given: str) -> float | None:
    """`75`, `75 %` or `0.75` in [0, 1]."""
    number = given.removesuffix("%").strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", number):
        return None
    share = float(number)
    share = share / _PERCENT if share > 1 or given.endswith("%") else share
    return share if share <= 1 else None


def _clock(given: str) -> str | None:
    found = _CLOCK.fullmatch(given)
    return time(int(found[1]), int(found[2])).isoformat("minutes") if found else None


def yes_or_no(given: str) -> bool | None:
    """What `on` or `off` says, in any of the languages; None for anything else."""
    word = given.strip().casefold()
    return True if word in _YES else False if word in _NO else None


_READERS: Mapping[Knob, Callable[[str], Value | None]] = {
    Knob.TICK_CONFIDENCE: _share,
    Knob.PROPOSE_FROM: _share,
    Knob.QUIET_FROM: _clock,
    Knob.QUIET_UNTIL: _clock,
    Knob.WEEKENDS: yes_or_no,
}


def terms_of(text: str, known: Mapping[str, str]) -> dict[str, str]:
    """The glossary with what somebody wrote, a line each: `term: meaning`, or `term:` to take it out.

    Raises BadKnob for a line without a colon.
    """
    terms = dict(known)
    for line in (one.strip() for one in text.splitlines()):
        term, colon, meaning = (part.strip() for part in line.partition(":"))
        if line and (not colon or not term):
            raise BadKnob(Knob.GLOSSARY.value, line)
        if meaning:
            terms[term] = meaning
        else:
            terms.pop(term, None)
    return terms


def told_of(values: Mapping[str, object]) -> dict[str, str]:
    """Values as history and settings write them; what is nothing is left out."""
    return {name: _words(value) for name, value in values.items() if value not in (None, ())}


def _words(value: object) -> str:
    """A value as it is kept in history: `0.75`, `on`, `20:00`, `bug, chore`."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType] -- str() of any
    return f"{value:g}" if isinstance(value, float) else str(value)
