"""Pushes updates to the bot's webhook: https://core.telegram.org/bots/api#setwebhook."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from bot.sandbox.delivery.updates import UpdateQueue
from bot.sandbox.shape import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
ANSWER_SECONDS = 60.0
FIRST_RETRY_SECONDS = 0.2
LONGEST_RETRY_SECONDS = 5.0
"""Telegram waits longer between attempts; a test should not."""


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed and how it went.

    Updates go one at a time and in order: Telegram may push several at once for different chats,
    so nothing should rely on more order than within a chat.
    """

    queue: UpdateQueue
    now: Callable[[], float]
    secret: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error: str | None = None

    async def run(self) -> None:
        """Pushes for ever; cancel to stop."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            retry_seconds = FIRST_RETRY_SECONDS
            while True:
                update = self.queue.first()
                if not self.queue.webhook_url or update is None:
                    await self.queue.wait_news()
                elif await self._push(session, update):
                    self.queue.confirm(update["update_id"])
                    retry_seconds = FIRST_RETRY_SECONDS
                else:
                    await asyncio.sleep(retry_seconds)
                    retry_seconds = min(retry_seconds * 2, LONGEST_RETRY_SECONDS)

    async def _push(self, session: aiohttp.ClientSession, update: Json) -> bool:
        headers = {SECRET_HEADER: self.secret} if self.secret else {}
        try:
            async with session.post(self.queue.webhook_url, json=update, headers=headers) as response:
                if response.ok:
                    return True
                self._fail(f"Wrong response from the webhook: {response.status} {response.reason}")
        except (aiohttp.ClientError, TimeoutError):
            self._fail("Connection refused")
        return False

    def _fail(self, why: str) -> None:
        self.last_error_date, self.last_error = int(self.now()), why

    def info(self) -> Json:
        """Returns https://core.telegram.org/bots/api#webhookinfo."""
        fields: Json = {
            "url": self.queue.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": self.queue.pending,
        }
        if self.queue.webhook_url:
            fields |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        if self.last_error_date is not None:
            fields |= {
                "last_error_date": self.last_error_date,
                "last_error_message": self.last_error,
            }
        if self.queue.allowed:
            fields["allowed_updates"] = self.queue.allowed
        return fields
