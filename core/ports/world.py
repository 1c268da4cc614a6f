"""Time, ids and wake-ups."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol
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


class Lane(StrEnum):
    """What a wake-up is for."""

    INBOX = "inbox"
    BATCHES = "batches"
    SPOTS = "spots"
    IMPORTS = "imports"
    DELETIONS = "deletions"
    LESSONS = "lessons"


class Wakeups(Protocol):
    """Says "there is something to do" after a commit; losing one only costs a tick."""

    def wake(self, lane: Lane, ids: Sequence[UUID] = ()) -> None:
        """Wake whoever waits for this lane, in other processes too where something carries it there.

        `ids` is what is to be done, each by one who is free.
        """
        ...

    def again(self, lane: Lane) -> None:
        """Have only this process look again."""
        ...

    async def wait(self, lane: Lane, seconds: float) -> bool:
        """Return True when woken, False after `seconds`."""
        ...
