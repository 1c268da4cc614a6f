"""The stage of a journey: the sandbox, the real bot in process over HTTP, a clock that can be moved."""

import re
import socket
import sqlite3
import time
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from sqlalchemy.engine import make_url
from structlog.testing import capture_logs

from bot.config import Config, DatabaseConfig, WebConfig, demo_config
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.main import World, open_app
from bot.running import running
from bot.sandbox.driver import Call, Driver, ShownMessage
from bot.sandbox.server import serve
from bot.speak.pacing import Pacing
from core.domain.ids import ChatId
from core.ports.analysis import Analyst
from core.ports.world import Lane
from tests.databases import fresh_database, migrated_database
from tests.postgres import Postgres, running_postgres

TUESDAY = datetime(2026, 11, 10, 10, 0, tzinfo=UTC)
"""When every journey begins; UTC is also the time zone of its projects."""
UNASKED = (
    r"👋 (May I read along in|Можна мені читати|Можно мне читать) ",
    r"👋 I was here before",
    r"🔓 May “",
    r"Add me to a group with one tap: ",
    r"I was not invited here by my owner",
    r"📬 ",
    r"👥 2 of 3 ",
    r"🕓 Something waits for a decision. Whoever decides, open a direct chat",
)
"""How the few messages begin that a group the bot reads gets without a command."""
NOT_MODIFIED = "message is not modified"
"""A picture painted again for a press on an older one may be the same: no harm, says Telegram."""


WEBHOOK_SECRET = "a-webhook-secret-of-some-length"  # noqa: S105 - nothing is behind it


def called(config: Config) -> Config:
    """The same bot called by webhook, with health and metrics beside it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    telegram = replace(
        config.telegram,
        mode="webhook",
        webhook_url=f"http://{listen}/telegram",
        webhook_secret=WEBHOOK_SECRET,
    )
    return replace(config, telegram=telegram, web=WebConfig(listen))


class MovedClock:
    """A Tuesday morning that goes on like any other, and faster when it is moved."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._ahead = timedelta()

    def now(self) -> datetime:
        return TUESDAY + self._ahead + timedelta(seconds=time.monotonic() - self._started)

    def move(self, **by: float) -> None:
        self._ahead += timedelta(**by)


class Unpaced(Pacing):
    """No chat ever has to rest; the pace has its own tests, and a journey would only wait for it."""

    def wait_seconds(self, chat_id: ChatId) -> float:
        return 0.0


@dataclass
class Journey(Stage):
    """A stage on which everything is watched.

    `server` has the database where that is not the run's own. `rooms` are groups in which reviewers decide.
    What a journey provokes it names: `refused` by Telegram, `logged` as an error, `aside` as updates nobody
    can read.
    """

    clock: MovedClock
    database_url: str
    server: Postgres | None = None
    rooms: set[int] = field(default_factory=set[int])
    refused: list[str] = field(default_factory=list[str])
    logged: list[str] = field(default_factory=list[str])
    aside: int = 0
    logs: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def move(self, **by: float) -> None:
        """Let time pass: hours, minutes, days."""
        self.clock.move(**by)
        for lane in Lane:
            self.app.wakeups.wake(lane)

    async def settle(self, seconds: float = 0.3) -> None:
        """Wait until every update has had its effect and the bot has said nothing for a while."""
        waiting = "SELECT 1 FROM incoming WHERE status = 'waiting'"
        await self.driver.wait_quiet(seconds)
        await self.driver.wait_until(lambda: not self.rows(waiting), timeout=30)
        await self.driver.wait_quiet(seconds)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database holds, as the disk has it."""
        if self.is_on_server:
            address = make_url(self.database_url)
            server = self.server or running_postgres()
            return list(map(tuple, server.ask(query, str(address.database))))
        with closing(sqlite3.connect(self.file)) as database:
            return database.execute(query).fetchall()

    @property
    def is_on_server(self) -> bool:
        """Whether the database is PostgreSQL's."""
        return make_url(self.database_url).drivername.startswith("postgresql")

    @property
    def file(self) -> Path:
        """Where SQLite keeps the database."""
        assert not self.is_on_server, "a server's files are its own"
        return Path(str(make_url(self.database_url).database))

    def dump(self) -> str:
        """Everything the database holds, as text."""
        if self.is_on_server:
            tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            every = [f'TABLE "{name}"' for (name,) in tables]
            return "\n".join(str(row) for query in every for row in self.rows(query))
        with closing(sqlite3.connect(self.file)) as database:
            return "\n".join(database.iterdump())

    async def posts(self, chat: int) -> list[ShownMessage]:
        """All the bot has said in a chat."""
        return await self.driver.messages(chat, from_bot=True)


