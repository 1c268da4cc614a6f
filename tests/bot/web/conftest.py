"""A site served over real HTTP, and an inbox on a real database behind its webhook."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.config import WebConfig
from bot.hear.stream.arrivals import Arrivals
from bot.web.metrics import PrometheusMeter
from bot.web.serving import open_socket, serving
from bot.web.site import SECRET_HEADER, Hook, Site, site_app
from core.errors import StorageFailed
from core.ports.backlog import Backlog
from core.ports.inbox import Incoming
from storage.engine import open_engine
from storage.inbox import SqlInbox
from tests.databases import fresh_database, migrated_database
from tests.fakes import FakeClock, FakeWakeups

SECRET = "a-webhook-secret-of-some-length"  # noqa: S105 - nothing is behind it
PATH = "/telegram"


@dataclass
class Failing:
    """An inbox that fails as often as it is told, then is the real one."""

    inner: SqlInbox
    failures: int = 0

    async def keep(self, updates: Sequence[Incoming]) -> int:
        if self.failures:
            self.failures -= 1
            raise StorageFailed("busy", "locked")
        return await self.inner.keep(updates)


@dataclass
class Counted:
    """What waits, as the test says; None is a database that does not answer."""

    backlog: Backlog | None = field(default_factory=lambda: Backlog(0, 0, 0, None))

    async def count(self, now: datetime) -> Backlog:
        if self.backlog is None:
            raise StorageFailed("busy", "locked")
        return self.backlog


@dataclass
class Called:
    """A site with a webhook, as Telegram and a monitor see it."""

    url: str
    inbox: SqlInbox
    failing: Failing
    counted: Counted
    meter: PrometheusMeter
    session: aiohttp.ClientSession

    async def call(self, body: bytes, secret: str | None = SECRET) -> int:
        """The status a call of the webhook got."""
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.session.post(f"{self.url}{PATH}", data=body, headers=headers) as answer:
            return answer.status

    async def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        async with self.session.get(f"{self.url}{path}") as answer:
            return answer.status, await answer.text()

    async def kept(self) -> list[int]:
        """The updates that wait in the inbox, in order."""
        return [one.update_id for one in await self.inbox.waiting(1000)]


@asynccontextmanager
async def at_a_port(app: Any) -> AsyncGenerator[str]:
    """An ASGI application at a free port of this machine; gives its address."""
    bound = open_socket(WebConfig("127.0.0.1:0"))
    port = bound.getsockname()[1]
    async with serving(app, bound):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
async def called(tmp_path: Path) -> AsyncGenerator[Called]:
    """A webhook over a fresh inbox; nothing else is asked by `/readyz`."""
    database = open_engine(fresh_database(migrated_database(), tmp_path))
    inbox, clock, meter, counted = SqlInbox(database), FakeClock(), PrometheusMeter(), Counted()
    failing = Failing(inbox)
    arrivals = Arrivals(failing, FakeWakeups(), clock, meter=meter)  # pyright: ignore[reportArgumentType] -- the part of the port arriving uses
    site = Site(meter, counted, clock, {}, Hook(PATH, SECRET, arrivals.keep))
    async with at_a_port(site_app(site)) as url, aiohttp.ClientSession() as session:
        yield Called(url, inbox, failing, counted, meter, session)
    await database.dispose()
