"""Writes what exists as the Bot API writes it: pure functions, one for each type."""

from bot.sandbox.shape import Json
from bot.sandbox.world.model import (
    CHANNEL_RIGHTS,
    GENERAL_THREAD,
    GROUP_RIGHTS,
    RIGHTS,
    Chat,
    Member,
    Message,
    Person,
)
from bot.sandbox.world.store import World

MAX_REACTIONS = 11
"""Distinct reactions on one message, as getChat names it (`max_reaction_count`)."""


def present(fields: Json) -> Json:
    """Returns the fields that have a value: the Bot API leaves the others out."""
    return {key: value for key, value in fields.items() if value is not None}


def user_json(person: Person) -> Json:
    """Returns https://core.telegram.org/bots/api#user."""
    return present(
        {
            "id": person.id,
            "is_bot": person.is_bot,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
            "language_code": None if person.is_bot else person.language,
        }
    )


def chat_json(world: World, chat: Chat) -> Json:
    """Returns https://core.telegram.org/bots/api#chat."""
    if chat.kind == "private":
        person = world.person(chat.id)
        names: Json = {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "username": person.username,
        }
    else:
        names = {"title": chat.title, "username": chat.username}
    return present({"id": chat.id, "type": chat.kind, "is_forum": True if chat.is_forum else None, **names})


def full_chat_json(world: World, chat: Chat) -> Json:
    """Returns https://core.telegram.org/bots/api#chatfullinfo."""
    pinned = [m for m in chat.messages.values() if m.is_pinned]
    gifts = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"
    more: Json = {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": MAX_REACTIONS,
        "accepted_gift_types": dict.fromkeys(gifts.split(), False),
        "linked_chat_id": chat.linked,
        "permissions": _permissions() if chat.is_group else None,
        "has_visible_history": True if chat.kind == "supergroup" else None,
        "pinned_message": message_json(world, pinned[-1]) if pinned else None,
    }
    return {**chat_json(world, chat), **present(more)}


def _permissions() -> Json:
    names = (
        "can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos "
        "can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages "
        "can_add_web_page_previews can_invite_users can_pin_messages"
    )
    return {**dict.fromkeys(names.split(), True), "can_change_info": False}


def member_json(world: World, chat: Chat, person: int) -> Json:
    """Returns https://core.telegram.org/bots/api#chatmember."""
    member = chat.member(person)
    common: Json = {"status": member.status, "user": user_json(world.person(person))}
    match member.status:
        case "creator" | "administrator":
            return {**common, **_admin_fields(chat, member)}
        case "kicked":
            return {**common, "until_date": 0}
        case "restricted":
            return {**common, "is_member": True, **_restricted_fields()}
        case _:
            return common


def _admin_fields(chat: Chat, member: Member) -> Json:
    title = {"custom_title": member.custom_title} if member.custom_title else {}
    if member.status == "creator":
        return {"is_anonymous": member.is_anonymous, **title}
    more = CHANNEL_RIGHTS if chat.kind == "channel" else GROUP_RIGHTS
    rights = {right: member.may(right) for right in (*RIGHTS, *more)}
    return {"can_be_edited": False, "is_anonymous": member.is_anonymous, **rights, **title}


def _restricted_fields() -> Json:
    return {
        **_permissions(),
        "can_edit_tag": False,
        "can_react_to_messages": True,
        "can_manage_topics": False,
        "until_date": 0,
    }


def message_json(world: World, message: Message, *, with_reply: bool = True) -> Json:
    """Returns https://core.telegram.org/bots/api#message.

    Args:
        world: Where the message is.
        message: The message.
        with_reply: Whether to include `reply_to_message`; Telegram never nests it twice.
    """
    chat = world.chat(message.chat)
    fields: Json = {
        "message_id": message.id,
        "date": message.date,
        "chat": chat_json(world, chat),
        "edit_date": message.edited_at,
        "forward_origin": message.forward_origin,
        "is_automatic_forward": True if message.is_automatic_forward else None,
        **_sender_fields(world, chat, message),
        **_thread_fields(chat, message),
        **_content_fields(message),
    }
    if with_reply and (answered := _reply(chat, message)):
        fields["reply_to_message"] = message_json(world, answered, with_reply=False)
    if with_reply:
        fields |= {"quote": message.quote, "external_reply": _external(world, message)}
    if message.keyboard:
        fields["reply_markup"] = {"inline_keyboard": message.keyboard}
    return present(fields)


def _sender_fields(world: World, chat: Chat, message: Message) -> Json:
    fields: Json = {}
    if chat.kind != "channel":
        fields["from"] = user_json(world.person(message.sender))
    if message.sender_chat is not None:
        fields["sender_chat"] = chat_json(world, world.chat(message.sender_chat))
    return fields


def _thread_fields(chat: Chat, message: Message) -> Json:
    if chat.is_forum and message.thread not in {None, GENERAL_THREAD}:
        return {"message_thread_id": message.thread, "is_topic_message": True}
    if chat.kind == "supergroup" and not chat.is_forum and message.reply_to:
        # Replies make threads in plain supergroups too: an id without `is_topic_message`,
        # which can not be sent to.
        return {"message_thread_id": thread_root(chat, message)}
    return {}


def thread_root(chat: Chat, message: Message) -> int:
    """Returns the id of the first message of a chain of replies."""
    seen: set[int] = set()
    while message.reply_to in chat.messages and message.id not in seen:
        seen.add(message.id)
        message = chat.messages[message.reply_to]
    return message.reply_to or message.id


def _content_fields(message: Message) -> Json:
    if message.service is not None:
        return message.service
    text, entities = ("caption", "caption_entities") if message.media else ("text", "entities")
    fields: Json = dict(message.media or {})
    if message.text:
        fields[text] = message.text
    if message.entities:
        fields[entities] = message.entities
    return fields


def _reply(chat: Chat, message: Message) -> Message | None:
    if message.reply_to is not None:
        return chat.messages.get(message.reply_to)
    in_topic = chat.is_forum and message.thread is not None and message.thread != message.id
    return chat.messages.get(message.thread or 0) if in_topic else None


def _external(world: World, message: Message) -> Json | None:
    """Returns https://core.telegram.org/bots/api#externalreplyinfo; the chat is named for supergroups."""
    found = world.find_elsewhere(message)
    if found is None:
        return None
    chat = world.chat(found.chat)
    origin: Json = {
        "type": "user",
        "date": found.date,
        "sender_user": user_json(world.person(found.sender)),
    }
    if found.sender_chat is not None:
        said_by = chat_json(world, world.chat(found.sender_chat))
        origin = {"type": "chat", "date": found.date, "sender_chat": said_by}
    if chat.kind not in {"supergroup", "channel"}:
        return {"origin": origin}
    return {"origin": origin, "chat": chat_json(world, chat), "message_id": found.id}


def reactions_json(emoji: list[str]) -> list[Json]:
    """Returns https://core.telegram.org/bots/api#reactiontypeemoji for each emoji."""
    return [{"type": "emoji", "emoji": one} for one in emoji]
