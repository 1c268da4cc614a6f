"""Buttons of a run's card, of what a run would do, and of the run in the way."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.hear.buttons.pressed import Family, Pressed, open_review, start_run
from bot.hear.buttons.proposals import undone
from bot.hear.scene.speech import number_in
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from core.domain.person import Actor
from core.domain.run import Run, Stage
from core.domain.showing.panel import Panel
from core.domain.showing.view import BlockedCard, EstimateCard, RunCard, StatusCard
from core.errors import NotFound, NothingToUndo
from core.services.runs.closing import CloseMode


def _view(pressed: Pressed) -> RunCard:
    if not isinstance(pressed.spot.view, RunCard):
        raise NotFound("card", "")
    return pressed.spot.view


async def _run(pressed: Pressed) -> tuple[Run, Actor]:
    async with pressed.services.transactions.reading() as tx:
        run = await tx.runs.get(_view(pressed).run_id)
    return run, pressed.actor


def _steering(key: str, step: Callable[[Pressed, Run, Actor], Awaitable[Run]]):
    async def steer(pressed: Pressed) -> Toast:
        run, actor = await _run(pressed)
        await step(pressed, run, actor)
        return toast(key, name=run.name)

    return steer


async def ask_close(pressed: Pressed) -> Toast:
    """Ask what becomes of what still waits."""
    run, _ = await _run(pressed)
    await pressed.ensure_reviewer(run.project_id)
    return await pressed.turn(replace(_view(pressed), panel=Panel.CONFIRM))


async def close(pressed: Pressed) -> Toast:
    """Close, leaving what waits for later or letting it go."""
    run, actor = await _run(pressed)
    is_letting_go = pressed.press.verb is Verb.CLOSE_EXPIRE
    mode = CloseMode.EXPIRE if is_letting_go else CloseMode.CARRY
    closing = pressed.services.runs.close(run.id, actor, mode)
    closed = await pressed.services.acting.and_close_panel(pressed.spot.id, closing)
    carried = closed.accuracy.outcomes.carried if closed.accuracy else 0
    if carried:
        return toast("closed-carried", name=closed.name, n=carried)
    return toast("closed", name=closed.name)


async def keep_open(pressed: Pressed) -> Toast:
    """Do not close after all."""
    await pressed.turn(replace(_view(pressed), panel=Panel.MAIN))
    return toast("kept-open")


async def back(pressed: Pressed) -> Toast:
    """The card itself."""
    return await pressed.turn(replace(_view(pressed), panel=Panel.MAIN))


async def offer_raise(pressed: Pressed) -> Toast:
    """Ask by how much the month's budget shall be raised."""
    return await pressed.turn(replace(_view(pressed), panel=Panel.BUDGET))


async def raise_and_resume(pressed: Pressed) -> Toast:
    """Let the month cost more, and go on."""
    run, actor = await _run(pressed)
    dollars = number_in(pressed.arg, "sum")
    resuming = pressed.services.runs.raise_and_resume(run.id, dollars, actor)
    resumed = await pressed.services.acting.and_close_panel(pressed.spot.id, resuming)
    return toast("resumed", name=resumed.name)


async def resume(pressed: Pressed) -> Toast:
    """Go on with what is not done."""
    run, actor = await _run(pressed)
    resuming = pressed.services.runs.resume(run.id, actor)
    resumed = await pressed.services.acting.and_close_panel(pressed.spot.id, resuming)
    return toast("resumed", name=resumed.name)


async def review(pressed: Pressed) -> Toast:
    """Decide on what it found."""
    run, _ = await _run(pressed)
    return await open_review(pressed, run.project_id, run.stage)


async def find_tasks(pressed: Pressed) -> Toast:
    """Look for tasks in what was kept."""
    run, _ = await _run(pressed)
    return await start_run(pressed, run.project_id, Stage.TASKS)


async def undo_keep(pressed: Pressed) -> Toast:
    """Take back the Keep this message went on from."""
    _, actor = await _run(pressed)
    act_id = _view(pressed).kept_act_id
    if act_id is None:
        raise NothingToUndo
    return undone(await pressed.services.review.undo_act(act_id, actor))


def _offered(pressed: Pressed) -> EstimateCard | BlockedCard:
    if not isinstance(pressed.spot.view, EstimateCard | BlockedCard):
        raise NotFound("card", "")
    return pressed.spot.view


async def start(pressed: Pressed) -> Toast:
    """Start what the card offers."""
    run = await pressed.services.runs.start_spot(pressed.spot.id, pressed.actor)
    return toast("started", name=run.name)


async def close_and_start(pressed: Pressed) -> Toast:
    """Close the run in the way and start."""
    run = await pressed.services.runs.close_and_start(pressed.spot.id, pressed.actor)
    return toast("started", name=run.name)


async def not_now(pressed: Pressed) -> Toast:
    """Leave it; the message tells how the project stands instead."""
    return await pressed.turn(StatusCard(_offered(pressed).project_id))


async def review_blocking(pressed: Pressed) -> Toast:
    """Decide on what the run in the way found."""
    view = _offered(pressed)
    return await open_review(pressed, view.project_id, view.stage)


RUN: Family = {
    Verb.CANCEL: _steering("cancelled", lambda p, run, actor: p.services.runs.cancel(run.id, actor)),
    Verb.RESUME: resume,
    Verb.RAISE: offer_raise,
    Verb.BUDGET: raise_and_resume,
    Verb.KEEP_RUN: _steering("kept-run", lambda p, run, actor: p.services.runs.keep(run.id, actor)),
    Verb.CLOSE: ask_close,
    Verb.CLOSE_CARRY: close,
    Verb.CLOSE_EXPIRE: close,
    Verb.CLOSE_KEEP: keep_open,
    Verb.BACK: back,
    Verb.REVIEW: review,
    Verb.FIND_TASKS: find_tasks,
    Verb.UNDO: undo_keep,
}
OFFER: Family = {
    Verb.START: start,
    Verb.CANCEL: not_now,
    Verb.CLOSE_AND_START: close_and_start,
    Verb.REVIEW: review_blocking,
}
