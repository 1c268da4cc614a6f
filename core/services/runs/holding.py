"""Keeping a batch: its lease is extended while an analyst works on it, and a lost one ends the work."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.domain.run import Batch
from core.errors import Stale, WorldFailed
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock
from core.settings import AnalysisSettings

BEATS = 4
"""How often a lease is extended within its length: three beats may fail before it is lost."""


@dataclass
class Held:
    """A claimed batch with its present lease; `scope` ends the work on it."""

    batch: Batch
    is_lost: bool = False
    scope: asyncio.Timeout = field(default_factory=lambda: asyncio.timeout(None))
    extending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def lose(self) -> None:
        """End the work on it: another worker has it."""
        self.is_lost = True
        self.scope.reschedule(0)


@dataclass(frozen=True)
class Holding:
    """The batches this process works on; `beat` is to be called every `beat_seconds`."""

    transactions: Transactions
    clock: Clock
    settings: AnalysisSettings
    in_hand: list[Held] = field(default_factory=list[Held])

    @property
    def beat_seconds(self) -> float:
        """How long to wait between beats."""
        return self.settings.lease_seconds / BEATS

    def until(self, now: datetime) -> datetime:
        """When a lease taken now runs out."""
        return now + timedelta(seconds=self.settings.lease_seconds)

    @asynccontextmanager
    async def kept(self, held: Held) -> AsyncGenerator[None]:
        """Its lease is extended by each beat while the block runs; raises Stale as soon as it is lost."""
        self.in_hand.append(held)
        try:
            async with held.scope:
                yield
        except TimeoutError:
            if not held.is_lost:
                raise
            raise Stale("batch", held.batch.id) from None
        finally:
            self.in_hand.remove(held)
            # A beat under way ends first: after it, `held.batch` has the lease the row has.
            async with held.extending:
                pass

    async def beat(self) -> None:
        """Extend the lease of every batch in hand; raises StorageFailed."""
        for held in tuple(self.in_hand):
            async with held.extending:
                if held in self.in_hand:
                    await self._extend(held)

    async def release(self, held: Held) -> None:
        """Let another worker have it at once; the attempt does not count. One that is lost stays theirs."""
        # Where that cannot be written, the lease runs out by itself.
        waiting = replace(held.batch.waiting(), attempts=held.batch.attempts - 1)
        try:
            async with self.transactions() as tx:
                await tx.runs.save_batch(waiting, expected_lease=held.batch.lease_until)
        except (Stale, WorldFailed):
            return

    async def _extend(self, held: Held) -> None:
        extended = replace(held.batch, lease_until=self.until(self.clock.now()))
        try:
            async with self.transactions() as tx:
                await tx.runs.save_batch(extended, expected_lease=held.batch.lease_until)
        except Stale:
            if held in self.in_hand:
                held.lose()
        else:
            held.batch = extended
