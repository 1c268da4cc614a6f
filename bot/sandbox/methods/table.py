"""The table of methods served: name to model and handler."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import aiogram.methods
from pydantic import BaseModel

from bot.sandbox.methods import changing, chats, profile, receiving, sending
from bot.sandbox.sandbox import Sandbox

Handler = Callable[[Sandbox, Any], Any]
"""Takes the sandbox and the checked call; returns the result, or a coroutine of it."""


@dataclass(slots=True, frozen=True)
class Method:
    """A method: aiogram's model of its parameters, and what it does."""

    name: str
    model: type[BaseModel]
    run: Handler


def _true(sandbox: Sandbox, call: Any) -> bool:
    del sandbox, call
    return True


_HANDLERS: dict[str, Handler] = {
    "getMe": profile.get_me,
    "getUpdates": receiving.get_updates,
    "setWebhook": receiving.set_webhook,
    "deleteWebhook": receiving.delete_webhook,
    "getWebhookInfo": receiving.get_webhook_info,
    "answerCallbackQuery": receiving.answer_callback_query,
    "getFile": receiving.get_file,
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": changing.edit_message_text,
    "editMessageCaption": changing.edit_message_caption,
    "editMessageMedia": changing.edit_message_media,
    "editMessageReplyMarkup": changing.edit_message_reply_markup,
    "deleteMessage": changing.delete_message,
    "deleteMessages": changing.delete_messages,
    "setMessageReaction": changing.set_message_reaction,
    "pinChatMessage": changing.pin_chat_message,
    "unpinChatMessage": changing.unpin_chat_message,
    "getChat": chats.get_chat,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMember": chats.get_chat_member,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "createForumTopic": chats.create_forum_topic,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_text,
    "setMyDescription": profile.set_text,
    "setMyShortDescription": profile.set_text,
    "getMyName": partial(profile.get_text, "name"),
    "getMyDescription": partial(profile.get_text, "description"),
    "getMyShortDescription": partial(profile.get_text, "short_description"),
    "setMyDefaultAdministratorRights": _true,
    "setChatMenuButton": _true,
    "logOut": _true,
    "close": _true,
}


def _model(name: str) -> type[BaseModel]:
    return getattr(aiogram.methods, name[0].upper() + name[1:])


METHODS: dict[str, Method] = {
    name.lower(): Method(name, _model(name), run) for name, run in _HANDLERS.items()
}
"""By lower-case name: Telegram's method names are case-insensitive."""
