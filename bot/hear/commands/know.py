"""/ask, /search, /topics and /topic: what the team knows."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from core.domain.ids import PersonId
from core.domain.showing.view import TopicList
from core.domain.showing.view_known import FoundList, TopicCard
from core.errors import BadText

TEXT_LIMIT = 500
"""Characters of a question or of words to search for."""


def router(services: Services) -> Router:
    """Listens to the commands about what is known."""
    made = Router(name="know")

    @made.message(Commanded("ask"))
    async def ask(_message: TelegramMessage, scene: Scene) -> None:
        project, text = await project_in(services, scene), _text(scene)
        if text:
            await services.asking.ask(project.id, text, scene.place, _asker(scene))
        else:
            await services.placing.tell(scene.place, "ask-what")

    @made.message(Commanded("search"))
    async def search(_message: TelegramMessage, scene: Scene) -> None:
        project, text = await project_in(services, scene), _text(scene)
        if text:
            await services.placing.answer(FoundList(project.id, text, asker=_asker(scene)), scene.place)
        else:
            await services.placing.tell(scene.place, "search-what")

    @made.message(Commanded("topics"))
    async def topics(_message: TelegramMessage, scene: Scene) -> None:
        await _show_topics(scene, services)

    @made.message(Commanded("topic"))
    async def topic(_message: TelegramMessage, scene: Scene) -> None:
        text = _text(scene)
        if not text:
            await _show_topics(scene, services)
            return
        project = await project_in(services, scene)
        found = await services.topics.find(project.id, text)
        await services.placing.answer(TopicCard(found.id), scene.place, about={found.id})

    return made


async def _show_topics(scene: Scene, services: Services) -> None:
    project = await project_in(services, scene)
    await services.placing.answer(TopicList(project.id), scene.place, about={project.id})


def _asker(scene: Scene) -> PersonId | None:
    return scene.person.id if scene.person else None


def _text(scene: Scene) -> str:
    text = scene.command.rest if scene.command else ""
    if len(text) > TEXT_LIMIT:
        raise BadText("text", TEXT_LIMIT, len(text))
    return text
