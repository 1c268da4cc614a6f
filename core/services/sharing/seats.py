"""Who else is at work: a process keeps a seat for what only one may do, or several must divide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from core.domain.duty import Duty, slices_of
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock

BEAT_SECONDS = 3.0
SEAT = timedelta(seconds=12)
"""Three beats may fail before a process counts as gone."""
DIVIDED = (Duty.HEAR, Duty.SPEAK)
"""What has seats: the rest is claimed row by row."""


@dataclass
class Seen:
    """Who held seats at the last beat, the longest first."""

    holders: Mapping[Duty, tuple[str, ...]] = field(default_factory=dict[Duty, tuple[str, ...]])


@dataclass(frozen=True)
class Seats:
    """One process's seats. What it knows of the others is as old as its last beat.

    For that long two may think the same theirs, e.g. after one was stopped for a while; each update and
    each card has a claim of its own, so that nothing happens twice.
    """

    transactions: Transactions
    clock: Clock
    holder: str
    seen: Seen = field(default_factory=Seen)

    async def beat(self, duties: frozenset[Duty]) -> None:
        """Keep this process's seats and see who else has one; raises StorageFailed."""
        now = self.clock.now()
        async with self.transactions() as tx:
            self.seen.holders = {
                duty: tuple(await tx.seats.keep(duty, self.holder, now, now + SEAT))
                for duty in DIVIDED
                if duty in duties
            }

    async def clear(self, is_gone: Callable[[str], bool]) -> None:
        """Take the seats of those known to be gone; raises StorageFailed."""
        async with self.transactions() as tx:
            for holder in await tx.seats.list_holders():
                if is_gone(holder):
                    await tx.seats.leave(holder)

    def others(self) -> frozenset[str]:
        """Who else had a seat at the last beat, in a duty of this process."""
        return frozenset(one for held in self.seen.holders.values() for one in held) - {self.holder}

    async def leave(self) -> None:
        """Give up this process's seats, so that others need not wait; raises StorageFailed."""
        async with self.transactions() as tx:
            await tx.seats.leave(self.holder)

    def is_first(self, duty: Duty) -> bool:
        """Whether it is this process's turn to do what only one may; it keeps it until it leaves."""
        return self._holders(duty)[0] == self.holder

    def count(self, duty: Duty) -> int:
        """How many divide it, at least one."""
        return len(self._holders(duty))

    def slices(self) -> frozenset[int] | None:
        """The slices of chats this process speaks in; None when it speaks alone."""
        holders = self._holders(Duty.SPEAK)
        return None if len(holders) == 1 else slices_of(self.holder, holders)

    def _holders(self, duty: Duty) -> tuple[str, ...]:
        return self.seen.holders.get(duty) or (self.holder,)
