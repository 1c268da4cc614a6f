"""People forwarding messages: what Telegram tells of where they came from."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.acts.talking import NotAllowed, Saying, say
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.model import ANONYMOUS_ADMIN, Message
from bot.sandbox.world.store import World
from bot.sandbox.world.wire import chat_json, user_json

MOST = 100
"""Messages a client forwards at once; https://limits.tginfo.me ."""


@dataclass(slots=True, frozen=True)
class Forwarding:
    """Who forwards which messages, from where to where; `is_hidden` authors link no account."""

    person: int
    chat: int
    source: int
    messages: Sequence[int]
    is_hidden: bool = False


def forward(sandbox: Sandbox, forwarding: Forwarding) -> list[Message]:
    """Posts the copies in order; content and origin stay what they were.

    Raises:
        NotAllowed: More than a client forwards at once, or the person cannot see the source.
        Missing: Person, chat or message do not exist.
    """
    world = sandbox.world
    source = world.chat(forwarding.source)
    if len(forwarding.messages) > MOST:
        raise NotAllowed("at most", MOST, "at once")
    if not source.member(forwarding.person).is_present and source.id != forwarding.person:
        raise NotAllowed("not a member", forwarding.person, source.id)
    originals = [world.message(source.id, one) for one in forwarding.messages]
    return [say(sandbox, _copy(world, one, forwarding)) for one in originals]


def _copy(world: World, message: Message, forwarding: Forwarding) -> Saying:
    return Saying(
        forwarding.person,
        forwarding.chat,
        message.text,
        media=message.media,
        entities=message.entities,
        origin=message.forward_origin or _origin(world, message, is_hidden=forwarding.is_hidden),
    )


def _origin(world: World, message: Message, *, is_hidden: bool) -> Json:
    """https://core.telegram.org/bots/api#messageorigin."""
    date: Json = {"date": message.date}
    if message.sender_chat is not None:
        chat = chat_json(world, world.chat(message.sender_chat))
        if chat["type"] == "channel" and message.chat == message.sender_chat:
            return {"type": "channel", **date, "chat": chat, "message_id": message.id}
        return {"type": "chat", **date, "sender_chat": chat}
    person = world.person(message.sender)
    if is_hidden and person.id != ANONYMOUS_ADMIN:
        return {"type": "hidden_user", **date, "sender_user_name": person.name}
    return {"type": "user", **date, "sender_user": user_json(person)}
