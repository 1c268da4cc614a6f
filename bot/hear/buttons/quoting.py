"""`Show`: the message an item rests on, where it was said."""

from dataclasses import replace

from bot.hear.buttons.pressed import Pressed
from bot.hear.toasts import Toast, toast
from core.domain.ids import Kind, Ref
from core.domain.showing.panel import Panel
from core.domain.showing.view import ProposalCard, SessionCard, TaskCard
from core.errors import NotFound


async def show_quoted(pressed: Pressed) -> Toast:
    """Point at a message below the card, once while it stands; where nothing can be pointed at, Sources."""
    view, quoting = _view(pressed), pressed.services.quoting
    item = _item(view)
    if await quoting.is_standing(item, pressed.place):
        return toast("here-already")
    found = await quoting.find(item, pressed.place)
    if found is None:
        await pressed.turn(replace(view, panel=Panel.SOURCES))
        return toast("sources-instead")
    return await pressed.show(found, item.id)


def _view(pressed: Pressed) -> ProposalCard | SessionCard | TaskCard:
    view = pressed.spot.view
    if not isinstance(view, ProposalCard | SessionCard | TaskCard):
        raise NotFound("card", "")
    return view


def _item(view: ProposalCard | SessionCard | TaskCard) -> Ref:
    if isinstance(view, TaskCard):
        return Ref(Kind.TASK, view.task_id)
    proposal_id = view.proposal_id if isinstance(view, ProposalCard) else view.at
    if proposal_id is None:
        raise NotFound("card", "")
    return Ref(Kind.PROPOSAL, proposal_id)
