"""Nearest vectors on PostgreSQL: exact, or by the shortcut of a key where there is one.

A shortcut is an HNSW index over the vectors of one key alone: with a filter over several, HNSW goes through
those of others first. Its comment says how far a search through it has to go.
"""

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from pgvector.sqlalchemy import VECTOR
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.prepared import answered, run
from storage.standing import opened_in
from storage.tables import ItemVectorRow, table_of
from storage.types import FLOAT32
from storage.vectors import Asked, VectorKey, of_key

PREFIX = "ix_item_vector_near_"
MOST_DIMENSIONS = 2000
"""What HNSW takes, https://github.com/pgvector/pgvector#hnsw."""
_LOOK_SECONDS = 60.0
"""How long it may take until a shortcut somebody made is used."""
_vector = table_of(ItemVectorRow)
_SAID = "SELECT obj_description(to_regclass($1), 'pg_class')"
_GOING = "SET LOCAL hnsw.ef_search = {}; SET LOCAL hnsw.iterative_scan = strict_order"
"""How far a search through a shortcut goes, and that it goes on where what it found is gone."""


def name_of(key: VectorKey) -> str:
    """The name of a key's shortcut, whether there is one or not."""
    said = f"{key.project_id} {key.kind} {key.model}"
    return PREFIX + hashlib.sha256(said.encode()).hexdigest()[:16]


def exactly(key: VectorKey, vector: bytes, limit: int) -> sa.Select[Any, float]:
    """The nearest of a key and how far away each is, `<#>` being the product with its sign turned."""
    away = _vector.c.vector.op("<#>", return_type=sa.Float())(vector)
    which = [*of_key(_vector, key), _vector.c.vector.is_not(None)]
    return _nearest(which, away, limit)


def by_shortcut(key: VectorKey, vector: bytes, limit: int) -> sa.Select[Any, float]:
    """The same as the planner knows it for a question to the shortcut: with the key spelled out."""
    type_ = VECTOR(len(vector) // FLOAT32.itemsize)
    numbers = sa.cast(_vector.c.vector, type_)
    wanted = sa.cast(sa.bindparam(None, vector, type_=_vector.c.vector.type), type_)
    which = sa.text(condition_of(key).replace(":", r"\:"))
    return _nearest([which], numbers.op("<#>", return_type=sa.Float())(wanted), limit)


def condition_of(key: VectorKey) -> str:
    """The rows of a key in SQL without parameters."""
    model = key.model.replace("'", "''")
    return (
        f"project_id = '{key.project_id}' AND kind = '{key.kind.value}' AND model = '{model}'"
        " AND vector IS NOT NULL"
    )


def _nearest(which: list[Any], away: sa.ColumnElement[float], limit: int) -> sa.Select[Any, float]:
    return (
        sa.select(_vector.c.item_id, away.label("away"))
        .where(*which)
        .order_by(sa.literal_column("away"))
        .limit(max(0, limit))
    )


@dataclass(frozen=True)
class Nearness:
    """Finds the nearest. `_seen` has how far to go for each key, 0 without a shortcut, and until when.

    A question put by a shortcut that is gone is answered as well, only slower.
    """

    _seen: dict[VectorKey, tuple[int, float]] = field(default_factory=dict[VectorKey, tuple[int, float]])

    async def nearest(self, connection: AsyncConnection, asked: Asked) -> list[tuple[UUID, float]]:
        """Nearest first, with their cosine in [-1, 1]."""
        reach = await self._reach(connection, asked.key)
        way = exactly
        if reach:
            way = by_shortcut
            opened: Any = opened_in(connection)
            await opened.set(_GOING.format(reach))
        found = await answered(connection, way(asked.key, asked.vector, asked.limit))
        return [(item_id, min(1.0, max(-1.0, -away))) for item_id, away in found]

    async def _reach(self, connection: AsyncConnection, key: VectorKey) -> int:
        now = asyncio.get_running_loop().time()
        reach, until = self._seen.get(key, (0, now))
        if until <= now:
            [[said]] = (await run(connection, _SAID, [name_of(key)]))[0]
            reach = int(said.split()[0]) if said else 0
            self._seen[key] = (reach, now + _LOOK_SECONDS)
        return reach
