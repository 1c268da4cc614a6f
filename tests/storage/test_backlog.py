"""What waits is counted, and nothing that is done, at rest or in somebody's hand."""

from dataclasses import replace

from core.domain.ids import MessageId, UpdateId
from core.domain.run import BatchStatus, RunStatus, Stage
from core.domain.showing.spot import Delivery
from core.ports.backlog import Backlog
from core.ports.inbox import Incoming
from storage.backlog import SqlBacklogs
from storage.engine import Database
from storage.inbox import SqlInbox
from storage.unit_of_work import SqlTransactions
from tests.storage.making import NOON, a_batch, a_run, a_spot, minutes, stored_project

SHOWN = a_spot(message_id=MessageId(5), delivery=Delivery.SHOWN, painted=1, painted_hash="h")


async def test_nothing_waits_in_an_empty_database(database: Database) -> None:
    assert await SqlBacklogs(database).count(NOON) == Backlog(0, 0, 0, None)


async def test_updates_without_effect_are_counted_with_the_age_of_the_oldest(database: Database) -> None:
    inbox = SqlInbox(database)
    await inbox.keep([Incoming(UpdateId(n), 1, "{}", NOON + minutes(n)) for n in (1, 2, 3, 4)])
    await inbox.done([UpdateId(1)])
    await inbox.set_aside(UpdateId(2), "no update")
    found = await SqlBacklogs(database).count(NOON)
    assert (found.updates, found.oldest_update_at) == (2, NOON + minutes(3))


async def test_batches_are_counted_of_runs_that_run(
    database: Database, transactions: SqlTransactions
) -> None:
    project = await stored_project(transactions)
    running = a_run(project, 1, status=RunStatus.RUNNING)
    over = a_run(project, 2, stage=Stage.TASKS, status=RunStatus.CANCELLED)
    async with transactions() as tx:
        for run in (running, over):
            await tx.runs.add(run)
            statuses = (BatchStatus.WAITING, BatchStatus.CLAIMED, BatchStatus.DONE, BatchStatus.FAILED)
            batches = [a_batch(run, index, status=one) for index, one in enumerate(statuses)]
            await tx.runs.add_batches(batches)
    assert (await SqlBacklogs(database).count(NOON)).batches == 2


async def test_spots_are_counted_that_could_be_shown_now(
    database: Database, transactions: SqlTransactions
) -> None:
    spots = [
        a_spot("new"),
        a_spot("at rest", not_before=NOON + minutes(1)),
        a_spot("in hand", lease_until=NOON + minutes(1)),
        a_spot("given up", delivery=Delivery.DROPPED),
        SHOWN,
        replace(SHOWN, id=a_spot().id, repaint_at=NOON),
        replace(SHOWN, id=a_spot().id, repaint_at=NOON + minutes(1)),
    ]
    async with transactions() as tx:
        for spot in spots:
            await tx.spots.add(spot)
    assert (await SqlBacklogs(database).count(NOON)).spots == 2
    assert (await SqlBacklogs(database).count(NOON + minutes(2))).spots == 5
