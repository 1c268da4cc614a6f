"""One process's shift: plans, reads and imports until it is told to leave, and finishes what it holds."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from structlog.contextvars import clear_contextvars

from bot.main import App
from core.errors import WorldFailed
from core.ports.meter import Part
from core.ports.world import Lane

if TYPE_CHECKING:
    from bot.work.carrying import Workplace

AFTER_FAILURE_SECONDS = 2.0
LEARN_SECONDS = 3600.0
"""How long after a lost wake-up decisions are learned from at the latest; the clock fires once a day."""
SWEEP_SECONDS = 5.0
"""How often to look for batches whose id was lost, or whose worker is gone."""
GIVE_BACK_SECONDS = 5.0
"""So much earlier the queue's batches are given back, whose tasks nobody else waits for."""
FINISH_SECONDS = 20.0
"""What is under way when the program is stopped has so long; then it is given back to be done elsewhere."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Shift:
    """The work of one process; `idle_seconds` is how long a worker sleeps when nobody wakes it."""

    app: App
    idle_seconds: Callable[[], float]
    leaving: asyncio.Event = field(default_factory=asyncio.Event)

    @cached_property
    def room(self) -> asyncio.Semaphore:
        """For as many batches at once as configured, whoever found them: the queue or who looks."""
        return asyncio.Semaphore(self.app.config.settings.analysis.concurrency)

    def workers(self) -> list[Coroutine[Any, Any, None]]:
        """What ends by itself once `leave` was called."""
        use = self.app.use_cases
        at_once = range(self.app.config.settings.analysis.concurrency)
        others = [
            self._work(use.imports.step, Lane.IMPORTS),
            self._work(use.learning.step, Lane.LESSONS, LEARN_SECONDS),
        ]
        if self.app.carrier is None:
            return [*(self._work(use.work.step, Lane.BATCHES) for _ in at_once), *others]
        return [self._work(use.work.prepare, Lane.BATCHES), self._sweep(), *others]

    def workplace(self) -> "Workplace":
        """Where the queue's batches are taken."""
        from bot.work.carrying import Workplace  # noqa: PLC0415 # only where there is a queue

        async def take(batch_id: UUID) -> None:
            async with self.room:
                if not self.leaving.is_set():
                    await self._tried(lambda: self.app.use_cases.work.work_next(batch_id), Lane.BATCHES)

        at_once = self.app.config.settings.analysis.concurrency
        return Workplace(take, at_once, FINISH_SECONDS - GIVE_BACK_SECONDS)

    async def keep_leases(self) -> None:
        """Extend the leases of what is in hand, for ever."""
        holding = self.app.use_cases.work.holding
        while True:
            await asyncio.sleep(holding.beat_seconds)
            await self._tried(holding.beat, Lane.BATCHES)

    def leave(self) -> None:
        """Take nothing more."""
        self.leaving.set()
        for lane in Lane:
            self.app.wakeups.again(lane)

    async def _work(
        self, step: Callable[[], Awaitable[bool]], lane: Lane, idle_seconds: float | None = None
    ) -> None:
        while not self.leaving.is_set():
            if not await self._tried(step, lane) and not self.leaving.is_set():
                await self.app.wakeups.wait(lane, idle_seconds or self.idle_seconds())

    async def _sweep(self) -> None:
        """Take what no id came for while there is room: the queue would have told of anything else."""
        while not self.leaving.is_set():
            if not self.room.locked():
                async with self.room:
                    has_worked = await self._tried(self.app.use_cases.work.work_next, Lane.BATCHES)
                if has_worked:
                    continue
            with suppress(TimeoutError):
                async with asyncio.timeout(SWEEP_SECONDS):
                    await self.leaving.wait()

    async def _tried(self, step: Callable[[], Awaitable[bool | None]], lane: Lane) -> bool:
        """One of the two outermost loops: a bug in a step must not end the program."""
        clear_contextvars()
        try:
            return bool(await step())
        except WorldFailed as failure:
            self.app.meter.failed(Part.WORKING, failure)
            _log.warning("work rests", error=repr(failure))
        except Exception as broken:  # noqa: BLE001 # see above
            self.app.meter.failed(Part.WORKING, broken)
            # A batch's lease runs out, and after its last attempt it is told as failed.
            _log.exception("work broke", lane=lane)
        await asyncio.sleep(AFTER_FAILURE_SECONDS)
        return True
