"""A run of many batches with a model that takes its time: twice the workers need half the time."""

import asyncio
import math
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from bot.main import App, open_app
from bot.running import running
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from core.domain.duty import EVERY_DUTY, Duty
from core.domain.ids import ChatId, PersonId
from core.domain.person import Project, Role
from core.domain.run import Batch, BatchStatus, Run, RunStatus, Stage
from core.domain.showing.spot import Place
from tests.builders import an_actor
from tests.nats import served_nats
from tests.postgres import postgres_database
from tests.processes import Installation, Processes
from tests.soak.told import Record, tell
from tests.soak.waiting import until
from tests.thinking import furnish

MOST = 10.0
"""Of the model's own time: sanity alone, as other machines are slower; section 8 aims at 1.05."""
GIVE_UP_SECONDS = 300.0
LOOK_SECONDS = 0.02
READER = PersonId(1)


@dataclass(frozen=True)
class Work:
    """So many batches, each so many seconds of a model."""

    batches: int
    seconds: float

    def least(self, workers: int) -> float:
        """Seconds that so many workers need at least."""
        return math.ceil(self.batches / workers) * self.seconds


@asynccontextmanager
async def staffed(folder: Path, url: str, work: Work, workers: int) -> AsyncGenerator[App]:
    """So many processes that work, told by NATS; the rest of the duties is ours."""
    with served_nats(folder) as nats:
        async with serve(has_limits=False) as address, Driver(address.url):
            installation = Installation(
                address.url, address.token, folder, nats.url, work.seconds, database=url
            )
            processes = Processes(installation)
            try:
                for number in range(workers):
                    await processes.start(f"worker {number}", Duty.WORK)
                duties = EVERY_DUTY - {Duty.WORK}
                async with open_app(installation.config) as app, running(app, duties):
                    yield app
            finally:
                processes.end()


async def ran(app: App, project: Project, groups: range) -> tuple[float, list[Batch]]:
    """Seconds from the tap on Start until the run is completed, and its batches."""
    await furnish(app, project, READER, groups)
    async with app.transactions() as tx:
        await tx.people.set_role(project.id, READER, Role.OWNER)
    begun = time.perf_counter()
    place = Place(ChatId(READER), reader_id=READER)
    await app.use_cases.runs.offer(project.id, Stage.KNOWLEDGE, None, an_actor(READER, "@ann"), place)
    await until(lambda: _completed(app, project), LOOK_SECONDS)
    seconds = time.perf_counter() - begun
    run = await _completed(app, project)
    assert run is not None
    async with app.transactions.reading() as tx:
        return seconds, [one for one in await tx.runs.list_batches(run.id) if one.messages]


async def _completed(app: App, project: Project) -> Run | None:
    async with app.transactions.reading() as tx:
        run = await tx.runs.find_last(project.id, Stage.KNOWLEDGE)
    return run if run is not None and run.status is RunStatus.COMPLETED else None


async def test_more_workers_share_the_batches_of_a_run(
    workers: int, batches: int, seconds: float, tmp_path: Path, record_property: Record
) -> None:
    work = Work(batches, seconds)
    warm, measured = (
        replace(Project(UUID(int=number), name), has_named_reviewers=True)
        for number, name in ((71, "Warm"), (72, "Measured"))
    )
    with postgres_database() as url:
        async with asyncio.timeout(GIVE_UP_SECONDS), staffed(tmp_path, url, work, workers) as app:
            # Whose run comes first, so that nothing has to be loaded in the measured one.
            await ran(app, warm, range(work.batches, work.batches + workers))
            took, done = await ran(app, measured, range(work.batches))
    assert [(one.status, one.attempts) for one in done] == [(BatchStatus.DONE, 1)] * work.batches
    ratio = took / work.least(workers)
    tell(
        record_property,
        f"{work.batches} batches of {work.seconds:g} s over {workers} worker(s), PostgreSQL and NATS: "
        f"{took:.1f} s, {ratio:.3f} x of {work.least(workers):g} s; each done once",
    )
    assert 1.0 <= ratio < MOST
