"""Projects and their counters."""

from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from core.domain.ids import NUMBERED, Kind
from core.domain.person import Project
from core.errors import NameTaken, NotFound
from storage.mapping.chats import project_columns, project_of
from storage.prepared import Prepared
from storage.repositories.rows import (
    Repository,
    all_rows,
    first_row,
    insert,
    insert_checked,
    row_where,
    swap,
)
from storage.tables import CounterRow, ProjectRow, table_of

_counter = table_of(CounterRow)
_NEXT_NUMBER = Prepared(
    sa.update(_counter)
    .where(_counter.c.project_id == sa.bindparam("of_project"), _counter.c.kind == sa.bindparam("of_kind"))
    .values(value=_counter.c.value + 1)
    .returning(_counter.c.value)
)


class SqlProjects(Repository):
    """Projects. `add` and `save` raise NameTaken; names differ by more than case."""

    async def get(self, project_id: UUID) -> Project:
        """The project; raises NotFound."""
        row = await row_where(self.connection, ProjectRow, id=project_id)
        if row is None:
            raise NotFound("project", str(project_id))
        return project_of(row)

    async def get_locked(self, project_id: UUID) -> Project:
        """The project as nobody else changes it until this transaction ends; raises NotFound."""
        locking = sa.select(ProjectRow).where(col(ProjectRow.id) == project_id).with_for_update()
        row = await first_row(self.connection, locking)
        if row is None:
            raise NotFound("project", str(project_id))
        return project_of(row)

    async def find_by_name(self, name: str) -> Project | None:
        """The project of that name, whatever its case."""
        row = await row_where(self.connection, ProjectRow, name_key=name.casefold())
        return None if row is None else project_of(row)

    async def list_all(self) -> list[Project]:
        """By name."""
        rows = await all_rows(self.connection, sa.select(ProjectRow).order_by(col(ProjectRow.name_key)))
        return [project_of(row) for row in rows]

    async def add(self, project: Project) -> None:
        """Store a new project and its counters."""
        try:
            await insert_checked(self.connection, ProjectRow, project_columns(project))
        except IntegrityError as error:
            raise _name_taken(error, project) from error
        counters = [{"project_id": project.id, "kind": kind.value, "value": 0} for kind in sorted(NUMBERED)]
        await insert(self.connection, CounterRow, counters)

    async def save(self, project: Project) -> Project:
        """Swap by revision; raises Stale."""
        try:
            await swap(self.connection, ProjectRow, "project", project_columns(project))
        except IntegrityError as error:
            raise _name_taken(error, project) from error
        return replace(project, revision=project.revision + 1)

    async def next_number(self, project_id: UUID, kind: Kind) -> int:
        """The next number of a kind, from 1; a rolled back one is given again. Raises NotFound."""
        number: int | None = await _NEXT_NUMBER.value(
            self.connection, of_project=project_id, of_kind=kind.value
        )
        if number is None:
            raise NotFound("project", str(project_id))
        return number


def _name_taken(error: IntegrityError, project: Project) -> Exception:
    return NameTaken(project.name) if "name_key" in str(error.orig) else error
