"""What a person hands over in direct chat: forwards of what was said before, and exports."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Document, Forwarded
from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from core.services.chats.forwards import Handed


def router(services: Services) -> Router:
    """Listens before the commands: a forward is somebody else's words, whatever they say."""
    made = Router(name="handed")

    @made.message(Document())
    async def document(_message: TelegramMessage, scene: Scene) -> None:
        if scene.document is not None:
            await services.imports.offer(scene.document, scene.who.id, scene.place)

    @made.message(Forwarded())
    async def forwarded(_message: TelegramMessage, scene: Scene) -> None:
        if scene.forwarded is not None:
            handed = Handed(scene.forwarded, scene.forwarded_key, scene.who)
            await services.forwards.keep(handed, scene.place)

    return made
