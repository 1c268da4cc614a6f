"""Buttons: a press becomes a callback query that waits for its answer."""

import asyncio

from bot.sandbox.sandbox import Press, Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.model import Message
from bot.sandbox.world.wire import chat_json, message_json, user_json

QUERY_SECONDS = 30.0
"""How long a query may be answered; Telegram names no number, its clients wait about this long."""


def press(sandbox: Sandbox, person: int, message: Message, data: str) -> Press:
    """Sends the bot a callback query; https://core.telegram.org/bots/api#callbackquery."""
    world = sandbox.world
    sandbox.last_press_id += 1
    answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
    pressed = Press(str(sandbox.last_press_id), person, message.chat, message.id, world.now(), answer)
    sandbox.presses[pressed.id] = pressed
    query: Json = {
        "id": pressed.id,
        "from": user_json(world.person(person)),
        "message": _message_json(sandbox, message),
        "chat_instance": str(7_000_000_000 + abs(message.chat)),
        "data": data,
    }
    sandbox.queue.put("callback_query", query)
    return pressed


def _message_json(sandbox: Sandbox, message: Message) -> Json:
    """A message too old for the bot is only named, with date 0 (InaccessibleMessage)."""
    world = sandbox.world
    if world.now() - message.date <= world.inaccessible_after:
        return message_json(world, message)
    chat = chat_json(world, world.chat(message.chat))
    return {"chat": chat, "message_id": message.id, "date": 0}


def find_open(sandbox: Sandbox, press_id: str) -> Press | None:
    """Returns a press that can still be answered, or None."""
    found = sandbox.presses.get(press_id)
    if found is None or found.answer.done():
        return None
    return found if sandbox.world.now() - found.at <= QUERY_SECONDS else None
