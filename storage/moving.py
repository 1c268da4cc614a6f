"""Moving: every row of one database into another, empty one."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import SQLModel

from core.errors import BadConfig
from storage.engine import open_engine
from storage.flavour import flavour_of
from storage.tables import ReleaseRow, table_of

PAGE = 1000
"""Rows read and written at once."""
_RELEASE = table_of(ReleaseRow).name


@dataclass(frozen=True)
class Moved:
    """How far a move is: rows of all tables moved so far, and in all."""

    done: int
    total: int


async def move(source_url: str, target_url: str) -> AsyncGenerator[Moved]:
    """Copy every row, a step a page; both databases have been upgraded.

    One view of the source, one transaction of the target: a move that breaks off leaves the target empty,
    so that it can simply be begun again. The end compares the rows of each table.

    Raises:
        BadConfig: The target has rows, or the counts differ.
        StorageFailed: A database does not answer.
    """
    source, target = open_engine(source_url), open_engine(target_url)
    try:
        async with source.reading() as old, target.writing() as new:
            present = await _counted(new)
            _ensure_equal(dict.fromkeys(present, 0), present, "the target has rows")
            counts = await _counted(old)
            done, total = 0, sum(counts.values())
            yield Moved(done, total)
            for table in _tables():
                async for rows in _pages(old, table):
                    await new.execute(sa.insert(table), rows)
                    done += len(rows)
                    yield Moved(done, total)
            await flavour_of(new).settle_in(new)
            _ensure_equal(counts, await _counted(new), "not every row arrived")
    finally:
        await source.dispose()
        await target.dispose()


def _ensure_equal(wanted: Mapping[str, int], found: Mapping[str, int], problem: str) -> None:
    differing = {
        name: f"{found[name]} of {count}" for name, count in wanted.items() if found[name] != count
    }
    if differing:
        said = ", ".join(f"{name} {rows}" for name, rows in differing.items())
        raise BadConfig("--to", f"{problem}: {said}", "give a new, empty database")


def _tables() -> list[sa.Table]:
    """Those pointed at first. The release is the program's that made the target."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name != _RELEASE]


async def _counted(connection: AsyncConnection) -> dict[str, int]:
    found: dict[str, int] = {}
    for table in _tables():
        counted = sa.select(sa.func.count()).select_from(table)
        found[table.name] = (await connection.execute(counted)).scalar_one()
    return found


async def _pages(connection: AsyncConnection, table: sa.Table) -> AsyncGenerator[list[dict[str, Any]]]:
    """The rows in the order of their key, each page from where the one before ended."""
    keys = list(table.primary_key)
    last: tuple[Any, ...] | None = None
    while True:
        page = sa.select(table).order_by(*keys).limit(PAGE)
        if last is not None:
            types = [key.type for key in keys]
            page = page.where(sa.tuple_(*keys) > sa.tuple_(*last, types=types))
        rows = [dict(row) for row in (await connection.execute(page)).mappings().all()]
        if rows:
            yield rows
        if len(rows) < PAGE:
            return
        last = tuple(rows[-1][key.name] for key in keys)
