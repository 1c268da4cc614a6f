"""The real bot in a process of its own that can be killed at a chosen moment."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from bot import running
from bot.config import Config, demo_config
from bot.main import World, open_app
from bot.speak.messenger import PtbMessenger
from bot.speak.pacing import Pacing
from bot.world import SystemClock
from core.domain.ids import ChatId
from core.ports.chat import Fate, Outcome
from core.settings import AnalysisSettings, ReviewSettings, Settings
from storage.driver import About, OneHopConnection, Result
from tests.soak.moments import Journal, Moment, Watch, What, key_of, written_by

AFTER_DEATH_SECONDS = 31.0
"""How much later the next life begins: longer than a spot's lease and a batch's."""
SETTINGS = Settings(
    # One worker, so that two plays do the same in the same order; a batch may be killed many times.
    analysis=AnalysisSettings(concurrency=1, lease_seconds=20, attempts=20),
    # Longer than all the time that deaths may take.
    review=ReviewSettings(undo_minutes=120),
)
IDLE_SECONDS = 0.2
"""How soon a worker looks for texts to embed; for the pace of the play alone."""
PRELOADED = ["tests.soak.process", "tests.soak.warm", "wordllama", "pytest"]
"""Imported once, by the server that lives are forked from; each life imports its parent's main module."""
NEVER: frozenset[Moment] = frozenset()


@dataclass(frozen=True)
class Home:
    """Where a bot lives: its sandbox, its token and its folder."""

    url: str
    token: str
    folder: Path

    @property
    def config(self) -> Config:
        """The demo's configuration in this folder."""
        return replace(demo_config(self.url, self.token, self.folder), settings=SETTINGS)

    @property
    def journal(self) -> Journal:
        """What the bot's lives did."""
        return Journal(self.folder / "journal")

    @property
    def sign_of_life(self) -> Path:
        """There once a life has begun to hear and speak."""
        return self.folder / "up"

    @property
    def log(self) -> Path:
        """What the bot's lives printed."""
        return self.folder / "log"


@dataclass
class TimeOff:
    """How many seconds a play's time is off the machine's; a death moves it."""

    seconds: float

    def now(self) -> float:
        """Unix seconds."""
        return time.time() + self.seconds


@dataclass(frozen=True)
class ShiftedClock:
    """The machine's time, so many seconds off."""

    offset_seconds: float

    def now(self) -> datetime:
        """Aware, UTC."""
        return SystemClock().now() + timedelta(seconds=self.offset_seconds)


class Unpaced(Pacing):
    """Never waits: the limits are off where this is used."""

    def wait_seconds(self, chat_id: ChatId) -> float:
        """Now."""
        return 0.0


def serve_bot(home: Home, offset_seconds: float, armed: frozenset[Moment]) -> None:
    """The child's whole life."""
    log = os.open(home.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    asyncio.run(_serve(home, offset_seconds, Watch(home.journal, armed)))


async def _serve(home: Home, offset_seconds: float, watch: Watch) -> None:
    running.IDLE_SECONDS = IDLE_SECONDS
    _watch_speech(watch)
    async with open_app(home.config, World(ShiftedClock(offset_seconds), Unpaced())) as app:
        _watch_commits(watch)
        async with running.running(app):
            home.sign_of_life.touch()
            await asyncio.Event().wait()


def _watch_commits(watch: Watch) -> None:
    """Commits that wrote nothing are no moments: there is nothing to lose."""
    written: set[str] = set()
    run, end = OneHopConnection.run, OneHopConnection.end

    async def watched(
        opened: OneHopConnection, method: str, arguments: tuple[Any, ...], about: About = None
    ) -> Result:
        result = await run(opened, method, arguments, about)
        if key := written_by(arguments[0], result[2]):
            written.add(key)
            writers.add(opened)
        return result

    async def ends(opened: OneHopConnection, *, is_well: bool) -> None:
        if opened in writers:
            if is_well and watch.commits(key_of(written)):
                _die()
            written.clear()
            writers.discard(opened)
        await end(opened, is_well=is_well)

    # Prepared statements pass SQLAlchemy's events by; only the writer's connection writes.
    writers: set[OneHopConnection] = set()
    setattr(OneHopConnection, "run", watched)  # noqa: B010 # else pyright takes it for the class's own
    setattr(OneHopConnection, "end", ends)  # noqa: B010 # as above


Speak = Callable[..., Awaitable[Outcome]]


def _watch_speech(watch: Watch) -> None:
    def watched(what: What, speak: Speak) -> Speak:
        async def spoken(messenger: PtbMessenger, chat_id: ChatId, *given: Any, **more: Any) -> Outcome:
            outcome = await speak(messenger, chat_id, *given, **more)
            if outcome.fate is Fate.SENT and watch.spoke(what, f"chat {chat_id}"):
                _die()
            return outcome

        return spoken

    # The class, because `open_app` makes the one that speaks; this process ends with the test.
    for what, name in ((What.SEND, "send"), (What.EDIT, "edit")):
        setattr(PtbMessenger, name, watched(what, getattr(PtbMessenger, name)))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Bot:
    """Starts, kills and revives the bot at one home; each life begins later by the clock."""

    home: Home
    time_off: TimeOff
    armed: Iterable[Moment] = NEVER
    deaths: int = 0
    _context: ForkServerContext = field(default_factory=lambda: multiprocessing.get_context("forkserver"))
    _process: ForkServerProcess | None = None

    def start(self) -> None:
        """Start it; it will die by itself at the armed moments."""
        self._context.set_forkserver_preload(PRELOADED)
        given = (self.home, self.time_off.seconds, frozenset(self.armed))
        self.home.sign_of_life.unlink(missing_ok=True)
        self._process = self._context.Process(target=serve_bot, args=given, daemon=True)
        self._process.start()

    @property
    def is_dead(self) -> bool:
        """Whether it was started and does not live."""
        return self._process is not None and not self._process.is_alive()

    @property
    def is_up(self) -> bool:
        """Whether this life hears and speaks."""
        return self.home.sign_of_life.exists()

    def revive(self) -> None:
        """Start it again, later."""
        self.deaths += 1
        self.time_off.seconds += AFTER_DEATH_SECONDS
        self.start()

    def kill(self) -> None:
        """SIGKILL now."""
        if self._process is not None:
            self._process.kill()
            self._process.join()

    def end(self) -> None:
        """Kill it for good."""
        self.kill()
        self._process = None
