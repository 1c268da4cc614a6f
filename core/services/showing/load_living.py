"""What a day reminds of, and what can be taken along."""

from core.domain.daily.reminder import agenda_of
from core.domain.ids import PersonId
from core.domain.person import Project
from core.domain.showing.shown import TakenAway
from core.domain.showing.shown_living import ShownExport, ShownReminder
from core.domain.showing.view_living import ExportCard, ReminderCard
from core.domain.task import Task
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.load_runs import OPEN_TASKS
from core.services.showing.sight import Picture, Sight


async def load_reminder(sight: Sight, view: ReminderCard) -> Picture:
    """A ReminderCard; it is somebody's own and stands in no group."""
    person_id = sight.place.reader_id
    if person_id is None:
        return Picture(TakenAway())
    found = await tasks_by_project(sight.tx, person_id)
    seen: list[Task] = []
    for project, tasks in found:
        seen += await sight.seen_tasks(project, tasks)
    shown = ShownReminder(
        view=view,
        agenda=agenda_of(seen, view.day),
        projects={one.id: one.name for one, _ in found} if len(found) > 1 else {},
        chats=await sight.chats_of(task.whole_evidence for task in seen),
        is_on=await is_reminded(sight, person_id),
    )
    return Picture(shown, found[0][0] if found else None)


async def is_reminded(sight: Sight, person_id: PersonId) -> bool:
    """Whether somebody wants to be reminded."""
    return await sight.tx.reminders.find(person_id) is not None


async def load_export(sight: Sight, view: ExportCard) -> Picture:
    """An ExportCard."""
    project = await sight.tx.projects.get(view.project_id)
    return Picture(ShownExport(view, project), project)


async def tasks_by_project(tx: UnitOfWork, person_id: PersonId) -> list[tuple[Project, list[Task]]]:
    """The open tasks that are somebody's, or were asked of them, of the projects that have any."""
    found: list[tuple[Project, list[Task]]] = []
    for project in await tx.projects.list_all():
        tasks = await tx.tasks.list_of(project.id, statuses=OPEN_TASKS, assignee=person_id)
        if tasks:
            found.append((project, tasks))
    return found
