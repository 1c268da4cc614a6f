"""Processes that are killed at seeded moments and started again, the queue and the database with them."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from core.domain.duty import Duty
from tests.nats import NatsServer
from tests.processes import Processes

HEAR, SPEAK, WORK = "hears", "speaks", "works"
CREW = {
    "ears 1": (Duty.HEAR, Duty.SCHEDULE),
    "ears 2": (Duty.HEAR, Duty.SCHEDULE),
    "mouth 1": (Duty.SPEAK,),
    "mouth 2": (Duty.SPEAK,),
    "hands 1": (Duty.WORK,),
    "hands 2": (Duty.WORK,),
    "hands 3": (Duty.WORK,),
}
"""Two hear, of whom one stands by; two speak; three work."""
PARTS = ("ears", "mouth", "hands")
"""Killed in turn, so that each part dies as often as the others."""
PAUSE_SECONDS = (0.3, 3.0)
"""From one death to the next."""
AWAY_SECONDS = 2.0
"""How long the queue and the database are away."""


@dataclass
class Deaths:
    """Kills `count` processes; the queue goes after a third of them, the database after two thirds."""

    processes: Processes
    nats: NatsServer
    server: Any
    count: int
    random: random.Random
    killed: Counter[str] = field(default_factory=Counter[str])

    async def run(self) -> None:
        """All of them, one after another."""
        for number in range(self.count):
            await asyncio.sleep(self.random.uniform(*PAUSE_SECONDS))
            if number == self.count // 3:
                await self._restart_queue()
            if number == 2 * self.count // 3:
                await self._restart_database()
            part = PARTS[number % len(PARTS)]
            name = self.random.choice([one for one in CREW if one.startswith(part)])
            self.processes.kill(name)
            self.killed[part] += 1
            await self.processes.start(name, *CREW[name])

    async def _restart_queue(self) -> None:
        self.nats.kill()
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(self.nats.start)

    async def _restart_database(self) -> None:
        await asyncio.to_thread(self.server.stop)
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(self.server.start)
