"""Views of what is known: answers, what a search found, subjects, notes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from core.domain.ids import Ref


@dataclass(frozen=True)
class AnswerCard:
    """A question with what is cited for it, best first; `as_of` None is what holds now."""

    project_id: UUID
    question: str
    cited: tuple[Ref, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True)
class FoundList:
    """Notes, tasks and messages that have any of the words, ten a page."""

    project_id: UUID
    query: str
    page: int = 0


class KnownPanel(StrEnum):
    """What the card of a subject or a note has open."""

    MAIN = "main"
    SOURCES = "sources"
    HISTORY = "history"
    RENAME = "rename"
    MERGE = "merge"


@dataclass(frozen=True)
class TopicCard:
    """One subject with its notes, ten a page."""

    topic_id: UUID
    page: int = 0
    panel: KnownPanel = KnownPanel.MAIN


@dataclass(frozen=True)
class NoteCard:
    """One note."""

    atom_id: UUID
    panel: KnownPanel = KnownPanel.MAIN
