"""Buttons of a project's settings."""

from dataclasses import replace

from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.buttons.setup import PROJECT
from bot.hear.scene.speech import number_in
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from bot.view.texts import LANGUAGES
from core.domain.knobs import Knob
from core.domain.showing.view_settings import ProjectCard, SettingsPage
from core.errors import BadKnob, NotFound


def _view(pressed: Pressed) -> ProjectCard:
    if not isinstance(pressed.spot.view, ProjectCard):
        raise NotFound("card", "")
    return pressed.spot.view


async def page(pressed: Pressed) -> Toast:
    """Open another page."""
    if pressed.arg not in frozenset(SettingsPage):
        raise NotFound("page", pressed.arg)
    return await pressed.turn(_view(pressed).opened(SettingsPage(pressed.arg)))


async def turn_history(pressed: Pressed) -> Toast:
    """Older or newer changes."""
    return await pressed.turn(replace(_view(pressed), at=number_in(pressed.arg, "page")))


async def ask(pressed: Pressed) -> Toast:
    """Open one knob, for whoever may turn it."""
    await pressed.services.turning.ask(pressed.spot.id, knob_named(pressed.arg), pressed.actor)
    return Toast()


async def turn(pressed: Pressed) -> Toast:
    """Turn a knob to what its button says."""
    name, _, value = pressed.arg.partition(":")
    knob = knob_named(name)
    ensure_spoken(knob, value)
    await pressed.services.turning.turn_at(pressed.spot.id, knob, value, pressed.actor)
    return toast("saved")


def knob_named(name: str) -> Knob:
    """The knob; raises NotFound."""
    if name not in frozenset(Knob):
        raise NotFound("setting", name)
    return Knob(name)


def ensure_spoken(knob: Knob, value: str) -> None:
    """Raise BadKnob for a language there are no texts of."""
    if knob is Knob.LANGUAGE and value.strip().lower() not in LANGUAGES:
        raise BadKnob(knob.value, value)


SETTINGS: Family = {
    **PROJECT,
    Verb.SETTINGS: page,
    Verb.PAGE: turn_history,
    Verb.KNOB: ask,
    Verb.SET: turn,
}
