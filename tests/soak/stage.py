"""A sandbox and a bot that may die at any moment; people who wait for what they did to have its effect."""

import asyncio
import random
import sqlite3
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.demo.stage import payload_for
from bot.main import open_app
from bot.sandbox.driver.client import Driver
from bot.sandbox.driver.shown import Missed, Person, ShownMessage
from bot.sandbox.server import serve
from bot.view.payload import Verb
from tests.soak.moments import Moment
from tests.soak.process import NEVER, Bot, Home, TimeOff

BEGINS = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
"""A Wednesday morning, hours from any schedule, so that nothing happens by the clock alone."""
PATIENCE_SECONDS = 180.0
"""Only how late a failure is noticed: nothing is expected to be quick."""
PRESSES = 5
"""How often a person presses at most what is still offered though nothing more is on its way."""
LOOK_SECONDS = 0.02
YOUNG = 0.2
"""The share of random deaths during the start."""

Fits = Callable[[ShownMessage], bool]


@dataclass(frozen=True)
class Deaths:
    """When the bot dies in a play: at these moments, and `at_random` times at any (seeded)."""

    armed: frozenset[Moment] = NEVER
    at_random: int = 0
    seed: int = 0


@dataclass
class Keeper:
    """Revives the bot whenever it died, and kills it at random while some of those kills are left."""

    bot: Bot
    deaths: Deaths
    _random: random.Random = field(init=False)
    _left: int = field(init=False)
    _spent: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._random = random.Random(self.deaths.seed)  # noqa: S311 # repeatable, not secret
        self._left = self.deaths.at_random

    async def run(self) -> None:
        """Keep it alive until cancelled."""
        while True:
            if self._left:
                await self._wait_at_random()
                self._left -= 1
                self.bot.kill()
            elif not self.bot.is_dead:
                self._spent.set()
            if self.bot.is_dead:
                self.bot.revive()
            await asyncio.sleep(LOOK_SECONDS)

    async def spent(self) -> None:
        """Wait until no kill at random is left; a fast machine may be done with the story before."""
        await self._spent.wait()

    async def _wait_at_random(self) -> None:
        """Until somewhere in the start, or in the work that follows it."""
        dies_young = self._random.random() < YOUNG
        seconds = self._random.uniform(0.0, 0.3 if dies_young else 1.0)
        while not dies_young and not self.bot.is_up:  # noqa: ASYNC110 # another process is looked at
            await asyncio.sleep(LOOK_SECONDS)
        await asyncio.sleep(seconds)


@dataclass
class Stage:
    """What a play acts on."""

    driver: Driver
    bot: Bot

    @property
    def database(self) -> Path:
        """The bot's file."""
        return self.bot.home.folder / "triagram.db"

    async def owner_link(self) -> str:
        """The one-time link; asked for before the bot's first life."""
        async with open_app(self.bot.home.config) as app:
            link = await app.owner_link()
        assert link is not None
        return link

    async def is_idle(self) -> bool:
        """Whether nothing is on its way: no update to take, no card to draw, no batch to read."""
        if (await self.driver.bot())["pending_updates"]:
            return False
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            [waiting] = connection.execute(_WAITING).fetchone()
        return not waiting

    async def settled(self) -> None:
        """Wait until nothing is on its way. Raises Missed."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not await self.is_idle():
            if time.monotonic() > deadline:
                raise Missed(f"the bot is not done after {PATIENCE_SECONDS} s; see {self.bot.home.log}")
            await asyncio.sleep(LOOK_SECONDS)


_WAITING = """
    SELECT (SELECT count(*) FROM incoming WHERE status = 'waiting')
         + (SELECT count(*) FROM spot
            WHERE delivery != 'dropped' AND (wanted > painted OR message_id IS NULL))
         + (SELECT count(*) FROM run WHERE status IN ('pending', 'running'))
         + (SELECT count(*) FROM item_text WHERE embedded_by IS NULL)
"""


@dataclass(frozen=True)
class Seat:
    """One person looking at one chat."""

    stage: Stage
    person: Person
    chat: int

    async def say(self, text: str) -> int:
        """Write something; Telegram keeps it until the bot lives again."""
        return await self.stage.driver.say(self.person, self.chat, text)

    async def see(self, fits: Fits, *, after: int = 0) -> ShownMessage:
        """The newest message of the bot that fits, waited for."""
        return await self.stage.driver.wait_message(self.chat, fits, after=after, timeout=PATIENCE_SECONDS)

    async def press(
        self, verb: Verb, fits: Fits, effect: Fits, *, arg: str = "", after: int = 0
    ) -> ShownMessage:
        """Press what such a message offers until a message shows the effect; return that one.

        The answer may be lost with the bot, so it is not waited for. Pressed again is only what is still
        offered when nothing is on its way: the press was made on a copy or a text that was let go.
        """

        def offers(message: ShownMessage) -> bool:
            return payload_for(message, verb, arg) is not None and fits(message)

        for turn in range(PRESSES):
            await self.see(offers, after=after)
            found = await self.stage.driver.messages(self.chat, after=after, from_bot=True)
            offering = [one for one in found if offers(one)]
            # Where two copies stand and the newer does nothing, people try the other.
            message = offering[-1 - turn % len(offering)]
            data = payload_for(message, verb, arg) or ""
            await self.stage.driver.press_raw(self.person, self.chat, message.id, data)
            shown = await self._effect(effect, after)
            if shown is not None:
                return shown
        raise Missed(f"{PRESSES} presses of {verb.name} without effect")

    async def _effect(self, effect: Fits, after: int) -> ShownMessage | None:
        """The message that shows it, None when none will."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            # In this order: what comes about in between is seen in the next round.
            is_idle = await self.stage.is_idle()
            found = await self.stage.driver.messages(self.chat, after=after, from_bot=True)
            shown = next((one for one in reversed(found) if effect(one)), None)
            if shown is not None or is_idle:
                return shown
            await asyncio.sleep(LOOK_SECONDS)
        raise Missed(f"nothing came of a press in {PATIENCE_SECONDS} s; see {self.stage.bot.home.log}")


@asynccontextmanager
async def staged(folder: Path) -> AsyncGenerator[Stage]:
    """A fresh sandbox without limits and a bot that does not live yet.

    Both begin at `BEGINS`, and a death moves the time of both.
    """
    time_off = TimeOff(BEGINS.timestamp() - time.time())
    async with serve(has_limits=False, clock=time_off.now) as address, Driver(address.url) as driver:
        yield Stage(driver, Bot(Home(address.url, address.token, folder), time_off))


@asynccontextmanager
async def alive(stage: Stage, deaths: Deaths) -> AsyncGenerator[Keeper]:
    """The bot lives, with interruptions, while the block runs; then it is dead."""
    keeper = Keeper(stage.bot, deaths)
    stage.bot.armed = deaths.armed
    stage.bot.start()
    try:
        async with asyncio.TaskGroup() as group:
            keeping = group.create_task(keeper.run())
            try:
                yield keeper
            finally:
                keeping.cancel()
    finally:
        stage.bot.end()
