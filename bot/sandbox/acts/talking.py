"""People writing, editing, deleting and reacting."""

from dataclasses import dataclass

from bot.sandbox.acts.posting import change, post, remove, repaint
from bot.sandbox.acts.starting import unblock
from bot.sandbox.rules.hearing import sees_reactions
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.text.plain import plain_entities
from bot.sandbox.text.units import is_writable, utf16_length
from bot.sandbox.world.model import (
    ANONYMOUS_ADMIN,
    CHANNEL_SENDER,
    GENERAL_THREAD,
    TELEGRAM_SERVICE,
    Chat,
    Message,
)
from bot.sandbox.world.store import World
from bot.sandbox.world.wire import chat_json, reactions_json, user_json

MOST_UNITS = 4096
"""Longer texts a client sends as several messages; https://limits.tginfo.me ."""


EMOJI_STYLE = "\ufe0f"
"""Telegram names reactions without the variation selector keyboards add to some emoji."""


class NotAllowed(Exception):
    """A person tried what Telegram's clients do not let them do."""


@dataclass(slots=True, frozen=True)
class Saying:
    """What somebody says: see `Driver.say` for the fields."""

    person: int
    chat: int
    text: str
    reply_to: int | None = None
    thread: int | None = None
    at: int | None = None
    media: Json | None = None
    forward_from: int | str | None = None
    as_chat: int | None = None
    entities: list[Json] | None = None
    origin: Json | None = None
    """A whole MessageOrigin, in place of `forward_from`."""


def say(sandbox: Sandbox, saying: Saying) -> Message:
    """Posts a person's message.

    Raises:
        NotAllowed: They are not in the chat, or the text is empty or too long.
        Missing: Person or chat do not exist.
    """
    world = sandbox.world
    chat = world.chat(saying.chat)
    person = world.person(saying.person)
    _ensure_may_talk(chat, saying)
    if chat.kind == "private":
        person.has_started = True
        unblock(sandbox, person)
    sender, sender_chat = _sender(chat, saying)
    text = saying.text.strip()
    message = Message(
        world.next_message_id(chat),
        chat.id,
        saying.at if saying.at is not None else int(world.now()),
        sender,
        sender_chat,
        text,
        plain_entities(text) if saying.entities is None else saying.entities,
        saying.media,
        reply_to=saying.reply_to,
        thread=_thread(chat, saying),
        forward_origin=_origin(world, saying),
    )
    post(sandbox, message)
    if chat.kind == "channel":
        _forward_to_group(sandbox, chat, message)
    return message


def _ensure_may_talk(chat: Chat, saying: Saying) -> None:
    if chat.migrated_to is not None:
        raise NotAllowed("the group was upgraded; write to", chat.migrated_to)
    is_member = chat.member(saying.person).is_present or chat.id == saying.person
    if not is_member:
        raise NotAllowed("not a member", saying.person, chat.id)
    if chat.kind == "channel" and not chat.member(saying.person).is_admin:
        raise NotAllowed("only administrators post in a channel", saying.person)
    if not saying.text.strip() and not saying.media:
        raise NotAllowed("the text is empty")
    if not is_writable(saying.text):
        raise NotAllowed("the text is not Unicode")
    if utf16_length(saying.text) > MOST_UNITS:
        raise NotAllowed("the text is longer than", MOST_UNITS)


def _sender(chat: Chat, saying: Saying) -> tuple[int, int | None]:
    if chat.kind == "channel":
        return CHANNEL_SENDER, chat.id
    is_anonymous = chat.member(saying.person).is_anonymous and saying.as_chat is None
    if saying.as_chat == chat.id or is_anonymous:
        if not chat.member(saying.person).is_admin:
            raise NotAllowed("only administrators write as the group", saying.person)
        return ANONYMOUS_ADMIN, chat.id
    if saying.as_chat is not None:
        return CHANNEL_SENDER, saying.as_chat
    return saying.person, None


def _thread(chat: Chat, saying: Saying) -> int | None:
    if not chat.is_forum:
        return None
    answered = chat.messages.get(saying.reply_to or 0)
    thread = saying.thread or (answered.thread if answered else None)
    if thread in {None, GENERAL_THREAD}:
        return None
    if thread not in chat.topics:
        raise NotAllowed("no such topic", thread)
    return thread


def _origin(world: World, saying: Saying) -> Json | None:
    source = saying.forward_from
    if source is None:
        return saying.origin
    date = int(world.now()) - 60
    if isinstance(source, str):
        return {"type": "hidden_user", "date": date, "sender_user_name": source}
    if source in world.people:
        return {"type": "user", "date": date, "sender_user": user_json(world.person(source))}
    chat = chat_json(world, world.chat(source))
    if chat["type"] == "channel":
        return {"type": "channel", "date": date, "chat": chat, "message_id": 1}
    return {"type": "chat", "date": date, "sender_chat": chat}


def _forward_to_group(sandbox: Sandbox, channel: Chat, source: Message) -> None:
    """A linked channel's post appears in its discussion group by itself."""
    world = sandbox.world
    if channel.linked is None:
        return
    group = world.chat(channel.linked)
    origin: Json = {
        "type": "channel",
        "date": source.date,
        "chat": chat_json(world, channel),
        "message_id": source.id,
    }
    id_ = world.next_message_id(group)
    copy = Message(id_, group.id, source.date, TELEGRAM_SERVICE, channel.id, source.text)
    copy.entities, copy.media = source.entities, source.media
    copy.forward_origin, copy.is_automatic_forward = origin, True
    post(sandbox, copy)


def edit(sandbox: Sandbox, person: int, chat: int, message_id: int, text: str) -> None:
    """Changes a person's own message."""
    message = sandbox.world.message(chat, message_id)
    _ensure_own(sandbox.world, person, message)
    change(sandbox, message, text=text.strip(), entities=plain_entities(text.strip()))


def delete(sandbox: Sandbox, person: int, chat: int, message_id: int) -> None:
    """Deletes a message: one's own, anything in direct chat, anything as an administrator."""
    message = sandbox.world.message(chat, message_id)
    room = sandbox.world.chat(chat)
    if room.kind != "private" and not room.member(person).may("can_delete_messages"):
        _ensure_own(sandbox.world, person, message)
    remove(sandbox, message)


def _ensure_own(world: World, person: int, message: Message) -> None:
    is_admin = world.chat(message.chat).member(person).is_admin
    as_group = message.sender_chat is not None and is_admin
    if message.sender != person and not as_group:
        raise NotAllowed("not their message", person, message.id)


def react(sandbox: Sandbox, person: int, chat: int, message_id: int, emoji: list[str]) -> None:
    """Sets a person's reactions on a message; an empty list takes them away."""
    world = sandbox.world
    room, message = world.chat(chat), world.message(chat, message_id)
    emoji = [one.replace(EMOJI_STYLE, "") for one in emoji]
    is_anonymous = room.member(person).is_anonymous
    actor = chat if is_anonymous else person
    before = message.reactions.pop(actor, [])
    if emoji:
        message.reactions[actor] = emoji
    repaint(sandbox, message)
    if before != emoji and sees_reactions(world, room) and not world.person(person).is_bot:
        who = (
            {"actor_chat": chat_json(world, room)}
            if is_anonymous
            else {"user": user_json(world.person(person))}
        )
        update: Json = {
            "chat": chat_json(world, room),
            "message_id": message.id,
            "date": int(world.now()),
            "old_reaction": reactions_json(before),
            "new_reaction": reactions_json(emoji),
        }
        sandbox.queue.put("message_reaction", {**update, **who})
