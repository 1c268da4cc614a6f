"""Buttons of what people follow, of the week and of hint."""

from bot.hear.buttons.pressed import Family, Pressed, open_review
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from core.domain.showing.view_following import WatchesCard, WeekCard
from core.domain.watching import Watched
from core.errors import NotFound


async def watch(pressed: Pressed) -> Toast:
    """Begin to follow something, or stop: whoever pressed, for themselves."""
    view = pressed.spot.view
    if not isinstance(view, WatchesCard) or pressed.arg not in frozenset(Watched):
        raise NotFound("card", "")
    what = Watched(pressed.arg)
    is_on = await pressed.services.watching.toggle(view.project_id, what, pressed.actor)
    return toast("watched" if is_on else "unwatched")


async def review(pressed: Pressed) -> Toast:
    """Decide on what waits."""
    view = pressed.spot.view
    if not isinstance(view, WeekCard):
        raise NotFound("card", "")
    return await open_review(pressed, view.project_id, None)


async def hinted(pressed: Pressed) -> Toast:
    """Take hint or leave it."""
    await pressed.services.turning.take_hint(pressed.spot.id, pressed.actor, is_yes=pressed.arg == "yes")
    return toast("saved")


WATCHES: Family = {Verb.WATCH: watch}
WEEK: Family = {Verb.REVIEW: review}
HINTS: Family = {Verb.HINTED: hinted}
