"""A day in one card."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.domain.knowledge import Atom
from core.domain.person import Project
from core.domain.task import Task

OPEN_QUESTION_HOURS = 24
"""A question is listed as open once it is this old, or was found on the day."""


@dataclass(frozen=True)
class Digest:
    """What one day brought a project. At most twelve lines are shown of it."""

    project: Project
    day: date
    messages: int = 0
    conversations: int = 0
    decided: tuple[Atom, ...] = ()
    tasks: tuple[Task, ...] = ()
    questions: tuple[Atom, ...] = ()
    waiting: int = 0
    oldest_waiting: datetime | None = None
    left_out: int = 0
    already_known: int = 0
    rejected_before: int = 0
    unsure: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened that is worth a message."""
        return not (self.decided or self.tasks or self.questions)


@dataclass(frozen=True)
class DigestKey:
    """One digest a project and local day, so that several schedulers send one."""

    project_id: UUID
    day: date
