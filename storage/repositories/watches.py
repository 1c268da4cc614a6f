"""What people follow."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.ids import PersonId
from core.domain.watching import Watch, Watched
from storage.repositories.rows import Repository, all_rows, upsert
from storage.tables import WatchRow


class SqlWatches(Repository):
    """One row a project, person and thing followed."""

    async def list_of(self, project_id: UUID, what: Iterable[Watched]) -> list[Watch]:
        """Those chosen for these, followed or expressly not, by person."""
        chosen = (
            sa.select(WatchRow)
            .where(
                col(WatchRow.project_id) == project_id, col(WatchRow.what).in_([one.value for one in what])
            )
            .order_by(col(WatchRow.person_id), col(WatchRow.what))
        )
        return [_watch_of(row) for row in await all_rows(self.connection, chosen)]

    async def put(self, watch: Watch) -> None:
        """Add or replace."""
        columns = {
            "project_id": watch.project_id,
            "person_id": watch.person_id,
            "what": watch.what.value,
            "is_on": watch.is_on,
            "told_at": watch.told_at,
        }
        await upsert(self.connection, WatchRow, columns)


def _watch_of(row: WatchRow) -> Watch:
    return Watch(row.project_id, PersonId(row.person_id), Watched(row.what), row.is_on, row.told_at)
