"""Talk: who is let in, and what is stored."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded, Strange, Unopened
from bot.hear.replies import answered_card
from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from bot.view.links import group_link
from core.services.chats.joining import NEW_PROJECT


def gate(services: Services) -> Router:
    """Stops those the bot does not work for: one sentence in direct chat, nothing in a group."""
    made = Router(name="gate")

    @made.message(Strange(), Commanded("start"))
    async def claim(_message: TelegramMessage, scene: Scene) -> None:
        token = scene.command.rest if scene.command else ""
        if token:
            link = group_link(services.bot_username(), NEW_PROJECT)
            await services.people.claim(token, scene.who, scene.place, link)
        else:
            await services.placing.tell(scene.place, "stranger-refused")

    @made.message(Strange())
    async def refuse(_message: TelegramMessage, scene: Scene) -> None:
        await services.placing.tell(scene.place, "stranger-refused")

    @made.message(Unopened(), ~Commanded("start", "setup"))
    async def pass_by(message: TelegramMessage, scene: Scene) -> None:
        """Words of a group nobody opened are let go."""

    return made


def router(services: Services) -> Router:
    """Stores what is said and changed; unknown commands are answered only when they are meant for us."""
    made = Router(name="messages")

    @made.edited_message()
    async def edited(_message: TelegramMessage, scene: Scene) -> None:
        if scene.message is not None and scene.is_reading:
            is_command = scene.command is not None
            await services.intake.take_edit(replace(scene.message, is_excluded=is_command))

    @made.message()
    async def said(_message: TelegramMessage, scene: Scene) -> None:
        if scene.command is not None:
            if scene.is_direct or scene.command.is_addressed:
                await services.placing.tell(scene.place, "unknown-command")
        elif not await answered_card(scene, services):
            await take(scene, services)

    return made


async def take(scene: Scene, services: Services) -> None:
    """Store one message of a chat that is read."""
    if scene.message is not None and scene.is_reading:
        people = [scene.person] if scene.person else []
        await services.intake.take_messages([scene.message], people)
