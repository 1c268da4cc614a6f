"""Buttons of joining a group, of a project's card and of its reviewers."""

from uuid import UUID

from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.buttons.privacy import leave_me_out
from bot.hear.scene.speech import number_in
from bot.hear.toasts import QUIET, Toast, toast
from bot.view.cards.setup import TIMEZONES
from bot.view.links import group_link
from bot.view.payload import Verb
from bot.view.texts import LANGUAGES
from core.domain.ids import ChatId, PersonId
from core.domain.person import ReviewPlace
from core.domain.showing.view_setup import SetupCard
from core.errors import NoProject, NotFound
from core.services.chats.founding import Part
from core.services.chats.joining import token_for
from core.services.chats.setting_up import Tap, Threads


async def _project_id(pressed: Pressed) -> UUID | None:
    view = pressed.spot.view
    if isinstance(view, SetupCard):
        # The card's chat may have become a supergroup of another id since.
        view = SetupCard(pressed.spot.chat_id)
    found = await pressed.services.acting.projects_at(view, pressed.scene.who.id)
    return next(iter(sorted(found)), None)


async def _tap(pressed: Pressed) -> Tap:
    language = pressed.scene.language_code or pressed.scene.language
    return Tap(pressed.spot.id, pressed.actor, language[:2].lower() or "en")


async def _room_link(pressed: Pressed) -> str:
    project_id = await _project_id(pressed)
    token = token_for(project_id, Part.ROOM) if project_id else ""
    return group_link(pressed.services.bot_username(), token)


async def start_reading(pressed: Pressed) -> Toast:
    """An administrator opens the chat."""
    await pressed.services.setting_up.start_reading(await _tap(pressed))
    return toast("reading")


async def start_clean(pressed: Pressed) -> Toast:
    """The chat is taken up as if the bot had never been there."""
    await pressed.services.setting_up.start_clean(await _tap(pressed))
    return toast("clean")


async def open_chat(pressed: Pressed) -> Toast:
    """Let a review room read a chat, or no longer."""
    if not pressed.arg.isdecimal():
        raise NotFound("chat", "")
    room_id, person_id = ChatId(-int(pressed.arg)), pressed.scene.who.id
    room, is_open = await pressed.services.opening.toggle(pressed.spot.id, room_id, person_id)
    return toast("chat-opened" if is_open else "chat-closed", room=room.title)


async def new_project(pressed: Pressed) -> Toast:
    """A project of its own."""
    await pressed.services.setting_up.new_project(await _tap(pressed))
    return QUIET


async def join_project(pressed: Pressed) -> Toast:
    """Part of a project, or its review room."""
    part = Part.ROOM if pressed.press.verb is Verb.ROOM_PROJECT else Part.SOURCE
    index = number_in(pressed.arg, "project")
    await pressed.services.setting_up.join_project(await _tap(pressed), index, part)
    return QUIET


async def language(pressed: Pressed) -> Toast:
    """The first half of the first tap."""
    if pressed.arg not in LANGUAGES:
        raise NotFound("language", pressed.arg)
    await pressed.services.setting_up.set_language(await _tap(pressed), pressed.arg)
    return QUIET


async def timezone(pressed: Pressed) -> Toast:
    """The second half of the first tap: one of those shown."""
    project_id = await _project_id(pressed)
    present = (await pressed.project(project_id)).timezone if project_id else "UTC"
    if pressed.arg not in (present, *TIMEZONES):
        raise NotFound("time zone", pressed.arg)
    await pressed.services.setting_up.set_timezone(await _tap(pressed), pressed.arg)
    return QUIET


async def toggle_reviewer(pressed: Pressed) -> Toast:
    """Let somebody decide or no longer."""
    project_id = await _project_id(pressed)
    if project_id is None:
        raise NoProject
    person_id = PersonId(number_in(pressed.arg, "person"))
    name, decides = await pressed.services.projects.toggle_reviewer(project_id, person_id, pressed.actor)
    return toast("reviewer-added" if decides else "reviewer-removed", name=name)


async def done(pressed: Pressed) -> Toast:
    """The second tap is through."""
    if isinstance(pressed.spot.view, SetupCard):
        await pressed.services.setting_up.reviewers_done(await _tap(pressed))
    return QUIET


async def place(pressed: Pressed) -> Toast:
    """Where reviewers decide: the third tap, or a change later."""
    if pressed.arg not in frozenset(ReviewPlace):
        raise NotFound("place", pressed.arg)
    where, link = ReviewPlace(pressed.arg), await _room_link(pressed)
    tap = await _tap(pressed)
    if isinstance(pressed.spot.view, SetupCard):
        await pressed.services.setting_up.set_place(tap, where, link)
    else:
        await pressed.services.projects.set_place(pressed.spot.id, where, tap.actor, link)
    return toast("saved")


async def threads(pressed: Pressed) -> Toast:
    """Which forum topics are read."""
    if pressed.arg not in frozenset(Threads):
        raise NotFound("choice", pressed.arg)
    await pressed.services.setting_up.set_threads(await _tap(pressed), Threads(pressed.arg))
    return toast("saved")


SETUP: Family = {
    Verb.START_READING: start_reading,
    Verb.START_CLEAN: start_clean,
    Verb.LEAVE_ME_OUT: leave_me_out,
    Verb.NEW_PROJECT: new_project,
    Verb.JOIN_PROJECT: join_project,
    Verb.ROOM_PROJECT: join_project,
    Verb.LANGUAGE: language,
    Verb.TIMEZONE: timezone,
    Verb.REVIEWER: toggle_reviewer,
    Verb.DONE: done,
    Verb.PLACE: place,
    Verb.THREADS: threads,
}
PROJECT: Family = {Verb.PLACE: place, Verb.OPEN_CHAT: open_chat}
OPENING: Family = {Verb.OPEN_CHAT: open_chat}
REVIEWERS: Family = {Verb.REVIEWER: toggle_reviewer}
