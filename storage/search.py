"""Nearest by words and by vectors, within one project and kind."""

from collections.abc import AsyncGenerator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.ids import Kind, Ref
from core.ports.analysis import Vector
from storage.repositories.rows import Repository, all_rows, chunks, insert_new, row_where, upsert
from storage.repositories.sources import is_source
from storage.tables import ItemTextRow, ItemVectorRow, MessageRow, VectorStampRow, table_of
from storage.vectors import Matrix, Stored, VectorKey, Vectors, nearest_of
from storage.words import ITEM_WORDS, MESSAGE_WORDS, bm25, match_of, matches

_text = table_of(ItemTextRow)
_vector = table_of(ItemVectorRow)
_stamp = table_of(VectorStampRow)
_PAGE = 20_000


@dataclass(eq=False)
class SqlSearch(Repository):
    """Search in one transaction.

    The matrices in memory are shared between transactions, so only what is committed goes into them.
    `_before` has, for each key this transaction wrote, the stamp before: its own writes are laid over.
    """

    vectors: Vectors
    _before: dict[VectorKey, int] = field(default_factory=dict[VectorKey, int])

    async def put_text(self, item: Ref, project_id: UUID, title: str, text: str) -> None:
        """Keep an item's words; other words than before take its vectors away, to be embedded anew."""
        words: dict[str, Any] = {
            "item_id": item.id,
            "kind": item.kind.value,
            "project_id": project_id,
            "title": title,
            "text": text,
            "embedded_by": None,
        }
        if await insert_new(self.connection, ItemTextRow, words):
            return
        known = await row_where(self.connection, ItemTextRow, item_id=item.id)
        if known is not None and (known.project_id, known.title, known.text) != (project_id, title, text):
            await self.connection.execute(
                sa.update(_text).where(_text.c.item_id == item.id).values(**words)
            )
            await self._forget_vectors(item)

    async def put_vectors(
        self, project_id: UUID, model: str, items: Sequence[Ref], vectors: Sequence[Vector]
    ) -> None:
        """Keep each item's vector by this model, in place of one before."""
        by_kind: dict[Kind, list[tuple[UUID, Vector]]] = {}
        for item, vector in zip(items, vectors, strict=True):
            by_kind.setdefault(item.kind, []).append((item.id, vector))
        for kind, pairs in by_kind.items():
            stamp = await self._stamped(VectorKey(project_id, kind, model))
            columns = [
                {
                    "item_id": item_id,
                    "model": model,
                    "project_id": project_id,
                    "kind": kind.value,
                    "vector": vector,
                    "stamp": stamp,
                }
                for item_id, vector in pairs
            ]
            await upsert(self.connection, ItemVectorRow, columns)
            await self._note_embedded(VectorKey(project_id, kind, model), stamp)

    async def _note_embedded(self, key: VectorKey, stamp: int) -> None:
        written = sa.select(_vector.c.item_id).where(*_of(key), _vector.c.stamp == stamp)
        await self.connection.execute(
            sa.update(_text).where(_text.c.item_id.in_(written)).values(embedded_by=key.model)
        )

    async def remove(self, item: Ref) -> None:
        """Forget an item's words and vectors."""
        await self.connection.execute(sa.delete(_text).where(_text.c.item_id == item.id))
        await self._forget_vectors(item)

    async def by_words(self, project_id: UUID, kind: Kind, query: str, limit: int) -> list[Ref]:
        """Items with any of the words, best first by BM25; a query without words finds nothing."""
        match = match_of(query)
        if not match:
            return []
        found = (
            sa.select(col(ItemTextRow.item_id))
            .join(ITEM_WORDS, ITEM_WORDS.c.rowid == col(ItemTextRow.seq))
            .where(
                matches(ITEM_WORDS, match),
                col(ItemTextRow.project_id) == project_id,
                col(ItemTextRow.kind) == kind.value,
            )
            .order_by(bm25(ITEM_WORDS), col(ItemTextRow.seq))
            .limit(limit)
        )
        return [Ref(kind, id_) for id_ in (await self.connection.execute(found)).scalars().all()]

    async def messages_by_words(self, project_id: UUID, query: str, limit: int) -> list[tuple[int, int]]:
        """(chat id, message id) of the project's readable messages with any of the words, best first."""
        match = match_of(query)
        if not match:
            return []
        found = (
            sa.select(col(MessageRow.chat_id), col(MessageRow.message_id))
            .join(MESSAGE_WORDS, MESSAGE_WORDS.c.rowid == col(MessageRow.seq))
            .where(
                matches(MESSAGE_WORDS, match),
                col(MessageRow.is_readable),
                is_source(project_id),
            )
            .order_by(bm25(MESSAGE_WORDS), col(MessageRow.seq))
            .limit(limit)
        )
        return [(chat, message) for chat, message in (await self.connection.execute(found)).all()]

    async def by_vector(
        self, project_id: UUID, kind: Kind, model: str, vector: Vector, limit: int
    ) -> list[tuple[Ref, float]]:
        """Nearest first with cosine in [-1, 1]; exact, and as this transaction sees the rows."""
        key = VectorKey(project_id, kind, model)
        stamp = await self._present_stamp(key)
        shelf = self.vectors.shelf(key)
        async with shelf.lock:
            differing = await self._brought_up(key, shelf.matrix, stamp)
            found = nearest_of(shelf.matrix, differing, vector, limit)
        return [(Ref(kind, item_id), score) for item_id, score in found]

    async def vectors_of(self, model: str, items: Sequence[Ref]) -> dict[Ref, Vector]:
        """The vectors by this model of those items that have one."""
        kinds = {item.id: item for item in items}
        found: dict[Ref, Vector] = {}
        for some in chunks(kinds):
            stored = sa.select(ItemVectorRow).where(
                col(ItemVectorRow.item_id).in_(some),
                col(ItemVectorRow.model) == model,
                col(ItemVectorRow.vector).is_not(None),
            )
            for row in await all_rows(self.connection, stored):
                found[kinds[row.item_id]] = Vector(cast("bytes", row.vector))
        return found

    async def list_unembedded(self, model: str, limit: int) -> list[tuple[Ref, UUID, str]]:
        """Items with text but no vector of this model, in any order: item, project, title and text."""
        missing = (await self.connection.execute(_UNEMBEDDED, {"model": model, "most": limit})).all()
        return [
            (Ref(Kind(row.kind), row.item_id), row.project_id, f"{row.title}\n{row.text}".strip())
            for row in cast("Sequence[ItemTextRow]", missing)
        ]

    async def _brought_up(self, key: VectorKey, matrix: Matrix, stamp: int) -> list[Stored]:
        """Bring the shared matrix to this view where that is right; return the rows that still differ."""
        if key in self._before:
            return [row async for page in self._changed(key, matrix.stamp) for row in page]
        if matrix.stamp < stamp:
            async for page in self._changed(key, matrix.stamp):
                matrix.load(page)
            matrix.stamp = stamp
        return await self._as_seen(key, matrix.changed_after(stamp))

    async def _changed(self, key: VectorKey, stamp: int) -> AsyncGenerator[list[Stored]]:
        """Rows of a key changed after a stamp, in pages: a first load needs little more than itself."""
        place = sa.tuple_(_vector.c.stamp, _vector.c.item_id)
        last: tuple[int, UUID] = (stamp, UUID(int=2**128 - 1))
        while True:
            page = (
                sa.select(_vector.c.item_id, _vector.c.vector, _vector.c.stamp)
                .where(*_of(key), place > sa.tuple_(*last, types=(sa.Integer(), _vector.c.item_id.type)))
                .order_by(_vector.c.stamp, _vector.c.item_id)
                .limit(_PAGE)
            )
            rows = (await self.connection.execute(page)).all()
            yield [Stored(*row) for row in rows]
            if len(rows) < _PAGE:
                return
            last = (rows[-1].stamp, rows[-1].item_id)

    async def _as_seen(self, key: VectorKey, item_ids: Iterable[UUID]) -> list[Stored]:
        """Items as this transaction sees them, for a view older than the shared matrix."""
        seen: dict[UUID, Stored] = {}
        for some in chunks(item_ids):
            seen |= {item_id: Stored(item_id, None, 0) for item_id in some}
            stored = sa.select(_vector.c.item_id, _vector.c.vector, _vector.c.stamp).where(
                *_of(key), _vector.c.item_id.in_(some)
            )
            seen |= {row.item_id: Stored(*row) for row in (await self.connection.execute(stored)).all()}
        return list(seen.values())

    async def _present_stamp(self, key: VectorKey) -> int:
        stamped = sa.select(_stamp.c.stamp).where(*_of_stamp(key))
        return (await self.connection.execute(stamped)).scalar_one_or_none() or 0

    async def _stamped(self, key: VectorKey) -> int:
        """Raise the stamp of a key and return it."""
        first: dict[str, Any] = {
            "project_id": key.project_id,
            "kind": key.kind.value,
            "model": key.model,
            "stamp": 0,
        }
        await insert_new(self.connection, VectorStampRow, first)
        raised = (
            sa.update(_stamp)
            .where(*_of_stamp(key))
            .values(stamp=_stamp.c.stamp + 1)
            .returning(_stamp.c.stamp)
        )
        stamp: int = (await self.connection.execute(raised)).scalar_one()
        self._before.setdefault(key, stamp - 1)
        return stamp

    async def _forget_vectors(self, item: Ref) -> None:
        held = (
            await self.connection.execute(
                sa.select(_vector.c.project_id, _vector.c.model).where(
                    _vector.c.item_id == item.id, _vector.c.vector.is_not(None)
                )
            )
        ).all()
        for project_id, model in held:
            key = VectorKey(project_id, item.kind, model)
            stamp = await self._stamped(key)
            await self.connection.execute(
                sa.update(_vector)
                .where(*_of(key), _vector.c.item_id == item.id)
                .values(vector=None, stamp=stamp)
            )


