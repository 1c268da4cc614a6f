"""What a message of the bot answers, and the part of it that it quotes.

https://core.telegram.org/bots/api#replyparameters.
"""

from dataclasses import dataclass
from typing import Any

from aiogram.types import ReplyParameters

from bot.sandbox.methods.reading import chat_of, ensure_in, text_of
from bot.sandbox.rules.errors import Refused, bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.text.units import utf16_length, utf16_slice
from bot.sandbox.world.model import Chat, Message

MOST_QUOTED = 1024
"""Characters of a quote after entities, the same page."""
_QUOTE_INVALID = "QUOTE_TEXT_INVALID"
"""In the server's own words, https://github.com/aiogram/aiogram/issues/1406."""


@dataclass(slots=True, frozen=True)
class Answered:
    """The message answered, None for none, and the Bot API's TextQuote of it."""

    message: Message | None = None
    quote: Json | None = None


def answered(sandbox: Sandbox, chat: Chat, call: Any) -> Answered:
    """Returns what any send… to `chat` answers.

    Raises:
        Refused: The message, or the quote in it, is not there; the bot is not in its chat.
    """
    given: ReplyParameters | None = call.reply_parameters
    wanted = given.message_id if given else call.reply_to_message_id
    if wanted is None:
        return Answered()
    source = chat
    if given is not None and given.chat_id is not None:
        source = _readable(sandbox, given.chat_id)
    message = source.messages.get(wanted)
    if message is None:
        is_lenient = (given and given.allow_sending_without_reply) or call.allow_sending_without_reply
        if is_lenient is True and source.id == chat.id:
            return Answered()
        raise bad_request("message to be replied not found")
    if given is not None and given.quote:
        return Answered(message, _quote(sandbox, message, given))
    return Answered(message, None if source.id == chat.id else _automatic(message))


def _readable(sandbox: Sandbox, chat_id: int | str) -> Chat:
    chat = chat_of(sandbox, chat_id)
    try:
        ensure_in(sandbox, chat)
    except Refused as refused:
        raise bad_request("chat not found") from refused
    return chat


def _quote(sandbox: Sandbox, message: Message, given: ReplyParameters) -> Json:
    text, _ = text_of(sandbox, given.quote, given.quote_parse_mode, given.quote_entities)
    if utf16_length(text) > MOST_QUOTED or text not in message.text:
        raise bad_request(_QUOTE_INVALID)
    position = utf16_length(message.text[: message.text.index(text)])
    return {"text": text, "position": position, "is_manual": True}


def _automatic(message: Message) -> Json | None:
    """Returns the quote a reply from another chat has by itself: its readers may not have the message."""
    text = utf16_slice(message.text, {"offset": 0, "length": MOST_QUOTED})
    return {"text": text, "position": 0} if text else None
