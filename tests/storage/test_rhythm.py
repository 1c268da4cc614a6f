"""History, events, schedules and digests."""

from datetime import date
from uuid import UUID

import pytest

from core.domain.daily.digest import DigestKey
from core.domain.daily.schedule import Job, Schedule
from core.domain.history import Change, Event, EventTopic
from core.domain.ids import Kind, PersonId, Ref
from core.domain.run import Window
from core.domain.watching import Watch, Watched
from storage.unit_of_work import SqlTransactions
from tests.builders import a_project
from tests.storage.making import NOON, minutes, new_id

LATER = NOON + minutes(5)


async def test_history_is_told_newest_first(transactions: SqlTransactions) -> None:
    item = Ref(Kind.PROPOSAL, new_id())
    before, after = {"title": "Login"}, {"title": "Logout"}
    changes = [
        Change(new_id(), item, NOON + minutes(minute), "edited", "@ann", PersonId(1), before, after)
        for minute in (1, 2, 2)
    ]
    async with transactions() as tx:
        for change in (*changes, Change(new_id(), Ref(Kind.TASK, new_id()), NOON, "x", "y")):
            await tx.history.add(change)
        assert await tx.history.list_of(item, 9) == changes[::-1]
        assert await tx.history.list_of(item, 1) == changes[2:]


async def test_events_are_counted_by_name_and_window(transactions: SqlTransactions) -> None:
    project = new_id()
    async with transactions() as tx:
        for name, minute in (("filtered", 0), ("filtered", 4), ("filtered", 5), ("other", 1)):
            at = NOON + minutes(minute)
            await tx.history.tell(Event(new_id(), project, EventTopic.NOISE, name, at, {"k": "v"}))
        assert await tx.history.count_events(project, "filtered", Window(NOON, LATER)) == 2
        assert await tx.history.count_events(new_id(), "filtered", Window(NOON, LATER)) == 0


@pytest.mark.parametrize("project_id", [None, new_id()], ids=["installation", "project"])
async def test_a_schedule_is_put_and_found(transactions: SqlTransactions, project_id: UUID | None) -> None:
    schedule = Schedule(Job.DIGEST, "09:00", NOON, project_id, "Europe/Kyiv")
    async with transactions() as tx:
        await tx.schedules.put(Schedule(Job.DIGEST, "08:00", None, schedule.project_id))
        await tx.schedules.put(schedule)
        assert await tx.schedules.find(schedule.project_id, Job.DIGEST) == schedule
        assert await tx.schedules.list_of(schedule.project_id) == [schedule]
        assert await tx.schedules.find(schedule.project_id, Job.PURGE) is None
        assert await tx.schedules.list_of(new_id()) == []


async def test_due_schedules_come_longest_waiting_first(transactions: SqlTransactions) -> None:
    project = new_id()
    now = Schedule(Job.DIGEST, "09:00", NOON, project)
    before = Schedule(Job.PURGE, "every 60", NOON - minutes(1))
    async with transactions() as tx:
        off = Schedule(Job.EXTRACT, "", None, project)
        for schedule in (now, before, off, Schedule(Job.ANALYSE, "x", LATER, project)):
            await tx.schedules.put(schedule)
        assert await tx.schedules.list_due(NOON) == [before, now]


async def test_a_firing_is_taken_once(transactions: SqlTransactions) -> None:
    schedule = Schedule(Job.DIGEST, "09:00", NOON, new_id())
    async with transactions() as tx:
        await tx.schedules.put(schedule)
        assert await tx.schedules.move(schedule, LATER)
        assert not await tx.schedules.move(schedule, LATER + minutes(1))
        (moved,) = await tx.schedules.list_of(schedule.project_id)
        assert moved.next_at == LATER
        assert await tx.schedules.move(moved, None)
        assert await tx.schedules.move(Schedule(Job.DIGEST, "09:00", None, schedule.project_id), NOON)


async def test_a_day_is_told_once(transactions: SqlTransactions) -> None:
    project = new_id()
    async with transactions() as tx:
        today = DigestKey(project, date(2025, 11, 11))
        assert await tx.digests.claim(today, NOON)
        assert not await tx.digests.claim(today, LATER)
        assert await tx.digests.claim(DigestKey(project, date(2025, 11, 12)), LATER)


async def test_events_are_listed_by_topic_and_window_oldest_first(transactions: SqlTransactions) -> None:
    project = new_id()
    told = [
        Event(new_id(), project, topic, "x", NOON + minutes(minute), {"task": "T-1"})
        for topic, minute in (
            (EventTopic.TASKS, 2),
            (EventTopic.RUNS, 1),
            (EventTopic.NOISE, 1),
            (EventTopic.RUNS, 5),
        )
    ]
    async with transactions() as tx:
        for event in told:
            await tx.history.tell(event)
        found = await tx.history.list_events(
            project, (EventTopic.RUNS, EventTopic.TASKS), Window(NOON, LATER)
        )
    assert found == [told[1], told[0]]


async def test_what_is_followed_is_kept_a_person_and_thing(transactions: SqlTransactions) -> None:
    async with transactions() as tx:
        project = a_project()
        await tx.projects.add(project)
        first = Watch(project.id, PersonId(7), Watched.RUNS, is_on=True, told_at=NOON)
        other = Watch(project.id, PersonId(8), Watched.DIGEST, is_on=False, told_at=NOON)
        for watch in (first, other, first.turned(LATER)):
            await tx.watches.put(watch)
        assert await tx.watches.list_of(project.id, Watched) == [first.turned(LATER), other]
        assert await tx.watches.list_of(project.id, (Watched.DIGEST,)) == [other]
