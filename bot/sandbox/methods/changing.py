"""Edits, deletions, pins and reactions of the bot."""

from typing import Any

from aiogram.methods import (
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageMedia,
    EditMessageReplyMarkup,
    EditMessageText,
    PinChatMessage,
    SetMessageReaction,
    UnpinChatMessage,
)
from aiogram.types import InputMediaPhoto, ReactionTypeEmoji

from bot.sandbox.acts.posting import change, post_service, remove, repaint
from bot.sandbox.methods.files import photo_json, stored
from bot.sandbox.methods.reading import (
    MOST_CAPTION,
    chat_of,
    ensure_in,
    ensure_may_write,
    keyboard_of,
    message_of,
    text_of,
)
from bot.sandbox.rules.errors import bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.model import Chat, Message
from bot.sandbox.world.wire import message_json

DELETABLE_SECONDS = 48 * 3600
"""https://core.telegram.org/bots/api#deletemessage."""
MOST_DELETED = 100
_COMMON = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤\u200d🔥"
_MORE = "🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨\u200d💻 👀 🎃 🙈 😇 😨"
_REST = "🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷\u200d♂ 🤷 🤷\u200d♀ 😡"
REACTIONS = frozenset(f"{_COMMON} {_MORE} {_REST}".split())
"""https://core.telegram.org/bots/api#reactiontypeemoji."""


def edit_message_text(sandbox: Sandbox, call: EditMessageText) -> Json:
    """https://core.telegram.org/bots/api#editmessagetext."""
    chat, message = _editable(sandbox, call)
    text, entities = text_of(sandbox, call.text, call.parse_mode, call.entities)
    if message.media or message.service:
        raise bad_request("there is no text in the message to edit")
    keyboard = keyboard_of(call.reply_markup)
    _ensure_modified(message, text, entities, keyboard)
    is_new_text = (message.text, message.entities) != (text, entities)
    change(
        sandbox,
        message,
        text=text if is_new_text else None,
        entities=entities,
        keyboard=keyboard,
    )
    return message_json(sandbox.world, chat.messages[message.id])


def edit_message_caption(sandbox: Sandbox, call: EditMessageCaption) -> Json:
    """https://core.telegram.org/bots/api#editmessagecaption."""
    _, message = _editable(sandbox, call)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    return _retold(sandbox, message, call, message.media)


def edit_message_media(sandbox: Sandbox, call: EditMessageMedia) -> Json:
    """https://core.telegram.org/bots/api#editmessagemedia: another photo, or one added to a text."""
    _, message = _editable(sandbox, call)
    if not isinstance(call.media, InputMediaPhoto):
        raise bad_request("the sandbox edits photos alone")
    photo = {"photo": photo_json(stored(sandbox, call.media.media))}
    return _retold(sandbox, message, call.media, photo, keyboard=call.reply_markup)


def _retold(sandbox: Sandbox, message: Message, told: Any, media: Json, keyboard: object = None) -> Json:
    """Gives a message another caption and perhaps another file; `told` has the caption."""
    text, entities = text_of(
        sandbox, told.caption, told.parse_mode, told.caption_entities, most=MOST_CAPTION
    )
    buttons = keyboard_of(keyboard or getattr(told, "reply_markup", None))
    if media == message.media:
        _ensure_modified(message, text, entities, buttons)
    message.media = media
    change(sandbox, message, text=text, entities=entities, keyboard=buttons)
    return message_json(sandbox.world, message)


def edit_message_reply_markup(sandbox: Sandbox, call: EditMessageReplyMarkup) -> Json:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    _, message = _editable(sandbox, call)
    keyboard = keyboard_of(call.reply_markup)
    _ensure_modified(message, message.text, message.entities, keyboard)
    change(sandbox, message, keyboard=keyboard)
    return message_json(sandbox.world, message)


def _editable(sandbox: Sandbox, call: Any) -> tuple[Chat, Message]:
    if call.inline_message_id is not None or call.chat_id is None:
        raise bad_request("message identifier is not specified")
    chat = chat_of(sandbox, call.chat_id)
    ensure_may_write(sandbox, chat)
    message = message_of(chat, call.message_id, "edit")
    if message.sender != sandbox.world.bot.person.id:
        raise bad_request("message can't be edited")
    return chat, message


def _ensure_modified(message: Message, text: str, entities: list[Json], keyboard: list[list[Json]]) -> None:
    if (message.text, message.entities, message.keyboard) == (text, entities, keyboard):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )


def delete_message(sandbox: Sandbox, call: DeleteMessage) -> bool:
    """https://core.telegram.org/bots/api#deletemessage."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    message = message_of(chat, call.message_id, "delete")
    _ensure_deletable(sandbox, chat, message)
    remove(sandbox, message)
    return True


def delete_messages(sandbox: Sandbox, call: DeleteMessages) -> bool:
    """https://core.telegram.org/bots/api#deletemessages: unknown ones are skipped."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    if not 1 <= len(call.message_ids) <= MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[id_] for id_ in call.message_ids if id_ in chat.messages]
    for message in found:
        _ensure_deletable(sandbox, chat, message)
        remove(sandbox, message)
    return True


def _ensure_deletable(sandbox: Sandbox, chat: Chat, message: Message) -> None:
    world = sandbox.world
    if chat.kind != "private" and chat.member(world.bot.person.id).may("can_delete_messages"):
        return
    is_own = message.sender == world.bot.person.id or chat.kind == "private"
    if not is_own or world.now() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted")


def set_message_reaction(sandbox: Sandbox, call: SetMessageReaction) -> bool:
    """https://core.telegram.org/bots/api#setmessagereaction: a bot has one reaction a message."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_may_write(sandbox, chat)
    message = message_of(chat, call.message_id, "react")
    wanted = call.reaction or []
    emoji = [one.emoji for one in wanted if isinstance(one, ReactionTypeEmoji)]
    if len(emoji) != len(wanted) or not REACTIONS.issuperset(emoji):
        raise bad_request("REACTION_INVALID")
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions.pop(sandbox.world.bot.person.id, None)
    if emoji:
        message.reactions[sandbox.world.bot.person.id] = emoji
    repaint(sandbox, message)
    return True


def pin_chat_message(sandbox: Sandbox, call: PinChatMessage) -> bool:
    """https://core.telegram.org/bots/api#pinchatmessage."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    message = message_of(chat, call.message_id, "pin")
    _ensure_may_pin(sandbox, chat)
    message.is_pinned = True
    repaint(sandbox, message)
    pinned = message_json(sandbox.world, message, with_reply=False)
    post_service(sandbox, chat.id, sandbox.world.bot.person.id, {"pinned_message": pinned})
    return True


def unpin_chat_message(sandbox: Sandbox, call: UnpinChatMessage) -> bool:
    """https://core.telegram.org/bots/api#unpinchatmessage: without an id, the latest."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    _ensure_may_pin(sandbox, chat)
    pinned = [m for m in chat.messages.values() if m.is_pinned]
    wanted = [m for m in pinned if m.id == call.message_id] if call.message_id else pinned[-1:]
    if not wanted:
        raise bad_request("message to unpin not found")
    wanted[0].is_pinned = False
    repaint(sandbox, wanted[0])
    return True


def _ensure_may_pin(sandbox: Sandbox, chat: Chat) -> None:
    member = chat.member(sandbox.world.bot.person.id)
    if chat.kind != "private" and not member.may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
