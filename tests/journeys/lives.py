"""A bot that ends and starts again at one Telegram, over one database."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import demo_config
from bot.demo.transcript import Transcript
from bot.main import World, open_app
from bot.running import running
from bot.sandbox.driver import Driver
from bot.sandbox.server import Address, serve
from core.domain.conversation import Extraction, Reading
from core.ports.analysis import Analyst
from core.rules.analyst import RuleAnalyst
from tests.databases import fresh_database, migrated_database
from tests.journeys.staging import Journey, MovedClock, Unpaced


@dataclass(frozen=True)
class Home:
    """Where the bot lives: its Telegram, its folder, the time."""

    address: Address
    driver: Driver
    folder: Path
    clock: MovedClock = field(default_factory=MovedClock)

    @asynccontextmanager
    async def life(self, token: str = "", analyst: Analyst | None = None) -> AsyncGenerator[Journey]:
        """The bot at work until the block ends, or until it ends by itself."""
        config = demo_config(self.address.url, token or self.address.token, self.folder)
        world = World(self.clock, Unpaced(), analyst)
        async with open_app(config, world) as app, running(app):
            await self.driver.wait_polling(60)
            yield Journey(self.driver, app, self.address.url, Transcript(), self.clock, config.database.url)


@asynccontextmanager
async def homed(folder: Path) -> AsyncGenerator[Home]:
    """A Telegram with nobody in it, and an empty database."""
    clock = MovedClock()
    served = serve(has_limits=False, clock=lambda: clock.now().timestamp())
    async with served as address, Driver(address.url) as driver:
        fresh_database(migrated_database(), folder)
        yield Home(address, driver, folder, clock)


@dataclass(frozen=True)
class Held(RuleAnalyst):
    """The rules, who have begun to read and do not come to an end before they may."""

    has_begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)

    async def extract(self, reading: Reading) -> Extraction:
        """Stage 1, held up."""
        self.has_begun.set()
        await self.may_end.wait()
        return await super().extract(reading)
