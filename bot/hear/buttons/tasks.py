"""Buttons of a task's card."""

from collections.abc import Mapping
from dataclasses import replace

from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.buttons.privacy import remove_words
from bot.hear.buttons.quoting import show_quoted
from bot.hear.buttons.shaping import unmerge
from bot.hear.scene.speech import day_of, number_in
from bot.hear.toasts import Toast, toast
from bot.view.moments import day
from bot.view.payload import Verb
from core.domain.ids import PersonId
from core.domain.person import Actor
from core.domain.showing.panel import Panel
from core.domain.showing.view import TaskCard
from core.domain.task import Task, TaskStatus
from core.errors import NotFound


def _view(pressed: Pressed) -> TaskCard:
    if not isinstance(pressed.spot.view, TaskCard):
        raise NotFound("card", "")
    return pressed.spot.view


async def _task(pressed: Pressed) -> tuple[Task, Actor]:
    async with pressed.services.transactions.reading() as tx:
        task = await tx.tasks.get(_view(pressed).task_id)
    return task, pressed.actor


async def move(pressed: Pressed) -> Toast:
    """Another status."""
    task, actor = await _task(pressed)
    if pressed.arg not in frozenset(TaskStatus):
        raise NotFound("status", pressed.arg)
    moving = pressed.services.tasks.move(task.id, TaskStatus(pressed.arg), actor)
    await pressed.services.acting.and_close_panel(pressed.spot.id, moving)
    return toast("status", name=task.name, status=pressed.arg)


async def take(pressed: Pressed) -> Toast:
    """Take it oneself."""
    task, actor = await _task(pressed)
    await pressed.services.tasks.assign(task.id, pressed.scene.who.id, actor)
    return toast("taken", name=task.name)


async def assign(pressed: Pressed) -> Toast:
    """Ask somebody, or nobody."""
    task, actor = await _task(pressed)
    number = number_in(pressed.arg, "person")
    giving = pressed.services.tasks.assign(task.id, PersonId(number) if number else None, actor)
    given = await pressed.services.acting.and_close_panel(pressed.spot.id, giving)
    say = pressed.services.texts.sayer(pressed.scene.language)
    assignee = given.draft.assignee
    return toast("changed", field="owner", value=assignee.name if assignee else say("owner-nobody"))


async def date(pressed: Pressed) -> Toast:
    """Another date, or none."""
    task, actor = await _task(pressed)
    today = (await pressed.local_now(task.project_id)).date()
    on = day_of(pressed.arg, today)
    dating = pressed.services.tasks.due(task.id, on, actor)
    await pressed.services.acting.and_close_panel(pressed.spot.id, dating)
    say = pressed.services.texts.sayer(pressed.scene.language)
    return toast("changed", field="due", value=day(on, today, say) if on else say("due-none"))


async def not_me(pressed: Pressed) -> Toast:
    """Whoever was asked gives it back."""
    task, actor = await _task(pressed)
    await pressed.services.tasks.decline(task.id, actor)
    return toast("not-me", name=task.name)


async def tick(pressed: Pressed) -> Toast:
    """A sub-task is done, or to be done again."""
    task, actor = await _task(pressed)
    ticked = await pressed.services.tasks.tick(task.id, number_in(pressed.arg, "part"), actor)
    done, steps = len(ticked.draft.ticked), len(ticked.draft.sub_tasks)
    return toast("ticked", name=task.name, done=done, n=steps)


async def apply(pressed: Pressed) -> Toast:
    """Make the change a reply asked for."""
    replies = pressed.services.task_replies
    task = await replies.apply(pressed.spot.id, pressed.actor, pressed.press.version)
    return toast("task-changed", name=task.name)


async def open_panel(pressed: Pressed) -> Toast:
    """Open what it is changed with, or looked at, or go back."""
    panel = _PANELS.get(pressed.press.verb)
    if panel is None:
        panel = Panel(pressed.arg) if pressed.arg in frozenset(Panel) else Panel.MAIN
    return await pressed.turn(replace(_view(pressed).closed(), panel=panel))


_PANELS: Mapping[Verb, Panel] = {
    Verb.MORE: Panel.MORE,
    Verb.SOURCES: Panel.SOURCES,
    Verb.HISTORY: Panel.HISTORY,
    Verb.BACK: Panel.MAIN,
}

TASK: Family = {
    Verb.STATUS: move,
    Verb.TAKE: take,
    Verb.NOT_ME: not_me,
    Verb.PART: tick,
    Verb.APPLY: apply,
    Verb.OWNER: assign,
    Verb.DUE: date,
    Verb.PANEL: open_panel,
    Verb.UNMERGE: unmerge,
    Verb.REMOVE_WORDS: remove_words,
    Verb.SHOW: show_quoted,
    **dict.fromkeys(_PANELS, open_panel),
}
