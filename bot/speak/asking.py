"""Questions about a token itself: whose it is, who else listens, what time Telegram has."""

import json
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.config import TelegramConfig
from bot.speak.connection import CONNECT_SECONDS, READ_SECONDS, TELEGRAM
from bot.speak.masking import hide_in_logs
from core.errors import BadConfig, TelegramAway

_ANSWERED = frozenset({200, 400, 401, 403, 404, 409, 429})
"""What the Bot API itself answers with; anything else comes from what stands before it."""
_UNKNOWN_BOT = frozenset({401, 404})


@dataclass(frozen=True)
class Reply:
    """What Telegram said to one call.

    `result` is the decoded `result`, None for a refusal; `description` is Telegram's own sentence then.
    `server_time` is its clock as the answer left it, to the second, None when it did not tell.
    """

    status: int
    result: Any = None
    description: str = ""
    server_time: datetime | None = None

    @property
    def is_ok(self) -> bool:
        """Whether the call was served."""
        return self.status == 200  # noqa: PLR2004 # HTTP's OK


@dataclass(frozen=True)
class Asking:
    """Calls Bot API methods without a bot object: python-telegram-bot hides status and Date.

    Args:
        token: From BotFather; hidden in all logs from the first question on.
        api_base: The Bot API server.
        proxy: `http://…` or `socks5://…`; "" is none.
    """

    token: str
    api_base: str = TELEGRAM
    proxy: str = ""

    async def ask(self, method: str, *, read_seconds: float = READ_SECONDS, **params: int | str) -> Reply:
        """One call and its answer, whatever its status.

        Raises:
            TelegramAway: Nothing of the Bot API answered.
        """
        hide_in_logs(self.token)
        url = f"{self.api_base.rstrip('/')}/bot{self.token}/{method}"
        waits = httpx.Timeout(read_seconds, connect=CONNECT_SECONDS)
        try:
            async with httpx.AsyncClient(proxy=self.proxy or None, timeout=waits) as client:
                return _reply_of(await client.post(url, json=params))
        except (httpx.HTTPError, httpx.InvalidURL, json.JSONDecodeError) as error:
            raise TelegramAway(f"{type(error).__name__} at {self.api_base}") from error

    async def bot_name(self) -> str:
        """The user name of the bot the token belongs to. Raises BadConfig, TelegramAway."""
        return str((await self.me()).result["username"])

    async def me(self) -> Reply:
        """What Telegram says of the bot the token belongs to.

        Raises:
            BadConfig: Telegram knows no bot with this token.
            TelegramAway: Telegram did not answer, or only that it cannot now.
        """
        me = await self.ask("getMe")
        if me.status in _UNKNOWN_BOT:
            mend = "copy it whole from @BotFather (/mybots, API Token), then: triagram setup --token …"
            raise BadConfig("telegram.token", "Telegram knows no bot with this token", mend)
        if not me.is_ok:
            raise TelegramAway(f"{me.status} {me.description}")
        return me

    async def ensure_called_at(self, url: str) -> None:
        """Raises BadConfig where Telegram calls another address for this bot, or none; as `me` else."""
        await self.me()
        told = await self.ask("getWebhookInfo")
        if not told.is_ok:
            raise TelegramAway(f"{told.status} {told.description}")
        if told.result["url"] != url:
            mend = "start this bot anew, and no other with its token: each sets or removes the webhook"
            raise BadConfig("telegram.webhook_url", "Telegram does not call it any more", mend)


def asking_as(telegram: TelegramConfig) -> Asking:
    """Questions of this bot, by the way it takes to Telegram."""
    return Asking(telegram.token, telegram.api_base, telegram.proxy)


def _reply_of(response: httpx.Response) -> Reply:
    if response.status_code not in _ANSWERED:
        raise httpx.HTTPStatusError("not the Bot API", request=response.request, response=response)
    body: dict[str, Any] = response.json()
    date = response.headers.get("date")
    return Reply(
        status=response.status_code,
        result=body.get("result"),
        description=str(body.get("description", "")),
        server_time=parsedate_to_datetime(date) if date else None,
    )
