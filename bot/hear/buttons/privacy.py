"""Buttons about one's own words: left out, forgotten, handed over, taken back from a card."""

from dataclasses import replace
from uuid import UUID

from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.payload import Verb
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard, SessionCard, TaskCard
from core.domain.showing.view_setup import PrivacyCard
from core.errors import NotFound

_YES = "yes"


async def leave_me_out(pressed: Pressed) -> Toast:
    """Whoever taps is no longer read, or is again."""
    choosing = pressed.services.forgetting.leave_out(pressed.scene.who)
    is_out = await pressed.services.acting.and_close_panel(pressed.spot.id, choosing)
    return toast("left-out" if is_out else "back-in")


async def ask(pressed: Pressed) -> Toast:
    """Ask once more before everything goes."""
    return await pressed.turn(PrivacyCard(Panel.CONFIRM))


async def back(pressed: Pressed) -> Toast:
    """Not after all."""
    return await pressed.turn(PrivacyCard())


async def forget_me(pressed: Pressed) -> Toast:
    """Forget all they said."""
    if not pressed.scene.is_direct:
        raise NotFound("card", "")
    forgetting = pressed.services.forgetting.forget_person(pressed.scene.who.id)
    count = await pressed.services.acting.and_close_panel(pressed.spot.id, forgetting)
    return toast("forgotten", n=count)


async def export(pressed: Pressed) -> Toast:
    """Send them what is kept of theirs."""
    is_sent = await pressed.services.exporting.send(pressed.scene.who.id)
    return toast("exported" if is_sent else "not-exported")


async def remove_words(pressed: Pressed) -> Toast:
    """Whoever is quoted on a card takes their words back, after one question."""
    forgetting, who = pressed.services.forgetting, pressed.scene.who.id
    item = _item(pressed)
    if not await forgetting.is_quoted(item, who):
        return toast("not-quoted")
    if pressed.arg != _YES:
        await pressed.services.placing.turn_spot(
            pressed.spot.id, replace(_view(pressed), panel=Panel.REMOVE)
        )
        return QUIET
    removing = forgetting.remove_words(item, who)
    count = await pressed.services.acting.and_close_panel(pressed.spot.id, removing)
    return toast("forgotten", n=count)


def _view(pressed: Pressed) -> ProposalCard | SessionCard | TaskCard:
    view = pressed.spot.view
    if not isinstance(view, ProposalCard | SessionCard | TaskCard):
        raise NotFound("card", "")
    return view


def _item(pressed: Pressed) -> UUID:
    view = _view(pressed)
    if isinstance(view, ProposalCard):
        return view.proposal_id
    item = view.task_id if isinstance(view, TaskCard) else view.at
    if item is None:
        raise NotFound("card", "")
    return item


PRIVACY: Family = {
    Verb.LEAVE_ME_OUT: leave_me_out,
    Verb.FORGET_ME: ask,
    Verb.CONFIRM: forget_me,
    Verb.BACK: back,
    Verb.EXPORT: export,
}
