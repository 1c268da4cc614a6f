"""What every file says of a task: plain text without secrets, and the links back."""

from dataclasses import dataclass
from datetime import date

from bot.view.links import message_link
from core.domain.evidence import Quote
from core.domain.masking import without_secrets
from core.domain.task import Task
from core.ports.files import TaskSheet


@dataclass(frozen=True)
class Source:
    """One quote: who, when (ISO 8601, UTC), the words, and the link ("" where there is no address)."""

    author: str
    at: str
    text: str
    link: str


@dataclass(frozen=True)
class Told:
    """A task as plain text; "" and none for blanks."""

    number: str
    title: str
    description: str
    status: str
    priority: str
    category: str
    assignee: str
    has_agreed: bool
    due: date | None
    tags: tuple[str, ...]
    steps: tuple[tuple[str, bool], ...]
    done_when: str
    created_at: str
    sources: tuple[Source, ...]

    @property
    def links(self) -> tuple[str, ...]:
        """Back to the messages, each once."""
        return tuple(dict.fromkeys(one.link for one in self.sources if one.link))


def told(sheet: TaskSheet) -> list[Told]:
    """The sheet's tasks, in its order."""
    return [_told(sheet, task) for task in sheet.tasks]


def _told(sheet: TaskSheet, task: Task) -> Told:
    draft = task.whole
    return Told(
        number=task.name,
        title=without_secrets(draft.title),
        description=without_secrets(draft.description),
        status=task.status.value,
        priority=draft.priority.value,
        category=draft.category.value,
        assignee=draft.assignee.name if draft.assignee else "",
        has_agreed=draft.assignee is not None and draft.assignee.has_agreed,
        due=draft.due.on if draft.due else None,
        tags=draft.tags,
        steps=tuple((without_secrets(step), step in draft.ticked) for step in draft.sub_tasks),
        done_when=without_secrets(draft.done_criterion),
        created_at=task.created_at.isoformat(timespec="seconds"),
        sources=tuple(_source(sheet, quote) for quote in task.whole_evidence.quotes),
    )


def _source(sheet: TaskSheet, quote: Quote) -> Source:
    chat = sheet.chats.get(quote.key.chat_id)
    return Source(
        author=quote.author,
        at=quote.sent_at.isoformat(timespec="seconds"),
        text=without_secrets(quote.text),
        link=message_link(chat, quote.key.message_id, quote.thread_id),
    )
