"""Buttons that reshape a proposal: split, make it a task, move it; and that take a merge out of a task."""

from dataclasses import replace
from uuid import UUID

from bot.hear.buttons.pressed import Pressed
from bot.hear.scene.speech import number_in
from bot.hear.toasts import Toast, toast
from bot.view.payload import id_in
from core.domain.ids import Kind
from core.domain.showing.view import ProposalCard, SessionCard
from core.errors import NotFound
from core.services.desk.sessions import OnCard


def _on_card(pressed: Pressed) -> OnCard:
    return OnCard(pressed.spot.id, pressed.press.version, pressed.scene.actor)


async def toggle_part(pressed: Pressed) -> Toast:
    """Have a part stay with the whole, or become one of its own again."""
    view = pressed.spot.view
    if not isinstance(view, ProposalCard | SessionCard):
        raise NotFound("card", "")
    part = frozenset({number_in(pressed.arg, "part")})
    return await pressed.turn(replace(view, left_out=view.left_out ^ part))


async def split(pressed: Pressed) -> Toast:
    """Put the parts up in its place."""
    parts = await pressed.services.shaping.split(_on_card(pressed))
    return toast("split", n=len(parts))


async def promote(pressed: Pressed) -> Toast:
    """Make a task of a note."""
    task = await pressed.services.shaping.promote(_on_card(pressed))
    return toast("promoted", name=task.name)


async def move(pressed: Pressed) -> Toast:
    """Put it before the reviewers of another project."""
    project_id = id_in(pressed.arg)
    if project_id is None:
        raise NotFound("project", pressed.arg)
    moved = await pressed.services.shaping.move(_on_card(pressed), project_id)
    return toast("moved", project=(await pressed.project(moved.project_id)).name)


async def unmerge(pressed: Pressed) -> Toast:
    """Take out what one merge gave: named on the card it went into, or this very card's."""
    view, acting = pressed.spot.view, pressed.services.acting
    if isinstance(view, ProposalCard) and not pressed.arg:
        merged_id = view.proposal_id
    else:
        number = number_in(pressed.arg, "proposal")
        merged_id = (await acting.numbered(await _project_at(pressed), Kind.PROPOSAL, number)).id
    taking_out = pressed.services.review.unmerge(merged_id, pressed.actor)
    back = await acting.and_close_panel(pressed.spot.id, taking_out)
    return toast("unmerged", name=back.name)


async def _project_at(pressed: Pressed) -> UUID:
    view, acting = pressed.spot.view, pressed.services.acting
    if isinstance(view, SessionCard):
        return (await acting.proposal_at(view)).project_id
    [project_id] = await acting.projects_at(view, pressed.spot.reader_id)
    return project_id
