"""Nearest by vector: through the repository, against the bare product on the ready matrix."""

import time
from pathlib import Path
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from bot.world import SystemClock
from core.domain.ids import Kind, Ref
from core.ports.analysis import Vector
from storage.engine import open_engine
from storage.migrations import upgrade
from storage.unit_of_work import SqlTransactions
from tests.bench.measure import Aim, Effort, Line, Round, alternate
from tests.bench.stores import DatabaseKind
from tests.builders import PROJECT
from tests.databases import url_of

DIMENSIONS = 256
NEAREST = 10
MODEL = "bench-1"
CHUNK = 5000
"""Vectors stored in one transaction."""

Floats = NDArray[np.float32]


async def measure(folder: Path, effort: Effort, kind: DatabaseKind) -> list[Line]:
    """One line: a query of all tasks of a project."""
    rows, queries = effort.of(100_000, 10_000), effort.of(40, 10)
    matrix, wanted = _unit_rows(rows, seed=1), _unit_rows(queries, seed=2)
    url = url_of(folder / "triagram.db")
    await upgrade(url)
    transactions = SqlTransactions(open_engine(url), SystemClock())

    async def ours() -> float:
        started = time.perf_counter()
        await _through_repository(transactions, wanted)
        return time.perf_counter() - started

    async def baseline() -> float:
        started = time.perf_counter()
        _by_product(matrix, wanted)
        return time.perf_counter() - started

    try:
        await _fill(transactions, matrix)
        if await _through_repository(transactions, wanted) != _by_product(matrix, wanted):
            raise AssertionError("the repository finds others than the product")
        rounds = await alternate(effort.rounds, ours, baseline)
    finally:
        await transactions.database.dispose()
    each = [Round(one.ours / queries * 1000, one.baseline / queries * 1000) for one in rounds]
    against = f"the NumPy product on the ready matrix of {rows:,} x {DIMENSIONS}; {queries} queries a round"
    return [Line(f"nearest {NEAREST} tasks", each, "ms", Aim(most=1.5), against, rows)]


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


def _unit_rows(count: int, *, seed: int) -> Floats:
    """`(count, 256)` float32, rows of length 1."""
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSIONS), dtype=np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)
