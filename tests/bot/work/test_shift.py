"""A process works on no more batches at once than it is told to, whoever found them."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import pytest

from bot import shift
from bot.main import App, World, open_app
from bot.running import running
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from core.domain.conversation import Extraction, Reading
from core.domain.duty import EVERY_DUTY
from core.domain.ids import ChatId, PersonId
from core.domain.person import Project, Role
from core.domain.run import RunStatus, Stage
from core.domain.showing.spot import Place
from tests.builders import an_actor
from tests.nats import served_nats
from tests.processes import Installation
from tests.soak.waiting import until
from tests.thinking import Thinking, furnish

READER = PersonId(1)
BATCHES = 6


@dataclass(frozen=True)
class Counting(Thinking):
    """Counts how many it thinks about at once."""

    thinking: list[Reading] = field(default_factory=list[Reading])
    counts: list[int] = field(default_factory=list[int])

    async def extract(self, reading: Reading) -> Extraction:
        self.thinking.append(reading)
        self.counts.append(len(self.thinking))
        try:
            return await super().extract(reading)
        finally:
            self.thinking.remove(reading)


async def is_read(app: App, project: Project) -> bool:
    async with app.transactions.reading() as tx:
        run = await tx.runs.find_last(project.id, Stage.KNOWLEDGE)
    return run is not None and run.status is RunStatus.COMPLETED


async def test_who_looks_and_who_is_told_share_the_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shift, "SWEEP_SECONDS", 0.01)
    analyst = Counting(0.1)
    project = replace(Project(UUID(int=71), "Mobile"), has_named_reviewers=True)
    with served_nats(tmp_path) as nats:
        async with serve(has_limits=False) as address, Driver(address.url), asyncio.timeout(60):
            config = Installation(address.url, address.token, tmp_path, nats.url).config
            async with open_app(config, World(analyst=analyst)) as app, running(app, EVERY_DUTY):
                await furnish(app, project, READER, range(BATCHES))
                async with app.transactions() as tx:
                    await tx.people.set_role(project.id, READER, Role.OWNER)
                place = Place(ChatId(READER), reader_id=READER)
                await app.use_cases.runs.offer(
                    project.id, Stage.KNOWLEDGE, None, an_actor(READER, "@ann"), place
                )
                await until(lambda: is_read(app, project), 0.05)
    assert analyst.counts == [1] * BATCHES
