"""Buttons of a review session around the card in front."""

from dataclasses import replace

from bot.hear.buttons.pressed import Family, Pressed, start_run
from bot.hear.buttons.proposals import PROPOSAL, explained, undone
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.payload import Verb
from bot.view.sieves import ALL, sieve_in, stage_in
from core.domain.run import Stage
from core.domain.showing.panel import Panel
from core.domain.showing.view import Bulk, SessionCard
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


async def ask_bulk(pressed: Pressed) -> Toast:
    """Choose what to do with all of them, or list what it would settle before it does."""
    if pressed.arg not in frozenset(Bulk):
        return await pressed.turn(replace(_view(pressed).closed(), panel=Panel.BULK))
    await pressed.services.bulk.ask(pressed.spot.id, Bulk(pressed.arg))
    return QUIET


async def settle_bulk(pressed: Pressed) -> Toast:
    """Settle them in one act."""
    on_card = OnCard(pressed.spot.id, pressed.press.version, pressed.actor)
    bulk, count = await pressed.services.bulk.settle(on_card)
    return toast("settled-all", n=count, what=bulk.value)


async def undo_bulk(pressed: Pressed) -> Toast:
    """Take the last act together back."""
    return undone(await pressed.services.bulk.undo(pressed.spot.id, pressed.actor))


async def narrow(pressed: Pressed) -> Toast:
    """Choose what to go through, go through that only, or through everything again."""
    sessions, spot_id, actor = pressed.services.sessions, pressed.spot.id, pressed.actor
    if pressed.arg == ALL:
        await sessions.widen(spot_id, actor)
        return QUIET
    if pressed.arg == "":
        return await pressed.turn(replace(_view(pressed).closed(), panel=Panel.SIEVE))
    stage, sieve = stage_in(pressed.arg), sieve_in(pressed.arg)
    if stage is not None:
        await sessions.keep_to(spot_id, actor, stage)
    elif sieve is not None:
        await sessions.narrow(spot_id, actor, sieve)
    return QUIET


async def gather(pressed: Pressed) -> Toast:
    """Go through what looks like the card in front."""
    await pressed.services.sessions.gather(pressed.spot.id, pressed.actor)
    return QUIET


async def look(pressed: Pressed) -> Toast:
    """Back to the card from what the session itself had open; else as on any card."""
    return await pressed.turn(_view(pressed).closed())


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
    """Read new messages wherever there are any, or find tasks in the reader's current project."""
    if pressed.press.verb is Verb.READ_NEW:
        await pressed.services.sessions.read_new(pressed.spot.id, pressed.actor, pressed.place)
        return toast("here")
    project_id = _view(pressed).project_id
    if project_id is None:
        person_id = pressed.scene.who.id
        project = await pressed.services.projects.find_current(pressed.scene.chat_id, None, person_id)
        if project is None:
            raise NoProject
        project_id = project.id
    return await start_run(pressed, project_id, Stage.TASKS)


SESSION: Family = {
    **PROPOSAL,
    Verb.NEXT: step,
    Verb.PREVIOUS: step,
    Verb.BACK: look,
    Verb.ORDER: reorder,
    Verb.SIEVE: narrow,
    Verb.ALIKE: gather,
    Verb.BULK: ask_bulk,
    Verb.CONFIRM: settle_bulk,
    Verb.UNDO_BULK: undo_bulk,
    Verb.REASON_LAST: explain_last,
    Verb.UNDO_LAST: undo_last,
    Verb.READ_NEW: start,
    Verb.FIND_TASKS: start,
}
