"""The real clock, ids, wake-ups and the one supervised group of background work."""

import asyncio
import secrets
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import structlog
from uuid_utils.compat import uuid7

from core.ports.world import Lane

_log = structlog.get_logger(__name__)


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

    def wake(self, lane: Lane) -> None:
        """Wake whoever waits for this lane, now or next."""
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


class TaskNursery:
    """Background work in one asyncio.TaskGroup: the first failure ends the program, and is told."""

    def __init__(self, group: asyncio.TaskGroup) -> None:
        self._group = group

    def spawn(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run `work` until it ends; its failure is logged under `name` and ends the group."""
        self._group.create_task(self._told(name, work), name=name)

    async def _told(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except BaseException as failure:
            if not isinstance(failure, asyncio.CancelledError):
                _log.error("background work failed", name=name, error=type(failure).__name__)
            raise
