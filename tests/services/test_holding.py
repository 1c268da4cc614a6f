"""Leases: kept while an analyst works, noticed when lost, given back when the program ends."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest

from core.domain.conversation import Extraction, Reading
from core.domain.run import Batch, BatchStatus, RunStatus, Stage
from core.errors import StorageFailed
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.runs import work
from core.services.runs.work import Work
from tests.builders import PROJECT
from tests.fakes import ScriptedAnalyst
from tests.house import House, each_message_a_note, each_note_a_task

LEASE = timedelta(seconds=120)


@dataclass
class SlowAnalyst(ScriptedAnalyst):
    """Answers when it is let; `asked` is set once it is at work, `times` is how often it was."""

    times: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    let: asyncio.Event = field(default_factory=asyncio.Event)

    async def extract(self, reading: Reading) -> Extraction:
        self.times += 1
        self.asked.set()
        await self.let.wait()
        return await super().extract(reading)


@dataclass
class Slow:
    """A house in which one batch is being worked on."""

    house: House
    work: Work
    analyst: SlowAnalyst

    async def batch(self) -> Batch:
        run = await self.house.do.runs.find(PROJECT, None)
        async with self.house.transactions.reading() as tx:
            [batch] = await tx.runs.list_batches(run.id)
        return batch

    async def status(self) -> RunStatus:
        return (await self.house.do.runs.find(PROJECT, None)).status


@pytest.fixture
async def slow(house: House) -> Slow:
    analyst = SlowAnalyst(each_message_a_note, each_note_a_task)
    reading = house.do.work.reading
    answering = replace(reading.answering, rules=analyst)
    work = replace(house.do.work, reading=replace(reading, answering=answering))
    await house.say("login is dead")
    await house.offer(Stage.KNOWLEDGE)
    await work.plan_next()
    return Slow(house, work, analyst)


async def test_a_beat_keeps_a_long_batch_from_being_taken_over(slow: Slow) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(slow.work.work_next())
        await slow.analyst.asked.wait()
        slow.house.clock.move(seconds=100)
        await slow.work.holding.beat()
        slow.house.clock.move(seconds=100)
        assert (await slow.batch()).lease_until == slow.house.clock.now() + LEASE - timedelta(seconds=100)
        assert not await slow.house.do.work.work_next()
        slow.analyst.let.set()
    assert await slow.status() is RunStatus.COMPLETED
    assert (await slow.batch()).attempts == 1


async def test_a_lease_lost_is_noticed_at_the_next_beat_and_nothing_of_it_is_committed(slow: Slow) -> None:
    async with asyncio.TaskGroup() as group:
        losing = group.create_task(slow.work.work_next())
        await slow.analyst.asked.wait()
        slow.house.clock.move(seconds=121)
        async with slow.house.transactions() as tx:
            taken = await tx.runs.claim_batch(slow.house.clock.now(), slow.house.clock.now() + LEASE)
        await slow.work.holding.beat()
        # It ends though its analyst never answers.
        assert await losing
    assert await slow.batch() == taken
    assert slow.work.holding.in_hand == []


async def test_a_worker_that_is_stopped_gives_its_batch_back_uncounted(slow: Slow) -> None:
    async with asyncio.TaskGroup() as group:
        stopped = group.create_task(slow.work.work_next())
        await slow.analyst.asked.wait()
        stopped.cancel()
    batch = await slow.batch()
    assert (batch.status, batch.attempts, batch.lease_until) == (BatchStatus.WAITING, 0, None)
    assert await slow.house.do.work.work_next()
    assert await slow.status() is RunStatus.COMPLETED


@dataclass(frozen=True)
class Flaky:
    """Transactions of which some, by their turn from 1, cannot be committed; `turns` counts them."""

    whole: Transactions
    failing: range
    turns: "count[int]" = field(default_factory=lambda: count(1))

    @asynccontextmanager
    async def __call__(self) -> AsyncGenerator[UnitOfWork]:
        turn = next(self.turns)
        async with self.whole() as tx:
            yield tx
            if turn in self.failing:
                raise StorageFailed("busy", "")

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self.whole.reading()

    def glancing(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self.whole.glancing()

    def after_commit(self, call: Callable[[], None]) -> None:
        self.whole.after_commit(call)


async def test_a_result_waits_for_the_database_and_is_not_asked_for_again(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "AFTER_FAILURE_SECONDS", 0.0)
    # The first is the claim; then its result cannot be committed three times.
    flaky = Flaky(slow.work.transactions, range(2, 5))
    slow.analyst.let.set()
    assert await replace(slow.work, transactions=flaky).work_next()
    assert (slow.analyst.times, next(flaky.turns)) == (1, 6)
    assert await slow.status() is RunStatus.COMPLETED
    assert ((await slow.batch()).status, (await slow.batch()).attempts) == (BatchStatus.DONE, 1)
    assert slow.work.holding.in_hand == []


async def test_a_batch_is_claimed_by_its_id_once(slow: Slow) -> None:
    slow.analyst.let.set()
    batch = await slow.batch()
    assert not await slow.work.work_next(PROJECT)
    assert await slow.work.work_next(batch.id)
    assert not await slow.work.work_next(batch.id)
