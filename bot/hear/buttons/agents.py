"""Buttons of the cards about agents and money."""

from dataclasses import replace

from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.scene.speech import number_in
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.payload import Verb
from core.domain.run import Stage
from core.domain.showing.view_agents import AgentsCard, BudgetCard
from core.errors import NotFound


async def raise_budget(pressed: Pressed) -> Toast:
    """So many dollars a month more."""
    if not isinstance(pressed.spot.view, BudgetCard):
        raise NotFound("card", "")
    dollars = number_in(pressed.arg, "sum")
    await pressed.services.budget.raise_by(pressed.spot.view.project_id, dollars, pressed.actor)
    return toast("saved")


def _view(pressed: Pressed) -> AgentsCard:
    if not isinstance(pressed.spot.view, AgentsCard):
        raise NotFound("card", "")
    return pressed.spot.view


async def choose_stage(pressed: Pressed) -> Toast:
    """Choose who makes a stage's runs."""
    if pressed.arg not in frozenset(Stage):
        raise NotFound("stage", pressed.arg)
    return await pressed.turn(replace(_view(pressed), stage=Stage(pressed.arg)))


async def toggle(pressed: Pressed) -> Toast:
    """Let an agent make them, or no longer."""
    view = _view(pressed)
    if view.stage is None:
        raise NotFound("stage", "")
    await pressed.services.staff.toggle(view.project_id, view.stage, pressed.arg, pressed.actor)
    return QUIET


async def back(pressed: Pressed) -> Toast:
    """The card itself."""
    return await pressed.turn(replace(_view(pressed), stage=None))


BUDGET: Family = {Verb.BUDGET: raise_budget}
AGENTS: Family = {Verb.STAGE: choose_stage, Verb.AGENT: toggle, Verb.BACK: back}
