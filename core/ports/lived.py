"""What people add to tasks they live with: comments, and the wish to be reminded."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from core.domain.comment import Comment
from core.domain.daily.reminder import Reminder
from core.domain.ids import MessageKey, PersonId


class Comments(Protocol):
    """Comments; their words are found and forgotten like anything somebody is quoted with."""

    async def add(self, comment: Comment) -> None: ...
    async def list_of(self, task_id: UUID) -> list[Comment]:
        """Oldest first."""
        ...

    async def reword(self, key: MessageKey, text: str) -> UUID | None:
        """Give the comment that is this message another text; the task it is about, None for no comment."""
        ...

    async def remove(self, keys: Iterable[MessageKey]) -> frozenset[UUID]:
        """Take away the comments that are these messages; the tasks they were about."""
        ...


class Reminders(Protocol):
    """Who wants to be reminded."""

    async def find(self, person_id: PersonId) -> Reminder | None: ...
    async def list_all(self) -> list[Reminder]:
        """By person."""
        ...

    async def add(self, reminder: Reminder) -> bool:
        """False when they have one already."""
        ...

    async def remove(self, person_id: PersonId) -> bool:
        """False when there was none."""
        ...

    async def claim(self, reminder: Reminder, day: date) -> bool:
        """Write down that this day was told; False when another took it, or they want none any more."""
        ...
