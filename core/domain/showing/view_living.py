"""Views of tasks a team lives with: what a day reminds of, and taking tasks along."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class ReminderCard:
    """What one person has to do on one day, of all projects."""

    day: date


@dataclass(frozen=True)
class ExportCard:
    """The ways to take a project's tasks along."""

    project_id: UUID
