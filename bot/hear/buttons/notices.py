"""Buttons under a sentence: the way on that it names."""

from bot.hear.buttons.pressed import Family, Pressed, open_review, start_run
from bot.hear.buttons.proposals import undone
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from core.domain.person import Project
from core.domain.run import Run, Stage
from core.domain.showing.panel import Panel
from core.domain.showing.view import RunCard
from core.domain.showing.view_agents import BudgetCard


async def _project(pressed: Pressed) -> Project:
    scene = pressed.scene
    return await pressed.services.projects.current(scene.chat_id, scene.thread_id, scene.who.id)


async def _latest(pressed: Pressed) -> Run:
    return await pressed.services.runs.find((await _project(pressed)).id, None)


async def review(pressed: Pressed) -> Toast:
    """What waits: in direct chat of all the reader's projects."""
    if pressed.scene.is_direct:
        return await open_review(pressed, None, None)
    return await open_review(pressed, (await _project(pressed)).id, None)


async def start(pressed: Pressed) -> Toast:
    """Read new messages, or find tasks."""
    is_finding = pressed.press.verb is Verb.FIND_TASKS
    stage = Stage.TASKS if is_finding else Stage.KNOWLEDGE
    return await start_run(pressed, (await _project(pressed)).id, stage)


async def resume(pressed: Pressed) -> Toast:
    """Go on with the latest run."""
    run = await _latest(pressed)
    resumed = await pressed.services.runs.resume(run.id, pressed.actor)
    return toast("resumed", name=resumed.name)


async def close(pressed: Pressed) -> Toast:
    """Ask how to close the latest run."""
    run = await _latest(pressed)
    await pressed.ensure_reviewer(run.project_id)
    return await pressed.show(RunCard(run.id, panel=Panel.CONFIRM), run.id)


async def show(pressed: Pressed) -> Toast:
    """The latest run."""
    run = await _latest(pressed)
    return await pressed.show(RunCard(run.id), run.id)


async def budget(pressed: Pressed) -> Toast:
    """What this month may cost, and did."""
    project = await _project(pressed)
    return await pressed.show(BudgetCard(project.id), project.id)


async def undo(pressed: Pressed) -> Toast:
    """Take back the presser's latest decision."""
    return undone(await pressed.services.review.undo_last(pressed.actor))


NOTICE: Family = {
    Verb.REVIEW: review,
    Verb.READ_NEW: start,
    Verb.FIND_TASKS: start,
    Verb.START: start,
    Verb.RESUME: resume,
    Verb.CLOSE: close,
    Verb.SHOW: show,
    Verb.UNDO: undo,
    Verb.BUDGET: budget,
}
