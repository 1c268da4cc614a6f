"""Nearest by words and by vectors, within one project and kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.ids import Kind, MessageKey, Ref
from core.domain.similarity import EVEN, Spread, fused
from core.ports.analysis import Candidate, Near, Pool, Vector
from storage.flavour import flavour_of
from storage.prepared import Prepared, answered, changed
from storage.repositories.rows import (
    Repository,
    all_rows,
    chunks,
    count,
    insert_new,
    row_where,
    rows_among,
    upsert,
)
from storage.repositories.sources import is_source
from storage.tables import EvidenceRow, ItemTextRow, ItemVectorRow, MessageRow, VectorStampRow, table_of
from storage.vectors import Asked, VectorKey, Vectors, of_key
from storage.words import sought, words_of

_text = table_of(ItemTextRow)
_evidence = table_of(EvidenceRow)
_vector = table_of(ItemVectorRow)
_stamp = table_of(VectorStampRow)
_message = table_of(MessageRow)
MOST_COUNTED = 2000
"""Items a word is counted in at most: what is in more is common, and counting on would take long."""


@dataclass(eq=False)
class SqlSearch(Repository):
    """Search in one transaction; `_written` has the keys of the vectors it wrote."""

    vectors: Vectors
    _written: set[VectorKey] = field(default_factory=set[VectorKey])

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
        written = sa.select(_vector.c.item_id).where(*of_key(_vector, key), _vector.c.stamp == stamp)
        await changed(
            self.connection,
            sa.update(_text).where(_text.c.item_id.in_(written)).values(embedded_by=key.model),
        )

    async def remove(self, item: Ref) -> None:
        """Forget an item's words and vectors."""
        await self.connection.execute(sa.delete(_text).where(_text.c.item_id == item.id))
        await self._forget_vectors(item)

    async def by_words(self, project_id: UUID, kind: Kind, query: str, limit: int) -> list[Ref]:
        """Items with any of the words, best first; a query without words finds nothing."""
        words = sought(query)
        if not words:
            return []
        of_project = sa.select(_text.c.item_id).where(
            _text.c.project_id == project_id, _text.c.kind == kind.value
        )
        found = flavour_of(self.connection).having_words(of_project, _text, words).limit(limit)
        return [Ref(kind, row.item_id) for row in await answered(self.connection, found)]

    async def messages_by_words(self, project_id: UUID, query: str, limit: int) -> list[tuple[int, int]]:
        """(chat id, message id) of the project's readable messages with any of the words, best first."""
        words = sought(query)
        if not words:
            return []
        of_project = sa.select(_message.c.chat_id, _message.c.message_id).where(
            _message.c.is_readable, is_source(project_id)
        )
        found = flavour_of(self.connection).having_words(of_project, _message, words).limit(limit)
        return [(chat, message) for chat, message in await answered(self.connection, found)]

    async def resting_on(self, keys: Sequence[MessageKey], kinds: frozenset[Kind]) -> list[Ref]:
        """Items of these kinds that rest on any of the messages, in the order of the messages."""
        places = {(int(key.chat_id), int(key.message_id)): place for place, key in enumerate(keys)}
        found: list[tuple[int, Ref]] = []
        for some in chunks(places):
            rows = await self.connection.execute(
                sa.select(
                    _evidence.c.owner_kind,
                    _evidence.c.owner_id,
                    _evidence.c.chat_id,
                    _evidence.c.message_id,
                ).where(
                    sa.tuple_(_evidence.c.chat_id, _evidence.c.message_id).in_(some),
                    _evidence.c.owner_kind.in_([kind.value for kind in kinds]),
                )
            )
            found += [
                (places[chat, message], Ref(Kind(kind), id_)) for kind, id_, chat, message in rows.all()
            ]
        ordered = sorted(found, key=lambda one: (one[0], one[1].id))
        return list(dict.fromkeys(ref for _, ref in ordered))

    async def by_vector(
        self, project_id: UUID, kind: Kind, model: str, vector: Vector, limit: int
    ) -> list[tuple[Ref, float]]:
        """Nearest first with cosine in [-1, 1], as this transaction sees the rows."""
        key = VectorKey(project_id, kind, model)
        asked = Asked(key, vector, limit, is_changed_here=key in self._written)
        found = await flavour_of(self.connection).nearest(self.connection, asked, self.vectors)
        return [(Ref(kind, item_id), score) for item_id, score in found]

    async def near(
        self, project_id: UUID, kind: Kind, words: Sequence[str], by: tuple[str, Vector | None], limit: int
    ) -> Pool:
        """Items found by any of the words or by the vector, `limit` of each, both rankings fused."""
        model, vector = by
        # What a sweep has come to so far would push aside what it has not.
        is_whole = not await self.is_embedded_anew(model)
        found = [await self.by_words(project_id, kind, " ".join(words), limit)]
        if vector is not None and is_whole:
            nearest = await self.by_vector(project_id, kind, model, vector, limit)
            found.append([ref for ref, _ in nearest])
        refs = fused(found)
        vectors = await self.vectors_of(model, refs) if is_whole else {}
        texts = await self._texts_of(refs)
        near = [
            Near(ref, Candidate(*texts[ref.id], frozenset(), vectors.get(ref)))
            for ref in refs
            if ref.id in texts
        ]
        return Pool(tuple(near), await self._spread(words) if near else EVEN)

    async def _texts_of(self, items: Sequence[Ref]) -> dict[UUID, tuple[str, str]]:
        """Title and text by item."""
        rows = await rows_among(self.connection, ItemTextRow, "item_id", [item.id for item in items])
        return {row.item_id: (row.title, row.text) for row in rows}

    async def _spread(self, words: Sequence[str]) -> Spread:
        """How many items of all have each of the words, whatever they are called in its index."""
        plain = {word: " ".join(words_of(word)) for word in words}
        counts = await flavour_of(self.connection).count_having(
            self.connection, list(dict.fromkeys(plain.values())), MOST_COUNTED
        )
        return Spread(
            await count(self.connection, sa.select(_text.c.seq)),
            {word: counts[said] for word, said in plain.items()},
        )

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
        missing = await _UNEMBEDDED.rows(self.connection, model=model, most=limit)
        return [
            (Ref(Kind(row.kind), row.item_id), row.project_id, f"{row.title}\n{row.text}".strip())
            for row in cast("Sequence[ItemTextRow]", missing)
        ]

    async def is_embedded_anew(self, model: str) -> bool:
        """Whether items still have vectors of another model only."""
        return await _EMBEDDED_OTHERWISE.value(self.connection, model=model) is not None

    async def is_embedded_otherwise(self, model: str) -> bool:
        """Whether another model embedded anything last, whether or not this one did before."""
        return await _BY_ANOTHER_LAST.value(self.connection, model=model) is not None

    async def adopt(self, model: str) -> None:
        """Count as embedded what has a vector of this model already, whichever made one last."""
        adopting = (
            sa.update(_text).where(_text.c.item_id.in_(_OTHERWISE_WITH_OURS)).values(embedded_by=model)
        )
        await self.connection.execute(adopting, {"model": model})

    async def count_embedded(self, model: str) -> tuple[int, int]:
        """How many items this model embedded last, and how many there are."""
        ours = sa.func.coalesce(sa.func.sum(sa.case((_text.c.embedded_by == model, 1), else_=0)), 0)
        row = (await self.connection.execute(sa.select(ours, sa.func.count()).select_from(_text))).one()
        return row[0], row[1]

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
            .where(*of_key(_stamp, key))
            .values(stamp=_stamp.c.stamp + 1)
            .returning(_stamp.c.stamp)
        )
        [[stamp]] = await answered(self.connection, raised)
        self._written.add(key)
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
                .where(*of_key(_vector, key), _vector.c.item_id == item.id)
                .values(vector=None, stamp=stamp)
            )


