"""The few statements every repository is made of.

Those asked at every tap or message are `Prepared`: see storage.prepared.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import Stale
from storage.flavour import flavour_of
from storage.mapping.packing import Columns
from storage.prepared import Prepared, answered, run, write
from storage.tables import Row, table_of

R = TypeVar("R", bound=Row)
T = TypeVar("T")
Known = Literal["fails", "stays", "goes"]
"""What is to become of an insert when a row of its key is there, or of that row."""
Addition = tuple[str, list[Any]]
"""An INSERT and its values."""

CHUNK = 500
"""Values bound at once in an IN: far below either database's limit, few enough to be planned quickly."""


@dataclass(eq=False)
class Repository:
    """Works in the transaction of one connection and never ends it.

    Fifteen are made for each transaction, and one that is frozen takes three times as long to make.
    """

    connection: AsyncConnection


async def all_rows(connection: AsyncConnection, statement: sa.Select[R]) -> list[R]:
    """Every row of a `select(XRow)`.

    Rows have the attributes of their class but do not pass through the ORM: its identity map would answer
    with what it saw before an UPDATE.
    """
    return cast("list[R]", await answered(connection, statement))


async def first_row(connection: AsyncConnection, statement: sa.Select[R]) -> R | None:
    """The first row, or None."""
    return next(iter(await all_rows(connection, statement.limit(1))), None)


async def rows_where(connection: AsyncConnection, row: type[R], **values: object) -> list[R]:
    """Every row with these values, none of them None, in the columns of these names."""
    return await _where(table_of(row), tuple(values)).rows(connection, **values)


async def row_where(connection: AsyncConnection, row: type[R], **values: object) -> R | None:
    """The row with these values, none of them None, in the columns of these names; they are a key of it."""
    return await _where(table_of(row), tuple(values)).row(connection, **values)


async def rows_among(
    connection: AsyncConnection, row: type[R], column: str, values: Iterable[object], *order: str
) -> list[R]:
    """Every row with one of these values in a column; ordered by the columns named, chunk by chunk."""
    found: list[R] = []
    for some in chunks(values):
        found += await _among(table_of(row), column, order).rows(connection, **{column: some})
    return found


@cache
def _where(table: sa.Table, names: tuple[str, ...]) -> Prepared:
    return Prepared(sa.select(table).where(*[table.c[name] == sa.bindparam(name) for name in names]))


@cache
def _among(table: sa.Table, column: str, order: tuple[str, ...]) -> Prepared:
    is_one = table.c[column].in_(sa.bindparam(column, expanding=True))
    return Prepared(sa.select(table).where(is_one).order_by(*[table.c[name] for name in order]))


async def count(connection: AsyncConnection, statement: sa.Select[Any]) -> int:
    """How many rows a select has."""
    counted = sa.select(sa.func.count()).select_from(statement.subquery())
    return (await connection.execute(counted)).scalar_one()


async def insert(connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns]) -> None:
    """Add one row or several, none is well; what the database has against it may be raised later on."""
    await _written(connection, row, columns, known="fails")


async def insert_checked(connection: AsyncConnection, row: type[Row], columns: Columns) -> None:
    """Add one row; raises IntegrityError here where the database has something against it."""
    await _answered(connection, row, columns, known="fails")


async def insert_new(
    connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns]
) -> int:
    """Add those whose key is new, leave the others alone; return how many were new."""
    return await _answered(connection, row, columns, known="stays")


async def upsert(connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns]) -> None:
    """Add, or replace all columns of the row with the same primary key."""
    await _written(connection, row, columns, known="goes")


async def _written(
    connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns], *, known: Known
) -> None:
    added = _additions(connection, table_of(row), _listed(columns), known=known)
    if len(added) == 1:
        await write(connection, *added[0], frozenset({table_of(row).name}))
    else:
        await _run_all(connection, row, added)


async def _answered(
    connection: AsyncConnection, row: type[Row], columns: Columns | Sequence[Columns], *, known: Known
) -> int:
    return await _run_all(
        connection, row, _additions(connection, table_of(row), _listed(columns), known=known)
    )


async def _run_all(connection: AsyncConnection, row: type[Row], added: Sequence[Addition]) -> int:
    """How many rows were added."""
    if not added:
        return 0
    (sql, given), *others = added
    if others:
        return (await run(connection, sql, [given, *(one for _, one in others)], many=True))[2]
    return (await run(connection, sql, given, about=frozenset({table_of(row).name})))[2]


