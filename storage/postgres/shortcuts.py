"""Keeps the shortcuts of search by likeness on PostgreSQL: HNSW where it wins and finds what is there."""

import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
import structlog
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.domain.ids import Kind
from storage.postgres.engine import standing
from storage.postgres.failures import failure_of
from storage.postgres.nearness import MOST_DIMENSIONS, PREFIX, by_shortcut, condition_of, exactly, name_of
from storage.prepared import answered
from storage.tables import ItemVectorRow, table_of
from storage.types import FLOAT32
from storage.vectors import VectorKey, of_key

LEAST_VECTORS = 50_000
"""From where on one is made: DECISIONS/0016."""
GROWTH = 1.5
"""A key is looked at again once it has grown by half."""
REACHES = (40, 100, 200, 400, 800)
"""How many candidates a search keeps, `hnsw.ef_search`; the least that finds enough is taken."""
RECALL = 0.995
"""Of the ten nearest, so many must be found on average: a margin above the .99 that is promised."""
_QUESTIONS = 40
"""Vectors of the key itself, each asked for what is nearest to it."""
_NEAREST = 10
_SAME = 1e-6
_MAKERS = 748214
"""The advisory lock of who makes one, so that several processes do not."""
_MOST_MEMORY_MB = 1024
_COUNTS = """
    SELECT project_id, kind, count(*) AS size FROM item_vector
    WHERE model = $1 GROUP BY 1, 2 HAVING count(*) >= $2
"""
_PRESENT = (
    "SELECT relname, coalesce(obj_description(oid, 'pg_class'), '') AS said FROM pg_class"  # noqa: S608 # a name of ours
    f" WHERE relname LIKE '{PREFIX.replace('_', '#_')}%' ESCAPE '#' AND relkind = 'i'"
)

_vector = table_of(ItemVectorRow)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class PostgresShortcuts:
    """`core.ports.shortcuts.Shortcuts` for the vectors of one model.

    `_unfit` has how large a key was when HNSW was not worth it: its vectors lie too evenly.
    """

    url: URL
    model: str
    least: int = LEAST_VECTORS
    _unfit: dict[VectorKey, int] = field(default_factory=dict[VectorKey, int])

    async def keep(self) -> int:
        """Make those that are worth it, take away those of other models and of what has shrunk."""
        async with self._alone() as connection:
            if not await _value(connection, f"SELECT pg_try_advisory_lock({_MAKERS})"):
                return 0
            try:
                return await self._kept(connection)
            finally:
                await _value(connection, f"SELECT pg_advisory_unlock({_MAKERS})")

    @asynccontextmanager
    async def _alone(self) -> AsyncGenerator[AsyncConnection]:
        """A connection in no transaction, as an index made beside others' work wants it; it is patient."""
        connections = standing(self.url, 1, 0, is_reading=False)
        try:
            async with connections.held() as connection:
                yield connection
        except DBAPIError as error:
            raise failure_of(error) or error from error
        finally:
            await connections.dispose()

    async def _kept(self, connection: AsyncConnection) -> int:
        sizes = await self._sizes(connection, self.least)
        rows = (await connection.exec_driver_sql(_PRESENT)).all()
        present: dict[str, str] = {row.relname: row.said for row in rows}
        half = {name_of(key) for key in await self._sizes(connection, self.least // 2)}
        changed = 0
        for name in present.keys() - half:
            await _drop(connection, name)
            changed += 1
        for key, size in sizes.items():
            said = present.get(name_of(key), "")
            if size >= self._unfit.get(key, 0) * GROWTH and size >= _size_in(said) * GROWTH:
                changed += await self._make(connection, key, size, has_one=bool(said))
        return changed

    async def _sizes(self, connection: AsyncConnection, least: int) -> dict[VectorKey, int]:
        rows = (await connection.exec_driver_sql(_COUNTS, (self.model, least))).all()
        return {VectorKey(row.project_id, Kind(row.kind), self.model): row.size for row in rows}

    async def _make(self, connection: AsyncConnection, key: VectorKey, size: int, *, has_one: bool) -> bool:
        """Make a key's shortcut and measure it; one that is there is only measured anew."""
        questions = await _questions(connection, key)
        dimensions = len(questions[0]) // FLOAT32.itemsize if questions else 0
        if not 0 < dimensions <= MOST_DIMENSIONS:
            return False
        name, started = name_of(key), time.monotonic()
        if not has_one:
            await _drop(connection, name)
            await _build(connection, key, size, dimensions)
        reach, recall = await _measured(connection, key, questions)
        is_fit = recall >= RECALL
        _log.info(
            "shortcut measured", index=name, vectors=size, reach=reach, recall=recall, is_kept=is_fit,
            seconds=round(time.monotonic() - started, 1),
        )  # fmt: skip
        if is_fit:
            await connection.exec_driver_sql(f"COMMENT ON INDEX {name} IS '{reach} for {size}'")
            return True
        self._unfit[key] = size
        await _drop(connection, name)
        return has_one


def _size_in(comment: str) -> int:
    """How many vectors there were when a shortcut was measured, 0 for one never finished."""
    said = comment.rpartition(" ")[2]
    return int(said) if said.isdecimal() else 0


async def _drop(connection: AsyncConnection, name: str) -> None:
    await connection.exec_driver_sql(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")


async def _build(connection: AsyncConnection, key: VectorKey, size: int, dimensions: int) -> None:
    """In memory as far as there is some: what does not fit takes ten times as long."""
    megabytes = min(_MOST_MEMORY_MB, 64 + size * (dimensions * FLOAT32.itemsize + 512) // 2**20)
    await connection.exec_driver_sql(f"SET maintenance_work_mem = '{megabytes}MB'")
    await connection.exec_driver_sql(
        f"CREATE INDEX CONCURRENTLY {name_of(key)} ON item_vector"
        f" USING hnsw ((vector::vector({dimensions})) vector_ip_ops) WHERE {condition_of(key)}"
    )
    await connection.exec_driver_sql("ANALYZE item_vector")


async def _questions(connection: AsyncConnection, key: VectorKey) -> list[bytes]:
    """Some of its vectors, any."""
    some = (
        sa.select(_vector.c.vector)
        .where(*of_key(_vector, key), _vector.c.vector.is_not(None))
        .order_by(sa.func.random())
        .limit(_QUESTIONS)
    )
    return [row.vector for row in await answered(connection, some)]


async def _measured(
    connection: AsyncConnection, key: VectorKey, questions: Sequence[bytes]
) -> tuple[int, float]:
    """The least reach that finds enough, else the greatest, and which share of the nearest it finds."""
    right = [await answered(connection, exactly(key, one, _NEAREST)) for one in questions]
    # Else what is measured might be the exact way, which the planner takes for a few thousand.
    for setting in ("hnsw.iterative_scan = strict_order", "enable_sort = off"):
        await connection.exec_driver_sql(f"SET {setting}")
    recall = 0.0
    for reach in REACHES:
        await connection.exec_driver_sql(f"SET hnsw.ef_search = {reach}")
        near = [await answered(connection, by_shortcut(key, one, _NEAREST)) for one in questions]
        recall = sum(map(_share, near, right)) / len(questions)
        if recall >= RECALL:
            return reach, recall
    return REACHES[-1], recall


def _share(rows: Sequence[Any], right: Sequence[Any]) -> float:
    """How many of the nearest were found; of those equally far, any will do."""
    farthest = right[-1].away + _SAME
    return sum(row.away <= farthest for row in rows) / len(right)


async def _value(connection: AsyncConnection, statement: str) -> Any:
    return (await connection.exec_driver_sql(statement)).scalar_one()
