"""Updates as they came: kept before they are acknowledged, done with the effect they have."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.domain.ids import UpdateId


@dataclass(frozen=True)
class Incoming:
    """A raw update: its JSON text and the lane (chat) in which order matters; lane 0 is no chat."""

    update_id: UpdateId
    lane: int
    payload: str
    received_at: datetime
    attempts: int = 0


class Taken(Protocol):
    """Updates being taken."""

    @property
    def is_taken(self) -> bool:
        """Whether a transaction committed their effect, and so marked them done."""
        ...


class Inbox(Protocol):
    """The table of updates."""

    async def keep(self, updates: Sequence[Incoming]) -> int:
        """Store new updates in one commit and return how many were new; known ids are left alone."""
        ...

    async def waiting(self, limit: int, held: frozenset[int] = frozenset()) -> list[Incoming]:
        """Updates without effect yet, oldest first; those of lanes held left out."""
        ...

    def taking(self, update_ids: Sequence[UpdateId]) -> AbstractContextManager[Taken]:
        """Within it, the first writing transaction of this task marks these updates done and empties them.

        A second writing transaction in the same block raises Bug: one update has one effect.
        """
        ...

    async def done(self, update_ids: Sequence[UpdateId]) -> None:
        """Mark updates that had no effect as done; those already done stay so."""
        ...

    async def failed(self, update_id: UpdateId, error: str) -> int:
        """Count a failed attempt and return how many there were; the payload stays."""
        ...

    async def set_aside(self, update_id: UpdateId, error: str) -> None:
        """Give up an update for good so that its lane goes on; its payload stays for a look."""
        ...

    async def last_offset(self) -> int:
        """The highest update id kept, 0 when none."""
        ...
