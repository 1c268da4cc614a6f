"""Delivery: what stands in the chats is brought to what is stored; it never decides anything."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from structlog.contextvars import bind_contextvars

from core.domain.duty import Duty
from core.domain.ids import ChatId, PersonId
from core.domain.showing.shown import TakenAway
from core.domain.showing.spot import Spot
from core.domain.showing.view import Notice, ids_in
from core.errors import NotFound, TelegramAway, WorldFailed
from core.ports.chat import Fate, Messenger, Outcome, Painter
from core.ports.meter import Meter, Part
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Lane, Wakeups
from core.services.access.readership import Readership
from core.services.sharing.seats import Seats
from core.services.showing.attention import Attention, is_over
from core.services.showing.loading import Loaded, Loading
from core.services.showing.outcomes import Attempt, after, later, resting, taken_away
from core.services.showing.placing import Placing

LEASE = timedelta(seconds=30)
"""Longer than the slowest send: connecting 5 s, a place in the pool 5 s, the answer 15 s."""
AT_ONCE = 16
"""Chats served at the same time."""
IDLE_SECONDS = 5.0
"""How long an idle loop sleeps when nobody wakes it: another process may have committed."""
ROUND_SECONDS = 0.05
"""The least time from one look to the next: what many decide at once is looked for once."""
AFTER_FAILURE_SECONDS = 1.0
RECORD_ATTEMPTS = 5

_log = logging.getLogger(__name__)


@dataclass
class InHand:
    """Chats being served now, and chats spoken to lately that may have to rest."""

    busy: set[ChatId] = field(default_factory=set[ChatId])
    spoken: set[ChatId] = field(default_factory=set[ChatId])
    nothing: asyncio.Event = field(default_factory=asyncio.Event)

    def take(self, chats: Iterable[ChatId]) -> None:
        """These are being served."""
        self.busy.update(chats)
        if self.busy:
            self.nothing.clear()

    def give_back(self, chat_id: ChatId) -> None:
        """This one was served."""
        self.busy.discard(chat_id)
        self.spoken.add(chat_id)
        if not self.busy:
            self.nothing.set()


@dataclass(frozen=True)
class DeliveryService:
    """Leases due spots, paints them and hands them to the messenger; one card a chat at a time.

    Several may run: each speaks in the chats of its slices, so that a chat's messages keep order and pace,
    and a lease is one statement, so that a card is nobody else's even while two think the chat theirs.
    """

    transactions: Transactions
    clock: Clock
    wakeups: Wakeups
    loading: Loading
    placing: Placing
    readership: Readership
    attention: Attention
    painter: Painter
    messenger: Messenger
    meter: Meter
    seats: Seats
    in_hand: InHand = field(default_factory=InHand)

    async def run(self, idle_seconds: Callable[[], float] = lambda: IDLE_SECONDS) -> None:
        """Deliver for ever; a chat that answers slowly holds up nobody else.

        Args:
            idle_seconds: How long to sleep when nobody wakes it: another process may have committed.
        """
        async with asyncio.TaskGroup() as serving:
            try:
                while True:
                    await self._go_round(serving, idle_seconds())
            except asyncio.CancelledError:
                # What is on the wire ends first: a message sent but not recorded would be sent twice.
                await self._finish()
                raise

    async def step(self) -> bool:
        """Serve what is due now, one spot a chat; False when nothing was."""
        spots = await self._lease()
        async with asyncio.TaskGroup() as serving:
            for spot in spots:
                serving.create_task(self._serve(spot), name=f"spot-{spot.id}")
        return bool(spots)

    async def _go_round(self, serving: asyncio.TaskGroup, longest_seconds: float) -> None:
        loop = asyncio.get_running_loop()
        next_at = loop.time() + ROUND_SECONDS
        try:
            for spot in await self._lease():
                serving.create_task(self._serve(spot), name=f"spot-{spot.id}")
            idle_seconds = min(longest_seconds, await self._idle_seconds())
        except WorldFailed as failure:
            self.meter.failed(Part.SPEAKING, failure)
            _log.warning("nothing is delivered for now: %r", failure)
            await asyncio.sleep(AFTER_FAILURE_SECONDS)
        else:
            await self.wakeups.wait(Lane.SPOTS, idle_seconds)
            await asyncio.sleep(next_at - loop.time())

    async def _lease(self) -> list[Spot]:
        """Take due spots of chats that are free and rested."""
        in_hand = self.in_hand
        self.messenger.divide(self.seats.count(Duty.SPEAK))
        in_hand.spoken = {chat for chat in in_hand.spoken if self.messenger.wait_seconds(chat) > 0}
        free = AT_ONCE - len(in_hand.busy)
        if free <= 0:
            return []
        now = self.clock.now()
        resting = frozenset(in_hand.busy | in_hand.spoken)
        # While chats rest there is often nothing: looking first, nobody who decides waits for that.
        async with self.transactions.glancing() as tx:
            if not await tx.spots.is_any_due(now, resting):
                return []
        async with self.transactions() as tx:
            spots = await tx.spots.lease_due(now, now + LEASE, free, resting, self.seats.slices())
        in_hand.take(spot.chat_id for spot in spots)
        return spots

    async def _idle_seconds(self) -> float:
        """Until something is due by time alone, or a chat has rested."""
        now = self.clock.now()
        rests = [self.messenger.wait_seconds(chat) for chat in self.in_hand.spoken]
        async with self.transactions.glancing() as tx:
            due_at = await tx.spots.next_due_at(now)
        if due_at is not None:
            rests.append((due_at - now).total_seconds())
        return max(0.01, min([IDLE_SECONDS, *rests]))

    async def _finish(self) -> None:
        if not self.in_hand.busy:
            return
        try:
            async with asyncio.timeout(LEASE.total_seconds()):
                await self.in_hand.nothing.wait()
        except TimeoutError:
            _log.warning("left on the wire: %s", sorted(self.in_hand.busy))

    async def _serve(self, spot: Spot) -> None:
        """One spot; whatever goes wrong with it stops no other."""
        bind_contextvars(spot_id=str(spot.id), **ids_in(spot.view))
        try:
            await self._deliver(spot)
        except WorldFailed as failure:
            # Nothing was recorded: the lease runs out and the spot is due again.
            self.meter.failed(Part.SPEAKING, failure)
            _log.warning("%s not delivered: %r", _key_of(spot), failure)
        except Exception as broken:  # noqa: BLE001 # an outermost loop: a card that cannot be painted stops no other
            self.meter.failed(Part.SPEAKING, broken)
            _log.exception("%s cannot be shown", _key_of(spot))
            await self._record(later(spot, self.clock.now()))
        finally:
            self.in_hand.give_back(spot.chat_id)
            self.wakeups.again(Lane.SPOTS)

    async def _deliver(self, leased: Spot) -> None:
        wait = self.messenger.wait_seconds(leased.chat_id)
        if wait > 0:
            await self._record(resting(leased, self.clock.now(), wait))
            return
        if leased.is_unsaid and await self._is_held(leased):
            return
        try:
            spot, loaded = await self._load(leased)
        except NotFound as gone:
            _log.info("%s is let go: no %s %s", _key_of(leased), gone.kind, gone.name)
            await self._let_go(leased)
            return
        except TelegramAway:
            await self._record(later(leased, self.clock.now()))
            return
        if await self._is_not_to_be_painted(spot, loaded):
            return
        card = self.painter.paint(loaded.shown, loaded.reader, spot)
        attempt = Attempt(spot, card, loaded.not_before, self.clock.now())
        outcome = await self._bring(attempt)
        await self._settle(replace(attempt, now=self.clock.now()), loaded, outcome)

    async def _is_held(self, leased: Spot) -> bool:
        """Whether it is not its moment, or it went into a message with others."""
        async with self.transactions() as tx:
            return await self.attention.holds(tx, leased, self.clock.now())

    async def _let_go(self, leased: Spot) -> None:
        """What it showed is no more: where it stands already, a sentence takes its place."""
        if leased.message_id is None or isinstance(leased.view, Notice):
            await self._record(leased.dropped())
            return
        async with self.transactions() as tx:
            present = await tx.spots.get(leased.id)
            await tx.spots.put(present.turned(Notice("no-longer"), frozenset()))
            await tx.spots.record(replace(present, lease_until=None))

    async def _is_not_to_be_painted(self, spot: Spot, loaded: Loaded) -> bool:
        """Whether it must have another view first, or is to stand there no longer; that is seen to."""
        if loaded.turn_to is not None:
            await self._turn(spot, loaded)
        elif isinstance(loaded.shown, TakenAway):
            await self._take_away(spot)
        elif spot.is_unsaid and is_over(loaded.shown):
            await self._record(spot.dropped())
        else:
            return False
        return True

    async def _take_away(self, spot: Spot) -> None:
        outcome = Outcome(Fate.SENT)
        if spot.message_id is not None:
            outcome = await self.messenger.remove(spot.chat_id, spot.message_id)
        await self._record(taken_away(spot, outcome, self.clock.now()))

    async def _load(self, leased: Spot) -> tuple[Spot, Loaded]:
        """The spot as it is now with what it shows, both of one moment; members asked for when unknown."""
        spot, loaded = await self._load_once(leased)
        if loaded.unasked and spot.reader_id is not None:
            await self.readership.refresh(PersonId(spot.reader_id), loaded.unasked)
            spot, loaded = await self._load_once(leased)
        return spot, loaded

    async def _load_once(self, leased: Spot) -> tuple[Spot, Loaded]:
        async with self.transactions.reading() as tx:
            spot = await tx.spots.get(leased.id)
            return spot, await self.loading.load(tx, spot)

    async def _bring(self, attempt: Attempt) -> Outcome:
        spot = attempt.spot
        if attempt.is_there:
            return Outcome(Fate.SENT, message_id=spot.message_id)
        if spot.message_id is not None:
            outcome = await self.messenger.edit(spot.chat_id, spot.message_id, attempt.to_send)
        else:
            outcome = await self.messenger.send(
                spot.chat_id, attempt.to_send, thread_id=spot.thread_id, reply_to=spot.reply_to
            )
        self.meter.delivered(outcome.fate, is_edit=spot.message_id is not None)
        return outcome

    async def _settle(self, attempt: Attempt, loaded: Loaded, outcome: Outcome) -> None:
        """Record what became of it, with what it means for the chat."""
        spot = attempt.spot
        if outcome.fate is Fate.REFUSED:
            _log.error("Telegram refused %s: %s", _key_of(spot), outcome.detail)
        await self._record(after(attempt, outcome), loaded=loaded, outcome=outcome)

    async def _record(
        self, spot: Spot, *, loaded: Loaded | None = None, outcome: Outcome | None = None
    ) -> None:
        """Write it down, stubbornly: what was sent and not recorded would be sent again."""
        for attempt in range(1, RECORD_ATTEMPTS + 1):
            try:
                async with self.transactions() as tx:
                    await self._record_in(tx, spot, loaded, outcome)
            except WorldFailed:
                if attempt == RECORD_ATTEMPTS:
                    raise
                await asyncio.sleep(AFTER_FAILURE_SECONDS)
            else:
                return

    async def _record_in(
        self, tx: UnitOfWork, spot: Spot, loaded: Loaded | None, outcome: Outcome | None
    ) -> None:
        if outcome is not None and outcome.migrated_to is not None:
            await tx.chats.migrate(spot.chat_id, outcome.migrated_to)
        elif outcome is not None and outcome.fate is Fate.CHAT_GONE:
            await _give_up_chat(tx, spot)
        present = await tx.spots.get(spot.id)
        if _is_of_another(present, spot):
            if present.chat_id == spot.chat_id and spot.message_id is not None:
                await self.placing.point(tx, present, spot.message_id)
            await tx.spots.record(replace(present, lease_until=None))
            return
        if loaded is not None and outcome is not None and outcome.fate is Fate.SENT:
            await _set_repaint(tx, present, loaded)
        await tx.spots.record(spot)

    async def _turn(self, spot: Spot, loaded: Loaded) -> None:
        """Give the spot the view it must have, unless a use case turned it meanwhile; it is due again."""
        async with self.transactions() as tx:
            present = await tx.spots.get(spot.id)
            if present.wanted == spot.wanted and loaded.turn_to is not None:
                await tx.spots.put(present.turned(loaded.turn_to))
            await tx.spots.record(replace(present, lease_until=None))


async def _give_up_chat(tx: UnitOfWork, spot: Spot) -> None:
    """The bot may no longer speak there: nothing more is tried, and cards go elsewhere."""
    await tx.spots.drop_chat(spot.chat_id)
    chat = await tx.chats.find(spot.chat_id)
    if chat is not None:
        await tx.chats.put(replace(chat, is_blocked=True))
    person = await tx.people.find(PersonId(spot.chat_id)) if spot.chat_id > 0 else None
    if person is not None:
        await tx.people.put(replace(person, has_direct_chat=False))


async def _set_repaint(tx: UnitOfWork, present: Spot, loaded: Loaded) -> None:
    """When it changes by itself next; a use case's view and wish are left as they are."""
    if present.repaint_at != loaded.repaint_at:
        await tx.spots.repaint_at(present.id, loaded.repaint_at)


def _is_of_another(present: Spot, learned: Spot) -> bool:
    """Whether what was learned is about another message than the spot's.

    Its group became another one meanwhile, or a press adopted the copy of an earlier send.
    """
    has_moved = present.chat_id != learned.chat_id
    return has_moved or present.message_id not in (None, learned.message_id)


def _key_of(spot: Spot) -> str:
    return f"{type(spot.view).__name__} {spot.id}"
