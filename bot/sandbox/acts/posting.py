"""Puts messages into chats, changes and removes them, and tells the bot and the watchers."""

from bot.sandbox.rules.hearing import hears_message
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.model import Message
from bot.sandbox.world.shown import message_shown
from bot.sandbox.world.wire import message_json


def post(sandbox: Sandbox, message: Message) -> Message:
    """Adds a message to its chat and tells everybody who may know."""
    chat = sandbox.world.chat(message.chat)
    chat.messages[message.id] = message
    chat.last_message_id = max(chat.last_message_id, message.id)
    _tell(sandbox, message, "message")
    return message


def change(
    sandbox: Sandbox,
    message: Message,
    *,
    text: str | None = None,
    entities: list[Json] | None = None,
    keyboard: list[list[Json]] | None = None,
) -> None:
    """Edits a message in place; None leaves a part as it is.

    A change of the keyboard alone is not marked as an edit for readers, as in Telegram.
    """
    if text is not None:
        message.history.append(message.text)
        message.text, message.entities = text, entities or []
        message.edited_at = int(sandbox.world.now())
    if keyboard is not None:
        message.keyboard = keyboard
    _tell(sandbox, message, "edited_message")


def remove(sandbox: Sandbox, message: Message) -> None:
    """Deletes a message; bots are never told."""
    del sandbox.world.chat(message.chat).messages[message.id]
    sandbox.changes.publish("deleted", chat=message.chat, id=message.id)


def repaint(sandbox: Sandbox, message: Message) -> None:
    """Tells the watchers that something about a message changed (reactions, a pin)."""
    _publish(sandbox, message, "edited_message")


def post_service(sandbox: Sandbox, chat: int, sender: int, service: Json) -> Message:
    """Adds a service message."""
    world = sandbox.world
    id_ = world.next_message_id(world.chat(chat))
    return post(sandbox, Message(id_, chat, int(world.now()), sender, service=service))


def _tell(sandbox: Sandbox, message: Message, kind: str) -> None:
    _publish(sandbox, message, kind)
    if hears_message(sandbox.world, message):
        is_channel = sandbox.world.chat(message.chat).kind == "channel"
        name = kind.replace("message", "channel_post") if is_channel else kind
        sandbox.queue.put(name, message_json(sandbox.world, message))


def _publish(sandbox: Sandbox, message: Message, kind: str) -> None:
    shown = message_shown(sandbox.world, message) if sandbox.changes.is_watched else None
    sandbox.changes.publish(kind, chat=message.chat, id=message.id, message=shown)
