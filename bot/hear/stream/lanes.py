"""Which chats' updates may be taken now: one at a time each, none while the world mends."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.ports.world import Clock

FIRST_REST = timedelta(seconds=1)
LONGEST_REST = timedelta(minutes=1)


@dataclass(frozen=True)
class _Rest:
    until: datetime
    length: timedelta


@dataclass
class Lanes:
    """Lanes at work and lanes at rest; each rest in a row is twice as long as the one before."""

    clock: Clock
    _busy: set[int] = field(default_factory=set[int])
    _resting: dict[int, _Rest] = field(default_factory=dict[int, _Rest])

    @property
    def at_work(self) -> int:
        """How many are."""
        return len(self._busy)

    def held(self) -> frozenset[int]:
        """Those that may not be taken now."""
        now = self.clock.now()
        # A clock that was set back would make a rest as long as it was wrong.
        resting = (
            lane for lane, rest in self._resting.items() if rest.until - rest.length <= now < rest.until
        )
        return frozenset(self._busy).union(resting)

    def take(self, lane: int) -> None:
        """It is at work."""
        self._busy.add(lane)

    def give_back(self, lane: int) -> None:
        """It is no longer at work."""
        self._busy.discard(lane)

    def rest(self, lane: int) -> None:
        """Its next update has to wait."""
        before = self._resting.get(lane)
        length = FIRST_REST if before is None else min(LONGEST_REST, before.length * 2)
        self._resting[lane] = _Rest(self.clock.now() + length, length)

    def recovered(self, lane: int) -> None:
        """An update of it was taken."""
        self._resting.pop(lane, None)
