"""Buttons of an export that was sent: which project it belongs to, and reading what came in."""

from bot.hear.buttons.pressed import Family, Pressed, start_run
from bot.hear.scene.speech import number_in
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from core.domain.run import Stage
from core.domain.showing.view_setup import ImportCard
from core.errors import NotFound


async def choose(pressed: Pressed) -> Toast:
    """The project it belongs to."""
    index = number_in(pressed.arg, "project")
    who = pressed.scene.who.id
    project = await pressed.services.imports.choose(pressed.spot.id, index, who)
    return toast("importing", project=project.name)


async def read(pressed: Pressed) -> Toast:
    """Read the new messages of its project."""
    view = pressed.spot.view
    if not isinstance(view, ImportCard) or view.project_id is None:
        raise NotFound("card", "")
    return await start_run(pressed, view.project_id, Stage.KNOWLEDGE)


IMPORT: Family = {Verb.JOIN_PROJECT: choose, Verb.READ_NEW: read}
