"""The cards by which chats and people are set up: joining, exports, who may read, help, privacy."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from core.domain.ids import ChatId
from core.domain.showing.panel import Panel


class SetupStep(StrEnum):
    """Joining a group, step by step in one message."""

    RETURN = "return"
    PROJECT = "project"
    CONSENT = "consent"
    LANGUAGE = "language"
    TIMEZONE = "timezone"
    REVIEWERS = "reviewers"
    PLACE = "place"
    THREADS = "threads"
    DONE = "done"


@dataclass(frozen=True)
class SetupCard:
    """The joining of one chat."""

    chat_id: ChatId
    step: SetupStep = SetupStep.CONSENT


class ImportStep(StrEnum):
    """How far an export that was sent is."""

    ASKING = "asking"
    READING = "reading"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportCard:
    """An export a reviewer sent: from the question for its project to what it brought.

    `projects` are those offered, `read` and `new` count messages, `percent` is in [0, 100]; `problem` and
    `mend` say why it was refused.
    """

    file_id: str
    file_name: str
    projects: tuple[UUID, ...]
    project_id: UUID | None = None
    step: ImportStep = ImportStep.ASKING
    read: int = 0
    new: int = 0
    percent: int = 0
    problem: str = ""
    mend: str = ""

    def begun(self, project_id: UUID) -> "ImportCard":
        """Its project is known: it can be read."""
        return replace(self, project_id=project_id, step=ImportStep.READING)

    def reached(self, read: int, new: int, percent: int) -> "ImportCard":
        """So far it got."""
        return replace(self, read=read, new=new, percent=percent)

    def through(self) -> "ImportCard":
        """All of it was read."""
        return replace(self, step=ImportStep.DONE, percent=100)

    def refused(self, problem: str, mend: str) -> "ImportCard":
        """It cannot be read, or not further."""
        return replace(self, step=ImportStep.REFUSED, problem=problem, mend=mend)


@dataclass(frozen=True)
class OpeningCard:
    """Whether a review room may read a chat, put to an administrator of the chat."""

    chat_id: ChatId
    room_id: ChatId


@dataclass(frozen=True)
class HelpCard:
    """The commands a reader may use."""

    project_id: UUID | None = None


@dataclass(frozen=True)
class PrivacyCard:
    """What is kept of whoever reads it, and how to be left out or forgotten; CONFIRM asks once more."""

    panel: Panel = Panel.MAIN
