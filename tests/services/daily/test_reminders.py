"""Reminders: asked for, one a workday in the morning, only when something is due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from core.domain.daily.reminder import Reminder, agenda_of
from core.domain.ids import PersonId
from core.domain.person import Person
from core.domain.showing.spot import Spot
from core.domain.showing.view_living import ReminderCard
from core.domain.task import Assignee, Due, Task, TaskStatus
from tests.builders import PROJECT, START, a_task_draft
from tests.databases import BOTH
from tests.house import House

DATABASES = BOTH

OLYA = PersonId(7)
MONDAY = datetime(2025, 11, 10, 9, 30, tzinfo=UTC)


def a_task(number: int, due: date | None, status: TaskStatus = TaskStatus.OPEN) -> Task:
    draft = replace(
        a_task_draft(), assignee=Assignee("Olya", OLYA), due=Due(due) if due is not None else None
    )
    return Task(UUID(int=70 + number), PROJECT, number, draft, START, status)


async def add(house: House, *tasks: Task) -> None:
    async with house.transactions() as tx:
        for task in tasks:
            await tx.tasks.add(task)


async def wanting(house: House, told_on: date | None = None) -> None:
    async with house.transactions() as tx:
        await tx.reminders.add(Reminder(OLYA, told_on))


async def reminded(house: House) -> list[Spot]:
    async with house.transactions.reading() as tx:
        found = await tx.spots.list_about(UUID(int=71))
    return [spot for spot in found if isinstance(spot.view, ReminderCard)]


@pytest.fixture(autouse=True)
async def morning(house: House) -> None:
    house.clock.move(seconds=(MONDAY - house.clock.now()).total_seconds())
    async with house.transactions() as tx:
        await tx.people.put(Person(OLYA, "Olya", "olya", has_direct_chat=True))


async def test_nobody_is_reminded_who_did_not_ask(house: House) -> None:
    await add(house, a_task(1, MONDAY.date()))
    assert await house.do.reminders.remind_due() == 0


async def test_who_asked_is_told_once_a_day_in_their_direct_chat(house: House) -> None:
    await add(house, a_task(1, MONDAY.date()), a_task(2, None))
    await wanting(house)
    assert await house.do.reminders.remind_due() == 1
    assert await house.do.reminders.remind_due() == 0
    (spot,) = await reminded(house)
    assert (spot.chat_id, spot.reader_id, spot.unasked_in) == (OLYA, OLYA, "UTC")
    house.clock.move(days=1)
    assert await house.do.reminders.remind_due() == 1


@pytest.mark.parametrize(
    ("hours", "days"), [(-2, 0), (11, 0), (0, 5)], ids=["early", "in the evening", "on Saturday"]
)
async def test_quiet_hours_and_weekends_are_kept(house: House, hours: int, days: int) -> None:
    await add(house, a_task(1, MONDAY.date()))
    await wanting(house)
    house.clock.move(seconds=timedelta(hours=hours, days=days).total_seconds())
    assert await house.do.reminders.remind_due() == 0


async def test_nothing_due_is_nothing_to_say(house: House) -> None:
    later = MONDAY.date() + timedelta(days=1)
    await add(house, a_task(1, later), a_task(2, None), a_task(3, MONDAY.date(), TaskStatus.DONE))
    await wanting(house)
    assert await house.do.reminders.remind_due() == 0


def test_a_day_is_about_what_is_overdue_then_due_then_the_rest() -> None:
    day = MONDAY.date()
    tasks = [a_task(n, due) for n, due in enumerate([None, day, day - timedelta(1), day + timedelta(1)])]
    agenda = agenda_of(tasks, day)
    assert [one.number for one in agenda.overdue] == [2]
    assert [one.number for one in agenda.today] == [1]
    assert [one.number for one in agenda.others] == [3, 0]
