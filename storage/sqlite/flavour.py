"""What SQLite does in its own way."""

import json
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.flavour import Rows
from storage.sqlite import nearness
from storage.vectors import Asked, Vectors
from storage.words import BEGINNING

# One statement for all words, and one hop: FTS5 takes each as a quoted string, so none of it is syntax.
_STILL_SAID = """
    SELECT value FROM json_each(:words)
    WHERE EXISTS (SELECT 1 FROM message_words WHERE message_words MATCH '"' || value || '"')
"""
_HAVING = """
    SELECT value, (
        SELECT count(*) FROM (
            SELECT 1 FROM item_words WHERE item_words MATCH '"' || value || '"' LIMIT :most
        )
    ) FROM json_each(:words)
"""
_FULL_TEXTS = {
    table: sa.table(words, sa.column("rowid", sa.Integer))
    for table, words in (("item_text", "item_words"), ("message", "message_words"))
}


def match_of(words: Iterable[str]) -> str:
    """Words as an FTS5 expression: any of them, each quoted, so none of it is syntax but our own `*`."""
    parts = ((word.removesuffix(BEGINNING), word.endswith(BEGINNING)) for word in words)
    return " OR ".join(f'"{word}"{"*" if is_beginning else ""}' for word, is_beginning in parts)


class SqliteFlavour:
    """`storage.flavour.Flavour` of SQLite."""

    has_arrays = False

    def having_words(self, statement: Rows, table: sa.Table, words: Sequence[str]) -> Rows:
        """Best first by BM25."""
        full_text = _FULL_TEXTS[table.name]
        name: sa.ColumnElement[Any] = sa.literal_column(full_text.name)
        return (
            statement.join(full_text, full_text.c.rowid == table.c.seq)
            .where(name.op("MATCH", is_comparison=True)(match_of(words)))
            .order_by(sa.func.bm25(name), table.c.seq)
        )

    async def last_seq(self, connection: AsyncConnection) -> int:
        """The `seq` of the message that came last, 0 before the first."""
        return (await connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM message")).scalar_one()

    async def index_messages_after(self, connection: AsyncConnection, seq: int) -> None:
        """In one statement.

        A trigger would do it row by row, each in a savepoint of its own, at which FTS5 writes out what it
        has gathered: measured 3 times slower.
        """
        await connection.exec_driver_sql(
            "INSERT INTO message_words (rowid, text) SELECT seq, text FROM message"
            " WHERE seq > ? ORDER BY seq",
            (seq,),
        )

    async def still_said(self, connection: AsyncConnection, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that any message kept has."""
        given = {"words": json.dumps(sorted(words))}
        said = (await connection.execute(sa.text(_STILL_SAID), given)).scalars().all()
        return frozenset(str(word) for word in said)

    async def count_having(
        self, connection: AsyncConnection, words: Sequence[str], most: int
    ) -> dict[str, int]:
        """How many items have each of the words."""
        given = {"words": json.dumps(list(words)), "most": most}
        counted = (await connection.execute(sa.text(_HAVING), given)).all()
        return {str(word): int(count) for word, count in counted}

    async def nearest(
        self, connection: AsyncConnection, asked: Asked, vectors: Vectors
    ) -> list[tuple[UUID, float]]:
        """By one matrix product over the copy in memory."""
        return await nearness.nearest(connection, asked, vectors)

    async def list_damage(self, connection: AsyncConnection) -> list[str]:
        """At most a hundred lines; reads every page, beside what is written meanwhile."""
        found = (await connection.exec_driver_sql("PRAGMA quick_check")).scalars().all()
        return [str(line) for line in found if line != "ok"]

    async def list_orphaned(self, connection: AsyncConnection) -> list[str]:
        """Looked for row by row: migrations run with foreign keys off."""
        orphans = (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
        return sorted({str(row[0]) for row in orphans})

    async def settle_in(self, connection: AsyncConnection) -> None:
        """It counts from the highest; the words of messages are still to be added."""
        await self.index_messages_after(connection, 0)

    async def ensure_able(self, connection: AsyncConnection) -> None:
        """It always can."""
