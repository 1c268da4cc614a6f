"""What happens before an update's effect: names, administrators, and the command's own words are kept.

All of it may be done twice without harm, so none of it marks the update done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

import structlog

from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from bot.view.payload import Verb
from core.domain.ids import ChatId
from core.domain.showing.view_setup import SetupCard
from core.errors import NotFound

DECIDING = frozenset(
    {
        "review", "pending", "undo", "extract", "run", "cancel", "resume", "close", "digest", "schedule",
        "project", "reviewers", "read", "settings",
    }
)  # fmt: skip
"""Commands that only reviewers may give: who that is must not be older than five minutes."""
SETTING_UP = frozenset({"setup", "read", "reviewers"})
"""Commands that ask who administers this very chat."""

_log = structlog.get_logger(__name__)


async def stale_chats(scene: Scene, services: Services) -> Sequence[ChatId]:
    """The chats whose administrators were read too long ago for what is asked; looked up with the scene."""
    return await services.rights.list_stale(await _projects_at_stake(scene, services))


async def prepare(scene: Scene, stale: Iterable[ChatId], services: Services) -> None:
    """Bring what the handler will read up to date, administrators of `stale` too. Raises WorldFailed."""
    await _meet(scene, services)
    await _keep_command(scene, services)
    asked = [scene.chat_id] if _asks_about_this_chat(scene) else []
    for chat_id in dict.fromkeys([*asked, *stale]):
        await _refresh_chat(chat_id, services)


async def _meet(scene: Scene, services: Services) -> None:
    """Keep the name of somebody who spoke to the bot; of strangers nothing is kept."""
    is_addressed = scene.event == "callback_query" or scene.command is not None or scene.is_direct
    is_here = scene.is_direct or scene.is_reading
    if scene.person is None or not is_addressed or not is_here or (scene.is_direct and scene.is_stranger):
        return
    has_direct_chat = scene.is_direct and scene.event != "my_chat_member"
    seen = replace(
        scene.person, name=scene.author.name, username=scene.author.username,
        language=scene.language_code or scene.person.language,
        has_direct_chat=scene.person.has_direct_chat or has_direct_chat,
    )  # fmt: skip
    if not scene.is_met or seen != scene.person:
        await services.people.meet(seen)


async def _keep_command(scene: Scene, services: Services) -> None:
    """A command was said in the chat like anything else, but it is nothing to analyse."""
    if scene.event == "message" and scene.command and scene.message and scene.is_reading:
        said = replace(scene.message, is_excluded=True)
        people = [scene.person] if scene.person else []
        await services.intake.take_messages([said], people)


def _asks_about_this_chat(scene: Scene) -> bool:
    if scene.is_direct or scene.known is None:
        return False
    if scene.command is not None and scene.command.name in SETTING_UP:
        return True
    return scene.spot is not None and isinstance(scene.spot.view, SetupCard) and not _is_leaving(scene)


def _is_leaving(scene: Scene) -> bool:
    return scene.press is not None and scene.press.verb is Verb.LEAVE_ME_OUT


async def _projects_at_stake(scene: Scene, services: Services) -> Iterable[UUID]:
    person_id = scene.person.id if scene.person else None
    if scene.spot is not None:
        return await services.acting.projects_at(scene.spot.view, person_id)
    is_deciding = scene.command is not None and scene.command.name in DECIDING
    if not is_deciding and scene.document is None:
        return ()
    if scene.is_direct:
        mine = [] if person_id is None else await services.projects.list_of(person_id)
        return [project.id for project in mine]
    project = await services.projects.find_current(scene.chat_id, scene.thread_id, person_id)
    return () if project is None else (project.id,)


async def _refresh_chat(chat_id: ChatId, services: Services) -> None:
    try:
        await services.rights.refresh_chat(chat_id)
    except NotFound as gone:
        # The bot lost the chat; what was last known of it still holds.
        _log.warning("cannot read administrators", chat=gone.name)