@asynccontextmanager
async def staged(
    folder: Path,
    *,
    analyst: Analyst | None = None,
    url: str | None = None,
    by: Callable[[Config], Config] = lambda config: config,
    is_paced: bool = False,
    server: Postgres | None = None,
) -> AsyncGenerator[Journey]:
    """A fresh stage; when the journey ends well, what the bot did on it is looked through.

    `url` is a database, a new one of SQLite when None, on `server` where that is not the run's own;
    `by` gives the bot another configuration; with `is_paced` Telegram's limits hold, and the bot's pace.
    """
    clock = MovedClock()
    world = World(clock, Pacing() if is_paced else Unpaced(), analyst)
    with capture_logs() as logs:
        served = serve(has_limits=is_paced, clock=lambda: clock.now().timestamp())
        async with served as address, Driver(address.url) as driver:
            database = url or fresh_database(migrated_database(), folder)
            plain = demo_config(address.url, address.token, folder)
            config = by(replace(plain, database=DatabaseConfig(database)))
            async with open_app(config, world) as app, running(app):
                await driver.wait_polling()
                journey = Journey(driver, app, address.url, Transcript(), clock, database, server=server)
                journey.logs = cast("list[dict[str, Any]]", logs)
                yield journey
                await journey.settle()
            await _ensure_well_behaved(journey)


async def _ensure_well_behaved(journey: Journey) -> None:
    calls = await journey.driver.calls()
    refused = [f"{one.method} {one.status} {one.error}" for one in calls if one.status not in {200, -1}]
    errors = [one["event"] for one in journey.logs if one["log_level"] in {"error", "critical"}]
    said = [one for one in calls if one.method == "sendMessage" and one.status == 200]
    in_groups = [one for one in said if int(one.params["chat_id"]) < 0]
    quiet = [one for one in in_groups if int(one.params["chat_id"]) not in journey.rooms]
    wrong = {
        "refused": _unless(refused, [*journey.refused, NOT_MODIFIED]),
        "logged": _unless(errors, journey.logged),
        "not taken": journey.rows("SELECT error FROM incoming WHERE status != 'done'")[journey.aside :],
        "not silent": [one.params["text"] for one in said if not one.params.get("disable_notification")],
        "calls somebody": [text for one in in_groups if (text := _calling(one))],
        "unasked": _unasked(quiet),
    }
    assert not any(wrong.values()), wrong


def _unless(found: Iterable[str], expected: Iterable[str]) -> list[str]:
    known = list(expected)
    return [one for one in found if not any(part in one for part in known)]


def _unasked(said: Iterable[Call]) -> list[str]:
    """What a group was told though nobody there had asked for it."""
    texts = [_plain(one) for one in said if not one.params.get("reply_parameters")]
    return [text for text in texts if not any(re.match(begin, text) for begin in UNASKED)]


def _calling(said: Call) -> str:
    """A text that would call somebody: names are plain in groups."""
    text = str(said.params["text"])
    return text if re.search(r"@\w|tg://user", text) else ""


def _plain(said: Call) -> str:
    return re.sub(r"<[^>]+>", "", str(said.params["text"]))
