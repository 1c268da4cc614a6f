"""Comments and reminders."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.comment import Comment
from core.domain.daily.reminder import Reminder
from core.domain.ids import MessageKey, PersonId
from storage.repositories.evidence import COMMENT, add_evidence, evidence_by_owner, remove_evidence
from storage.repositories.messages import are_messages
from storage.repositories.rows import (
    Repository,
    all_rows,
    insert,
    insert_new,
    row_where,
    rows_among,
)
from storage.tables import CommentRow, EvidenceRow, ReminderRow, table_of


class SqlComments(Repository):
    """Comments; their words stand where everything does that somebody is quoted with."""

    async def add(self, comment: Comment) -> None:
        """Store a new one."""
        columns = {"id": comment.id, "task_id": comment.task_id, "at": comment.quote.sent_at}
        await insert(self.connection, CommentRow, columns)
        await add_evidence(self.connection, COMMENT, comment.id, comment.evidence)

    async def list_of(self, task_id: UUID) -> list[Comment]:
        """Oldest first."""
        about = (
            sa.select(CommentRow)
            .where(col(CommentRow.task_id) == task_id)
            .order_by(col(CommentRow.at), col(CommentRow.id))
        )
        rows = await all_rows(self.connection, about)
        words = await evidence_by_owner(self.connection, (row.id for row in rows))
        return [
            Comment(row.id, row.task_id, quote)
            for row in rows
            if row.id in words
            for quote in words[row.id].quotes
        ]

    async def reword(self, key: MessageKey, text: str) -> UUID | None:
        """Give the comment that is this message another text; the task it is about."""
        rows = await self._at([key])
        for row in rows:
            worded = sa.update(table_of(EvidenceRow)).where(col(EvidenceRow.owner_id) == row.id)
            await self.connection.execute(worded.values(quote=text))
        return rows[0].task_id if rows else None

    async def remove(self, keys: Iterable[MessageKey]) -> frozenset[UUID]:
        """Take away the comments that are these messages; the tasks they were about."""
        rows = await self._at(keys)
        for row in rows:
            await self.connection.execute(
                sa.delete(table_of(CommentRow)).where(col(CommentRow.id) == row.id)
            )
            await remove_evidence(self.connection, row.id)
        return frozenset(row.task_id for row in rows)

    async def _at(self, keys: Iterable[MessageKey]) -> list[CommentRow]:
        found: set[UUID] = set()
        for which in are_messages(keys, EvidenceRow):
            said = sa.select(col(EvidenceRow.owner_id)).where(which, col(EvidenceRow.owner_kind) == COMMENT)
            found |= set((await self.connection.execute(said)).scalars().all())
        return await rows_among(self.connection, CommentRow, "id", sorted(found))


class SqlReminders(Repository):
    """Who wants to be reminded."""

    async def find(self, person_id: PersonId) -> Reminder | None:
        """Theirs, or None."""
        row = await row_where(self.connection, ReminderRow, person_id=person_id)
        return None if row is None else _reminder_of(row)

    async def list_all(self) -> list[Reminder]:
        """By person."""
        rows = await all_rows(self.connection, sa.select(ReminderRow).order_by(col(ReminderRow.person_id)))
        return [_reminder_of(row) for row in rows]

    async def add(self, reminder: Reminder) -> bool:
        """False when they have one already."""
        columns = {"person_id": reminder.person_id, "told_on": reminder.told_on}
        return await insert_new(self.connection, ReminderRow, columns) == 1

    async def remove(self, person_id: PersonId) -> bool:
        """False when there was none."""
        theirs = sa.delete(table_of(ReminderRow)).where(col(ReminderRow.person_id) == person_id)
        return (await self.connection.execute(theirs)).rowcount == 1

    async def claim(self, reminder: Reminder, day: date) -> bool:
        """Write down that this day was told; False when another took it, or they want none any more."""
        told = col(ReminderRow.told_on)
        is_same = told.is_(None) if reminder.told_on is None else told == reminder.told_on
        claiming = sa.update(table_of(ReminderRow)).where(
            col(ReminderRow.person_id) == reminder.person_id, is_same
        )
        return (await self.connection.execute(claiming.values(told_on=day))).rowcount == 1


def _reminder_of(row: ReminderRow) -> Reminder:
    return Reminder(PersonId(row.person_id), row.told_on)
