"""Reminders: who asked for them, and which tasks of theirs a day is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.domain.ids import PersonId
from core.domain.task import Task


@dataclass(frozen=True)
class Reminder:
    """That somebody wants to be reminded, and the last day of theirs on which they were."""

    person_id: PersonId
    told_on: date | None = None


@dataclass(frozen=True)
class Agenda:
    """Somebody's open tasks as one day has them: overdue, due that day, and the rest."""

    overdue: tuple[Task, ...] = ()
    today: tuple[Task, ...] = ()
    others: tuple[Task, ...] = ()

    @property
    def is_urgent(self) -> bool:
        """Whether any of it is due by then: else nobody needs to be told."""
        return bool(self.overdue or self.today)


def agenda_of(tasks: Sequence[Task], day: date) -> Agenda:
    """The tasks by what is to be done about them first; of each the earliest due date first."""
    dated = sorted(
        ((one.whole.due.on, one.number, one) for one in tasks if one.whole.due is not None),
        key=lambda entry: entry[:2],
    )
    return Agenda(
        overdue=tuple(one for on, _, one in dated if on < day),
        today=tuple(one for on, _, one in dated if on == day),
        others=(
            *(one for on, _, one in dated if on > day),
            *_oldest_first(one for one in tasks if one.whole.due is None),
        ),
    )


def _oldest_first(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda one: one.created_at)
