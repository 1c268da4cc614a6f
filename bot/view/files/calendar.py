"""Tasks as iCalendar: a to-do each, https://www.rfc-editor.org/rfc/rfc5545#section-3.6.2."""

from collections.abc import Mapping

from bot.view.files.told import Told, told
from bot.view.texts import Sayer
from core.domain.task import Priority, TaskStatus
from core.ports.files import TaskSheet

_STATUSES: Mapping[TaskStatus, str] = {
    TaskStatus.OPEN: "NEEDS-ACTION",
    TaskStatus.IN_PROGRESS: "IN-PROCESS",
    TaskStatus.DONE: "COMPLETED",
    TaskStatus.DROPPED: "CANCELLED",
}
_PRIORITIES: Mapping[Priority, int] = {
    Priority.CRITICAL: 1,
    Priority.HIGH: 3,
    Priority.MEDIUM: 5,
    Priority.LOW: 7,
}
"""1 is the highest and 9 the lowest."""
_PRODUCT = "-//Triagram//Tasks//EN"


def calendar_of(sheet: TaskSheet, say: Sayer) -> str:
    """The file; a calendar that knows a task already takes it as the same."""
    # Only who asks for a calendar waits for its library.
    from icalendar import STATUS, Calendar, Todo  # noqa: PLC0415

    title = say("file-title", project=sheet.project.name)
    calendar = Calendar.new(prodid=_PRODUCT, name=title, language=sheet.language)
    for task, one in zip(sheet.tasks, told(sheet), strict=True):
        todo = Todo.new(
            uid=f"{task.id}@triagram",
            stamp=sheet.at,
            created=task.created_at,
            summary=f"{one.number} {one.title}",
            description=_description(one) or None,
            status=STATUS(_STATUSES[task.status]),
            priority=_PRIORITIES[task.whole.priority],
            categories=[one.category, *one.tags],
            url=one.links[0] if one.links else None,
        )
        if one.due is not None:
            todo.DUE = one.due
        calendar.add_component(todo)
    return calendar.to_ical().decode()


def _description(one: Told) -> str:
    steps = [f"[{'x' if is_done else ' '}] {step}" for step, is_done in one.steps]
    owner = [f"👤 {one.assignee}"] if one.assignee else []
    return "\n".join(part for part in (one.description, *owner, *steps, *one.links) if part)
