"""The real bot in a process of its own that can be killed at a chosen moment."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class KillAt:
    """When the process kills itself with SIGKILL: at the n-th commit or send, from 1; 0 is never.

    A commit's kill comes before the database has committed; a send's after Telegram has answered.
    """

    commit: int = 0
    send: int = 0


NEVER = KillAt()


def serve_bot(url: str, token: str, folder: str, kill: KillAt) -> None:
    """The child's whole life."""
    asyncio.run(_serve(url, token, Path(folder), kill))


async def _serve(url: str, token: str, folder: Path, kill: KillAt) -> None:
    from sqlalchemy import event  # noqa: PLC0415 # only the child needs these

    from bot.main import demo_config, open_app, running  # noqa: PLC0415
    from bot.speak.messenger import PtbMessenger  # noqa: PLC0415

    count = {"commit": 0, "send": 0}

    def die_at(what: str, moment: int) -> None:
        count[what] += 1
        if count[what] == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def dying(call: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def dies(*args: Any, **more: Any) -> Any:
            outcome = await call(*args, **more)
            die_at("send", kill.send)
            return outcome

        return dies

    for name in ("send", "edit"):
        setattr(PtbMessenger, name, dying(getattr(PtbMessenger, name)))
    async with open_app(demo_config(url, token, folder)) as app:
        event.listen(app.engine.sync_engine, "commit", lambda _: die_at("commit", kill.commit))
        async with running(app):
            await asyncio.Event().wait()


class Bot:
    """Starts, kills and restarts the bot against one sandbox and one folder."""

    def __init__(self, url: str, token: str, folder: Path) -> None:
        self._context: ForkServerContext = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["bot.main", "tests.soak.process"])
        self._given = (url, token, str(folder))
        self._process: ForkServerProcess | None = None
        self.deaths = 0

    def start(self, kill: KillAt = NEVER) -> None:
        """Start it; with `kill` it will die by itself."""
        self._process = self._context.Process(target=serve_bot, args=(*self._given, kill), daemon=True)
        self._process.start()

    def revive(self) -> bool:
        """Start it again when it is dead; return whether it was."""
        if self._process is not None and self._process.is_alive():
            return False
        self.deaths += 1
        self.start()
        return True

    def kill(self) -> None:
        """SIGKILL now."""
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join()

    def stop(self) -> None:
        """End of the test."""
        self.kill()