def _listed(columns: Columns | Sequence[Columns]) -> Sequence[Columns]:
    return [columns] if isinstance(columns, dict) else columns


def _additions(
    connection: AsyncConnection, table: sa.Table, many: Sequence[Columns], *, known: Known
) -> list[Addition]:
    """An INSERT with its values for each row, or one with a list a column where the database has those."""
    if len(many) > 1 and flavour_of(connection).has_arrays:
        return [_at_once(connection, table, many, known=known)]
    if not many:
        return []
    statement, processors = _prepared(connection.dialect, table, tuple(many[0]), known=known)
    return [
        (statement, [one[name] if process is None else process(one[name]) for name, process in processors])
        for one in many
    ]


def _at_once(
    connection: AsyncConnection, table: sa.Table, many: Sequence[Columns], *, known: Known
) -> Addition:
    """All rows in one statement."""
    if known == "goes":
        # One statement never changes a row twice; the last counts.
        keys = [key.name for key in table.primary_key]
        many = list({tuple(one[key] for key in keys): one for one in many}.values())
    statement, processors = _prepared(connection.dialect, table, tuple(many[0]), known=known, is_many=True)
    return statement, [
        [one[name] if process is None else process(one[name]) for one in many]
        for name, process in processors
    ]


@lru_cache(maxsize=256)
def _prepared(
    dialect: Dialect, table: sa.Table, columns: tuple[str, ...], *, known: Known, is_many: bool = False
) -> tuple[str, list[tuple[str, Callable[[Any], Any] | None]]]:
    """An INSERT and, in its order, what each column's values go through.

    SQLAlchemy would look both up again for each row, which takes longer than SQLite's own part.
    """
    statement = _inserting(dialect.name, table, columns, known=known)
    if is_many:
        statement = statement.from_select(list(columns), _unnested(dialect, table, columns))
    compiled = statement.compile(dialect=dialect, column_keys=list(columns))
    return str(compiled), [
        (one, table.c[one].type.dialect_impl(dialect).bind_processor(dialect))
        for one in compiled.positiontup or ()
    ]


def _unnested(dialect: Dialect, table: sa.Table, columns: tuple[str, ...]) -> sa.Select[Any]:
    """Rows made of a list a column, on PostgreSQL."""
    types = {name: table.c[name].type.dialect_impl(dialect) for name in columns}
    lists = [sa.bindparam(name, type_=postgresql.ARRAY(type_)) for name, type_ in types.items()]
    rows = sa.func.unnest(*lists).table_valued(*columns).render_derived()
    return sa.select(*[sa.cast(rows.c[name], type_) for name, type_ in types.items()])


@lru_cache(maxsize=256)
def _inserting(dialect: str, table: sa.Table, columns: tuple[str, ...], *, known: Known) -> sqlite.Insert:
    # Both dialects have ON CONFLICT under the same names; the types know no common one.
    module: Any = postgresql if dialect == "postgresql" else sqlite
    statement = cast("sqlite.Insert", module.insert(table))
    if known == "goes":
        keys = sorted(column.name for column in table.primary_key)
        changed = {one: statement.excluded[one] for one in columns if one not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    elif known == "stays":
        statement = statement.on_conflict_do_nothing()
    return statement


async def swap(connection: AsyncConnection, row: type[Row], kind: str, columns: Columns) -> None:
    """Replace the row of that id if it still is at that revision, and raise it; raises Stale when not."""
    id_, revision = columns["id"], columns["revision"]
    values = {**columns, "revision": revision + 1, "swapped_id": id_, "swapped_revision": revision}
    # Setting a key to itself has SQLite look for rows that refer to it, in whole tables.
    del values["id"]
    if await _swapping(table_of(row)).count(connection, **values) != 1:
        raise Stale(kind, id_)


@cache
def _swapping(table: sa.Table) -> Prepared:
    swapping = sa.update(table).where(
        table.c.id == sa.bindparam("swapped_id"), table.c.revision == sa.bindparam("swapped_revision")
    )
    return Prepared(swapping)


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`; each once when they repeat."""
    once = list(dict.fromkeys(values))
    for start in range(0, len(once), size):
        yield once[start : start + size]
