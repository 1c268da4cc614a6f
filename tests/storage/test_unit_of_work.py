"""Transactions: all or nothing, spoken of after the commit, and updates done with their effect."""

import asyncio

import pytest
import sqlalchemy as sa
from sqlmodel import col

from core.domain.ids import UpdateId
from core.errors import Bug, NotFound, Stale
from core.ports.inbox import Incoming
from storage.engine import Database
from storage.inbox import SqlInbox
from storage.tables import IncomingRow
from storage.unit_of_work import SqlTransactions
from tests.storage.making import NOON, a_chat, a_project, minutes

ONE, TWO = UpdateId(11), UpdateId(12)


class Trouble(Exception):
    """Something went wrong in the block."""


def _update(update_id: int, lane: int = 1) -> Incoming:
    return Incoming(UpdateId(update_id), lane, f'{{"update_id": {update_id}}}', NOON)


async def _stored(database: Database) -> dict[int, tuple[str, str]]:
    """Status and payload by update id."""
    columns = (col(IncomingRow.update_id), col(IncomingRow.status), col(IncomingRow.payload))
    async with database.reading() as connection:
        rows = (await connection.execute(sa.select(*columns))).all()
    return {update_id: (status, payload) for update_id, status, payload in rows}


async def test_a_block_that_ends_well_is_committed(transactions: SqlTransactions) -> None:
    project = a_project()
    async with transactions() as tx:
        await tx.projects.add(project)
    async with transactions.reading() as tx:
        assert await tx.projects.list_all() == [project]


@pytest.mark.parametrize("error", [Trouble, asyncio.CancelledError, NotFound("x", "y")])
async def test_a_block_that_raises_is_rolled_back(
    transactions: SqlTransactions, error: type[BaseException] | BaseException
) -> None:
    with pytest.raises(error if isinstance(error, type) else type(error)):
        async with transactions() as tx:
            await tx.projects.add(a_project())
            raise error
    async with transactions() as tx:
        assert await tx.projects.list_all() == []


async def test_a_reading_sees_one_moment(transactions: SqlTransactions) -> None:
    async with transactions.reading() as reading:
        assert await reading.projects.list_all() == []
        async with transactions() as tx:
            await tx.projects.add(a_project())
        assert await reading.projects.list_all() == []


async def test_a_reading_within_another_joins_it(transactions: SqlTransactions) -> None:
    async with transactions.reading() as outer:
        assert await outer.projects.list_all() == []
        async with transactions() as tx:
            await tx.projects.add(a_project())
        async with transactions.reading() as inner:
            assert inner is outer
            assert await inner.projects.list_all() == []


async def test_readings_within_readings_of_many_tasks_never_wait_for_each_other(
    transactions: SqlTransactions,
) -> None:
    all_look = asyncio.Barrier(4)

    async def look_twice() -> None:
        async with transactions.reading() as tx:
            await tx.projects.list_all()
            await all_look.wait()
            async with transactions.reading() as again:
                await again.projects.list_all()

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(look_twice())


async def test_a_task_begun_in_a_reading_has_a_view_of_its_own(transactions: SqlTransactions) -> None:
    async def count() -> int:
        async with transactions.reading() as tx:
            return len(await tx.projects.list_all())

    async with transactions.reading() as tx:
        await tx.projects.list_all()
        async with transactions() as writing:
            await writing.projects.add(a_project())
        async with asyncio.TaskGroup() as group:
            counting = group.create_task(count())
    assert counting.result() == 1


async def test_writing_in_a_reading_is_a_bug(transactions: SqlTransactions) -> None:
    with pytest.raises(Bug, match="reading"):
        async with transactions.reading() as tx:
            await tx.chats.put(a_chat())


async def test_a_writing_transaction_within_another_joins_it(transactions: SqlTransactions) -> None:
    said: list[str] = []
    with pytest.raises(Trouble):
        async with transactions() as outer:
            async with transactions() as inner:
                await inner.projects.add(a_project())
                transactions.after_commit(lambda: said.append("inner"))
            assert inner is outer
            raise Trouble
    async with transactions.reading() as tx:
        assert await tx.projects.list_all() == []
    assert said == []


async def test_another_task_may_write_when_this_one_is_done(transactions: SqlTransactions) -> None:
    async def add() -> None:
        async with transactions() as tx:
            await tx.projects.add(a_project())

    async with transactions() as tx:
        other = asyncio.ensure_future(add())
        await asyncio.sleep(0)
        assert await tx.projects.list_all() == []
    await other
    async with transactions.reading() as tx:
        assert len(await tx.projects.list_all()) == 1


async def test_calls_run_in_order_once_the_commit_is_visible(transactions: SqlTransactions) -> None:
    said: list[str] = []
    async with transactions() as tx:
        transactions.after_commit(lambda: said.append("one"))
        await tx.projects.add(a_project())
        transactions.after_commit(lambda: said.append("two"))
        assert said == []
    assert said == ["one", "two"]