def _unembedded() -> sa.Select[Any]:
    """The statement of `list_unembedded`: binds model, most."""
    model = sa.bindparam("model", type_=sa.String())
    has_vector = sa.exists().where(
        col(ItemVectorRow.item_id) == col(ItemTextRow.item_id),
        col(ItemVectorRow.model) == model,
        col(ItemVectorRow.project_id) == col(ItemTextRow.project_id),
        col(ItemVectorRow.vector).is_not(None),
    )
    # By index, which knows < and > but not !=, and which an order by age would keep from being used.
    by = col(ItemTextRow.embedded_by)
    is_other = sa.or_(by.is_(None), by < model, by > model)
    most = sa.bindparam("most", type_=sa.Integer())
    return sa.select(_text).where(is_other, sa.not_(has_vector)).limit(most)


_UNEMBEDDED = _unembedded()


def _of(key: VectorKey) -> list[sa.ColumnElement[Any]]:
    return [
        _vector.c.project_id == key.project_id,
        _vector.c.kind == key.kind.value,
        _vector.c.model == key.model,
    ]


def _of_stamp(key: VectorKey) -> list[sa.ColumnElement[Any]]:
    return [
        _stamp.c.project_id == key.project_id,
        _stamp.c.kind == key.kind.value,
        _stamp.c.model == key.model,
    ]
