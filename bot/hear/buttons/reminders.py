"""Buttons of reminders, and of taking tasks along."""

from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.toasts import Toast, toast
from bot.view.cards.reminders import MINE, ON
from bot.view.payload import Verb, id_in
from core.domain.showing.view import TaskCard
from core.domain.showing.view_living import ExportCard
from core.errors import NotFound
from core.ports.files import FileFormat


async def remind(pressed: Pressed) -> Toast:
    """Be reminded, or no more; only in one's own direct chat."""
    who, is_on = pressed.scene.who, pressed.arg == ON
    if not pressed.scene.is_direct:
        raise NotFound("card", "")
    await pressed.services.reminders.switch(who.id, is_on=is_on, spot_id=pressed.spot.id)
    return toast("reminding" if is_on else "not-reminding")


async def open_task(pressed: Pressed) -> Toast:
    """The card of a task, below the reminder."""
    task_id = id_in(pressed.arg)
    if task_id is None:
        raise NotFound("task", pressed.arg)
    async with pressed.services.transactions.reading() as tx:
        task = await tx.tasks.get(task_id)
    return await pressed.show(TaskCard(task.id), task.id)


async def export(pressed: Pressed) -> Toast:
    """Send the file; a project's tasks, or what is kept of who asks."""
    view, who = pressed.spot.view, pressed.scene.who
    if not isinstance(view, ExportCard) or not pressed.scene.is_direct:
        raise NotFound("card", "")
    if pressed.arg == MINE:
        is_sent = await pressed.services.exporting.send(who.id)
    elif pressed.arg in frozenset(FileFormat):
        form = FileFormat(pressed.arg)
        is_sent = await pressed.services.task_files.send(view.project_id, who, form)
    else:
        raise NotFound("card", pressed.arg)
    return toast("exported" if is_sent else "not-exported")


REMINDER: Family = {Verb.REMIND: remind, Verb.OPEN: open_task}
EXPORT: Family = {Verb.EXPORT: export}
