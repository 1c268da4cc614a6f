"""sendMessage, sendDocument, sendPhoto, sendChatAction: what the bot says."""

from collections.abc import Callable
from typing import Any

from aiogram.methods import SendChatAction, SendDocument, SendMessage, SendPhoto

from bot.sandbox.acts.posting import post
from bot.sandbox.methods.files import document_json, photo_json, stored
from bot.sandbox.methods.reading import (
    MOST_CAPTION,
    chat_of,
    ensure_may_write,
    keyboard_of,
    text_of,
)
from bot.sandbox.methods.replying import answered
from bot.sandbox.rules.errors import bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.model import GENERAL_THREAD, Chat, Message
from bot.sandbox.world.wire import message_json, user_json


def send_message(sandbox: Sandbox, call: SendMessage) -> Json:
    """https://core.telegram.org/bots/api#sendmessage."""
    chat = chat_of(sandbox, call.chat_id)
    text, entities = text_of(sandbox, call.text, call.parse_mode, call.entities)
    message = _prepared(sandbox, chat, call)
    message.text, message.entities = text, entities
    return message_json(sandbox.world, post(sandbox, message))


def send_document(sandbox: Sandbox, call: SendDocument) -> Json:
    """https://core.telegram.org/bots/api#senddocument; the upload is stored before."""
    return _send_media(sandbox, call, lambda: {"document": document_json(stored(sandbox, call.document))})


def send_photo(sandbox: Sandbox, call: SendPhoto) -> Json:
    """https://core.telegram.org/bots/api#sendphoto."""
    return _send_media(sandbox, call, lambda: {"photo": photo_json(stored(sandbox, call.photo))})


def _send_media(sandbox: Sandbox, call: Any, media: Callable[[], Json]) -> Json:
    """Sends a file with its caption; `call` is any send… of one file."""
    chat = chat_of(sandbox, call.chat_id)
    found = media()
    text, entities = text_of(
        sandbox, call.caption, call.parse_mode, call.caption_entities, most=MOST_CAPTION
    )
    message = _prepared(sandbox, chat, call)
    message.text, message.entities, message.media = text, entities, found
    return message_json(sandbox.world, post(sandbox, message))


def send_chat_action(sandbox: Sandbox, call: SendChatAction) -> bool:
    """https://core.telegram.org/bots/api#sendchataction."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_may_write(sandbox, chat)
    who = user_json(sandbox.world.bot.person)["first_name"]
    sandbox.changes.publish("action", chat=chat.id, action=call.action, who=who)
    return True


def _prepared(sandbox: Sandbox, chat: Chat, call: Any) -> Message:
    """Returns the bot's next message with everything but its content; `call` is any send…."""
    ensure_may_write(sandbox, chat)
    keyboard = keyboard_of(call.reply_markup)
    reply = answered(sandbox, chat, call)
    is_here = reply.message is not None and reply.message.chat == chat.id
    reply_to = reply.message.id if reply.message is not None and is_here else None
    thread = _thread(chat, call.message_thread_id, reply_to)
    world = sandbox.world
    room = world.bot_chat(chat.id) if chat.kind == "private" else chat
    id_ = world.next_message_id(room)
    message = Message(id_, chat.id, int(world.now()), world.bot.person.id, reply_to=reply_to)
    message.sender_chat = chat.id if chat.kind == "channel" else None
    message.thread, message.keyboard = thread, keyboard
    message.quote = reply.quote
    if reply.message is not None and not is_here:
        message.reply_elsewhere = (reply.message.chat, reply.message.id)
    message.is_silent = call.disable_notification is True
    return message


def _thread(chat: Chat, wanted: int | None, reply_to: int | None) -> int | None:
    if wanted is None:
        answered = chat.messages.get(reply_to or 0)
        wanted = answered.thread if answered and chat.is_forum else None
    if wanted is None:
        return None
    # General has no thread id on the wire, and Telegram refuses its 1 as it refuses an unknown one.
    if not chat.is_forum or wanted == GENERAL_THREAD or wanted not in chat.topics:
        raise bad_request("message thread not found")
    if chat.topics[wanted].is_closed:
        raise bad_request("TOPIC_CLOSED")
    return wanted
