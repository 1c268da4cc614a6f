"""Several processes of one bot on one database: nothing is done twice, and what one leaves another does."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import pytest

from bot.main import App, open_app
from bot.sandbox.driver import Driver, Person
from bot.sandbox.server import serve
from bot.shift import FINISH_SECONDS
from core.domain.daily.schedule import Job, Schedule
from core.domain.duty import Duty
from core.domain.ids import ChatId, PersonId
from core.domain.person import Project, Role
from core.domain.run import Batch, BatchStatus, Run, RunStatus, Stage
from core.domain.showing.spot import Place
from tests.builders import an_actor
from tests.databases import fresh_database, migrated_database
from tests.nats import NatsServer, served_nats
from tests.processes import Installation, Processes
from tests.thinking import furnish

PATIENCE_SECONDS = 90.0
"""Only how late a failure is noticed."""
END_SECONDS = 15.0
"""From when work is given back until the process has ended; for slow machines."""
OURS = Project(UUID(int=72), "Ours", has_named_reviewers=True)
MEMORY = "memory://"
LOOKING = pytest.param(False, id="looking", marks=pytest.mark.long)
QUEUE = pytest.param(True, id="queue")


@pytest.fixture(scope="module")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Generator[NatsServer]:
    with served_nats(tmp_path_factory.mktemp("nats")) as server:
        yield server


@dataclass
class Several:
    """Processes, their Telegram, and a look at their database."""

    processes: Processes
    driver: Driver
    app: App
    ann: Person

    async def start_run(self, batches: int) -> None:
        reviewer = PersonId(self.ann.id)
        await furnish(self.app, OURS, reviewer, range(batches))
        async with self.app.transactions() as tx:
            await tx.people.set_role(OURS.id, reviewer, Role.OWNER)
        place = Place(ChatId(self.ann.id), reader_id=reviewer)
        actor = an_actor(self.ann.id, "@ann")
        await self.app.use_cases.runs.offer(OURS.id, Stage.KNOWLEDGE, None, actor, place)

    async def batches(self) -> list[Batch]:
        async with self.app.transactions.reading() as tx:
            run = await tx.runs.find_last(OURS.id)
            return (
                [] if run is None else [one for one in await tx.runs.list_batches(run.id) if one.messages]
            )

    async def until(self, status: BatchStatus, count: int) -> None:
        """Until so many batches are, or were, in that state."""
        while sum(one.status in {status, BatchStatus.DONE} for one in await self.batches()) < count:  # noqa: ASYNC110 # other processes are waited for
            await asyncio.sleep(0.02)

    async def completed(self) -> Run:
        """The run once it is, each of its messages a note exactly once."""
        while True:
            async with self.app.transactions.reading() as tx:
                run = await tx.runs.find_last(OURS.id)
                if run is not None and run.status is RunStatus.COMPLETED:
                    proposals = await tx.proposals.list_of_run(run.id)
                    notes = [one.title for one in proposals if one.kind.name == "ATOM"]
                    assert len(notes) == len(set(notes)) == len(await self.batches())
                    return run
            await asyncio.sleep(0.05)


@asynccontextmanager
async def several(
    folder: Path, *, queue: str = MEMORY, thinks_seconds: float = 0.0, notes_firings: bool = False
) -> AsyncGenerator[Several]:
    fresh_database(migrated_database(), folder)
    async with (
        asyncio.timeout(PATIENCE_SECONDS),
        serve(has_limits=False) as address,
        Driver(address.url) as driver,
    ):
        installation = Installation(
            address.url, address.token, folder, queue, thinks_seconds, notes_firings=notes_firings
        )
        processes = Processes(installation)
        looking = replace(installation, queue=MEMORY).config
        try:
            async with open_app(looking) as app:
                yield Several(processes, driver, app, await driver.person("Ann", "ann"))
        finally:
            processes.end()


@pytest.mark.parametrize("has_queue", [LOOKING, QUEUE])
async def test_a_killed_workers_batch_is_done_by_another_once(
    tmp_path: Path, nats: NatsServer, *, has_queue: bool
) -> None:
    queue = nats.url if has_queue else MEMORY
    async with several(tmp_path, queue=queue, thinks_seconds=1.0) as at:
        await at.processes.start("doomed", Duty.WORK)
        await at.start_run(3)
        await at.until(BatchStatus.CLAIMED, 1)
        at.processes.kill("doomed")
        await at.processes.start("heir", Duty.WORK)
        await at.completed()
        assert max(one.attempts for one in await at.batches()) == 2


async def test_a_batch_longer_than_its_lease_is_done_once(tmp_path: Path) -> None:
    async with several(tmp_path, thinks_seconds=11.0) as at:
        await at.processes.start("slow", Duty.WORK)
        await at.processes.start("eager", Duty.WORK)
        await at.start_run(1)
        await at.completed()
        assert [one.attempts for one in await at.batches()] == [1]


@pytest.mark.parametrize("has_queue", [LOOKING, QUEUE])
async def test_a_worker_told_to_stop_finishes_what_it_has_and_takes_no_more(
    tmp_path: Path, nats: NatsServer, *, has_queue: bool
) -> None:
    queue = nats.url if has_queue else MEMORY
    async with several(tmp_path, queue=queue, thinks_seconds=2.0) as at:
        await at.processes.start("only", Duty.WORK)
        await at.start_run(4)
        await at.until(BatchStatus.CLAIMED, 1)
        assert await at.processes.stop("only") == 0
        by_status = sorted(one.status for one in await at.batches())
        assert BatchStatus.CLAIMED not in by_status
        assert {BatchStatus.DONE, BatchStatus.WAITING} == set(by_status)
        assert max(one.attempts for one in await at.batches()) == 1


@pytest.mark.parametrize("has_queue", [LOOKING, QUEUE])
async def test_a_worker_told_to_stop_over_a_long_batch_ends_within_the_bound_and_gives_it_back_uncounted(
    tmp_path: Path, nats: NatsServer, *, has_queue: bool
) -> None:
    queue = nats.url if has_queue else MEMORY
    async with several(tmp_path, queue=queue, thinks_seconds=PATIENCE_SECONDS) as at:
        await at.processes.start("only", Duty.WORK)
        await at.start_run(1)
        await at.until(BatchStatus.CLAIMED, 1)
        async with asyncio.timeout(FINISH_SECONDS + END_SECONDS):
            assert await at.processes.stop("only") == 0
        assert [(one.status, one.attempts) for one in await at.batches()] == [(BatchStatus.WAITING, 0)]


async def test_a_restart_of_the_queue_loses_and_repeats_nothing(tmp_path: Path) -> None:
    with served_nats(tmp_path) as nats:
        async with several(tmp_path, queue=nats.url, thinks_seconds=1.0) as at:
            for name in ("one", "other"):
                await at.processes.start(name, Duty.WORK)
            await at.start_run(6)
            await at.until(BatchStatus.CLAIMED, 1)
            nats.kill()
            await at.until(BatchStatus.DONE, 2)
            nats.start()
            await at.completed()
            assert {one.attempts for one in await at.batches()} == {1}


async def test_two_speak_and_each_answer_comes_once_also_when_one_dies(
    tmp_path: Path, nats: NatsServer
) -> None:
    async with several(tmp_path, queue=nats.url) as at:
        for name, duty in (("ears", Duty.HEAR), ("one", Duty.SPEAK), ("other", Duty.SPEAK)):
            await at.processes.start(name, duty)
        await at.driver.wait_polling()
        people = [await at.driver.person(f"P{number}", f"p{number}") for number in range(10)]
        chats = [await at.driver.private(one, start=True) for one in people]
        for chat in chats:
            await at.driver.wait_message(chat, lambda _: True, timeout=PATIENCE_SECONDS)
        async with at.app.transactions.reading() as tx:
            assert len(await tx.seats.list_holders()) == 3
        at.processes.kill("one")
        said = [await at.driver.say(one, chat, "/help") for one, chat in zip(people, chats, strict=True)]
        for chat, after in zip(chats, said, strict=True):
            await at.driver.wait_message(chat, lambda _: True, after=after, timeout=PATIENCE_SECONDS)
        await at.driver.wait_quiet(1.0, PATIENCE_SECONDS)
        answers = [
            len(await at.driver.messages(chat, after=after, from_bot=True))
            for chat, after in zip(chats, said, strict=True)
        ]
        assert answers == [1] * len(chats)


async def test_one_hears_the_second_is_told_so_and_hears_once_the_first_is_gone(tmp_path: Path) -> None:
    async with several(tmp_path) as at:
        await at.processes.start("first", Duty.HEAR, Duty.SPEAK)
        await at.driver.wait_polling()
        await at.processes.start("second", Duty.HEAR, Duty.SPEAK)
        while "stands by" not in at.processes.installation.log.read_text():  # noqa: ASYNC110 # another process is waited for
            await asyncio.sleep(0.05)
        at.processes.kill("first")
        chat = await at.driver.private(at.ann, start=True)
        await at.driver.wait_message(chat, lambda _: True, timeout=PATIENCE_SECONDS)


async def test_two_that_keep_time_fire_each_time_once(tmp_path: Path) -> None:
    async with several(tmp_path, notes_firings=True) as at:
        await furnish(at.app, OURS, PersonId(at.ann.id), range(0))
        now = at.app.services.clock.now()
        async with at.app.transactions() as tx:
            for job in (Job.EXTRACT, Job.ANALYSE, Job.DIGEST):
                await tx.schedules.put(Schedule(job, "every 1", now, OURS.id))
        for name in ("one", "other"):
            await at.processes.start(name, Duty.SCHEDULE)
        firings = at.processes.installation.firings
        begun = len(_lines(firings))
        while len(_lines(firings)) < begun + 12:  # noqa: ASYNC110 # other processes are waited for
            await asyncio.sleep(0.05)
        fired = _lines(firings)
        assert len(fired) == len(set(fired))


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []
