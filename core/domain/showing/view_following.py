"""Views of what a person follows: the choice, the news, the week, and hint."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from core.domain.knobs import Knob
from core.domain.watching import Watched


@dataclass(frozen=True)
class WatchesCard:
    """What can be followed of a project, as toggles; a group's card has no marks, it is everybody's."""

    project_id: UUID


@dataclass(frozen=True)
class NewsCard:
    """What happened to what a person follows in `[since, until)`."""

    project_id: UUID
    what: tuple[Watched, ...]
    since: datetime
    until: datetime


@dataclass(frozen=True)
class WeekCard:
    """The week of a project that began on this Monday."""

    project_id: UUID
    monday: date


class Answered(StrEnum):
    """What an owner said to hint."""

    NOT_YET = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class HintCard:
    """Hint to turn a knob to a value, because of `hits` of `of` decisions."""

    project_id: UUID
    knob: Knob
    value: str
    hits: int
    of: int
    answered: Answered = Answered.NOT_YET
