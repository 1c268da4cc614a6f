"""Views of what is known: answers, what a search found, subjects, notes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from core.domain.ids import Ref
from core.domain.showing.wording import NO_WORDING, Wording


@dataclass(frozen=True)
class AnswerCard:
    """A question with what is cited for it, best first; `as_of` None is what holds now.

    `wording` is the answer in a model's words; `is_without_model`: one was asked and gave no answer.
    """

    project_id: UUID
    question: str
    cited: tuple[Ref, ...] = ()
    as_of: date | None = None
    wording: Wording = NO_WORDING
    is_without_model: bool = False


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
