"""The real clock, ids and wake-ups."""

import asyncio
import itertools
import os
import secrets
import socket
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from uuid_utils.compat import uuid7

from core.ports.world import Lane

_LIFE = secrets.token_hex(4)
"""Tells this life of the process from an earlier one: in a container every life has process id 1."""
_opened = itertools.count()


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


def seat_name() -> str:
    """A name no other process, and nothing else in this one, has: machine, process id, life, number."""
    return f"{socket.gethostname()}/{os.getpid()}/{_LIFE}/{next(_opened)}"


def is_gone(name: str) -> bool:
    """Whether whoever had this name has ended; on another machine that cannot be seen, so False."""
    host, _, rest = name.rpartition("/")[0].partition("/")
    process_id, _, life = rest.partition("/")
    if host != socket.gethostname() or not process_id.isdecimal():
        return False
    if int(process_id) == os.getpid():
        return life != _LIFE
    return not _is_alive(int(process_id))


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
