"""Buttons of lists and of the status card: pages, filters, and what a line opens."""

from dataclasses import replace
from uuid import UUID

from bot.hear.buttons.pressed import Family, Pressed, open_review, start_run
from bot.hear.buttons.reminders import remind
from bot.hear.scene.speech import number_in
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from core.domain.ids import Kind
from core.domain.run import Stage
from core.domain.showing.view import (
    Bundle,
    PendingList,
    ProposalCard,
    RunCard,
    RunList,
    StatusCard,
    TaskCard,
    TaskFilter,
    TaskList,
)
from core.errors import NotFound

Listed = TaskList | PendingList | RunList


def _view(pressed: Pressed) -> Listed:
    if not isinstance(pressed.spot.view, Listed):
        raise NotFound("list", "")
    return pressed.spot.view


def _project_id(pressed: Pressed) -> UUID:
    if isinstance(pressed.spot.view, StatusCard):
        return pressed.spot.view.project_id
    return _view(pressed).project_id


async def page(pressed: Pressed) -> Toast:
    """Another page."""
    return await pressed.turn(replace(_view(pressed), page=number_in(pressed.arg, "page")))


async def choose(pressed: Pressed) -> Toast:
    """Other tasks, or what was let go instead of what waits."""
    view = _view(pressed)
    if isinstance(view, TaskList) and pressed.arg in frozenset(TaskFilter):
        chosen = TaskFilter(pressed.arg)
        return await pressed.turn(replace(view, filter=chosen, page=0, asker=pressed.scene.who.id))
    if isinstance(view, PendingList):
        return await pressed.turn(replace(view, is_expired=pressed.arg == "expired", page=0))
    raise NotFound("filter", pressed.arg)


async def open_line(pressed: Pressed) -> Toast:
    """The card of a line, below the list."""
    view = _view(pressed)
    acting = pressed.services.acting
    if isinstance(view, TaskList):
        task = await acting.numbered(view.project_id, Kind.TASK, number_in(pressed.arg, "task"))
        return await pressed.show(TaskCard(task.id), task.id)
    if isinstance(view, RunList):
        run = await acting.numbered(view.project_id, Kind.RUN, number_in(pressed.arg, "run"))
        return await pressed.show(RunCard(run.id), run.id)
    number = number_in(pressed.arg, "proposal")
    proposal = await acting.numbered(view.project_id, Kind.PROPOSAL, number)
    return await pressed.show(ProposalCard(proposal.id), proposal.id)


async def bring_back(pressed: Pressed) -> Toast:
    """What was let go waits again."""
    project_id = _project_id(pressed)
    number = number_in(pressed.arg, "proposal")
    found = await pressed.services.acting.numbered(project_id, Kind.PROPOSAL, number)
    back = await pressed.services.review.bring_back(found.id, pressed.actor)
    return toast("brought-back", number=back.name)


async def review(pressed: Pressed) -> Toast:
    """One by one."""
    return await open_review(pressed, _project_id(pressed), None)


async def read_new(pressed: Pressed) -> Toast:
    """Read new messages."""
    return await start_run(pressed, _project_id(pressed), Stage.KNOWLEDGE)


async def find_tasks(pressed: Pressed) -> Toast:
    """Find tasks."""
    return await start_run(pressed, _project_id(pressed), Stage.TASKS)


async def show_part(pressed: Pressed) -> Toast:
    """One thing of several whole, below them."""
    view, number = pressed.spot.view, number_in(pressed.arg, "part")
    if not isinstance(view, Bundle) or not 1 <= number <= len(view.parts):
        raise NotFound("card", "")
    async with pressed.services.transactions.reading() as tx:
        part = await tx.spots.get(view.parts[number - 1])
    return await pressed.show(part.view, *part.about)


BUNDLE: Family = {Verb.SHOW: show_part}
LIST: Family = {
    Verb.PAGE: page,
    Verb.FILTER: choose,
    Verb.OPEN: open_line,
    Verb.BRING_BACK: bring_back,
    Verb.REVIEW: review,
    Verb.REMIND: remind,
}
STATUS: Family = {Verb.REVIEW: review, Verb.READ_NEW: read_new, Verb.FIND_TASKS: find_tasks}
