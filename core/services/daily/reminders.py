"""Reminders: one message a workday in the direct chat of whoever wants it, when something is due."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.daily.reminder import Reminder, agenda_of
from core.domain.ids import ChatId, PersonId
from core.domain.person import Project
from core.domain.showing.spot import Place, Urgency
from core.domain.showing.view_living import ReminderCard
from core.domain.task import Task
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.showing.attention import hours_of
from core.services.showing.load_living import tasks_by_project
from core.services.showing.placing import Placing
from core.settings import AttentionSettings


@dataclass(frozen=True)
class ReminderService:
    """Keeps who wants to be reminded, and reminds them once a day, in no quiet hours."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    attention: AttentionSettings

    async def switch(self, person_id: PersonId, *, is_on: bool, spot_id: UUID) -> None:
        """From the next workday on, or no more; the card at the spot says which."""
        async with self.transactions() as tx:
            if is_on:
                project, _ = await _of(tx, person_id)
                today = _day(project, self.clock.now())
                await tx.reminders.add(Reminder(person_id, told_on=today))
            else:
                await tx.reminders.remove(person_id)
            spot = await tx.spots.get(spot_id)
            await self.placing.turn(tx, spot, spot.view)

    async def remind_due(self) -> int:
        """Remind everybody whose day has begun and who has something due by it; return how many."""
        async with self.transactions() as tx:
            return sum([await self._remind(tx, one) for one in await tx.reminders.list_all()])

    async def _remind(self, tx: UnitOfWork, reminder: Reminder) -> bool:
        now, person = self.clock.now(), reminder.person_id
        project, tasks = await _of(tx, person)
        day = _day(project, now)
        if project is None or reminder.told_on == day:
            return False
        if hours_of(self.attention, project.rest).open_at(now) > now:
            return False
        if not await tx.reminders.claim(reminder, day):
            return False
        agenda = agenda_of(tasks, day)
        if not agenda.is_urgent:
            return False
        about = {task.id for task in (*agenda.overdue, *agenda.today)}
        place = Place(ChatId(person), reader_id=person)
        await self.placing.show(
            tx, ReminderCard(day), place, about=about, urgency=Urgency.CARD, unasked_in=project.rest
        )
        return True


async def _of(tx: UnitOfWork, person_id: PersonId) -> tuple[Project | None, list[Task]]:
    """The project by whose clock somebody lives, and all their open tasks."""
    found = await tasks_by_project(tx, person_id)
    person = await tx.people.find(person_id)
    current = person.current_project if person is not None else None
    projects = sorted((project for project, _ in found), key=lambda one: one.id != current)
    tasks = [task for _, some in found for task in some]
    return (projects[0] if projects else None), tasks


def _day(project: Project | None, at: datetime) -> date:
    return at.astimezone(ZoneInfo(project.timezone if project else "UTC")).date()
