"""What each database does in its own way; everything else in this room is said once, for both.

SQLite's is `storage.sqlite`, PostgreSQL's `storage.postgres`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.vectors import Asked, Vectors

Rows = TypeVar("Rows", bound=sa.Select[*tuple[Any, ...]])
OPTION = "flavour"
"""The execution option of an engine that has its flavour, for `flavour_of`."""


class Flavour(Protocol):
    """What is asked of a database in its own words."""

    has_arrays: bool
    """Whether many rows are added by one statement that is given a list a column."""

    def having_words(self, statement: Rows, table: sa.Table, words: Sequence[str]) -> Rows:
        """The statement's rows that have any of the words, best first; `table` has a full text.

        Words are what `storage.words` gives, at least one.
        """
        ...

    async def last_seq(self, connection: AsyncConnection) -> int:
        """What `index_messages_after` is to be given, asked before messages are added."""
        ...

    async def index_messages_after(self, connection: AsyncConnection, seq: int) -> None:
        """Put the words of all messages after that one into the full text."""
        ...

    async def still_said(self, connection: AsyncConnection, words: Iterable[str]) -> frozenset[str]:
        """Those of the words that any message kept has."""
        ...

    async def count_having(
        self, connection: AsyncConnection, words: Sequence[str], most: int
    ) -> dict[str, int]:
        """How many items have each of the words, `most` where they are more; words as above."""
        ...

    async def nearest(
        self, connection: AsyncConnection, asked: Asked, vectors: Vectors
    ) -> list[tuple[UUID, float]]:
        """The items nearest to a vector, nearest first, with their cosine in [-1, 1]."""
        ...

    async def list_damage(self, connection: AsyncConnection) -> list[str]:
        """What the database finds broken in itself, none when it is whole."""
        ...

    async def list_orphaned(self, connection: AsyncConnection) -> list[str]:
        """The tables with rows that point at none."""
        ...

    async def settle_in(self, connection: AsyncConnection) -> None:
        """Rows came with the numbers they had: count on from there, and have their words found."""
        ...

    async def ensure_able(self, connection: AsyncConnection) -> None:
        """Raise BadConfig where the database cannot do what migrations are about to ask of it."""
        ...


def flavour_of(connection: AsyncConnection) -> Flavour:
    """The flavour of the database a connection is to."""
    synchronous: Any = connection.sync_connection
    return synchronous.get_execution_options()[OPTION]
