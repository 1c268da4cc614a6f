"""Buttons of what is known: answers, what a search found, subjects and notes."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.buttons.shaping import unmerge
from bot.hear.scene.speech import number_in
from bot.hear.toasts import Toast, toast
from bot.view.payload import Verb
from core.domain.ids import Kind
from core.domain.showing.view import TaskCard, TopicList
from core.domain.showing.view_known import FoundList, KnownPanel, NoteCard, TopicCard
from core.errors import NotFound

_KINDS: Mapping[str, Kind] = {"N": Kind.ATOM, "T": Kind.TASK, "S": Kind.TOPIC}
_PANELS: Mapping[Verb, KnownPanel] = {
    Verb.BACK: KnownPanel.MAIN,
    Verb.SOURCES: KnownPanel.SOURCES,
    Verb.HISTORY: KnownPanel.HISTORY,
    Verb.EDIT: KnownPanel.RENAME,
    Verb.MERGE: KnownPanel.MERGE,
    Verb.MERGED: KnownPanel.MERGED,
}
_CHANGING = frozenset({Verb.EDIT, Verb.MERGE})


async def open_item(pressed: Pressed) -> Toast:
    """The note, task or subject a button names, below."""
    kind, acting = _KINDS.get(pressed.arg[:1]), pressed.services.acting
    if kind is None:
        raise NotFound("card", "")
    project_id = await _project_of(pressed)
    item = await acting.numbered(project_id, kind, number_in(pressed.arg, kind))
    if kind is Kind.TASK:
        return await pressed.show(TaskCard(item.id), item.id)
    return await pressed.show(NoteCard(item.id) if kind is Kind.ATOM else TopicCard(item.id), item.id)


async def page(pressed: Pressed) -> Toast:
    """Another page."""
    view = pressed.spot.view
    if not isinstance(view, FoundList | TopicCard | TopicList):
        raise NotFound("list", "")
    return await pressed.turn(replace(view, page=number_in(pressed.arg, "page")))


async def open_panel(pressed: Pressed) -> Toast:
    """Look at what it rests on or what happened, or open what it is changed with, or go back."""
    view = pressed.spot.view
    if not isinstance(view, TopicCard | NoteCard):
        raise NotFound("card", "")
    if pressed.press.verb in _CHANGING:
        await pressed.ensure_reviewer(await _project_of(pressed))
    return await pressed.turn(replace(view, panel=_PANELS[pressed.press.verb]))


async def merge(pressed: Pressed) -> Toast:
    """Make it a part of another subject."""
    view = _topic(pressed)
    merging = pressed.services.topics.merge(view.topic_id, number_in(pressed.arg, "topic"), pressed.actor)
    topic = await pressed.services.acting.and_close_panel(pressed.spot.id, merging)
    return toast("topic-merged", name=topic.name)


async def archive(pressed: Pressed) -> Toast:
    """Lay it aside."""
    topic = await pressed.services.topics.archive(_topic(pressed).topic_id, pressed.actor)
    return toast("topic-archived", name=topic.name)


async def bring_back(pressed: Pressed) -> Toast:
    """By itself and in use again."""
    topic = await pressed.services.topics.bring_back(_topic(pressed).topic_id, pressed.actor)
    return toast("topic-back", name=topic.name)


async def promote(pressed: Pressed) -> Toast:
    """Make a task of a kept note; its card comes below."""
    atom_id = _note(pressed).atom_id
    task = await pressed.services.shaping.promote_note(atom_id, pressed.actor, pressed.place)
    return toast("promoted", name=task.name)


def _note(pressed: Pressed) -> NoteCard:
    if not isinstance(pressed.spot.view, NoteCard):
        raise NotFound("atom", "")
    return pressed.spot.view


def _topic(pressed: Pressed) -> TopicCard:
    if not isinstance(pressed.spot.view, TopicCard):
        raise NotFound("topic", "")
    return pressed.spot.view


async def _project_of(pressed: Pressed) -> UUID:
    [project_id] = await pressed.services.acting.projects_at(pressed.spot.view, pressed.spot.reader_id)
    return project_id


_LOOKS: Family = dict.fromkeys(_PANELS, open_panel)
ANSWER: Family = {Verb.OPEN: open_item}
FOUND: Family = {Verb.OPEN: open_item, Verb.PAGE: page}
TOPICS: Family = FOUND
TOPIC: Family = {
    **FOUND,
    **_LOOKS,
    Verb.PICK: merge,
    Verb.ARCHIVE: archive,
    Verb.BRING_BACK: bring_back,
}
NOTE: Family = {**ANSWER, **_LOOKS, Verb.PROMOTE: promote, Verb.UNMERGE: unmerge}
