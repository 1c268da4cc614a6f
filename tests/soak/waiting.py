"""Waiting for what other processes do, which only looking tells."""

import asyncio
from collections.abc import Awaitable, Callable

LOOK_SECONDS = 0.25


async def until(look: Callable[[], Awaitable[object]], every_seconds: float = LOOK_SECONDS) -> None:
    """Look until there is something to be seen; whoever waits says for how long at most."""
    while not await look():  # noqa: ASYNC110 # see above
        await asyncio.sleep(every_seconds)
