"""Shortcuts on PostgreSQL: made past a size, right whatever is written after, gone with their model."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import pytest

from core.domain.ids import Kind, Ref
from core.ports.analysis import Vector
from storage import migrations
from storage.engine import open_engine, url_of
from storage.postgres import nearness
from storage.postgres.shortcuts import PostgresShortcuts
from storage.unit_of_work import SqlTransactions
from tests.postgres import postgres_database
from tests.storage.making import StillClock

LEAST = 3000
DIMENSIONS = 16
PROJECT, OTHER = UUID(int=1), UUID(int=2)
MODEL = "it's: a model"


@dataclass
class Shelf:
    """Vectors in bunches, as those of texts are, in the database and beside it."""

    url: str
    transactions: SqlTransactions

    def __post_init__(self) -> None:
        self.random = np.random.default_rng(7)
        self.centres = self.random.standard_normal((60, DIMENSIONS))

    async def put(self, count: int, project: UUID = PROJECT, *, model: str = MODEL, start: int = 0) -> None:
        rows = self.rows(count)
        items = [Ref(Kind.TASK, UUID(int=start + place + 1)) for place in range(count)]
        async with self.transactions() as tx:
            await tx.search.put_vectors(project, model, items, [Vector(row.tobytes()) for row in rows])

    def rows(self, count: int) -> np.ndarray:
        bunch = self.centres[self.random.integers(0, len(self.centres), count)]
        rows = (bunch + 0.3 * self.random.standard_normal(bunch.shape)).astype(np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    async def nearest(self, row: np.ndarray, model: str = MODEL) -> list[tuple[Ref, float]]:
        async with self.transactions.reading() as tx:
            return await tx.search.by_vector(PROJECT, Kind.TASK, model, Vector(row.tobytes()), 10)

    async def exactly(self, row: np.ndarray) -> list[float]:
        key = nearness.VectorKey(PROJECT, Kind.TASK, MODEL)
        async with self.transactions.database.reading() as connection:
            found = await nearness.answered(connection, nearness.exactly(key, row.tobytes(), 10))
        return [-one.away for one in found]

    async def plan(self, row: np.ndarray) -> str:
        """How PostgreSQL goes about a question by shortcut."""
        key = nearness.VectorKey(PROJECT, Kind.TASK, MODEL)
        asked = nearness.by_shortcut(key, row.tobytes(), 10)
        async with self.transactions.database.reading() as connection:
            await connection.exec_driver_sql("SET LOCAL enable_sort = off")
            said = str(asked.compile(dialect=connection.dialect))
            numbers = "[" + ",".join(map(str, row.tolist())) + "]"
            rows = await connection.exec_driver_sql(
                "EXPLAIN " + said.replace("$2", "$2::int"), (numbers, 10)
            )
            return "\n".join(str(line[0]) for line in rows)


@pytest.fixture
async def shelf() -> AsyncIterator[Shelf]:
    with postgres_database() as url:
        database = open_engine(url)
        yield Shelf(url, SqlTransactions(database, StillClock()))
        await database.dispose()


@pytest.fixture(autouse=True)
def looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearness, "_LOOK_SECONDS", 0.0)


async def test_one_is_made_past_the_size_and_finds_what_is_there(shelf: Shelf) -> None:
    shortcuts = PostgresShortcuts(url_of(shelf.url), MODEL, LEAST)
    await shelf.put(LEAST - 1)
    assert await shortcuts.keep() == 0
    await shelf.put(500, OTHER, start=10**6)
    await shelf.put(2, start=LEAST - 1)
    assert await shortcuts.keep() == 1
    assert await shortcuts.keep() == 0
    await migrations.check(shelf.url)
    questions = shelf.rows(20)
    assert "ix_item_vector_near_" in await shelf.plan(questions[0])
    for row in questions:
        found = [score for _, score in await shelf.nearest(row)]
        assert found == pytest.approx(await shelf.exactly(row), abs=1e-5)


async def test_what_is_written_and_taken_out_after_it_was_made_counts_at_once(shelf: Shelf) -> None:
    shortcuts = PostgresShortcuts(url_of(shelf.url), MODEL, LEAST)
    await shelf.put(LEAST)
    assert await shortcuts.keep() == 1
    row = shelf.rows(1)[0]
    new = Ref(Kind.TASK, UUID(int=10**7))
    async with shelf.transactions() as tx:
        await tx.search.put_vectors(PROJECT, MODEL, [new], [Vector(row.tobytes())])
        near = await tx.search.by_vector(PROJECT, Kind.TASK, MODEL, Vector(row.tobytes()), 10)
        assert near[0] == (new, pytest.approx(1.0, abs=1e-5))
    gone = [item for item, _ in await shelf.nearest(row)]
    async with shelf.transactions() as tx:
        for item in gone:
            await tx.search.remove(item)
    left = await shelf.nearest(row)
    assert len(left) == 10
    assert not {item for item, _ in left} & set(gone)


async def test_another_model_has_its_own_and_the_old_ones_goes(shelf: Shelf) -> None:
    await shelf.put(LEAST)
    await PostgresShortcuts(url_of(shelf.url), MODEL, LEAST).keep()
    await shelf.put(LEAST, model="next")
    assert await PostgresShortcuts(url_of(shelf.url), "next", LEAST).keep() == 2
    row = shelf.rows(1)[0]
    assert len(await shelf.nearest(row, "next")) == 10
    assert "ix_item_vector_near_" not in await shelf.plan(row)


async def test_where_it_would_not_find_enough_there_is_none(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.postgres.shortcuts.RECALL", 1.1)
    shortcuts = PostgresShortcuts(url_of(shelf.url), MODEL, LEAST)
    await shelf.put(LEAST)
    assert await shortcuts.keep() == 0
    row = shelf.rows(1)[0]
    assert "ix_item_vector_near_" not in await shelf.plan(row)
    found = [score for _, score in await shelf.nearest(row)]
    assert found == pytest.approx(await shelf.exactly(row), abs=1e-5)
