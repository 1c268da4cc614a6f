"""Changes and events."""

from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.history import Change, Event
from core.domain.ids import Ref
from core.domain.run import Window
from storage.mapping.shown import change_columns, change_of, event_columns
from storage.repositories.rows import Repository, all_rows, insert
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