_MODEL = sa.bindparam("model", type_=sa.String())
_HAS_VECTOR = sa.exists().where(
    col(ItemVectorRow.item_id) == col(ItemTextRow.item_id),
    col(ItemVectorRow.model) == _MODEL,
    col(ItemVectorRow.project_id) == col(ItemTextRow.project_id),
    col(ItemVectorRow.vector).is_not(None),
)
_BY = col(ItemTextRow.embedded_by)
# By index, which knows < and > but not !=, and which an order by age would keep from being used.
_BY_ANOTHER = sa.or_(_BY < _MODEL, _BY > _MODEL)
_UNEMBEDDED = Prepared(
    sa.select(_text)
    .where(sa.or_(_BY.is_(None), _BY_ANOTHER), sa.not_(_HAS_VECTOR))
    .limit(sa.bindparam("most", type_=sa.Integer()))
)
"""The statement of `list_unembedded`: binds model, most."""
_EMBEDDED_OTHERWISE = Prepared(sa.select(_text.c.item_id).where(_BY_ANOTHER, sa.not_(_HAS_VECTOR)).limit(1))
_BY_ANOTHER_LAST = Prepared(sa.select(_text.c.item_id).where(_BY_ANOTHER).limit(1))
_OTHERWISE_WITH_OURS = sa.select(_text.c.item_id).where(_BY_ANOTHER, _HAS_VECTOR)
