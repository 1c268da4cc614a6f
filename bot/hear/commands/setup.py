"""/start /help /setup /settings /project /reviewers /read: coming in and setting up."""

from collections.abc import Awaitable, Callable, Mapping

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from bot.view.cards.privacy import START_WORD as PRIVACY
from bot.view.links import EXPORT, REVIEW, group_link
from bot.view.texts import LANGUAGES
from core.domain.person import Project
from core.domain.showing.view import ReviewersCard
from core.domain.showing.view_living import ExportCard
from core.domain.showing.view_setup import HelpCard, PrivacyCard
from core.errors import NotFound
from core.services.chats.joining import NEW_PROJECT

Change = Callable[[Services, Project, str, Scene], Awaitable[object]]


def router(services: Services) -> Router:
    """Listens to the commands that set things up."""
    made = Router(name="setup")

    @made.message(Commanded("start"))
    async def start(_message: TelegramMessage, scene: Scene) -> None:
        await (_start_direct if scene.is_direct else _start_group)(scene, services)

    @made.message(Commanded("help"))
    async def help_(_message: TelegramMessage, scene: Scene) -> None:
        person_id = scene.person.id if scene.person else None
        project = await services.projects.find_current(scene.chat_id, scene.thread_id, person_id)
        view = HelpCard(project.id if project else None)
        await services.placing.answer(view, scene.place, about={project.id} if project else ())

    @made.message(Commanded("setup"))
    async def setup(_message: TelegramMessage, scene: Scene) -> None:
        await _setup(scene, services)

    @made.message(Commanded("project", "settings"))
    async def project(_message: TelegramMessage, scene: Scene) -> None:
        await _project(scene, services)

    @made.message(Commanded("reviewers"))
    async def reviewers(_message: TelegramMessage, scene: Scene) -> None:
        chosen = await project_in(services, scene)
        names = [word for word in (scene.command.words if scene.command else []) if word.startswith("@")]
        if not names:
            await services.placing.answer(ReviewersCard(chosen.id), scene.place, about={chosen.id})
            return
        await services.projects.name_reviewers(chosen.id, names, scene.named_actor, scene.place)

    @made.message(Commanded("read"))
    async def read(_message: TelegramMessage, scene: Scene) -> None:
        is_off = scene.command is not None and "off" in scene.command.words
        await services.projects.read_here(scene.thread_id, scene.actor, scene.place, is_source=not is_off)

    return made


async def _start_direct(scene: Scene, services: Services) -> None:
    """A deep link's word, or a welcome for whoever is known here."""
    word = scene.command.rest if scene.command else ""
    person = scene.who
    add_link = group_link(services.bot_username(), NEW_PROJECT)
    if word == PRIVACY:
        await services.placing.answer(PrivacyCard(), scene.place)
    elif word == EXPORT:
        project = await project_in(services, scene)
        await services.placing.answer(ExportCard(project.id), scene.place, about={project.id})
    elif word == REVIEW:
        await services.sessions.open(scene.place, scene.actor, project_id=None, stage=None)
    elif word:
        await services.people.claim(word, person, scene.place, add_link)
    elif await services.people.is_welcome(person.id):
        await services.placing.tell(scene.place, "welcome-owner", {"link": add_link})
    else:
        await services.placing.tell(scene.place, "welcome-direct")


async def _start_group(scene: Scene, services: Services) -> None:
    """The word of the link that added the bot; Telegram sends it as a command of who opened it."""
    word = scene.command.rest if scene.command else ""
    if word:
        by = scene.person.id if scene.person else None
        await services.joining.take_payload(scene.seen, word, by, scene.place)


async def _setup(scene: Scene, services: Services) -> None:
    words = scene.command.words if scene.command else []
    if words[:1] == ["invite"]:
        await _invite(scene, words[1:], services)
    elif scene.is_direct:
        link = group_link(services.bot_username(), NEW_PROJECT)
        await services.placing.tell(scene.place, "add-to-group", {"link": link})
    else:
        asks_project = "project" in words
        await services.joining.show(scene.seen, scene.actor, scene.place, asks_project=asks_project)


async def _invite(scene: Scene, names: list[str], services: Services) -> None:
    """`/setup invite @ann`: the owner lets somebody else add the bot to groups."""
    async with services.transactions.reading() as tx:
        found = await tx.people.find_by_username(names[0].removeprefix("@")) if names else None
    if found is None:
        raise NotFound("person", names[0] if names else "")
    inviting = services.people.invite(found.id, scene.who.id)
    await services.acting.and_say(scene.place, inviting, "invited", {"name": found.name})


async def _project(scene: Scene, services: Services) -> None:
    """`/project` shows it, `new`, `rename`, … change it; any other word chooses one in direct chat."""
    rest = scene.command.rest if scene.command else ""
    verb, _, value = rest.partition(" ")
    if verb.lower() == "new":
        language = scene.language_code or "en"
        await services.projects.create(value, scene.named_actor, scene.place, language)
        return
    if rest and scene.is_direct and verb.lower() not in _CHANGES:
        await services.projects.choose(rest, scene.who.id, scene.place)
        return
    chosen = await project_in(services, scene)
    change = _CHANGES.get(verb.lower())
    if change is None:
        await services.projects.show(chosen.id, scene.place)
    else:
        await change(services, chosen, value, scene)


async def _rename(services: Services, project: Project, value: str, scene: Scene) -> None:
    await services.projects.rename(project.id, value, scene.named_actor, scene.place)


async def _describe(services: Services, project: Project, value: str, scene: Scene) -> None:
    await services.projects.describe(project.id, value, scene.named_actor, scene.place)


async def _keywords(services: Services, project: Project, value: str, scene: Scene) -> None:
    await services.projects.set_keywords(project.id, value, scene.named_actor, scene.place)


async def _timezone(services: Services, project: Project, value: str, scene: Scene) -> None:
    await services.projects.set_timezone(project.id, value, scene.named_actor, scene.place)


async def _language(services: Services, project: Project, value: str, scene: Scene) -> None:
    code = value.strip().lower()
    if code not in LANGUAGES:
        raise NotFound("language", value)
    await services.projects.set_language(project.id, code, scene.named_actor, scene.place)


_CHANGES: Mapping[str, Change] = {
    "rename": _rename,
    "description": _describe,
    "keywords": _keywords,
    "timezone": _timezone,
    "language": _language,
}
"""What /project changes, by its second word."""
