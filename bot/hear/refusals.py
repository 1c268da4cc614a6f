"""Saying why not: a refusal becomes a passing word on a press, a sentence after a command."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from core.errors import BadInput, OldPress, Refusal, WorldFailed

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

_log = structlog.get_logger(__name__)


class RefusalMiddleware(BaseMiddleware):
    """Catches what a handler was refused and tells it to who asked.

    Only an update whose effect was rolled back is refused, so that the answer may be its effect.
    """

    def __init__(self, services: Services) -> None:
        """Speak through these."""
        self._services = services

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> object:
        """Run the rest; raises what is no refusal."""
        try:
            return await handler(event, data)
        except Refusal as refusal:
            scene = data.get("scene")
            if not isinstance(scene, Scene):
                raise
            await tell(refusal, scene, self._services)
            return None


async def tell(refusal: Refusal, scene: Scene, services: Services) -> None:
    """Say it where it was asked; nobody asked for what a reaction or plain talk was refused.

    What cannot be used was given on purpose, in a reply that was asked for.
    """
    if isinstance(refusal, OldPress) and scene.spot is not None:
        await services.placing.repaint(scene.spot.id)
    if scene.press_id:
        text = await sentence(refusal, scene, services)
        await services.messenger.answer(scene.press_id, text)
    elif scene.command is not None or scene.is_direct or isinstance(refusal, BadInput):
        text = await sentence(refusal, scene, services)
        await services.placing.tell(scene.place, "refused", {"text": text})
    else:
        _log.info("refused", refusal=type(refusal).__name__, update=scene.update_id)


async def sentence(error: Refusal | WorldFailed, scene: Scene, services: Services) -> str:
    """The one line for it, in the reader's language and the project's time."""
    person_id = scene.person.id if scene.person else None
    project = await services.projects.find_current(scene.chat_id, scene.thread_id, person_id)
    timezone = project.timezone if project else "UTC"
    language = scene.language if scene.is_direct or project is None else project.language
    return services.texts.refusal(error, language, timezone, services.clock.now())
