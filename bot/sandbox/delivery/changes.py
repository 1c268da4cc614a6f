"""Counts every change and wakes those who watch: the page's event stream, waiting tests."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.shape import Json


class Changes:
    """A revision number that only rises, and the subscribers of what changed."""

    def __init__(self) -> None:
        self.revision = 0
        self._waiters: set[asyncio.Future[None]] = set()
        self._listeners: set[asyncio.Queue[Json | None]] = set()

    def publish(self, kind: str, **fields: object) -> None:
        """Tells everybody that something changed."""
        self.revision += 1
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        self._waiters.clear()
        for listener in self._listeners:
            listener.put_nowait({"kind": kind, "revision": self.revision, **fields})

    @property
    def is_watched(self) -> bool:
        """Whether anybody listens, so that costly descriptions can be left out."""
        return bool(self._listeners)

    async def wait_past(self, revision: int, timeout_seconds: float) -> int:
        """Waits until the revision is above the given one or the time is up; returns it."""
        if self.revision <= revision and timeout_seconds > 0:
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiters.add(waiter)
            await asyncio.wait({waiter}, timeout=timeout_seconds)
            self._waiters.discard(waiter)
        return self.revision

    @asynccontextmanager
    async def listen(self) -> AsyncGenerator["asyncio.Queue[Json | None]", None]:
        """Gives a queue of events; None ends the stream."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """Ends every stream and every wait."""
        for listener in self._listeners:
            listener.put_nowait(None)
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
