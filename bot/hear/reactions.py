"""Reactions: ✍ captures a message, 🙈 leaves it out."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import MessageReactionUpdated, ReactionTypeEmoji

from bot.hear.commands.capture import acknowledge
from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from core.services.chats.capture import CaptureKind, Wish

CAPTURES, LEAVES_OUT, UNSEEN = "✍", "🙈", "🤷"
_PLAIN_LOOK = "\ufe0f"
"""A variation selector some clients add; the emoji is the same."""


def router(services: Services) -> Router:
    """Listens to reactions; the captured message gets 👀, one that was never seen 🤷."""
    made = Router(name="reactions")

    @made.message_reaction()
    async def reacted(event: MessageReactionUpdated, scene: Scene) -> None:
        added = _emoji(event.new_reaction) - _emoji(event.old_reaction)
        if scene.key is None or not scene.is_reading:
            return
        if LEAVES_OUT in added:
            await services.intake.ignore(scene.key)
        elif CAPTURES in added:
            await _capture(scene, services)

    return made


async def _capture(scene: Scene, services: Services) -> None:
    """A reaction does not carry the message: only one that was stored can be captured by it."""
    async with services.transactions.reading() as tx:
        message = await tx.messages.find(scene.key) if scene.key else None
    if message is None:
        await _shrug(scene, services)
        return
    project = await services.projects.current(scene.chat_id, message.thread_id, None)
    await services.capture.capture(Wish(project.id, CaptureKind.ADD, message), scene.actor)
    await acknowledge(message.key, services)


async def _shrug(scene: Scene, services: Services) -> None:
    """Say that a message was never seen, unless it is one of our own cards."""
    key = scene.key
    if key is None or await services.acting.find_spot_at(key.chat_id, key.message_id) is not None:
        return
    await services.capture.hint_unseen(key, scene.person)
    await services.messenger.react(key.chat_id, key.message_id, UNSEEN)


def _emoji(reactions: Sequence[object]) -> set[str]:
    return {one.emoji.replace(_PLAIN_LOOK, "") for one in reactions if isinstance(one, ReactionTypeEmoji)}
