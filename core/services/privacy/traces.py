"""Leaving no trace: once something was deleted, the storage is made to hold nothing of it."""

import logging
from dataclasses import dataclass

from core.errors import WorldFailed
from core.ports.deletions import Scrubber
from core.ports.world import Lane, Wakeups

IDLE_SECONDS = 60.0
"""How long a rewriting that failed, or whose wake-up was lost, waits for the next try."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Traces:
    """Removes them after each deletion; what a crash left undone is done at the next start."""

    scrubber: Scrubber
    wakeups: Wakeups

    async def run(self) -> None:
        """Look for ever."""
        while True:
            try:
                if await self.scrubber.is_due():
                    await self.scrubber.scrub()
            except WorldFailed as failure:
                _log.warning("deleted words may still be in the file: %r", failure)
            await self.wakeups.wait(Lane.DELETIONS, IDLE_SECONDS)
