"""Talk: who is let in, and what is stored."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import Message as TelegramMessage

from bot.hear.filters import Commanded, Strange, Unopened
from bot.hear.replies import answered_card, take
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
        message = scene.message
        if message is None or not (scene.is_reading or scene.is_direct):
            return
        acts = [lambda: services.task_replies.reword(message)]
        if scene.is_reading:
            kept = replace(message, is_excluded=scene.command is not None)
            acts.append(lambda: services.intake.take_edit(kept))
        await services.acting.together(*acts)

    @made.message()
    async def said(_message: TelegramMessage, scene: Scene) -> None:
        if scene.command is not None:
            if scene.is_direct or scene.command.is_addressed:
                await services.placing.tell(scene.place, "unknown-command")
        elif not await answered_card(scene, services):
            await take(scene, services)

    return made
