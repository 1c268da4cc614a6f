"""Whether the program can do its work: each thing it stands on is asked, by name."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.errors import BadConfig, TelegramAway, WorldFailed
from core.ports.world import Clock

ANSWER_SECONDS = 5.0
"""Who does not answer within this is not ready."""
REMEMBERED = timedelta(seconds=15)
"""How long an answer from elsewhere is good, so that being asked often costs others nothing."""

Probe = Callable[[], Awaitable[object]]
"""Asks one thing; raises WorldFailed or BadConfig when it cannot be used."""


@dataclass(frozen=True)
class Standing:
    """How one thing is; `why` is "" where it is well."""

    name: str
    why: str

    @property
    def is_well(self) -> bool:
        """Whether it can be used."""
        return not self.why


@dataclass
class Remembered:
    """A probe whose last answer, good or bad, is good for a while."""

    probe: Probe
    clock: Clock
    _at: datetime | None = None
    _error: WorldFailed | BadConfig | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self) -> None:
        """Ask, or say what was answered lately; raises what the probe raised."""
        async with self._turn:
            if self._at is None or self.clock.now() - self._at > REMEMBERED:
                self._error = None
                try:
                    await self.probe()
                except (WorldFailed, BadConfig) as error:
                    self._error = error
                self._at = self.clock.now()
        if self._error is not None:
            raise self._error


async def standings(probes: Mapping[str, Probe], seconds: float = ANSWER_SECONDS) -> list[Standing]:
    """How each thing is, in the order of `probes`; all are asked at once."""
    return list(await asyncio.gather(*(_standing(name, probe, seconds) for name, probe in probes.items())))


async def _standing(name: str, probe: Probe, seconds: float) -> Standing:
    try:
        async with asyncio.timeout(seconds):
            await probe()
    except TimeoutError:
        return Standing(name, f"no answer within {seconds:g} s")
    except (WorldFailed, BadConfig) as error:
        return Standing(name, _why(error))
    return Standing(name, "")


def _why(error: WorldFailed | BadConfig) -> str:
    match error:
        case BadConfig():
            return f"{error.where}: {error.problem}"
        case TelegramAway():
            return error.detail or "no answer"
        case _:
            return " ".join(str(part) for part in vars(error).values() if part) or type(error).__name__
