"""The webhook: Telegram is told where to call."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import SetWebhook

from bot.hear.stream.updates import ALLOWED_UPDATES, EnsureKnown, ensure_token_known

CONNECTIONS = 40
"""Calls at once, Telegram's own default, https://core.telegram.org/bots/api#setwebhook."""
RETRY_SECONDS = 30.0

_log = structlog.get_logger(__name__)


async def set_webhook(
    bot: Bot,
    url: str,
    secret: str,
    ensure_known: EnsureKnown | None = None,
    *,
    retry_seconds: float = RETRY_SECONDS,
) -> None:
    """Have Telegram call `url` with `secret` for whatever happens; again until it agrees.

    Raises BadConfig once the token is no longer good, by `ensure_known`. What waits at Telegram stays there
    until then. It stays set when the program ends, so that Telegram keeps what happens meanwhile and calls
    again.
    """
    calling = SetWebhook(
        url=url,
        secret_token=secret,
        allowed_updates=list(ALLOWED_UPDATES),
        max_connections=CONNECTIONS,
        drop_pending_updates=False,
    )
    while True:
        try:
            await bot(calling)
        except AiogramError as error:
            await ensure_token_known(error, ensure_known)
            _log.error(_said(error), error=str(error), again_in_seconds=retry_seconds)
            await asyncio.sleep(retry_seconds)
        else:
            return


def _said(error: AiogramError) -> str:
    if isinstance(error, TelegramBadRequest):
        return "Telegram did not take the webhook: it calls https on port 443, 80, 88 or 8443 only"
    return "Telegram could not be told where to call"
