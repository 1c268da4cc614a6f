"""Polling: raw updates are kept before they are acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, Response
from aiogram.methods.base import TelegramMethod

from bot.hear.stream.arrivals import Arrivals
from core.errors import TelegramAway, WorldFailed
from core.ports.meter import Part

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
)
"""All we ask Telegram for; the webhook asks for the same."""
_ANSWER = Response[list[dict[str, Any]]]
"""What aiogram reads an answer with; pydantic would make it anew each time were it not kept."""
POLL_SECONDS = 30
"""How long one request waits for news."""
LONGEST_WAIT = 60.0

_log = structlog.get_logger(__name__)


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates whose answer stays as it came, so that one malformed update cannot hide the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int = POLL_SECONDS
    limit: int = 100
    allowed_updates: tuple[str, ...] = ALLOWED_UPDATES


EnsureKnown = Callable[[], Awaitable[object]]
"""Asks Telegram for the bot of this token; raises BadConfig when there is none, TelegramAway."""


async def ensure_token_known(error: AiogramError | WorldFailed, ensure_known: EnsureKnown | None) -> None:
    """Raises BadConfig when a call failed because the token was revoked.

    Telegram is asked once more, as what stands before it may have answered.
    """
    is_unknown = isinstance(error, TelegramUnauthorizedError | TelegramNotFound)
    if not is_unknown or ensure_known is None:
        return
    try:
        await ensure_known()
    except TelegramAway as away:
        _log.warning("whether the token is still good is not known", error=repr(away))


@dataclass
class Poller:
    """Asks for updates, keeps them in one commit, and only then asks for the next.

    Telegram being away, a second consumer of the token and a full disk are waited out, each wait twice
    the one before, up to a minute. `ensure_known` is asked when Telegram knows no such bot; `has_others`
    says whether another process of this bot may poll, as one still does that has not seen its turn end.
    """

    bot: Bot
    arrivals: Arrivals
    ensure_known: EnsureKnown | None = None
    poll_seconds: int = POLL_SECONDS
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)
    has_others: Callable[[], bool] = field(default=lambda: False)
    _wait: float = 0.0

    async def run(self) -> None:
        """Poll until cancelled; raises BadConfig once the token is no longer good."""
        offset: int | None = None
        while True:
            try:
                if offset is None:
                    offset = await self.arrivals.inbox.last_offset() + 1
                offset = await self.step(offset)
                self._wait = 0.0
            except (AiogramError, WorldFailed) as error:
                self.arrivals.meter.failed(Part.HEARING, error)
                await ensure_token_known(error, self.ensure_known)
                await self._pause(error)

    async def step(self, offset: int) -> int:
        """One request from `offset` on; return the offset of the next. Raises AiogramError, WorldFailed."""
        method = RawUpdates(offset=offset, timeout=self.poll_seconds)
        # The connection outlives the long poll by aiogram's own patience.
        updates = await self.bot(method, request_timeout=self.poll_seconds + 15)
        await self.arrivals.keep(updates)
        numbers = [one["update_id"] for one in updates if isinstance(one.get("update_id"), int)]
        return max([offset, *(number + 1 for number in numbers)])

    async def _pause(self, error: AiogramError | WorldFailed) -> None:
        self._wait = min(LONGEST_WAIT, max(1.0, self._wait * 2))
        if isinstance(error, TelegramRetryAfter):
            self._wait = max(self._wait, float(error.retry_after))
        if isinstance(error, TelegramConflictError):
            await self._told_conflict(error)
        else:
            _log.warning("cannot get updates", error=type(error).__name__, wait_seconds=self._wait)
        await self.sleep(self._wait)

    def _told_consumer(self) -> None:
        if self.has_others():
            _log.warning("another process of this bot polled too", wait_seconds=self._wait)
            return
        _log.error(
            "another program uses this bot's token: stop it, or revoke the token in @BotFather",
            wait_seconds=self._wait,
        )

    async def _told_conflict(self, error: TelegramConflictError) -> None:
        """409: another program polls with this token, or a webhook was left behind, which we remove."""
        if "webhook" not in error.message.lower():
            self._told_consumer()
            return
        _log.warning("a webhook was left behind; removing it, its waiting updates are kept")
        try:
            await self.bot(DeleteWebhook(drop_pending_updates=False))
        except AiogramError as failure:
            _log.warning("the webhook could not be removed", error=type(failure).__name__)
