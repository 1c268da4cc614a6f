"""Each failure of the Bot API has its named answer."""

from contextlib import nullcontext
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from aiohttp_socks import ProxyConnectionError, ProxyError
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.warnings import PTBDeprecationWarning

from bot.speak.failures import is_not_a_member, is_press_expired, is_reply_gone, outcome_of
from core.ports.chat import Fate

_KEY = ConnectionKey(
    "127.0.0.1", 1, is_ssl=False, ssl=True, proxy=None, proxy_auth=None, proxy_headers_hash=None
)


def _caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (BadRequest("Message is not modified: specified new message content…"), Fate.SENT),
        (BadRequest("Message to edit not found"), Fate.MESSAGE_GONE),
        (BadRequest("Message can't be edited"), Fate.MESSAGE_GONE),
        (BadRequest("MESSAGE_ID_INVALID"), Fate.MESSAGE_GONE),
        (BadRequest("Message to react not found"), Fate.MESSAGE_GONE),
        (BadRequest("Chat not found"), Fate.CHAT_GONE),
        (BadRequest("PEER_ID_INVALID"), Fate.CHAT_GONE),
        (BadRequest("Can't parse entities: unexpected end tag at byte offset 3"), Fate.REFUSED),
        (BadRequest("Message is too long"), Fate.REFUSED),
        (BadRequest("BUTTON_DATA_INVALID"), Fate.REFUSED),
        (BadRequest("Message thread not found"), Fate.REFUSED),
        (BadRequest("Something Telegram says for the first time"), Fate.REFUSED),
        (Forbidden("Forbidden: bot was blocked by the user"), Fate.CHAT_GONE),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Fate.CHAT_GONE),
        (InvalidToken("Unauthorized"), Fate.NOT_SENT),
        (_caused(NetworkError("refused"), aiohttp.ClientConnectorError(_KEY, OSError())), Fate.NOT_SENT),
        (_caused(TimedOut(), aiohttp.ConnectionTimeoutError()), Fate.NOT_SENT),
        (_caused(NetworkError("proxy"), ProxyConnectionError()), Fate.NOT_SENT),
        (_caused(NetworkError("proxy"), ProxyError("")), Fate.NOT_SENT),
        (_caused(TimedOut(), aiohttp.SocketTimeoutError()), Fate.MAYBE_SENT),
        (_caused(NetworkError("drop"), aiohttp.ServerDisconnectedError()), Fate.MAYBE_SENT),
        (NetworkError("Bad Gateway"), Fate.MAYBE_SENT),
        (Conflict("two"), Fate.MAYBE_SENT),
        (TelegramError("Invalid server response"), Fate.MAYBE_SENT),
    ],
)
def test_a_failure_has_its_fate_and_keeps_its_words(error: TelegramError, fate: Fate) -> None:
    outcome = outcome_of(error)
    assert outcome.fate is fate
    assert outcome.detail == str(error)


@pytest.mark.parametrize("given", [17, timedelta(seconds=17)])
@pytest.mark.parametrize("opted_in", ["true", "false"])
def test_a_429_waits_as_long_as_telegram_says(
    given: int | timedelta, opted_in: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)
    warned = opted_in == "false"
    with pytest.warns(PTBDeprecationWarning) if warned else nullcontext():
        outcome = outcome_of(RetryAfter(given))
    assert (outcome.fate, outcome.wait_seconds) == (Fate.WAIT, 17.0)


def test_a_migration_names_the_new_chat() -> None:
    outcome = outcome_of(ChatMigrated(-1001234))
    assert (outcome.fate, outcome.migrated_to) == (Fate.MIGRATED, -1001234)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Message to be replied not found", is_reply_gone),
        ("Replied message not found", is_reply_gone),
        ("Query is too old and response timeout expired or query ID is invalid", is_press_expired),
        ("QUERY_ID_INVALID", is_press_expired),
        ("PARTICIPANT_ID_INVALID", is_not_a_member),
        ("User not found", is_not_a_member),
    ],
)
def test_words_are_told_apart(words: str, question: object) -> None:
    questions = (is_reply_gone, is_press_expired, is_not_a_member)
    assert [one for one in questions if one(BadRequest(words))] == [question]
    assert not any(one(Forbidden(words)) for one in questions)
