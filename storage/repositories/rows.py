"""The few statements every repository is made of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import Stale
from storage.mapping.packing import Columns
from storage.tables import Row, table_of

R = TypeVar("R", bound=Row)
T = TypeVar("T")

CHUNK = 500
"""Values bound at once in an IN: far below either database's limit, few enough to be planned quickly."""


@dataclass(frozen=True)
class Repository:
    """Works in the transaction of one connection and never ends it."""

    connection: AsyncConnection


async def all_rows(connection: AsyncConnection, statement: sa.Select[R]) -> list[R]:
    """Every row of a `select(XRow)`.

    Rows have the attributes of their class but do not pass through the ORM: its identity map would answer
    with what it saw before an UPDATE.
    """
    return cast("list[R]", (await connection.execute(statement)).all())


async def first_row(connection: AsyncConnection, statement: sa.Select[R]) -> R | None:
    """The first row, or None."""
    return cast("R | None", (await connection.execute(statement.limit(1))).first())


async def count(connection: AsyncConnection, statement: sa.Select[Any]) -> int:
    """How many rows a select has."""
    counted = sa.select(sa.func.count()).select_from(statement.subquery())
    return (await connection.execute(counted)).scalar_one()


async def insert(connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns]) -> None:
    """Add one row or several; none is well."""
    if columns:
        await connection.execute(sa.insert(table_of(row)), columns)


async def insert_new(
    connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns]
) -> int:
    """Add those whose key is new, leave the others alone; return how many were new."""
    if not columns:
        return 0
    statement = _insert(connection, row).on_conflict_do_nothing()
    return (await connection.execute(statement, columns)).rowcount


async def upsert(connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns]) -> None:
    """Add, or replace all columns of the row with the same primary key."""
    if not columns:
        return
    keys = {column.name for column in table_of(row).primary_key}
    statement = _insert(connection, row)
    one: Mapping[str, Any] = columns if isinstance(columns, dict) else columns[0]
    changed = {name: statement.excluded[name] for name in one if name not in keys}
    statement = statement.on_conflict_do_update(index_elements=sorted(keys), set_=changed)
    await connection.execute(statement, columns)


def _insert(connection: AsyncConnection, row: type[Row]) -> sqlite.Insert:
    # Both dialects have ON CONFLICT under the same names; the types know no common one.
    module: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    return cast("sqlite.Insert", module.insert(table_of(row)))


async def swap(connection: AsyncConnection, row: type[Row], kind: str, columns: Columns) -> None:
    """Replace the row of that id if it still is at that revision, and raise it; raises Stale when not."""
    table = table_of(row)
    id_, revision = columns["id"], columns["revision"]
    statement = (
        sa.update(table)
        .where(table.c.id == id_, table.c.revision == revision)
        .values(**{**columns, "revision": revision + 1})
    )
    if (await connection.execute(statement)).rowcount != 1:
        raise Stale(kind, id_)


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`; each once when they repeat."""
    once = list(dict.fromkeys(values))
    for start in range(0, len(once), size):
        yield once[start : start + size]