async def test_calls_of_a_rolled_back_block_never_run(transactions: SqlTransactions) -> None:
    said: list[str] = []
    with pytest.raises(Trouble):
        async with transactions():
            transactions.after_commit(lambda: said.append("one"))
            raise Trouble
    async with transactions():
        pass
    assert said == []


async def test_calls_need_a_transaction(transactions: SqlTransactions) -> None:
    with pytest.raises(Bug):
        transactions.after_commit(lambda: None)


async def test_updates_are_kept_once_and_wait_in_order_of_arrival(inbox: SqlInbox) -> None:
    assert await inbox.last_offset() == 0
    assert await inbox.keep([_update(12), _update(11), _update(12)]) == 2
    assert await inbox.keep([_update(11), _update(5)]) == 1
    assert await inbox.keep([]) == 0
    assert await inbox.waiting(9) == [_update(12), _update(11), _update(5)]
    assert await inbox.waiting(1) == [_update(12)]
    assert await inbox.last_offset() == 12


async def test_what_waits_is_told_without_the_lanes_that_are_held(inbox: SqlInbox) -> None:
    await inbox.keep([_update(11, lane=1), _update(12, lane=2), _update(13, lane=3), _update(14, lane=2)])
    assert await inbox.waiting(9, frozenset({1, 3})) == [_update(12, lane=2), _update(14, lane=2)]
    assert await inbox.waiting(1, frozenset({1})) == [_update(12, lane=2)]


async def test_the_effect_marks_its_updates_done_and_empties_them(
    transactions: SqlTransactions, inbox: SqlInbox, database: Database
) -> None:
    await inbox.keep([_update(11), _update(12), _update(13)])
    with inbox.taking([ONE, TWO, ONE]):
        async with transactions() as tx:
            await tx.projects.add(a_project())
    assert [one.update_id for one in await inbox.waiting(9)] == [13]
    assert (await _stored(database))[11] == ("done", "")
    assert await inbox.keep([_update(11)]) == 0


async def test_an_effect_rolled_back_leaves_its_updates_waiting_and_may_be_tried_again(
    transactions: SqlTransactions, inbox: SqlInbox
) -> None:
    await inbox.keep([_update(11)])
    with inbox.taking([ONE]):
        with pytest.raises(Stale):
            async with transactions():
                raise Stale("proposal", "x")
        assert len(await inbox.waiting(9)) == 1
        async with transactions():
            pass
    assert await inbox.waiting(9) == []


async def test_a_second_effect_of_one_update_is_a_bug(
    transactions: SqlTransactions, inbox: SqlInbox
) -> None:
    await inbox.keep([_update(11)])
    with inbox.taking([ONE]):
        async with transactions.reading():
            pass
        async with transactions():
            pass
        async with transactions.reading():
            pass
        with pytest.raises(Bug, match="second"):
            async with transactions():
                pass


async def test_an_update_done_meanwhile_has_no_second_effect(
    transactions: SqlTransactions, inbox: SqlInbox
) -> None:
    await inbox.keep([_update(11)])
    await inbox.done([ONE])
    with inbox.taking([ONE]), pytest.raises(Stale):
        async with transactions() as tx:
            await tx.projects.add(a_project())
    async with transactions.reading() as tx:
        assert await tx.projects.list_all() == []


async def test_transactions_of_other_tasks_and_times_take_nothing(
    transactions: SqlTransactions, inbox: SqlInbox
) -> None:
    async def write() -> None:
        async with transactions():
            pass

    await inbox.keep([_update(11)])
    with inbox.taking([ONE]):
        await asyncio.gather(write(), write())
    await write()
    assert len(await inbox.waiting(9)) == 1


async def test_updates_without_effect_are_done(inbox: SqlInbox, database: Database) -> None:
    await inbox.keep([_update(number) for number in range(1, 1101)])
    await inbox.done([UpdateId(number) for number in range(1, 1100)])
    await inbox.done([UpdateId(1)])
    assert await inbox.waiting(9) == [_update(1100)]
    assert (await _stored(database))[1] == ("done", "")


async def test_failures_are_counted_until_the_update_is_set_aside(
    inbox: SqlInbox, database: Database
) -> None:
    await inbox.keep([_update(11), _update(12)])
    assert [await inbox.failed(ONE, "x") for _ in range(2)] == [1, 2]
    assert (await inbox.waiting(1))[0].attempts == 2
    await inbox.set_aside(ONE, "gave up")
    assert [one.update_id for one in await inbox.waiting(9)] == [12]
    assert (await _stored(database))[11] == ("aside", _update(11).payload)
    await inbox.done([ONE])
    assert (await _stored(database))[11][0] == "aside"
    with pytest.raises(NotFound):
        await inbox.failed(UpdateId(99), "x")


async def test_an_update_keeps_when_it_was_received(inbox: SqlInbox) -> None:
    later = Incoming(ONE, -100, "{}", NOON + minutes(3))
    await inbox.keep([later])
    assert await inbox.waiting(1) == [later]
