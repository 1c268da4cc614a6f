"""Changes and events."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.history import Change, Event, EventTopic
from core.domain.ids import Ref
from core.domain.patch import WORDLESS
from core.domain.run import Window
from storage.mapping.shown import change_columns, change_of, event_columns, event_of
from storage.repositories.rows import Repository, all_rows, insert, rows_among
from storage.tables import ChangeRow, EventRow, table_of


class SqlHistories(Repository):
    """Changes and events."""

    async def add(self, change: Change) -> None:
        """Store a change."""
        await insert(self.connection, ChangeRow, change_columns(change))

    async def list_of(self, item: Ref, limit: int) -> list[Change]:
        """Newest first."""
        changes = (
            sa.select(ChangeRow)
            .where(col(ChangeRow.item_id) == item.id)
            .order_by(col(ChangeRow.at).desc(), col(ChangeRow.id).desc())
            .limit(limit)
        )
        return [change_of(row) for row in await all_rows(self.connection, changes)]

    async def forget_words(self, item_ids: Iterable[UUID]) -> None:
        """Empty what changes of these items say of texts and names; what nobody wrote stays."""
        for row in await rows_among(self.connection, ChangeRow, "item_id", item_ids):
            before, after = _wordless(row.before), _wordless(row.after)
            if (before, after) != (row.before, row.after):
                change = sa.update(table_of(ChangeRow)).where(col(ChangeRow.id) == row.id)
                await self.connection.execute(change.values(before=before, after=after))

    async def tell(self, event: Event) -> None:
        """Store an event."""
        await insert(self.connection, EventRow, event_columns(event))

    async def count_events(self, project_id: UUID, name: str, window: Window) -> int:
        """How many events of that name happened in the window."""
        counted = (
            sa.select(sa.func.count())
            .select_from(table_of(EventRow))
            .where(
                col(EventRow.project_id) == project_id,
                col(EventRow.name) == name,
                col(EventRow.at) >= window.start,
                col(EventRow.at) < window.end,
            )
        )
        return (await self.connection.execute(counted)).scalar_one()

    async def list_events(
        self, project_id: UUID, topics: Iterable[EventTopic], window: Window
    ) -> list[Event]:
        """Those of these topics in the window, oldest first."""
        found = (
            sa.select(EventRow)
            .where(
                col(EventRow.project_id) == project_id,
                col(EventRow.topic).in_([one.value for one in topics]),
                col(EventRow.at) >= window.start,
                col(EventRow.at) < window.end,
            )
            .order_by(col(EventRow.at), col(EventRow.id))
        )
        return [event_of(row) for row in await all_rows(self.connection, found)]


def _wordless(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if name in WORDLESS}
