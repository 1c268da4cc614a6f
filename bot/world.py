"""The real clock, ids and wake-ups."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from core.ports.world import Lane


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        return datetime.now(UTC)  # noqa: TID251 # the one place time comes from


class SystemIds:
    """UUIDv7 and unguessable words."""

    def new(self) -> UUID:
        """A fresh id; later ones sort after earlier ones."""
        return uuid7()

    def secret(self) -> str:
        """A URL-safe word of 192 bits."""
        return secrets.token_urlsafe(24)


class LocalWakeups:
    """Wake-ups within one process."""

    def __init__(self) -> None:
        self._events = {lane: asyncio.Event() for lane in Lane}

    def wake(self, lane: Lane, ids: Sequence[UUID] = ()) -> None:
        """Wake whoever waits for this lane, now or next; they look for themselves what is to be done."""
        del ids
        self.again(lane)

    def again(self, lane: Lane) -> None:
        """The same."""
        self._events[lane].set()

    async def wait(self, lane: Lane, seconds: float) -> bool:
        """Return True when woken, False after `seconds`."""
        event = self._events[lane]
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return False
        event.clear()
        return True
