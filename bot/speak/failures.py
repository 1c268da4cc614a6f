"""What each failure of the Bot API means for a send or edit: an exception becomes an Outcome."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.speak.request import NEVER_LEFT
from core.domain.ids import ChatId
from core.ports.chat import Fate, Outcome

# What Telegram writes in a 400, lower case, without its prefix. The words are no part of its documentation;
# they are in https://github.com/tdlib/telegram-bot-api (Client.cpp) and tdlib.
_NOT_MODIFIED = ("message is not modified",)
_MESSAGE_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message to react not found",
    "there is no caption in the message to edit",
)
_IS_PICTURE = ("there is no text in the message to edit",)
_CHAT_GONE = (
    "chat not found",
    "peer_id_invalid",
    "user_deactivated",
    "user is deactivated",
    "group chat was deactivated",
    "group chat was deleted",
)
_REPLY_GONE = (
    "message to be replied not found",
    "replied message not found",
    "message to reply not found",
    "reply message not found",
)
_PRESS_EXPIRED = ("query is too old", "query id is invalid", "query_id_invalid")
_NOT_A_MEMBER = ("participant_id_invalid", "user not found", "member not found", "user_id_invalid")


def outcome_of(error: TelegramError) -> Outcome:
    """Returns what became of a send or edit that raised `error`; never SENT but for "not modified".

    The order matters: python-telegram-bot's BadRequest is a NetworkError, and must not be tried again.
    """
    detail = str(error)
    match error:
        case RetryAfter():
            return Outcome(Fate.WAIT, wait_seconds=_seconds(error.retry_after), detail=detail)
        case ChatMigrated():
            return Outcome(Fate.MIGRATED, migrated_to=ChatId(error.new_chat_id), detail=detail)
        case Forbidden():
            return Outcome(Fate.CHAT_GONE, detail=detail)
        case BadRequest():
            return Outcome(_fate_of(error), detail=detail)
        case InvalidToken():
            # Telegram knew no such bot, so nobody was sent anything.
            return Outcome(Fate.NOT_SENT, detail=detail)
        case _:
            never_left = isinstance(error.__cause__, NEVER_LEFT)
            return Outcome(Fate.NOT_SENT if never_left else Fate.MAYBE_SENT, detail=detail)


def is_reply_gone(error: TelegramError) -> bool:
    """Whether the message to reply to is gone: it may be sent without."""
    return _says(error, _REPLY_GONE)


def is_picture(error: TelegramError) -> bool:
    """Whether the message to edit is a picture, whose words are its caption."""
    return _says(error, _IS_PICTURE)


def is_press_expired(error: TelegramError) -> bool:
    """Whether a press can no longer be answered."""
    return _says(error, _PRESS_EXPIRED)


def is_not_a_member(error: TelegramError) -> bool:
    """Whether Telegram knows no such member in the chat."""
    return _says(error, _NOT_A_MEMBER)


def _fate_of(error: BadRequest) -> Fate:
    if _says(error, _NOT_MODIFIED):
        return Fate.SENT
    if _says(error, _MESSAGE_GONE):
        return Fate.MESSAGE_GONE
    return Fate.CHAT_GONE if _says(error, _CHAT_GONE) else Fate.REFUSED


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    text = str(error).lower()
    return isinstance(error, BadRequest) and any(phrase in text for phrase in phrases)


def _seconds(given: int | timedelta) -> float:
    return given.total_seconds() if isinstance(given, timedelta) else float(given)
