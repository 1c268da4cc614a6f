"""Saying where something is to stand: every use case that shows writes spots through this."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.ids import MessageId
from core.domain.showing.spot import Place, Spot, Urgency
from core.domain.showing.view import Notice, View
from core.errors import NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids, Lane, Wakeups


@dataclass(frozen=True)
class Placing:
    """Writes spots in the caller's transaction and wakes delivery once it has committed."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    wakeups: Wakeups

    async def show(
        self,
        tx: UnitOfWork,
        view: View,
        place: Place,
        *,
        about: Iterable[UUID] = (),
        urgency: Urgency = Urgency.ANSWER,
        unasked_in: str = "",
    ) -> Spot:
        """A new spot, due at once; with the project's time zone in `unasked_in` at the next good moment."""
        spot = Spot(
            id=self.ids.new(),
            view=view,
            chat_id=place.chat_id,
            created_at=self.clock.now(),
            about=frozenset(about),
            reader_id=place.reader_id,
            thread_id=place.thread_id,
            reply_to=place.reply_to,
            urgency=urgency,
            unasked_in=unasked_in,
        )
        await tx.spots.add(spot)
        self._wake()
        return spot

    async def say(
        self,
        tx: UnitOfWork,
        place: Place,
        key: str,
        args: Mapping[str, str | int] | None = None,
        button: str = "",
        *,
        unasked_in: str = "",
    ) -> Spot:
        """A sentence by its key."""
        return await self.show(tx, Notice(key, dict(args or {}), button), place, unasked_in=unasked_in)

    async def touch(
        self,
        tx: UnitOfWork,
        *about: UUID | None,
        urgency: Urgency = Urgency.SETTLED,
        summing_up: Iterable[UUID | None] = (),
    ) -> None:
        """Make due whatever shows any of these, and at the pace of progress what only sums others up."""
        shown = [one for one in about if one is not None]
        summed_up = [one for one in summing_up if one is not None]
        await tx.spots.touch(shown, urgency=urgency, summing_up=summed_up)
        self._wake()

    async def turn(
        self, tx: UnitOfWork, spot: Spot, view: View, *, about: Iterable[UUID] | None = None
    ) -> Spot:
        """The same message with another picture."""
        turned = spot.turned(view, None if about is None else frozenset(about))
        turned = replace(turned, urgency=Urgency.ANSWER)
        await tx.spots.put(turned)
        self._wake()
        return turned

    async def point(self, tx: UnitOfWork, spot: Spot, copy: MessageId) -> None:
        """Let a second copy of a spot's message say where the card is."""
        await tx.spots.add(spot.pointer(self.ids.new(), copy, self.clock.now()))
        self._wake()

    async def turn_spot(self, spot_id: UUID, view: View) -> None:
        """A reader opened, closed or paged something: one transaction of its own."""
        async with self.transactions() as tx:
            await self.turn(tx, await tx.spots.get(spot_id), view)

    async def repaint(self, spot_id: UUID) -> None:
        """Paint one message again, for a press that was on an older text."""
        async with self.transactions() as tx:
            spot = await tx.spots.find(spot_id)
            if spot is None:
                raise NotFound("spot", str(spot_id))
            await self.turn(tx, replace(spot, painted_hash=""), spot.view)

    async def answer(self, view: View, place: Place, *, about: Iterable[UUID] = ()) -> None:
        """Show the answer to a command: one transaction of its own."""
        async with self.transactions() as tx:
            await self.show(tx, view, place, about=about)

    async def tell(
        self, place: Place, key: str, args: Mapping[str, str | int] | None = None, button: str = ""
    ) -> None:
        """Say a sentence: one transaction of its own."""
        async with self.transactions() as tx:
            await self.say(tx, place, key, args, button)

    def _wake(self) -> None:
        self.transactions.after_commit(lambda: self.wakeups.wake(Lane.SPOTS))
