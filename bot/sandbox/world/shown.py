"""Describes chats and messages as a client shows them: for the page and the driver."""

from bot.sandbox.shape import Json
from bot.sandbox.text.render import html_of
from bot.sandbox.world.model import (
    ANONYMOUS_ADMIN,
    GENERAL_THREAD,
    Chat,
    Message,
    Person,
)
from bot.sandbox.world.store import World

_MEDIA = {
    "photo": "🖼 Photo",
    "document": "📎 File",
    "voice": "🎤 Voice message",
    "video": "🎬 Video",
    "sticker": "🌟 Sticker",
    "audio": "🎵 Audio",
    "animation": "🎞 GIF",
}


def person_shown(person: Person) -> Json:
    """Returns a person for the page: id, name, username, language, is_bot."""
    return {
        "id": person.id,
        "name": person.name,
        "username": person.username,
        "language": person.language,
        "is_bot": person.is_bot,
        "has_started": person.has_started,
        "has_blocked": person.has_blocked,
    }


def chat_shown(chat: Chat) -> Json:
    """Returns a chat with members (id, status, is_anonymous) and topics (id, name)."""
    topics = [{"id": t.id, "name": t.name, "is_closed": t.is_closed} for t in chat.topics.values()]
    members = [
        {"id": id_, "status": m.status, "is_anonymous": m.is_anonymous}
        for id_, m in chat.members.items()
        if m.is_present
    ]
    return {
        "id": chat.id,
        "kind": chat.kind,
        "title": chat.title,
        "username": chat.username,
        "is_forum": chat.is_forum,
        "members": members,
        "topics": topics,
        "migrated_to": chat.migrated_to,
        "linked": chat.linked,
        "last_date": next((m.date for m in reversed(chat.messages.values())), 0),
    }


def sender_shown(world: World, message: Message) -> Json:
    """Returns who a message is from, as a client names them."""
    if message.sender_chat is not None:
        chat = world.chat(message.sender_chat)
        return {"id": chat.id, "name": chat.title, "is_bot": False, "is_chat": True}
    person = world.person(message.sender)
    is_anonymous = person.id == ANONYMOUS_ADMIN
    return {
        "id": person.id,
        "name": person.name,
        "is_bot": person.is_bot and not is_anonymous,
        "is_chat": False,
    }


def message_shown(world: World, message: Message) -> Json:
    """Returns a message as shown: see `bot.sandbox.driver.shown.ShownMessage` for the fields."""
    chat = world.chat(message.chat)
    answered = chat.messages.get(message.reply_to or 0) or world.find_elsewhere(message)
    return {
        "id": message.id,
        "chat": message.chat,
        "thread": thread_of(chat, message),
        "sender": sender_shown(world, message),
        "text": message.text,
        "html": html_of(message.text, message.entities),
        "date": message.date,
        "edited_at": message.edited_at,
        "reply_to": message.reply_to,
        "reply": _reply_shown(world, message, answered) if answered else None,
        "buttons": [[_button(b) for b in row] for row in message.keyboard],
        "reactions": _reactions(message),
        "history": message.history,
        "service": _service(world, message),
        "media": _media(message),
        "forwarded_from": _origin(message),
        "is_silent": message.is_silent,
        "is_pinned": message.is_pinned,
        "is_automatic_forward": message.is_automatic_forward,
    }


def thread_of(chat: Chat, message: Message) -> int | None:
    """Returns the forum topic a message is in (General is 1), None outside forums."""
    return (message.thread or GENERAL_THREAD) if chat.is_forum else None


def _reply_shown(world: World, message: Message, answered: Message) -> Json:
    quoted: str | None = message.quote["text"] if message.quote else None
    text = answered.text or _service(world, answered) or (_media(answered) or {}).get("label", "")
    return {
        "id": answered.id,
        "chat": answered.chat,
        "name": sender_shown(world, answered)["name"],
        "text": quoted or text[:120],
        "is_quote": quoted is not None,
    }


def _button(button: Json) -> Json:
    return {
        "text": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url") or _inside(button, "login_url", "url"),
        "copy": _inside(button, "copy_text", "text"),
        "app": _inside(button, "web_app", "url"),
        "style": button.get("style"),
    }


def _inside(button: Json, kind: str, field: str) -> str | None:
    return button[kind].get(field) if kind in button else None


def _reactions(message: Message) -> list[Json]:
    by_emoji: dict[str, list[int]] = {}
    for actor, emoji in message.reactions.items():
        for one in emoji:
            by_emoji.setdefault(one, []).append(actor)
    return [{"emoji": emoji, "actors": actors} for emoji, actors in by_emoji.items()]


def _media(message: Message) -> Json | None:
    if not message.media:
        return None
    kind, value = next(iter(message.media.items()))
    item: Json = value[-1] if kind == "photo" else value
    name = item.get("file_name")
    return {
        "kind": kind,
        "label": name or _MEDIA.get(kind, kind),
        "file_name": name,
        "file_id": item.get("file_id"),
    }


def _origin(message: Message) -> str | None:
    origin = message.forward_origin
    if origin is None:
        return None
    match origin["type"]:
        case "user":
            user = origin["sender_user"]
            return " ".join(filter(None, (user["first_name"], user.get("last_name"))))
        case "hidden_user":
            return origin["sender_user_name"]
        case _:
            return origin["chat" if "chat" in origin else "sender_chat"]["title"]


def _service(world: World, message: Message) -> str | None:
    if message.service is None:
        return None
    who = sender_shown(world, message)["name"]
    kind, value = next(iter(message.service.items()))
    match kind:
        case "new_chat_members":
            return _joined(message, who, value)
        case "left_chat_member":
            left = value["id"] == message.sender
            return f"{who} left" if left else f"{who} removed {value['first_name']}"
        case "forum_topic_created":
            return f"{who} created the topic “{value['name']}”"
        case "migrate_to_chat_id" | "migrate_from_chat_id":
            return "The group was upgraded to a supergroup"
        case _:
            return f"{who}: {kind.replace('_', ' ')}"


def _joined(message: Message, who: str, users: list[Json]) -> str:
    if [user["id"] for user in users] == [message.sender]:
        return f"{who} joined"
    return f"{who} added {', '.join(user['first_name'] for user in users)}"
