"""Nearest vectors on SQLite: copies in memory, brought up by stamps to what a transaction sees."""

from collections.abc import AsyncGenerator, Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.prepared import answered
from storage.tables import ItemVectorRow, VectorStampRow, table_of
from storage.vectors import Asked, Matrix, Stored, VectorKey, Vectors, nearest_of, of_key

_vector = table_of(ItemVectorRow)
_stamp = table_of(VectorStampRow)
_PAGE = 20_000
_CHUNK = 500


async def nearest(connection: AsyncConnection, asked: Asked, vectors: Vectors) -> list[tuple[UUID, float]]:
    """Exact, and as this transaction sees the rows.

    The matrices in memory are shared between transactions, so only what is committed goes into them.
    """
    stamped = sa.select(_stamp.c.stamp).where(*of_key(_stamp, asked.key))
    stamp: int = next((row[0] for row in await answered(connection, stamped)), 0)
    shelf = vectors.shelf(asked.key)
    async with shelf.lock:
        differing = await _brought_up(connection, asked, shelf.matrix, stamp)
        return nearest_of(shelf.matrix, differing, asked.vector, asked.limit)


async def _brought_up(
    connection: AsyncConnection, asked: Asked, matrix: Matrix, stamp: int
) -> list[Stored]:
    """Bring the shared matrix to this view where that is right; return the rows that still differ."""
    if asked.is_changed_here:
        return [row async for page in _changed(connection, asked.key, matrix.stamp) for row in page]
    if matrix.stamp < stamp:
        async for page in _changed(connection, asked.key, matrix.stamp):
            matrix.load(page)
        matrix.stamp = stamp
    return await _as_seen(connection, asked.key, matrix.changed_after(stamp))


async def _changed(connection: AsyncConnection, key: VectorKey, stamp: int) -> AsyncGenerator[list[Stored]]:
    """Rows of a key changed after a stamp, in pages: a first load needs little more than itself."""
    place = sa.tuple_(_vector.c.stamp, _vector.c.item_id)
    last: tuple[int, UUID] = (stamp, UUID(int=2**128 - 1))
    while True:
        page = (
            sa.select(_vector.c.item_id, _vector.c.vector, _vector.c.stamp)
            .where(
                *of_key(_vector, key),
                place > sa.tuple_(*last, types=(sa.Integer(), _vector.c.item_id.type)),
            )
            .order_by(_vector.c.stamp, _vector.c.item_id)
            .limit(_PAGE)
        )
        rows = await answered(connection, page)
        yield [Stored(*row) for row in rows]
        if len(rows) < _PAGE:
            return
        last = (rows[-1].stamp, rows[-1].item_id)


async def _as_seen(connection: AsyncConnection, key: VectorKey, item_ids: Iterable[UUID]) -> list[Stored]:
    """Items as this transaction sees them, for a view older than the shared matrix."""
    seen: dict[UUID, Stored] = {}
    ids = list(item_ids)
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        seen |= {item_id: Stored(item_id, None, 0) for item_id in some}
        stored = sa.select(_vector.c.item_id, _vector.c.vector, _vector.c.stamp).where(
            *of_key(_vector, key), _vector.c.item_id.in_(some)
        )
        seen |= {row.item_id: Stored(*row) for row in await answered(connection, stored)}
    return list(seen.values())
