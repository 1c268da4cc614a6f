"""What PostgreSQL does in its own way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, TSVECTOR
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext.asyncio import AsyncConnection

from core.errors import BadConfig
from storage.flavour import Rows
from storage.postgres.nearness import Nearness
from storage.vectors import Asked, Vectors
from storage.words import BEGINNING

_BY_LENGTH = 1
"""A long text has any word sooner, https://www.postgresql.org/docs/current/textsearch-controls.html."""
_MAY_HAVE_VECTORS = "SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'"
_SAID = sa.text(
    "SELECT word FROM unnest(:words) AS word WHERE EXISTS"
    " (SELECT 1 FROM message WHERE words @@ phraseto_tsquery('simple', plain_of(word)))"
).bindparams(sa.bindparam("words", type_=ARRAY(sa.Text())))
_HAVING = sa.text(
    "SELECT word, (SELECT count(*) FROM (SELECT 1 FROM item_text"
    " WHERE words @@ phraseto_tsquery('simple', plain_of(word)) LIMIT :most) AS had)"
    " FROM unnest(:words) AS word"
).bindparams(sa.bindparam("words", type_=ARRAY(sa.Text())))


def _any_of(words: Sequence[str]) -> sa.ColumnElement[str]:
    """Words as the text of a query for any of them."""
    whole = " ".join(word for word in words if not word.endswith(BEGINNING))
    begun = [word.removesuffix(BEGINNING) for word in words if word.endswith(BEGINNING)]
    parts = [sa.func.replace(_query_of(whole), "&", "|"), *(_query_of(word) + ":*" for word in begun)]
    return sa.func.concat_ws(" | ", *(sa.func.nullif(part, "") for part in parts))


def _query_of(text: str) -> sa.ColumnElement[str]:
    """All words of a text: `plain_of` leaves letters and digits only, so no & and no : is part of one."""
    query = sa.func.plainto_tsquery(sa.literal_column("'simple'::regconfig"), sa.func.plain_of(text))
    return sa.cast(query, sa.Text())


# ruff: noqa: ARG002 - the protocol's signatures


@dataclass(frozen=True)
class PostgresFlavour:
    """`storage.flavour.Flavour` of PostgreSQL."""

    has_arrays: bool = True
    nearness: Nearness = field(default_factory=Nearness)

    def having_words(self, statement: Rows, table: sa.Table, words: Sequence[str]) -> Rows:
        """Best first by how often a row has them for its length."""
        column = sa.literal_column(f"{table.name}.words", TSVECTOR())
        any_ = sa.cast(_any_of(words), TSQUERY())
        return statement.where(column.op("@@")(any_)).order_by(
            sa.func.ts_rank(column, any_, _BY_LENGTH).desc(), table.c.seq
        )

    async def last_seq(self, connection: AsyncConnection) -> int:
        """Not needed: the full text is a column."""
        return 0

    async def index_messages_after(self, connection: AsyncConnection, seq: int) -> None:
        """Done as the rows were added."""

    async def still_said(self, connection: AsyncConnection, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that any message kept has."""
        said = await connection.execute(_SAID, {"words": sorted(words)})
        return frozenset(str(word) for word in said.scalars())

    async def count_having(
        self, connection: AsyncConnection, words: Sequence[str], most: int
    ) -> dict[str, int]:
        """How many items have each of the words."""
        counted = (await connection.execute(_HAVING, {"words": list(words), "most": most})).all()
        return {str(word): int(count) for word, count in counted}

    async def nearest(
        self, connection: AsyncConnection, asked: Asked, vectors: Vectors
    ) -> list[tuple[UUID, float]]:
        """By pgvector."""
        del vectors
        return await self.nearness.nearest(connection, asked)

    async def list_damage(self, connection: AsyncConnection) -> list[str]:
        """None: pages have checksums, and a broken one fails whoever reads it."""
        return []

    async def list_orphaned(self, connection: AsyncConnection) -> list[str]:
        """None: foreign keys hold at any time."""
        return []

    async def settle_in(self, connection: AsyncConnection) -> None:
        """Its counters stand beside the tables."""
        for table in ("message", "incoming", "item_text", "deletion"):
            await connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'seq'), max(seq)) FROM {table}"  # noqa: S608 # names of ours
            )

    async def ensure_able(self, connection: AsyncConnection) -> None:
        """It has letters beyond ASCII and pgvector, which is switched on here where it may be."""
        if (await connection.exec_driver_sql("SELECT lower('Ж') <> 'ж'")).scalar_one():
            raise BadConfig(
                "database", "its locale knows no letters beyond a to z", "create it with LOCALE 'C.UTF-8'"
            )
        if not (await connection.exec_driver_sql(_MAY_HAVE_VECTORS)).scalar_one():
            raise BadConfig("database", "its server has no pgvector", "install pgvector on the server")
        try:
            await connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS vector")
        except ProgrammingError as error:
            raise BadConfig(
                "database",
                "its user may not switch pgvector on",
                "have an administrator run: CREATE EXTENSION vector",
            ) from error
