"""Wake-ups and ids reach other processes of the same bot; the server may go and come."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from bot.work.carrying import Carrier, Workplace, ask
from core.ports.world import Lane
from tests.nats import NatsServer, served_nats

GIVE_UP_SECONDS = 150.0
"""Only how late a failure is noticed; what was on its way to a dead connection comes again after 30 s."""
IDS = [UUID(int=number) for number in range(1, 7)]
_bots = count(1)
"""Each test is a bot of its own: one server serves them all."""


@pytest.fixture(scope="module")
def nats(tmp_path_factory: pytest.TempPathFactory) -> Generator[NatsServer]:
    with served_nats(tmp_path_factory.mktemp("nats")) as server:
        yield server


@pytest.fixture
def bot_id() -> int:
    return next(_bots)


@dataclass
class Worker:
    """Notes what it was given; takes nothing to its end while `let` is not set."""

    taken: list[UUID] = field(default_factory=list[UUID])
    ended: list[UUID] = field(default_factory=list[UUID])
    let: asyncio.Event = field(default_factory=asyncio.Event)
    was_cancelled: bool = False

    async def take(self, batch_id: UUID) -> None:
        self.taken.append(batch_id)
        try:
            await self.let.wait()
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise
        self.ended.append(batch_id)


@asynccontextmanager
async def carrying(
    url: str, bot_id: int, worker: Worker | None = None, *, finish_seconds: float = 30.0
) -> AsyncGenerator[Carrier]:
    carrier, leaving = Carrier(url, bot_id), asyncio.Event()
    workplace = Workplace(worker.take, 2, finish_seconds) if worker else None
    async with asyncio.timeout(GIVE_UP_SECONDS), asyncio.TaskGroup() as group:
        group.create_task(carrier.run(leaving, workplace))
        yield carrier
        leaving.set()


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():  # noqa: ASYNC110 # another process is waited for
        await asyncio.sleep(0.01)


async def test_a_wake_up_reaches_the_other_process_and_wakes_its_own_at_once(
    nats: NatsServer, bot_id: int
) -> None:
    async with carrying(nats.url, bot_id) as one, carrying(nats.url, bot_id) as other:
        while not await other.wait(Lane.SPOTS, 0.1):
            one.wake(Lane.SPOTS)
            assert await one.wait(Lane.SPOTS, 0)
        assert not await other.wait(Lane.INBOX, 0)


async def test_another_bots_processes_are_not_woken(nats: NatsServer, bot_id: int) -> None:
    async with (
        carrying(nats.url, bot_id) as one,
        carrying(nats.url, bot_id) as same,
        carrying(nats.url, next(_bots)) as stranger,
    ):
        while not await same.wait(Lane.SPOTS, 0.1):
            one.wake(Lane.SPOTS)
        assert not await stranger.wait(Lane.SPOTS, 0.1)


async def test_each_id_goes_to_one_worker_that_is_free(nats: NatsServer, bot_id: int) -> None:
    workers = Worker(), Worker()
    async with (
        carrying(nats.url, bot_id, workers[0]) as one,
        carrying(nats.url, bot_id, workers[1]),
    ):
        one.wake(Lane.BATCHES, IDS)
        await until(lambda: len(workers[0].taken) == len(workers[1].taken) == 2)
        for worker in workers:
            worker.let.set()
        await until(lambda: len(workers[0].ended) + len(workers[1].ended) == len(IDS))
    assert sorted(workers[0].ended + workers[1].ended) == IDS


async def test_ids_wait_for_a_worker_to_come(nats: NatsServer, bot_id: int) -> None:
    async with carrying(nats.url, bot_id) as one, carrying(nats.url, bot_id) as witness:
        one.wake(Lane.BATCHES, IDS[:1])
        await witness.wait(Lane.BATCHES, 20)
    worker = Worker()
    worker.let.set()
    async with carrying(nats.url, bot_id, worker):
        await until(lambda: worker.ended == IDS[:1])


async def test_who_leaves_finishes_what_is_under_way_and_takes_no_more(
    nats: NatsServer, bot_id: int
) -> None:
    worker = Worker()
    async with carrying(nats.url, bot_id, worker) as one:
        one.wake(Lane.BATCHES, IDS)
        await until(lambda: len(worker.taken) == 2)
        asyncio.get_running_loop().call_later(0.3, worker.let.set)
    assert sorted(worker.ended) == sorted(worker.taken)
    assert len(worker.taken) == 2


async def test_what_takes_too_long_to_finish_is_cancelled(nats: NatsServer, bot_id: int) -> None:
    worker = Worker()
    async with carrying(nats.url, bot_id, worker, finish_seconds=0.1) as one:
        one.wake(Lane.BATCHES, IDS[:1])
        await until(lambda: len(worker.taken) == 1)
    assert worker.was_cancelled


async def test_a_restart_of_the_server_is_survived_with_what_it_kept(tmp_path: Path, bot_id: int) -> None:
    with served_nats(tmp_path) as nats:
        worker = Worker()
        async with carrying(nats.url, bot_id, worker) as one:
            one.wake(Lane.BATCHES, IDS)
            await until(lambda: len(worker.taken) == 2)
            nats.kill()
            worker.let.set()
            await until(lambda: len(worker.ended) == 2)
            nats.start()
            await until(lambda: set(worker.ended) == set(IDS))
            late = UUID(int=99)
            one.wake(Lane.BATCHES, [late])
            await until(lambda: late in worker.ended)


async def test_a_server_that_comes_later_is_waited_for_and_its_absence_told_once(
    tmp_path: Path, bot_id: int
) -> None:
    with served_nats(tmp_path) as nats, capture_logs() as logs:
        nats.kill()
        worker = Worker()
        worker.let.set()
        async with carrying(nats.url, bot_id, worker) as one:
            one.wake(Lane.BATCHES, IDS[:1])
            assert await one.wait(Lane.BATCHES, 0)
            # Two attempts to connect: the second is not told again.
            await asyncio.sleep(2.5)
            nats.start()
            await until(lambda: worker.ended == IDS[:1])
        assert len([line for line in logs if "is away" in line["event"]]) == 1


async def test_who_leaves_while_the_server_is_away_leaves(tmp_path: Path, bot_id: int) -> None:
    with served_nats(tmp_path) as nats:
        nats.kill()
        async with carrying(nats.url, bot_id, Worker()) as one:
            one.wake(Lane.SPOTS)


async def test_asking_says_what_is_wrong_with_the_server(nats: NatsServer, tmp_path: Path) -> None:
    assert await ask(nats.url, 10.0) == ""
    with served_nats(tmp_path) as other:
        other.kill()
        assert await ask(other.url, 10.0)


def test_who_has_no_queue_does_not_wait_for_its_libraries() -> None:
    code = "import sys; from bot import running; print({'taskiq', 'nats'} & {one for one in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own program
    assert done.stdout.strip() == "set()"
