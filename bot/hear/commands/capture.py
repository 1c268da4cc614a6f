"""/add /bug /idea /decision /ignore: people put a message forward, or take it out."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded
from bot.hear.scene.identity import Scene, project_in
from bot.hear.services import Services
from core.domain.ids import MessageKey
from core.domain.message import Message
from core.services.chats.capture import CaptureKind, Wish

SEEN = "👀"
"""The quiet answer to a capture; a reaction bots may give,
https://core.telegram.org/bots/api#reactiontypeemoji."""


def router(services: Services) -> Router:
    """Listens to what captures and what leaves out."""
    made = Router(name="capture")

    @made.message(Commanded(*CaptureKind))
    async def capture(_message: TelegramMessage, scene: Scene) -> None:
        await _capture(scene, services)

    @made.message(Commanded("ignore"))
    async def ignore(_message: TelegramMessage, scene: Scene) -> None:
        if scene.replied is None:
            await services.placing.tell(scene.place, "ignore-needs-reply")
            return
        ignoring = services.intake.ignore(scene.replied.key)
        await services.acting.and_say(scene.place, ignoring, "ignored")

    return made


async def acknowledge(key: MessageKey, services: Services) -> None:
    """Show by a reaction that a message was taken; no word in the chat."""
    await services.messenger.react(key.chat_id, key.message_id, SEEN)


async def _capture(scene: Scene, services: Services) -> None:
    command, said = scene.command, scene.message
    if command is None or said is None:
        return
    message = _captured(scene, said)
    if message is None:
        await services.placing.tell(scene.place, "capture-needs-text", {"command": command.name})
        return
    project = await project_in(services, scene)
    wish = Wish(project.id, CaptureKind(command.name), message, command.rest, is_direct=scene.is_direct)
    await services.capture.capture(wish, scene.actor)
    await acknowledge(message.key, services)


def _captured(scene: Scene, said: Message) -> Message | None:
    """The message replied to, unless a bot's, else the command itself when it says something."""
    replied = scene.replied
    if replied is not None and not replied.author.is_bot and (replied.text.strip() or scene.is_reading):
        return replied
    return said if scene.command is not None and scene.command.rest else None
