"""Direct chats with the bot: opening, blocking, unblocking."""

from typing import TYPE_CHECKING

from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world.model import Chat, Member, Person
from bot.sandbox.world.wire import chat_json, user_json

if TYPE_CHECKING:
    from bot.sandbox.shape import Json


def open_private(sandbox: Sandbox, person: int) -> Chat:
    """Opens a person's direct chat with the bot; the bot may write only after they did."""
    is_new = person not in sandbox.world.chats
    chat = sandbox.world.bot_chat(person)
    if is_new:
        sandbox.changes.publish("chat", chat=chat.id)
    return chat


def block(sandbox: Sandbox, person: Person) -> None:
    """The person blocks the bot."""
    if not person.has_blocked:
        _switch(sandbox, person, is_blocked=True)


def unblock(sandbox: Sandbox, person: Person) -> None:
    """The person takes the block away, as writing to the bot does."""
    if person.has_blocked:
        _switch(sandbox, person, is_blocked=False)


def _switch(sandbox: Sandbox, person: Person, *, is_blocked: bool) -> None:
    world = sandbox.world
    person.has_blocked = is_blocked
    chat = world.bot_chat(person.id)
    bot: Json = user_json(world.bot.person)
    states: list[Json] = [
        {"status": "member", "user": bot},
        {"status": "kicked", "user": bot, "until_date": 0},
    ]
    old, new = states if is_blocked else reversed(states)
    chat.members[world.bot.person.id] = Member("kicked" if is_blocked else "member")
    update: Json = {
        "chat": chat_json(world, chat),
        "from": user_json(person),
        "date": int(world.now()),
        "old_chat_member": old,
        "new_chat_member": new,
    }
    sandbox.queue.put("my_chat_member", update)
    sandbox.changes.publish("person", id=person.id)
