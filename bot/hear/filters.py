"""What a handler listens to, beside the kind of update."""

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.hear.scene.identity import Scene


class Commanded(Filter):
    """A message that is one of these commands, in any case, with or without this bot's name."""

    def __init__(self, *names: str) -> None:
        """Listen to these."""
        self.names = frozenset(names)

    async def __call__(self, event: TelegramObject, scene: Scene) -> bool:  # noqa: ARG002 # aiogram's shape
        """Whether it is."""
        return scene.command is not None and scene.command.name in self.names


class Forwarded(Filter):
    """A message from elsewhere, handed over in direct chat."""

    async def __call__(self, event: TelegramObject, scene: Scene) -> bool:  # noqa: ARG002 # aiogram's shape
        """Whether it is."""
        return scene.forwarded is not None


class Document(Filter):
    """A file sent in direct chat; one that was forwarded counts when it can be an export."""

    async def __call__(self, event: TelegramObject, scene: Scene) -> bool:  # noqa: ARG002 # aiogram's shape
        """Whether it is."""
        if scene.document is None:
            return False
        return scene.forwarded is None or scene.document.name.lower().endswith(".json")


class Strange(Filter):
    """A direct chat with somebody the bot does not talk with (product rule 13)."""

    async def __call__(self, event: TelegramObject, scene: Scene) -> bool:  # noqa: ARG002 # aiogram's shape
        """Whether it is."""
        return scene.is_direct and scene.is_stranger and not scene.is_reading


class Unopened(Filter):
    """A group the bot knows nothing of: nobody accepted it, or it was left."""

    async def __call__(self, event: TelegramObject, scene: Scene) -> bool:  # noqa: ARG002 # aiogram's shape
        """Whether it is."""
        return not scene.is_direct and scene.known is None
