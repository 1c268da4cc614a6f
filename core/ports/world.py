"""Time, ids, background work and wake-ups."""

from collections.abc import Coroutine
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...


class Ids(Protocol):
    """The only source of ids."""

    def new(self) -> UUID:
        """A fresh UUIDv7: later ids sort after earlier ones."""
        ...

    def secret(self) -> str:
        """An unguessable URL-safe word for a one-time link, at least 128 bits."""
        ...


class Nursery(Protocol):
    """The one supervised group of background tasks."""

    def spawn(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` until it ends; its failure is logged under `name` and ends the program."""
        ...


class Lane(StrEnum):
    """What a wake-up is for."""

    INBOX = "inbox"
    BATCHES = "batches"
    SPOTS = "spots"


class Wakeups(Protocol):
    """Says "there is something to do" after a commit; losing one only costs a tick."""

    def wake(self, lane: Lane) -> None:
        """Wake whoever waits for this lane."""
        ...

    async def wait(self, lane: Lane, seconds: float) -> bool:
        """Return True when woken, False after `seconds`."""
        ...
