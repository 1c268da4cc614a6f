"""Seats: which processes do what only one may do, or several divide."""

from datetime import datetime
from typing import Protocol

from core.domain.duty import Duty


class SeatRows(Protocol):
    """Each seat is its holder's until a moment."""

    async def keep(self, duty: Duty, holder: str, now: datetime, until: datetime) -> list[str]:
        """Hold a seat until then, a new one from now on; return all who hold one now, the longest first."""
        ...

    async def leave(self, holder: str) -> None: ...
    async def list_holders(self) -> list[str]: ...
