"""What waits, counted: updates, batches, messages to be shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Backlog:
    """How much waits at one moment; `oldest_update_at` is when the first waiting update was received."""

    updates: int
    batches: int
    spots: int
    oldest_update_at: datetime | None


class Backlogs(Protocol):
    """Counts what waits. Raises StorageFailed."""

    async def count(self, now: datetime) -> Backlog:
        """Updates without effect, batches not done of running runs, spots that are due."""
        ...
