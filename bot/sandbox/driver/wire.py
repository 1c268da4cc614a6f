"""The driver's HTTP: one session, one JSON call."""

from types import TracebackType
from typing import Self

import aiohttp

from bot.sandbox.driver.shown import Json, Refusal

CALL_SECONDS = 120.0


class Wire:
    """Posts control calls to a sandbox; an async context manager.

    Args:
        base_url: The sandbox's address, `http://127.0.0.1:<port>`.
    """

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        timeout = aiohttp.ClientTimeout(total=CALL_SECONDS)
        self._session = aiohttp.ClientSession(timeout=timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def control(self, name: str, /, **fields: object) -> Json:
        """Makes one control call; fields that are None are left out.

        Raises:
            Refusal: The sandbox says no, and why.
            RuntimeError: Used outside `async with`.
        """
        if self._session is None:
            raise RuntimeError("use the driver in `async with`")
        body = {key: value for key, value in fields.items() if value is not None}
        url = f"{self.base_url}/control/{name}"
        async with self._session.post(url, json=body) as response:
            answer: Json = await response.json()
            if response.status != 200:  # noqa: PLR2004 - HTTP's OK
                raise Refusal(f"{name}: {answer.get('error')}")
            return answer
