"""/privacy /forget /export: what is kept of whoever asks, to have it forgotten, and what to take along."""

from collections.abc import Mapping

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from bot.view.cards.privacy import START_WORD
from bot.view.links import EXPORT as EXPORT_WORD
from bot.view.links import start_link
from core.domain.showing.panel import Panel
from core.domain.showing.view_living import ExportCard
from core.domain.showing.view_setup import PrivacyCard
from core.ports.files import FileFormat

_FORMS: Mapping[str, FileFormat] = {
    **{one.value: one for one in FileFormat},
    "markdown": FileFormat.MARKDOWN,
    "calendar": FileFormat.CALENDAR,
    "ical": FileFormat.CALENDAR,
}


def router(services: Services) -> Router:
    """Listens to the commands about one's own words."""
    made = Router(name="privacy")

    @made.message(Commanded("privacy"))
    async def privacy(_message: TelegramMessage, scene: Scene) -> None:
        await services.placing.answer(PrivacyCard(), scene.place)

    @made.message(Commanded("forget"))
    async def forget(_message: TelegramMessage, scene: Scene) -> None:
        await _forget(scene, services)

    @made.message(Commanded("export"))
    async def export(_message: TelegramMessage, scene: Scene) -> None:
        await _export(scene, services)

    return made


async def _forget(scene: Scene, services: Services) -> None:
    words = scene.command.words if scene.command else []
    if words == ["me"]:
        await _forget_me(scene, services)
    elif scene.replied is not None:
        await _forget_message(scene, services)
    else:
        await services.placing.tell(scene.place, "forget-how")


async def _export(scene: Scene, services: Services) -> None:
    words = scene.command.words if scene.command else []
    asked = [word for word in words if word != "tasks"]
    if asked == ["my", "data"]:
        await _export_own(scene, services)
    elif len(asked) > 1 or (asked and asked[0] not in _FORMS):
        await services.placing.tell(scene.place, "export-how")
    elif not scene.is_direct:
        link = start_link(services.bot_username(), EXPORT_WORD)
        await services.placing.tell(scene.place, "privacy-direct", {"link": link})
    else:
        await _export_tasks(scene, _FORMS[asked[0]] if asked else None, services)


async def _export_own(scene: Scene, services: Services) -> None:
    if not scene.is_direct:
        await _in_direct(scene, services)
    elif not await services.exporting.send(scene.who.id):
        await services.placing.tell(scene.place, "export-failed")


async def _export_tasks(scene: Scene, form: FileFormat | None, services: Services) -> None:
    """The file, or the formats to choose from."""
    project = await project_in(services, scene)
    if form is None:
        await services.placing.answer(ExportCard(project.id), scene.place, about={project.id})
    elif not await services.task_files.send(project.id, scene.who, form):
        await services.placing.tell(scene.place, "export-failed")


async def _forget_me(scene: Scene, services: Services) -> None:
    """It is confirmed where nobody else reads along."""
    if scene.is_direct:
        await services.placing.answer(PrivacyCard(Panel.CONFIRM), scene.place)
    else:
        await _in_direct(scene, services)


async def _in_direct(scene: Scene, services: Services) -> None:
    link = start_link(services.bot_username(), START_WORD)
    await services.placing.tell(scene.place, "privacy-direct", {"link": link})


async def _forget_message(scene: Scene, services: Services) -> None:
    """A reply to one's own message."""
    replied = scene.replied
    if replied is None or replied.author.person_id != scene.who.id:
        await services.placing.tell(scene.place, "forget-not-yours")
        return
    forgetting = services.forgetting.forget_messages([replied.key])
    await services.acting.and_say(scene.place, forgetting, "forgot-message")
