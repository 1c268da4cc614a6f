"""Runs: one open a project and stage, batches claimed by one worker at a time."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from core.domain.run import Accuracy, Batch, BatchStatus, Outcomes, Run, RunStatus, Stage
from core.errors import NotFound, RunTaken, Stale
from storage.unit_of_work import SqlTransactions, SqlUnitOfWork
from tests.storage.making import NOON, a_batch, a_run, key, minutes, new_id, stored_project

LEASE = NOON + minutes(2)
OPEN = (RunStatus.PENDING, RunStatus.RUNNING, RunStatus.COMPLETED, RunStatus.REVIEWED)
OVER = (RunStatus.CLOSED, RunStatus.FAILED, RunStatus.CANCELLED)


async def test_a_run_comes_back_whole_and_is_swapped_by_revision(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    outcomes = Outcomes(approved_edited=2)
    accuracy = Accuracy(outcomes, {"0.8": outcomes}, {"bug": outcomes}, 4.5)
    run = a_run(project, accuracy=accuracy, cost_usd=None)
    async with transactions() as tx:
        await tx.runs.add(run)
        assert await tx.runs.get(run.id) == run
        saved = await tx.runs.save(run.start(NOON))
        assert await tx.runs.get(run.id) == saved
        with pytest.raises(Stale):
            await tx.runs.save(run.start(NOON))
        with pytest.raises(NotFound):
            await tx.runs.get(new_id())


@pytest.mark.parametrize("status", OPEN)
async def test_an_open_run_holds_its_slot(transactions: SqlTransactions, status: RunStatus) -> None:
    project, other = await stored_project(transactions), await stored_project(transactions)
    run = a_run(project, 1, status=status)
    async with transactions() as tx:
        await tx.runs.add(run)
        await tx.runs.add(a_run(project, 2, stage=Stage.TASKS))
        await tx.runs.add(a_run(other, 1))
        assert await tx.runs.find_open(project.id, Stage.KNOWLEDGE) == run
        with pytest.raises(RunTaken):
            await tx.runs.add(a_run(project, 3))


@pytest.mark.parametrize("status", OVER)
async def test_a_run_that_is_over_holds_none(transactions: SqlTransactions, status: RunStatus) -> None:
    project = await stored_project(transactions)
    async with transactions() as tx:
        await tx.runs.add(a_run(project, 1, status=status))
        assert await tx.runs.find_open(project.id, Stage.KNOWLEDGE) is None
        await tx.runs.add(a_run(project, 2))


async def test_resuming_into_a_held_slot_is_refused(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    failed = a_run(project, 1, status=RunStatus.FAILED)
    async with transactions() as tx:
        await tx.runs.add(failed)
        await tx.runs.add(a_run(project, 2))
    with pytest.raises(RunTaken):
        async with transactions() as tx:
            await tx.runs.save(failed.resume())
    async with transactions.reading() as tx:
        assert await tx.runs.get(failed.id) == failed


async def test_a_number_is_given_once(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    with pytest.raises(IntegrityError):
        async with transactions() as tx:
            await tx.runs.add(a_run(project, 1, status=RunStatus.CLOSED))
            await tx.runs.add(a_run(project, 1))


async def test_runs_are_listed_newest_first(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    runs = [
        a_run(project, 1, status=RunStatus.CLOSED),
        a_run(project, 2, status=RunStatus.CLOSED, stage=Stage.TASKS),
        a_run(project, 3),
    ]
    async with transactions() as tx:
        for run in runs:
            await tx.runs.add(run)
        assert await tx.runs.list_of(project.id, 2) == runs[:0:-1]
        assert await tx.runs.list_of(project.id, 2, 2) == [runs[0]]
        assert await tx.runs.count(project.id) == 3
        assert await tx.runs.find_last(project.id) == runs[2]
        assert await tx.runs.find_last(project.id, Stage.TASKS) == runs[1]
        assert await tx.runs.find_by_number(project.id, 1) == runs[0]
        assert await tx.runs.find_by_number(project.id, 9) is None
        assert await tx.runs.list_in(RunStatus.CLOSED) == runs[:2]


async def test_reviewed_runs_are_listed_once_undo_is_over(transactions: SqlTransactions) -> None:
    projects = [await stored_project(transactions) for _ in range(3)]
    statuses = (RunStatus.REVIEWED, RunStatus.REVIEWED, RunStatus.CLOSED)
    async with transactions() as tx:
        for minute, (project, status) in enumerate(zip(projects, statuses, strict=True)):
            await tx.runs.add(a_run(project, status=status, reviewed_at=NOON + minutes(minute)))
        found = await tx.runs.list_reviewed_before(NOON + minutes(1))
    assert [run.project_id for run in found] == [projects[0].id]


async def _planned(tx: SqlUnitOfWork, run: Run, *batches: Batch) -> None:
    await tx.runs.add(run)
    await tx.runs.add_batches(batches)


async def test_batches_come_back_by_index(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    run = a_run(project)
    first = a_batch(run, 0, messages=(key(1), key(2, -5)), context=(key(0),), left_out=(key(3),))
    second = a_batch(run, 1, atoms=(new_id(),), dropped={"quote": 1}, error="x")
    async with transactions() as tx:
        await _planned(tx, run, second, first)
        await tx.runs.add_batches([])
        assert await tx.runs.list_batches(run.id) == [first, second]
        assert await tx.runs.statuses_of_batches(run.id) == {first.status, second.status}
        assert await tx.runs.statuses_of_batches(new_id()) == frozenset()
        assert await tx.runs.get_batch(second.id) == second
        with pytest.raises(NotFound):
            await tx.runs.get_batch(new_id())


async def test_waiting_batches_are_claimed_in_order_then_none(transactions: SqlTransactions) -> None:
    project = await stored_project(transactions)
    run = a_run(project, status=RunStatus.RUNNING)
    batches = [a_batch(run, index) for index in (1, 0)]
    async with transactions() as tx:
        await _planned(tx, run, *batches)
        claimed = [await tx.runs.claim_batch(NOON, LEASE) for _ in range(3)]
    assert claimed == [
        replace(batches[1], status=BatchStatus.CLAIMED, attempts=1, lease_until=LEASE),
        replace(batches[0], status=BatchStatus.CLAIMED, attempts=1, lease_until=LEASE),
        None,
    ]


@pytest.mark.parametrize("status", [status for status in RunStatus if status is not RunStatus.RUNNING])
async def test_only_batches_of_running_runs_are_claimed(
    transactions: SqlTransactions, status: RunStatus
) -> None:
    project = await stored_project(transactions)
    run = a_run(project, status=status)
    async with transactions() as tx:
        await _planned(tx, run, a_batch(run))
        assert await tx.runs.claim_batch(NOON, LEASE) is None


@pytest.mark.parametrize("status", [BatchStatus.DONE, BatchStatus.FAILED])
async def test_what_is_done_or_failed_is_not_claimed(
    transactions: SqlTransactions, status: BatchStatus
) -> None:
    project = await stored_project(transactions)
    run = a_run(project, status=RunStatus.RUNNING)
    async with transactions() as tx:
        await _planned(tx, run, a_batch(run, status=status))
        assert await tx.runs.claim_batch(NOON, LEASE) is None


async def test_a_claim_whose_lease_ran_out_is_taken_over_and_its_holder_refused(
    transactions: SqlTransactions,
) -> None:
    project = await stored_project(transactions)
    run = a_run(project, status=RunStatus.RUNNING)
    async with transactions() as tx:
        await _planned(tx, run, a_batch(run))
        held = await tx.runs.claim_batch(NOON, LEASE)
        assert held is not None
        assert await tx.runs.claim_batch(LEASE - minutes(1), LEASE) is None
        later = LEASE + minutes(2)
        taken = await tx.runs.claim_batch(LEASE, later)
        assert taken == replace(held, attempts=2, lease_until=later)
        with pytest.raises(Stale):
            await tx.runs.save_batch(held.done(1.5, {}), expected_lease=LEASE)
        assert taken is not None
        done = taken.done(2.5, {"quote": 1})
        await tx.runs.save_batch(done, expected_lease=later)
        assert await tx.runs.get_batch(held.id) == done
        await tx.runs.save_batch(done.waiting())
        assert await tx.runs.get_batch(held.id) == done.waiting()
