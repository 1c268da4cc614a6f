"""Nearest by vector: through the repository, against NumPy or pgvector alone."""

import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from bot.world import SystemClock
from core.domain.ids import Kind, Ref
from core.ports.analysis import Vector
from storage.engine import open_engine, url_of
from storage.postgres.nearness import condition_of
from storage.postgres.shortcuts import PostgresShortcuts
from storage.unit_of_work import SqlTransactions
from storage.vectors import VectorKey
from tests.bench.measure import Aim, Effort, Line, Round, alternate
from tests.bench.stores import DatabaseKind, Store, connect, stored
from tests.builders import PROJECT

DIMENSIONS = 256
NEAREST = 10
BUNCHES = 500
"""Subjects that vectors gather around, as those of texts do; noise of half their length lies over them."""
MODEL = "bench-1"
KEY = VectorKey(PROJECT, Kind.TASK, MODEL)
CHUNK = 5000
"""Vectors stored in one transaction."""
RECALL = 0.99

Floats = NDArray[np.float32]
Search = Callable[[], Awaitable[list[list[int]]]]
"""Asks all questions; the places of the nearest of each."""


async def measure(folder: Path, effort: Effort, kind: DatabaseKind) -> list[Line]:
    """A query of all tasks of a project: on PostgreSQL two lines, exactly and by the shortcut."""
    rows, queries = effort.of(100_000, 10_000), effort.of(40, 10)
    random = np.random.default_rng(1)
    centres = random.standard_normal((BUNCHES, DIMENSIONS), dtype=np.float32)
    matrix, wanted = _gathered(centres, rows, random), _gathered(centres, queries, random)
    async with stored(kind, folder) as store, _opened(store) as transactions:
        await _fill(transactions, matrix)

        async def ours() -> list[list[int]]:
            return await _through_repository(transactions, wanted)

        async def product() -> list[list[int]]:
            return _by_product(matrix, wanted)

        if kind is DatabaseKind.SQLITE:
            against = f"the NumPy product on the ready matrix of {rows:,} x {DIMENSIONS}"
            return [
                await _line(
                    f"nearest {NEAREST} tasks", ours, product, await product(), effort, against=against
                )
            ]
        return await _on_server(store, ours, wanted, await product(), effort)


async def _on_server(
    store: Store, ours: Search, wanted: Floats, right: list[list[int]], effort: Effort
) -> list[Line]:
    database = await connect(store.url)
    try:
        await database.execute("ANALYZE")

        async def bare() -> list[list[int]]:
            return [await _asked(database, row) for row in wanted]

        exact = f"the bare statement of pgvector, {len(right)} queries a round"
        lines = [await _line(f"nearest {NEAREST} tasks, exact", ours, bare, right, effort, against=exact)]
        if not await PostgresShortcuts(url_of(store.url), MODEL, effort.of(50_000, 1000)).keep():
            raise AssertionError("no shortcut was made")
        reach = await database.fetchval(
            "SELECT obj_description(oid) FROM pg_class WHERE relname LIKE 'ix_item_vector_near%'"
        )
        for setting in (f"hnsw.ef_search = {reach.split()[0]}", "hnsw.iterative_scan = strict_order"):
            await database.execute(f"SET {setting}")

        async def by_index() -> list[list[int]]:
            return [await _asked(database, row, f"vector({DIMENSIONS})") for row in wanted]

        against = f"the bare statement on the same HNSW index, ef_search {reach.split()[0]}"
        path = f"nearest {NEAREST} tasks, shortcut"
        # One that has just been opened sees it at once, the other within a minute.
        async with _opened(store) as anew:

            async def by_shortcut() -> list[list[int]]:
                return await _through_repository(anew, wanted)

            return [*lines, await _line(path, by_shortcut, by_index, right, effort, against=against)]
    finally:
        await database.close()


async def _line(
    path: str, ours: Search, baseline: Search, right: list[list[int]], effort: Effort, *, against: str
) -> Line:
    recall = _recall(await ours(), right)
    if recall < RECALL:
        raise AssertionError(f"{path}: recall@{NEAREST} {recall:.3f}")

    async def timed(search: Search) -> float:
        started = time.perf_counter()
        await search()
        return (time.perf_counter() - started) / len(right) * 1000

    await baseline()
    rounds: list[Round] = await alternate(effort.rounds, lambda: timed(ours), lambda: timed(baseline))
    return Line(path, rounds, "ms", Aim(most=1.5), f"{against}; recall@{NEAREST} {recall:.3f}", len(right))


@asynccontextmanager
async def _opened(store: Store) -> AsyncGenerator[SqlTransactions]:
    transactions = SqlTransactions(open_engine(store.url), SystemClock())
    try:
        yield transactions
    finally:
        await transactions.database.dispose()


async def _fill(transactions: SqlTransactions, matrix: Floats) -> None:
    for start in range(0, len(matrix), CHUNK):
        part = matrix[start : start + CHUNK]
        items = [Ref(Kind.TASK, UUID(int=start + place + 1)) for place in range(len(part))]
        async with transactions() as tx:
            await tx.search.put_vectors(PROJECT, MODEL, items, [Vector(row.tobytes()) for row in part])


async def _through_repository(transactions: SqlTransactions, wanted: Floats) -> list[list[int]]:
    """The places of the nearest of each query; every query is a transaction of its own."""
    found: list[list[int]] = []
    for row in wanted:
        async with transactions.reading() as tx:
            near = await tx.search.by_vector(PROJECT, Kind.TASK, MODEL, Vector(row.tobytes()), NEAREST)
        found.append([item.id.int - 1 for item, _ in near])
    return found


def _by_product(matrix: Floats, wanted: Floats) -> list[list[int]]:
    """The same with nothing but NumPy."""
    found: list[list[int]] = []
    for row in wanted:
        scores = matrix @ row
        best = np.argpartition(-scores, NEAREST - 1)[:NEAREST]
        found.append(best[np.argsort(-scores[best])].tolist())
    return found


async def _asked(database: Any, row: Floats, type_: str = "vector") -> list[int]:
    """The same with nothing but asyncpg and pgvector."""

    away = f"vector{'::' + type_ if type_ != 'vector' else ''} <#> $1::{type_}"
    statement = (
        f"SELECT item_id, {away} FROM item_vector WHERE {condition_of(KEY)} ORDER BY {away} LIMIT {NEAREST}"  # noqa: S608 - names of ours
    )
    rows = await database.fetch(statement, str(row.tolist()))
    return [found["item_id"].int - 1 for found in rows]


def _recall(found: list[list[int]], right: list[list[int]]) -> float:
    shares = [len({*some} & {*best}) / len(best) for some, best in zip(found, right, strict=True)]
    return sum(shares) / len(shares)


def _gathered(centres: Floats, count: int, random: np.random.Generator) -> Floats:
    """`(count, 256)` float32, rows of length 1, each near one of the centres."""
    bunch = centres[random.integers(0, len(centres), count)]
    rows = bunch + 0.5 * random.standard_normal(bunch.shape, dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
