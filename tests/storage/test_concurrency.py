"""Many at once: exactly one wins, the others are told."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from core.domain.daily.schedule import Job, Schedule
from core.domain.ids import ChatId, Kind, UpdateId
from core.domain.person import Project
from core.domain.proposal import ProposalStatus
from core.domain.run import RunStatus
from core.errors import RunTaken, Stale
from core.ports.inbox import Incoming
from storage.engine import open_engine
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions
from tests.storage.making import (
    NOON,
    StillClock,
    a_batch,
    a_proposal,
    a_run,
    a_spot,
    minutes,
    settled,
    stored_project,
)

EIGHT = 8


async def _outcomes(
    transactions: list[SqlTransactions], work: Callable[[SqlTransactions], Awaitable[object]]
) -> Counter[str]:
    """What became of each, by name of the error or "won"."""
    results = await asyncio.gather(*(work(one) for one in transactions), return_exceptions=True)
    return Counter(type(one).__name__ if isinstance(one, BaseException) else "won" for one in results)


@pytest.fixture(params=["one process", "eight processes"])
async def eight(
    request: pytest.FixtureRequest, url: str, transactions: SqlTransactions
) -> AsyncIterator[list[SqlTransactions]]:
    """Eight transactions on one database: through one pool, or through one each as processes have."""
    if request.param == "one process":
        yield [transactions] * EIGHT
        return
    opened = [SqlTransactions(open_engine(url), StillClock()) for _ in range(EIGHT)]
    yield opened
    for one in opened:
        await one.database.dispose()


async def test_one_of_eight_settles_a_proposal(
    transactions: SqlTransactions, eight: list[SqlTransactions]
) -> None:
    proposal = a_proposal(await stored_project(transactions))
    async with transactions() as tx:
        await tx.proposals.add(proposal)

    async def settle(transactions: SqlTransactions) -> None:
        async with transactions() as tx:
            await tx.proposals.save(settled(proposal, ProposalStatus.APPROVED))

    assert await _outcomes(eight, settle) == {"won": 1, Stale.__name__: 7}


async def test_one_of_eight_opens_a_run(
    transactions: SqlTransactions, eight: list[SqlTransactions]
) -> None:
    project = await stored_project(transactions)

    async def start(transactions: SqlTransactions) -> None:
        async with transactions() as tx:
            number = await tx.projects.next_number(project.id, Kind.RUN)
            await tx.runs.add(a_run(project, number))

    assert await _outcomes(eight, start) == {"won": 1, RunTaken.__name__: 7}
    async with transactions.reading() as tx:
        assert await tx.runs.count(project.id) == 1


async def test_all_eight_get_numbers_of_their_own(
    transactions: SqlTransactions, eight: list[SqlTransactions]
) -> None:
    project = await stored_project(transactions)
    numbers: list[int] = []

    async def take(transactions: SqlTransactions) -> None:
        async with transactions() as tx:
            numbers.append(await tx.projects.next_number(project.id, Kind.TASK))

    assert await _outcomes(eight, take) == {"won": EIGHT}
    assert sorted(numbers) == list(range(1, EIGHT + 1))


async def _batches(transactions: SqlTransactions, project: Project, number: int) -> None:
    run = a_run(project, status=RunStatus.RUNNING)
    async with transactions() as tx:
        await tx.runs.add(run)
        await tx.runs.add_batches([a_batch(run, index) for index in range(number)])


async def test_a_batch_is_claimed_by_one_worker(
    transactions: SqlTransactions, eight: list[SqlTransactions]
) -> None:
    await _batches(transactions, await stored_project(transactions), 20)
    claimed: list[int] = []

    async def work(transactions: SqlTransactions) -> None:
        while True:
            async with transactions() as tx:
                batch = await tx.runs.claim_batch(NOON, NOON + minutes(2))
            if batch is None:
                return
            claimed.append(batch.index)

    assert await _outcomes(eight, work) == {"won": EIGHT}
    assert sorted(claimed) == list(range(20))


async def test_a_spot_is_leased_by_one_painter(
    transactions: SqlTransactions, eight: list[SqlTransactions]
) -> None:
    async with transactions() as tx:
        for chat in range(1, 21):
            await tx.spots.add(a_spot(chat_id=ChatId(-chat)))
    leased: list[int] = []

    async def paint(transactions: SqlTransactions) -> None:
        async with transactions() as tx:
            spots = await tx.spots.lease_due(NOON, NOON + minutes(1), 3, frozenset())
        leased.extend(spot.chat_id for spot in spots)

    assert await _outcomes(eight, paint) == {"won": EIGHT}
    assert sorted(leased) == list(range(-20, 0))


async def test_a_firing_is_one_schedulers(
    transactions: SqlTransactions, eight: list[SqlTransactions]
) -> None:
    schedule = Schedule(Job.PURGE, "every 60", NOON)
    async with transactions() as tx:
        await tx.schedules.put(schedule)
    moved: list[bool] = []

    async def fire(transactions: SqlTransactions) -> None:
        async with transactions() as tx:
            moved.append(await tx.schedules.move(schedule, NOON + minutes(1)))

    assert await _outcomes(eight, fire) == {"won": EIGHT}
    assert moved.count(True) == 1


async def test_an_update_taken_by_two_has_one_effect(
    transactions: SqlTransactions, eight: list[SqlTransactions]
) -> None:
    project = await stored_project(transactions)
    inbox = SqlInbox(transactions.database)
    await inbox.keep([Incoming(UpdateId(1), 1, "{}", NOON)])

    async def take(transactions: SqlTransactions) -> None:
        with SqlInbox(transactions.database).taking([UpdateId(1)]):
            async with transactions() as tx:
                number = await tx.projects.next_number(project.id, Kind.PROPOSAL)
                await tx.proposals.add(a_proposal(project, number))

    assert await _outcomes(eight, take) == {"won": 1, Stale.__name__: 7}
    async with transactions.reading() as tx:
        assert await tx.proposals.count_pending(project.id) == 1
