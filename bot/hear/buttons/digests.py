"""Buttons of the digest."""

from bot.hear.buttons.pressed import Family, Pressed, open_review
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from core.domain.showing.view import DigestCard
from core.errors import NotFound


def _view(pressed: Pressed) -> DigestCard:
    if not isinstance(pressed.spot.view, DigestCard):
        raise NotFound("card", "")
    return pressed.spot.view


async def review(pressed: Pressed) -> Toast:
    """Decide on what waits."""
    return await open_review(pressed, _view(pressed).project_id, None)


async def share(pressed: Pressed) -> Toast:
    """From now on in the group too."""
    project_id = _view(pressed).project_id
    await pressed.services.digests.share(project_id, pressed.actor, spot_id=pressed.spot.id)
    return toast("shared")


async def pause(pressed: Pressed) -> Toast:
    """None for a week."""
    project_id = _view(pressed).project_id
    await pressed.services.digests.pause_week(project_id, pressed.actor)
    return toast("paused")


async def vote(pressed: Pressed) -> Toast:
    """A thumb."""
    project_id = _view(pressed).project_id
    is_good = pressed.press.verb is Verb.THUMBS_UP
    await pressed.services.digests.vote(project_id, pressed.actor, is_good=is_good, spot_id=pressed.spot.id)
    return toast("thanks")


DIGEST: Family = {
    Verb.REVIEW: review,
    Verb.SHARE: share,
    Verb.PAUSE_WEEK: pause,
    Verb.THUMBS_UP: vote,
    Verb.THUMBS_DOWN: vote,
}
