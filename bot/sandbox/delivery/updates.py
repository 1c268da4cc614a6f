"""The bot's queue of updates and its one consumer: https://core.telegram.org/bots/api#getupdates."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.rules.errors import conflict
from bot.sandbox.shape import Json

KEPT_SECONDS = 24 * 3600.0
"""Updates are stored "until the bot receives them, but not longer than 24 hours"."""
DEFAULT_EXCLUDED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""What an empty `allowed_updates` leaves out."""
MOST_AT_ONCE = 100
LONGEST_POLL_SECONDS = 50.0
"""Bot API servers cap the timeout of a long poll at about this."""
FIRST_UPDATE_ID = 100_001


@dataclass(slots=True, frozen=True)
class _Waiting:
    at: float
    update: Json

    @property
    def id(self) -> int:
        return self.update["update_id"]


class UpdateQueue:
    """Updates not yet confirmed, oldest first.

    Args:
        now: The sandbox's time in Unix seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self.allowed: list[str] = []
        self.webhook_url = ""
        self.polls = 0
        self.last_poll_at = 0.0
        self._now = now
        self._next_id = FIRST_UPDATE_ID
        self._waiting: list[_Waiting] = []
        self._poller: asyncio.Future[str | None] | None = None
        self._news = asyncio.Event()

    def put(self, kind: str, payload: Json) -> None:
        """Adds an update unless the bot did not ask for its kind."""
        is_wanted = kind in self.allowed if self.allowed else kind not in DEFAULT_EXCLUDED
        if is_wanted:
            self.put_raw({kind: payload})

    def put_raw(self, fields: Json) -> int:
        """Adds anything under a fresh update id, which it returns."""
        id_ = self._next_id
        self._next_id += 1
        update: Json = {"update_id": id_}
        update |= {key: value for key, value in fields.items() if key != "update_id"}
        self._waiting.append(_Waiting(self._now(), update))
        self._news.set()
        self._wake(None)
        return id_

    @property
    def pending(self) -> int:
        """How many updates are not confirmed."""
        self._expire()
        return len(self._waiting)

    @property
    def is_polled(self) -> bool:
        """Whether a long poll is open now."""
        return self._poller is not None

    def first(self) -> Json | None:
        """Returns the oldest unconfirmed update."""
        self._expire()
        return self._waiting[0].update if self._waiting else None

    def confirm(self, update_id: int) -> None:
        """Forgets updates up to and including this id."""
        self._waiting = [one for one in self._waiting if one.id > update_id]

    def clear(self) -> None:
        """Forgets everything (`drop_pending_updates`)."""
        self._waiting.clear()

    async def wait_news(self) -> None:
        """Waits until something may have changed for the webhook."""
        await self._news.wait()
        self._news.clear()

    def nudge(self) -> None:
        """Makes the webhook look again."""
        self._news.set()

    async def poll(self, offset: int, limit: int, timeout_seconds: float) -> list[Json]:
        """Serves one getUpdates call.

        Raises:
            Refused: 409 while a webhook is set, or when a newer call takes over.
        """
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first"
            )
        self.end_poll("terminated by other getUpdates request; make sure that only one bot "
                      "instance is running")  # fmt: skip
        self.polls += 1
        self.last_poll_at = self._now()
        self._confirm_offset(offset)
        if not self._ready(limit) and timeout_seconds > 0:
            await self._long_wait(min(timeout_seconds, LONGEST_POLL_SECONDS))
        return self._ready(limit)

    def _confirm_offset(self, offset: int) -> None:
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset > 0:
            self.confirm(offset - 1)

    def _ready(self, limit: int) -> list[Json]:
        self._expire()
        return [one.update for one in self._waiting[: max(1, min(limit, MOST_AT_ONCE))]]

    def _expire(self) -> None:
        oldest = self._now() - KEPT_SECONDS
        self._waiting = [one for one in self._waiting if one.at >= oldest]

    async def _long_wait(self, seconds: float) -> None:
        poller: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            await asyncio.wait({poller}, timeout=seconds)
        finally:
            if self._poller is poller:
                self._poller = None
        if poller.done() and (why := poller.result()):
            raise conflict(why)

    def end_poll(self, why: str | None) -> None:
        """Ends the open long poll: with a 409 saying why, or empty-handed for None."""
        self._wake(why)

    def _wake(self, why: str | None) -> None:
        if self._poller and not self._poller.done():
            self._poller.set_result(why)
        self._poller = None
