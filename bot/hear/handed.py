"""What a person hands over in direct chat: forwards of what was said before."""

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Forwarded
from bot.hear.identity import Scene
from bot.hear.services import Services
from core.services.chats.forwards import Handed


def router(services: Services) -> Router:
    """Listens before the commands: a forward is somebody else's words, whatever they say."""
    made = Router(name="handed")

    @made.edited_message(Forwarded())
    async def edited(_message: TelegramMessage, scene: Scene) -> None:
        """A forward cannot be changed; Telegram only says so of its reactions or markup."""

    @made.message(Forwarded())
    async def forwarded(_message: TelegramMessage, scene: Scene) -> None:
        if scene.forwarded is not None:
            handed = Handed(scene.forwarded, scene.forwarded_key, scene.who)
            await services.forwards.keep(handed, scene.place)

    return made
