"""The real program in processes of its own, several on one database, each for some of the duties."""

import asyncio
import multiprocessing
import os
import signal
from dataclasses import dataclass, field, replace
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from bot.config import Config, DatabaseConfig, QueueConfig, demo_config
from bot.main import App, World, open_app
from bot.running import running
from core.domain.daily.schedule import Job, Schedule
from core.domain.duty import Duty
from core.settings import AnalysisSettings, Settings
from tests.thinking import Thinking

LEASE_SECONDS = 8
"""Far shorter than a person may set it, for the pace of a test."""
PRELOADED = ["tests.processes", "tests.soak.warm", "wordllama", "pytest"]
"""Imported once, by the server that processes are forked from."""


@dataclass(frozen=True)
class Installation:
    """What all processes of one bot share.

    An analyst needs `thinks_seconds` for a batch, which may be taken over `attempts` times. With
    `notes_firings` what is due by the clock is written down, not done. `database` is an address, "" for a
    file in the folder.
    """

    url: str
    token: str
    folder: Path
    queue: str = "memory://"
    thinks_seconds: float = 0.0
    concurrency: int = 1
    notes_firings: bool = False
    database: str = ""
    attempts: int = 3

    @property
    def config(self) -> Config:
        """Its configuration."""
        plain = demo_config(self.url, self.token, self.folder)
        analysis = AnalysisSettings(
            concurrency=self.concurrency, lease_seconds=LEASE_SECONDS, attempts=self.attempts
        )
        database = DatabaseConfig(self.database) if self.database else plain.database
        return replace(
            plain, database=database, queue=QueueConfig(self.queue), settings=Settings(analysis=analysis)
        )

    @property
    def log(self) -> Path:
        """What its processes printed."""
        return self.folder / "log"

    @property
    def firings(self) -> Path:
        """A line a firing where `notes_firings`."""
        return self.folder / "firings"

    def sign_of(self, name: str) -> Path:
        """There once the process of that name is at work."""
        return self.folder / f"{name}.up"


def _serve(installation: Installation, name: str, duties: frozenset[Duty]) -> None:
    """A child's whole life."""
    log = os.open(installation.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(log, 1)
    os.dup2(log, 2)
    asyncio.run(_served(installation, name, duties))


async def _served(installation: Installation, name: str, duties: frozenset[Duty]) -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    world = World(analyst=Thinking(installation.thinks_seconds))
    async with open_app(installation.config, world) as opened:
        app = _noting(opened, installation.firings) if installation.notes_firings else opened
        async with running(app, duties):
            installation.sign_of(name).touch()
            await stopped.wait()


def _noting(app: App, file: Path) -> App:
    async def note(schedule: Schedule) -> None:
        # One write of a short line is never torn by another process's.
        with file.open("a") as firings:
            firings.write(f"{schedule.project_id} {schedule.job} {schedule.next_at}\n")

    schedules = replace(app.use_cases.schedules, work=dict.fromkeys(Job, note))
    return replace(app, use_cases=replace(app.use_cases, schedules=schedules))


@dataclass
class Processes:
    """Those of one installation, by name."""

    installation: Installation
    _context: ForkServerContext = field(default_factory=lambda: multiprocessing.get_context("forkserver"))
    _running: dict[str, ForkServerProcess] = field(default_factory=dict[str, ForkServerProcess])

    async def start(self, name: str, *duties: Duty) -> None:
        """Start one, and wait until it is at work."""
        self._context.set_forkserver_preload(PRELOADED)
        given = (self.installation, name, frozenset(duties))
        self.installation.sign_of(name).unlink(missing_ok=True)
        process = self._running[name] = self._context.Process(target=_serve, args=given, daemon=True)
        process.start()
        while not self.installation.sign_of(name).exists():
            if not process.is_alive():
                raise AssertionError(f"{name} ended; see {self.installation.log}")
            await asyncio.sleep(0.02)

    def kill(self, name: str) -> None:
        """SIGKILL."""
        self._running[name].kill()
        self._running[name].join()

    async def stop(self, name: str) -> int | None:
        """SIGTERM; the exit code once it has ended."""
        process = self._running[name]
        process.terminate()
        while process.is_alive():  # noqa: ASYNC110 # another process is waited for
            await asyncio.sleep(0.02)
        return process.exitcode

    def end(self) -> None:
        """Kill all of them."""
        for name in self._running:
            self.kill(name)
