"""How often a database is asked: on PostgreSQL each question is a trip to another process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from asyncpg.connection import Connection
from asyncpg.prepared_stmt import PreparedStatement

from storage.driver import OneHopConnection

_ASKED: dict[str, tuple[tuple[type, str], ...]] = {
    "sqlite": ((OneHopConnection, "run"),),
    "postgres": ((Connection, "execute"), (PreparedStatement, "fetch")),
}
"""What asks; SQLite begins and ends without a question."""


@dataclass
class Trips:
    """Counts questions."""

    count: int = 0

    def counting(self, ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """The same, counted."""

        async def counted(*arguments: Any, **named: Any) -> Any:
            self.count += 1
            return await ask(*arguments, **named)

        return counted


def counted_trips(kind: str, monkeypatch: pytest.MonkeyPatch) -> Trips:
    """Counts every question to `sqlite` or `postgres` from now on; what is not prepared yet takes more."""
    trips = Trips()
    for owner, name in _ASKED[kind]:
        monkeypatch.setattr(owner, name, trips.counting(getattr(owner, name)))
    return trips
