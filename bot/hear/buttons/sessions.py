"""Buttons of a review session around the card in front."""

from dataclasses import replace

from bot.hear.buttons.pressed import Family, Pressed, start_run
from bot.hear.buttons.proposals import PROPOSAL, explained, undone
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.payload import Verb
from core.domain.run import Stage
from core.domain.showing.view import Panel, SessionCard
from core.errors import NoProject, NotFound
from core.services.desk.sessions import OnCard


def _view(pressed: Pressed) -> SessionCard:
    if not isinstance(pressed.spot.view, SessionCard):
        raise NotFound("session", "")
    return pressed.spot.view


async def step(pressed: Pressed) -> Toast:
    """Go on or back without deciding."""
    by = -1 if pressed.press.verb is Verb.PREVIOUS else 1
    await pressed.services.sessions.step(pressed.spot.id, pressed.actor, by)
    return QUIET


async def reorder(pressed: Pressed) -> Toast:
    """Sort it another way."""
    await pressed.services.sessions.reorder(pressed.spot.id, pressed.actor)
    return QUIET


async def confirm_confident(pressed: Pressed) -> Toast:
    """List what "approve the sure ones" would settle, before it does."""
    return await pressed.turn(replace(_view(pressed), panel=Panel.CONFIRM))


async def approve_confident(pressed: Pressed) -> Toast:
    """Approve them in one act."""
    on_card = OnCard(pressed.spot.id, pressed.press.version, pressed.actor)
    count = await pressed.services.sessions.approve_confident(on_card)
    return toast("approved-all", n=count)


async def undo_bulk(pressed: Pressed) -> Toast:
    """Take the last act together back."""
    return undone(await pressed.services.sessions.undo_bulk(pressed.spot.id, pressed.actor))


async def explain_last(pressed: Pressed) -> Toast:
    """Say why the last tap rejected what it did."""
    view = _view(pressed)
    if view.rejected is None:
        raise NotFound("card", "")
    asking = replace(view, panel=Panel.REASONS)
    proposal = await pressed.services.acting.proposal_at(asking)
    return await explained(pressed, proposal, pressed.actor)


async def undo_last(pressed: Pressed) -> Toast:
    """Take that rejection back."""
    return undone(await pressed.services.sessions.take_back(pressed.spot.id, pressed.actor))


async def start(pressed: Pressed) -> Toast:
    """Read new messages or find tasks, in the session's project or the reader's current one."""
    project_id = _view(pressed).project_id
    if project_id is None:
        person_id = pressed.scene.who.id
        project = await pressed.services.projects.find_current(pressed.scene.chat_id, None, person_id)
        if project is None:
            raise NoProject
        project_id = project.id
    is_reading = pressed.press.verb is Verb.READ_NEW
    return await start_run(pressed, project_id, Stage.KNOWLEDGE if is_reading else Stage.TASKS)


SESSION: Family = {
    **PROPOSAL,
    Verb.NEXT: step,
    Verb.PREVIOUS: step,
    Verb.SKIP: step,
    Verb.ORDER: reorder,
    Verb.APPROVE_CONFIDENT: confirm_confident,
    Verb.CONFIRM: approve_confident,
    Verb.UNDO_BULK: undo_bulk,
    Verb.REASON_LAST: explain_last,
    Verb.UNDO_LAST: undo_last,
    Verb.READ_NEW: start,
    Verb.FIND_TASKS: start,
}
