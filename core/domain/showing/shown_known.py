"""What is known, loaded for its reader: only what may be read where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.domain.history import Change
from core.domain.ids import ChatId
from core.domain.knowledge import Atom, LinkType, Topic
from core.domain.message import Message
from core.domain.person import Chat, Project
from core.domain.showing.view_known import AnswerCard, FoundList, NoteCard, TopicCard
from core.domain.task import Task


@dataclass(frozen=True)
class Worded:
    """A sentence of a model and what it cites."""

    text: str
    item: Atom | Task


@dataclass(frozen=True)
class ShownAnswer:
    """A question and what is cited for it, with the sentences that answer."""

    view: AnswerCard
    project: Project
    cited: tuple[Atom | Task, ...]
    chats: Mapping[ChatId, Chat]
    sentences: tuple[Worded, ...] = ()


@dataclass(frozen=True)
class ShownFound:
    """A page of what a search found, of `total`."""

    view: FoundList
    project: Project
    found: tuple[Atom | Task | Message, ...]
    total: int
    pages: int
    chats: Mapping[ChatId, Chat]


@dataclass(frozen=True)
class ShownTopic:
    """A subject with a page of its notes of `total`, newest first; `others` it can be merged into."""

    view: TopicCard
    project: Project
    topic: Topic
    notes: tuple[Atom, ...]
    total: int
    pages: int
    chats: Mapping[ChatId, Chat]
    may_change: bool = False
    others: tuple[Topic, ...] = ()
    merged_into: str = ""
    history: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Linked:
    """A note linked with another: `is_from_here` when the link is this note's own."""

    type: LinkType
    atom: Atom
    is_from_here: bool


@dataclass(frozen=True)
class ShownNote:
    """A note with its subject's name and what it is linked with."""

    view: NoteCard
    atom: Atom
    chats: Mapping[ChatId, Chat]
    topic_name: str = ""
    links: tuple[Linked, ...] = ()
    history: tuple[Change, ...] = ()
