"""The dispatcher: every router in the order in which they are asked."""

from typing import Any

from aiogram import BaseMiddleware, Dispatcher
from aiogram.types import TelegramObject, Update

from bot.hear import handed, membership, messages, reactions
from bot.hear.buttons import router as buttons
from bot.hear.commands import agents, capture, know, privacy, review, rhythm, runs, setup, tasks
from bot.hear.refusals import Handler, RefusalMiddleware
from bot.hear.scene.convert import raw_of
from bot.hear.scene.identity import scene_of
from bot.hear.services import Services
from bot.hear.stream.drain import Drain
from bot.hear.stream.updates import ALLOWED_UPDATES, Poller

__all__ = ["ALLOWED_UPDATES", "Drain", "Poller", "Services", "build_dispatcher"]


class SceneMiddleware(BaseMiddleware):
    """Gives handlers the scene of their update, where the drain did not already."""

    def __init__(self, services: Services) -> None:
        """Look things up through these."""
        self._services = services

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> object:
        """Run the rest with `scene`; an update in no chat has none and is let go."""
        if data.get("scene") is None and isinstance(event, Update):
            data["scene"] = await scene_of(raw_of(event), self._services)
        return None if data["scene"] is None else await handler(event, data)


def build_dispatcher(services: Services) -> Dispatcher:
    """A dispatcher that calls these services; each call builds its own routers."""
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(SceneMiddleware(services))
    dispatcher.update.outer_middleware(RefusalMiddleware(services))
    # Nobody else listens to presses, and they are what somebody waits for with a finger on the card.
    dispatcher.include_routers(
        buttons.router(services),
        membership.router(services),
        messages.gate(services),
        handed.router(services),
        setup.router(services),
        capture.router(services),
        privacy.router(services),
        review.router(services),
        runs.router(services),
        tasks.router(services),
        know.router(services),
        rhythm.router(services),
        agents.router(services),
        messages.router(services),
        reactions.router(services),
    )
    return dispatcher
