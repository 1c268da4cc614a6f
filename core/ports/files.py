"""Files: tasks as whoever asked may read them, written so that other programs or people can."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.domain.ids import ChatId
from core.domain.person import Chat, Project
from core.domain.task import Task


class FileFormat(StrEnum):
    """How tasks are written; the value is the ending of the file's name."""

    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"
    CALENDAR = "ics"


@dataclass(frozen=True)
class TaskSheet:
    """The tasks of one file, newest first; `chats` are those they were said in, for links back."""

    project: Project
    tasks: tuple[Task, ...]
    chats: Mapping[ChatId, Chat]
    language: str
    at: datetime


class TaskWriter(Protocol):
    """Writes tasks into a file; pure."""

    def write(self, sheet: TaskSheet, form: FileFormat) -> bytes:
        """The file, UTF-8."""
        ...
