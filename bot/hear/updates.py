"""Polling: raw updates are kept before they are acknowledged."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
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

from bot.hear.convert import Malformed, Raw, object_in
from bot.hear.muting import Muting
from bot.hear.waiting import Waiting
from core.domain.ids import UpdateId
from core.errors import StorageFailed, TelegramAway, WorldFailed
from core.ports.inbox import Inbox, Incoming
from core.ports.world import Clock, Lane, Wakeups

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
_IN_A_CHAT = ("message", "edited_message", "my_chat_member", "chat_member", "message_reaction")

_log = structlog.get_logger(__name__)


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates whose answer stays as it came, so that one malformed update cannot hide the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int = POLL_SECONDS
    limit: int = 100
    allowed_updates: tuple[str, ...] = ALLOWED_UPDATES


def lane_of(update: Raw) -> int:
    """The chat in which its order matters, 0 for none."""
    try:
        if "callback_query" in update:
            holder = object_in(object_in(update, "callback_query"), "message")
        else:
            holder = object_in(update, next((name for name in _IN_A_CHAT if name in update), ""))
        number: object = object_in(holder, "chat").get("id")
    except Malformed:
        return 0
    return number if isinstance(number, int) and not isinstance(number, bool) else 0


def incoming_of(update: Raw, clock: Clock) -> Incoming | None:
    """An update as it is kept; None without the number that would let Telegram forget it."""
    number = update.get("update_id")
    if not isinstance(number, int) or isinstance(number, bool):
        _log.warning("update without a number", fields=sorted(update))
        return None
    payload = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    return Incoming(UpdateId(number), lane_of(update), payload, clock.now())


@dataclass
class Poller:
    """Asks for updates, keeps them in one commit, and only then asks for the next.

    Telegram being away, a second consumer of the token and a full disk are waited out, each wait twice
    the one before, up to a minute. `muting` takes out first what may not be stored; `waiting` tells who
    waits for an answer why there is none yet; `ensure_known` is asked when Telegram knows no such bot.
    """

    bot: Bot
    inbox: Inbox
    wakeups: Wakeups
    clock: Clock
    muting: Muting | None = None
    waiting: Waiting | None = None
    ensure_known: Callable[[], Awaitable[object]] | None = None
    poll_seconds: int = POLL_SECONDS
    sleep: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)
    _wait: float = 0.0

    async def run(self) -> None:
        """Poll until cancelled; raises BadConfig once the token is no longer good."""
        offset: int | None = None
        while True:
            try:
                if offset is None:
                    offset = await self.inbox.last_offset() + 1
                offset = await self.step(offset)
                self._wait = 0.0
            except (AiogramError, WorldFailed) as error:
                await self._ensure_known(error)
                await self._pause(error)

    async def step(self, offset: int) -> int:
        """One request from `offset` on; return the offset of the next. Raises AiogramError, WorldFailed."""
        method = RawUpdates(offset=offset, timeout=self.poll_seconds)
        # The connection outlives the long poll by aiogram's own patience.
        updates = await self.bot(method, request_timeout=self.poll_seconds + 15)
        await self._keep(updates)
        numbers = [one["update_id"] for one in updates if isinstance(one.get("update_id"), int)]
        return max([offset, *(number + 1 for number in numbers)])

    async def keep(self, updates: Sequence[Raw]) -> int:
        """Keep updates in one commit, wake the drain, return how many were new."""
        allowed = updates if self.muting is None else await self.muting.muted(updates)
        incoming = [one for one in (incoming_of(update, self.clock) for update in allowed) if one]
        if not incoming:
            return 0
        new = await self.inbox.keep(incoming)
        self.wakeups.wake(Lane.INBOX)
        return new

    async def _keep(self, updates: Sequence[Raw]) -> None:
        try:
            await self.keep(updates)
        except StorageFailed as error:
            if self.waiting is not None:
                await self.waiting.tell_all(updates, error)
            raise

    async def _ensure_known(self, error: AiogramError | WorldFailed) -> None:
        """A revoked token ends it; asked once more, as what stands before Telegram may have answered."""
        is_unknown = isinstance(error, TelegramUnauthorizedError | TelegramNotFound)
        if not is_unknown or self.ensure_known is None:
            return
        try:
            await self.ensure_known()
        except TelegramAway as away:
            _log.warning("whether the token is still good is not known", error=repr(away))

    async def _pause(self, error: AiogramError | WorldFailed) -> None:
        self._wait = min(LONGEST_WAIT, max(1.0, self._wait * 2))
        if isinstance(error, TelegramRetryAfter):
            self._wait = max(self._wait, float(error.retry_after))
        if isinstance(error, TelegramConflictError):
            await self._told_conflict(error)
        else:
            _log.warning("cannot get updates", error=type(error).__name__, wait_seconds=self._wait)
        await self.sleep(self._wait)

    async def _told_conflict(self, error: TelegramConflictError) -> None:
        """409: another program polls with this token, or a webhook was left behind, which we remove."""
        if "webhook" not in error.message.lower():
            _log.error(
                "another program uses this bot's token: stop it, or revoke the token in @BotFather",
                wait_seconds=self._wait,
            )
            return
        _log.warning("a webhook was left behind; removing it, its waiting updates are kept")
        try:
            await self.bot(DeleteWebhook(drop_pending_updates=False))
        except AiogramError as failure:
            _log.warning("the webhook could not be removed", error=type(failure).__name__)
