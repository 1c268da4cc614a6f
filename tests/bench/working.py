"""A run: batches over workers, with a model that takes its time."""

import asyncio
import math
import time
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from bot.config import DatabaseConfig, demo_config
from bot.main import App, World, open_app
from bot.running import running
from bot.sandbox.driver import Person
from core.domain.duty import EVERY_DUTY, Duty
from core.domain.ids import ChatId, PersonId
from core.domain.person import Project, Role
from core.domain.run import BatchStatus, Stage
from core.domain.showing.spot import Place
from core.settings import AnalysisSettings, Settings
from tests.bench.measure import Aim, Effort, Line, Round
from tests.bench.sides import LOOK_SECONDS, Side, side
from tests.bench.stores import DatabaseKind, Store
from tests.builders import an_actor
from tests.nats import served_nats
from tests.processes import Installation, Processes
from tests.thinking import Thinking, furnish

WORKERS = 4
WARM = Project(UUID(int=71), "Warm", has_named_reviewers=True)
"""Whose run comes first, so that nothing has to be loaded in the measured one."""
MEASURED = Project(UUID(int=72), "Measured", has_named_reviewers=True)
GIVE_UP_SECONDS = 120.0
_UNDER_WAY = "SELECT count(*) FROM run WHERE status IN ('pending', 'running')"


async def measure(folder: Path, effort: Effort, kind: DatabaseKind) -> list[Line]:
    """Two lines: the whole run, from the tap on Start to `completed`, beside the model's own time."""
    batches, seconds = effort.of(12, 8), 0.25 if effort.is_quick else 1.0
    least = math.ceil(batches / WORKERS) * seconds
    against = (
        f"ceil({batches} / {WORKERS}) x {seconds:g} s of a model; {batches} batches over {WORKERS} workers"
    )
    lines: list[Line] = []
    for name, ran in (("a run", _ran), ("a run, processes", _ran_apart)):
        took = [
            await ran(folder / f"{name} {number}", kind, batches, seconds)
            for number in range(effort.rounds)
        ]
        rounds = [Round(one * 1000, least * 1000) for one in took]
        lines.append(Line(name, rounds, "ms", Aim(most=1.05), against, batches))
    return lines


async def _ran(folder: Path, kind: DatabaseKind, batches: int, seconds: float) -> float:
    """Seconds of a run when all workers are in the one process there is."""
    settings = Settings(analysis=AnalysisSettings(concurrency=WORKERS))
    async with side(folder, kind) as made:
        plain = demo_config(made.address.url, made.address.token, folder)
        config = replace(plain, settings=settings, database=DatabaseConfig(made.store.url))
        async with open_app(config, World(analyst=Thinking(seconds))) as app, running(app):
            return await _measured(app, made, batches)


async def _ran_apart(folder: Path, kind: DatabaseKind, batches: int, seconds: float) -> float:
    """The same when each worker is a process, told by NATS."""
    async with side(folder, kind) as made:
        with served_nats(folder) as nats:
            installation = Installation(
                made.address.url, made.address.token, folder, nats.url, seconds, database=made.store.url
            )
            workers = Processes(installation)
            try:
                for number in range(WORKERS):
                    await workers.start(f"worker {number}", Duty.WORK)
                world = World(analyst=Thinking(seconds))
                async with (
                    open_app(installation.config, world) as app,
                    running(app, EVERY_DUTY - {Duty.WORK}),
                ):
                    return await _measured(app, made, batches)
            finally:
                workers.end()


async def _measured(app: App, made: Side, batches: int) -> float:
    await made.driver.wait_polling()
    await made.driver.wait_quiet()
    person = made.people[0]
    await furnish(app, WARM, PersonId(person.id), range(batches, batches + WORKERS))
    await _completed(app, made.store, WARM, person, WORKERS)
    await furnish(app, MEASURED, PersonId(person.id), range(batches))
    return await _completed(app, made.store, MEASURED, person, batches)


async def _completed(app: App, store: Store, project: Project, person: Person, batches: int) -> float:
    actor = an_actor(person.id, f"@{person.username}")
    place = Place(ChatId(person.id), reader_id=PersonId(person.id))
    async with app.transactions() as tx:
        await tx.people.set_role(project.id, actor.person_id, Role.OWNER)
    started = time.perf_counter()
    await app.use_cases.runs.offer(project.id, Stage.KNOWLEDGE, None, actor, place)
    await _finished(store)
    seconds = time.perf_counter() - started
    async with app.transactions.reading() as tx:
        run = await tx.runs.find_last(project.id, Stage.KNOWLEDGE)
        done = [] if run is None else [one for one in await tx.runs.list_batches(run.id) if one.messages]
    if len(done) != batches or any(one.status is not BatchStatus.DONE for one in done):
        raise AssertionError(f"{len(done)} of {batches} batches done")
    return seconds


async def _finished(store: Store) -> None:
    """Until no run is under way; looked at from beside, as our own way to a run costs ours its time."""
    async with asyncio.timeout(GIVE_UP_SECONDS), store.looking() as ask:
        while await ask(_UNDER_WAY):  # noqa: ASYNC110 # who writes tells nobody
            await asyncio.sleep(LOOK_SECONDS * 5)
