"""Patches: what somebody asks to change of a draft, and the difference it makes."""

import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.domain.knowledge import AtomDraft, AtomType, TopicDraft
from core.domain.person import Person
from core.domain.proposal import Content, Proposal
from core.domain.task import Assignee, Category, Due, Priority, Task, TaskDraft
from core.errors import BadText

TITLE_LIMIT = 200
"""Characters of a title, as the evidence check bounds it."""
TEXT_LIMIT = 4000


class Field(StrEnum):
    """What a patch may change, and how a change in History calls it."""

    TITLE = "title"
    TEXT = "text"
    TYPE = "type"
    CATEGORY = "category"
    PRIORITY = "priority"
    OWNER = "owner"
    DATE = "date"
    TAGS = "tags"


WORDLESS = frozenset({Field.TYPE, Field.CATEGORY, Field.PRIORITY, Field.DATE, "status"})
"""Fields whose values nobody wrote, so that they may stay when words have to go."""


@dataclass(frozen=True)
class Instruction:
    """What somebody replied to a card: the words, about which draft, by whom, when and in which time zone.

    `people` are those a task may be given to, the speaker among them or not.
    """

    text: str
    content: Content
    by: Person
    people: tuple[Person, ...]
    at: datetime
    timezone: str


@dataclass(frozen=True)
class Patch:
    """What is to change; None leaves a field as it is, one in `blank` is emptied.

    `added` and `removed` are tags. `unclear` are parts of the reply nobody understood.
    """

    title: str | None = None
    text: str | None = None
    type: AtomType | None = None
    category: Category | None = None
    priority: Priority | None = None
    owner: Assignee | None = None
    due: Due | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    blank: frozenset[Field] = frozenset()
    unclear: tuple[str, ...] = ()

    def ensure_fits(self) -> None:
        """Raise BadText for an empty title, or one or a text too long for its place."""
        if self.title is not None and not 0 < len(self.title.strip()) <= TITLE_LIMIT:
            raise BadText("title", TITLE_LIMIT, len(self.title))
        if self.text is not None and len(self.text) > TEXT_LIMIT:
            raise BadText("message", TEXT_LIMIT, len(self.text))

    def applied(self, content: Content) -> Content:
        """The draft with the change; fields its kind does not have are let go."""
        if isinstance(content, TopicDraft):
            return replace(
                content, name=self.title or content.name,
                description=self._text(content.description),
            )  # fmt: skip
        if isinstance(content, AtomDraft):
            return replace(
                content, title=self.title or content.title, content=self._text(content.content),
                type=self.type or content.type,
            )  # fmt: skip
        return self.applied_to_task(content)

    def changes(self, content: Content) -> bool:
        """Whether anything of the draft would be another."""
        return self.applied(content) != content

    def joined(self, other: "Patch") -> "Patch":
        """Both; of what both say, the other counts. Neither's unclear parts are kept."""
        return Patch(
            title=other.title or self.title,
            text=self.text if other.text is None else other.text,
            type=other.type or self.type,
            category=other.category or self.category,
            priority=other.priority or self.priority,
            owner=other.owner or self.owner,
            due=other.due or self.due,
            added=tuple(dict.fromkeys((*self.added, *other.added))),
            removed=tuple(dict.fromkeys((*self.removed, *other.removed))),
            blank=(self.blank | other.blank) - _given(other),
        )

    def press_version(self, proposal: Proposal) -> int:
        """What a press on the difference carries: another for each text, each card and each patch."""
        return self._version(proposal.press_version, proposal.content)

    def task_version(self, task: Task) -> int:
        """The same on the difference of a task."""
        return self._version(task.revision, task.draft)

    def _version(self, present: int, content: Content) -> int:
        shown = f"{present} {sorted(fields_of(self.applied(content)).items())}"
        return zlib.crc32(shown.encode())

    def _text(self, present: str) -> str:
        return present if self.text is None else self.text

    def applied_to_task(self, draft: TaskDraft) -> TaskDraft:
        """The same for what is known to be a task's."""
        tags = tuple(tag for tag in draft.tags if tag not in self.removed)
        return replace(
            draft,
            title=self.title or draft.title,
            description=self._text(draft.description),
            category=self.category or draft.category,
            priority=self.priority or draft.priority,
            assignee=None if Field.OWNER in self.blank else self.owner or draft.assignee,
            due=None if Field.DATE in self.blank else self.due or draft.due,
            tags=(*tags, *(tag for tag in self.added if tag not in tags)),
        )


def _given(patch: Patch) -> frozenset[Field]:
    fields = {Field.OWNER: patch.owner, Field.DATE: patch.due}
    return frozenset(field for field, value in fields.items() if value is not None)


@dataclass(frozen=True)
class Difference:
    """One field as it was and as it is; "" for blank."""

    field: Field
    was: str
    now: str


def fields_of(content: Content) -> dict[Field, str]:
    """What a person may change of a draft, as plain text; dates as ISO days, blanks left out."""
    if isinstance(content, TopicDraft):
        found = {Field.TITLE: content.name, Field.TEXT: content.description}
    elif isinstance(content, AtomDraft):
        found = {Field.TITLE: content.title, Field.TEXT: content.content, Field.TYPE: content.type.value}
    else:
        found = {
            Field.TITLE: content.title,
            Field.TEXT: content.description,
            Field.CATEGORY: content.category.value,
            Field.PRIORITY: content.priority.value,
            Field.OWNER: content.assignee.name if content.assignee else "",
            Field.DATE: content.due.on.isoformat() if content.due else "",
            Field.TAGS: ", ".join(content.tags),
        }
    return {field: value for field, value in found.items() if value}


def difference(before: Content, after: Content) -> tuple[Difference, ...]:
    """The fields that differ, in the order of `Field`."""
    was, now = fields_of(before), fields_of(after)
    return tuple(
        Difference(field, was.get(field, ""), now.get(field, ""))
        for field in Field
        if was.get(field, "") != now.get(field, "")
    )
