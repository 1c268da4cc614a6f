"""The driver's machinery: the bot's state, faults, limits, clock, raw updates, the log."""

import asyncio
import time
from collections.abc import Sequence

from bot.sandbox.driver.shown import Call, Chat, Json, Missed, Person, call_of, id_of
from bot.sandbox.driver.wire import Wire

DEFAULT_SECONDS = 10.0
STEP_SECONDS = 0.02


class MachineDriver(Wire):
    """What tests do to the sandbox itself."""

    async def bot(self) -> Json:
        """Returns the bot's state: id, token, username, privacy, is_polled, webhook, now and more."""
        return await self.control("bot")

    async def set_privacy(self, *, on: bool) -> None:
        """Switches the bot's privacy mode (on at the start, as BotFather has it)."""
        await self.control("privacy", on=on)

    async def revoke_token(self, token: str) -> None:
        """Gives the bot another token; whoever uses the old one gets 401 Unauthorized."""
        await self.control("token", token=token)

    async def wait_polling(self, timeout: float = DEFAULT_SECONDS) -> None:  # noqa: ASYNC109 - how long a test waits is part of what it says
        """Waits until the bot listens: a long poll is open or a webhook is set."""
        deadline = time.monotonic() + timeout
        while True:
            state = await self.bot()
            if state["is_polled"] or state["webhook"]:
                return
            if time.monotonic() > deadline:
                raise Missed(f"the bot does not listen after {timeout} s: {state}")
            await asyncio.sleep(STEP_SECONDS)

    async def wait_quiet(self, seconds: float = 0.3, timeout: float = 30.0) -> None:  # noqa: ASYNC109 - as above
        """Waits until the bot took every update and made no call but polls for `seconds`."""
        deadline = time.monotonic() + timeout
        seen, since = 0, time.monotonic()
        while time.monotonic() - since < seconds:
            calls = await self.calls(after=seen)
            state = await self.bot()
            if state["pending_updates"] or any(c.method != "getUpdates" for c in calls):
                since = time.monotonic()
            seen = max([seen, *(c.id for c in calls)])
            if time.monotonic() > deadline:
                raise Missed(f"the bot is not quiet after {timeout} s: {state}")
            await asyncio.sleep(STEP_SECONDS)

    async def fault(
        self,
        kind: str | int,
        *,
        method: str | None = None,
        chat: int | Chat | Person | None = None,
        times: int = 1,
        after: int = 0,
        retry_after: int = 1,
        seconds: float = 30.0,
        description: str | None = None,
    ) -> None:
        """Scripts a failure of coming calls.

        Args:
            kind: 429, 403, 400, 502 (JSON as Telegram sends; with a `description` a page of HTML as
                a proxy sends), hang (held `seconds`, then served
                if the client still waits), drop (closed before anything is done), drop_after
                (done, the answer is lost), migrate (the group is upgraded at that moment).
            method: Which method; None is any but getUpdates.
            chat: Only calls about this chat.
            times: How many calls fail.
            after: How many matching calls go well first.
            retry_after: Seconds, for 429.
            seconds: For hang.
            description: Instead of Telegram's usual words.
        """
        await self.control(
            "fault",
            kind=str(kind),
            method=method,
            chat=None if chat is None else id_of(chat),
            times=times,
            after=after,
            retry_after=retry_after,
            seconds=seconds,
            description=description,
        )

    async def clear_faults(self) -> None:
        """Forgets the faults that still wait."""
        await self.control("clear_faults")

    async def faults_waiting(self) -> int:
        """Returns how many faults were not used up."""
        return (await self.control("faults"))["waiting"]

    async def limits(self, *, on: bool) -> None:
        """Switches the flood limits."""
        await self.control("limits", on=on)

    async def updates_raw(self, payloads: Sequence[Json]) -> list[int]:
        """Puts raw update objects into the bot's queue under fresh ids, which it returns."""
        return (await self.control("raw_updates", payloads=list(payloads)))["ids"]

    async def set_clock(self, *, offset: float | None = None, advance: float = 0.0) -> float:
        """Moves the sandbox's time (seconds); returns its now in Unix seconds."""
        return (await self.control("clock", offset=offset, advance=advance))["now"]

    async def set_inaccessible_after(self, seconds: float) -> None:
        """Presses on messages older than this name only the message (date 0)."""
        await self.control("inaccessible", seconds=seconds)

    async def calls(self, method: str | None = None, *, after: int = 0) -> list[Call]:
        """Returns the bot's calls, oldest first: of one method, above a call id."""
        found = await self.control("calls", method=method, after=after)
        return [call_of(one) for one in found["calls"]]

    async def clear_calls(self) -> None:
        """Forgets the log of calls."""
        await self.control("clear_calls")

    async def commands(
        self,
        scope: Json | None = None,
        language: str = "",
        *,
        person: int | Person | None = None,
        chat: int | Chat | None = None,
    ) -> list[Json]:
        """Returns the commands of a scope and language, or the menu a person sees in a chat."""
        found = await self.control(
            "commands",
            scope=scope,
            language=language,
            person=None if person is None else id_of(person),
            chat=None if chat is None else id_of(chat),
        )
        return found["commands"]
