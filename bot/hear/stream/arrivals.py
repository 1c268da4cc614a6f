"""Arriving: raw updates are kept before Telegram is told that they came, by poll or by webhook."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from bot.hear.scene.convert import Malformed, Raw, object_in
from bot.hear.stream.muting import Muting
from bot.hear.stream.waiting import Waiting
from core.domain.ids import UpdateId
from core.errors import StorageFailed
from core.ports.inbox import Inbox, Incoming
from core.ports.meter import Meter, Uncounted
from core.ports.world import Clock, Lane, Wakeups

_IN_A_CHAT = ("message", "edited_message", "my_chat_member", "chat_member", "message_reaction")

_log = structlog.get_logger(__name__)


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
    text = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    # Half a surrogate pair is JSON, but no text that can be stored.
    payload = text.encode(errors="replace").decode()
    return Incoming(UpdateId(number), lane_of(update), payload, clock.now())


@dataclass(frozen=True)
class Arrivals:
    """Keeps updates in the order in which they came.

    `muting` takes out first what may not be stored; `waiting` tells who waits for an answer why there is
    none yet.
    """

    inbox: Inbox
    wakeups: Wakeups
    clock: Clock
    muting: Muting | None = None
    waiting: Waiting | None = None
    meter: Meter = field(default_factory=Uncounted)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def keep(self, updates: Sequence[Raw]) -> int:
        """Keep updates in one commit, wake the drain, return how many were new. Raises StorageFailed."""
        try:
            # Calls of the webhook overlap; let in one by one as they came, a chat keeps its order.
            async with self._turn:
                new = await self._kept(updates)
        except StorageFailed as error:
            if self.waiting is not None:
                await self.waiting.tell_all(updates, error)
            raise
        if new:
            self.meter.heard(new)
            self.wakeups.wake(Lane.INBOX)
        return new

    async def _kept(self, updates: Sequence[Raw]) -> int:
        allowed = updates if self.muting is None else await self.muting.muted(updates)
        incoming = [one for one in (incoming_of(update, self.clock) for update in allowed) if one]
        return await self.inbox.keep(incoming) if incoming else 0
