"""Buttons of the list of notes."""

from dataclasses import replace
from uuid import UUID

from bot.hear.buttons.pressed import Family, Pressed, open_review, start_run
from bot.hear.buttons.proposals import undone
from bot.hear.scene.speech import number_in
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.payload import Verb
from core.domain.ids import Kind
from core.domain.run import Stage
from core.domain.showing.panel import Panel
from core.domain.showing.view import NotesList, ProposalCard
from core.errors import NotFound


def _view(pressed: Pressed) -> NotesList:
    if not isinstance(pressed.spot.view, NotesList):
        raise NotFound("list", "")
    return pressed.spot.view


async def _project_id(pressed: Pressed) -> UUID:
    async with pressed.services.transactions.reading() as tx:
        return (await tx.runs.get(_view(pressed).run_id)).project_id


async def tick(pressed: Pressed) -> Toast:
    """Toggle a line."""
    number = number_in(pressed.arg, "proposal")
    await pressed.services.notes.tick(pressed.spot.id, number, pressed.actor)
    return QUIET


async def keep(pressed: Pressed) -> Toast:
    """Keep the ticked; with `Keep and find tasks` stage 2 starts on them."""
    finds = pressed.press.verb is Verb.KEEP_AND_FIND
    version = pressed.press.version
    kept = await pressed.services.notes.keep(pressed.spot.id, version, pressed.actor, find_tasks=finds)
    if kept.goes_on:
        return toast("kept-and-finding", kept=kept.kept)
    return toast("kept-notes", kept=kept.kept, dropped=kept.dropped)


async def undo(pressed: Pressed) -> Toast:
    """Take the whole Keep back."""
    return undone(await pressed.services.notes.undo(pressed.spot.id, pressed.actor))


async def open_one(pressed: Pressed) -> Toast:
    """A line's own card, below the list."""
    number = number_in(pressed.arg, "proposal")
    project_id = await _project_id(pressed)
    found = await pressed.services.acting.numbered(project_id, Kind.PROPOSAL, number)
    return await pressed.show(ProposalCard(found.id), found.id)


async def page(pressed: Pressed) -> Toast:
    """Another page."""
    return await pressed.turn(replace(_view(pressed), page=number_in(pressed.arg, "page")))


async def look(pressed: Pressed) -> Toast:
    """Numbers that open the lines, or back to the ticks."""
    panel = Panel.MORE if pressed.press.verb is Verb.MORE else Panel.MAIN
    return await pressed.turn(replace(_view(pressed), panel=panel))


async def review(pressed: Pressed) -> Toast:
    """One by one instead."""
    return await open_review(pressed, await _project_id(pressed), Stage.KNOWLEDGE)


async def find_tasks(pressed: Pressed) -> Toast:
    """Look for tasks in what was kept."""
    return await start_run(pressed, await _project_id(pressed), Stage.TASKS)


NOTES: Family = {
    Verb.TICK: tick,
    Verb.KEEP: keep,
    Verb.KEEP_AND_FIND: keep,
    Verb.UNDO: undo,
    Verb.OPEN: open_one,
    Verb.PAGE: page,
    Verb.MORE: look,
    Verb.BACK: look,
    Verb.REVIEW: review,
    Verb.FIND_TASKS: find_tasks,
}
