"""Opens the bot that speaks: one pool of connections to one Bot API server."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.ext import Defaults, ExtBot

from bot.speak.masking import hide_in_logs
from bot.speak.request import AiohttpRequest, Patience

TELEGRAM = "https://api.telegram.org"
CONNECTIONS = 16
CONNECT_SECONDS = 5.0
"""For a place in the pool, too."""
READ_SECONDS = 15.0


@asynccontextmanager
async def open_bot(
    token: str, *, api_base: str = TELEGRAM, proxy: str = "", read_seconds: float = READ_SECONDS
) -> AsyncGenerator[ExtBot[None], None]:
    """Gives a bot that may send, and closes its connections when the block ends.

    It asks Telegram nothing by itself, so the program also starts while Telegram is away. What it sends is
    silent, HTML, and without link previews. It has no rate limiter, which would send again by itself:
    `bot.speak.pacing` decides before a call.

    Args:
        token: From BotFather; from now on hidden in all logs.
        api_base: The Bot API server.
        proxy: `http://…` or `socks5://…`; "" is none.
        read_seconds: How long to wait for an answer.

    Raises:
        telegram.error.InvalidToken: The token is empty.
    """
    hide_in_logs(token)
    # Its deprecation warning would otherwise be raised inside every 429; both forms are read in failures.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    request = AiohttpRequest(CONNECTIONS, Patience(CONNECT_SECONDS, read_seconds), proxy)
    bot: ExtBot[None] = ExtBot(
        token,
        base_url=f"{api_base.rstrip('/')}/bot",
        base_file_url=f"{api_base.rstrip('/')}/file/bot",
        request=request,
        get_updates_request=request,
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            disable_notification=True,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
    )
    try:
        yield bot
    finally:
        await request.shutdown()
