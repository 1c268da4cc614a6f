"""How fast one provider may be asked: calls at once, requests and tokens a minute."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

WINDOW_SECONDS = 60.0


@dataclass(eq=False)
class Call:
    """One request under way or lately over: when it began, and how many tokens it is taken for."""

    at: float
    tokens: int


class Limiter:
    """Keeps this process's calls of one provider within its limits; whoever would pass them waits.

    A call is counted with a guess when it begins, and with what it really took when it has ended.

    Args:
        at_once: Calls under way at a time.
        requests_per_minute: In any 60 seconds.
        tokens_per_minute: In any 60 seconds; one call above it goes alone.
        monotonic: Returns seconds that never go back.
        sleep: Waits so many seconds.
    """

    def __init__(
        self,
        at_once: int,
        requests_per_minute: int,
        tokens_per_minute: int,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._requests, self._tokens = requests_per_minute, tokens_per_minute
        self._monotonic, self._sleep = monotonic, sleep
        self._calls: deque[Call] = deque()
        self._rests_until = 0.0
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self, tokens: int) -> AsyncGenerator[Call]:
        """A call's turn, as soon as it may be made; set `tokens` of it to what it took."""
        async with self._slots:
            async with self._turn:
                while (seconds := self._wait_seconds(tokens)) > 0:
                    await self._sleep(seconds)
                call = Call(self._monotonic(), tokens)
                self._calls.append(call)
            yield call

    def rest(self, seconds: float) -> None:
        """Nobody asks for so long: the provider said so."""
        self._rests_until = max(self._rests_until, self._monotonic() + seconds)

    def _wait_seconds(self, tokens: int) -> float:
        now = self._monotonic()
        while self._calls and self._calls[0].at <= now - WINDOW_SECONDS:
            self._calls.popleft()
        room, requests = self._tokens - tokens, self._requests - 1
        spent, until = sum(call.tokens for call in self._calls), now
        for index, call in enumerate(self._calls):
            left = len(self._calls) - index
            if spent <= room and left <= requests:
                break
            spent -= call.tokens
            until = call.at + WINDOW_SECONDS
        return max(until, self._rests_until) - now
