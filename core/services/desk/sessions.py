"""The review session: one message, edited in place, that never loses its place."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from core.domain.ids import Ref
from core.domain.person import Actor
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Stage
from core.domain.showing.panel import Panel
from core.domain.showing.queue import following
from core.domain.showing.sieve import Sieve
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import Order, SessionCard
from core.errors import NotFound, NothingToUndo
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import ensure_reviewer
from core.services.review.review import Decided, ReviewService
from core.services.review.undoing import Undone
from core.services.runs.runs import RunService
from core.services.showing.candidates import Candidates
from core.services.showing.placing import Placing
from core.services.showing.queues import projects_in, queue_in


@dataclass(frozen=True)
class OnCard:
    """A press on the card or the list a session shows: whose, and the press version it was painted with."""

    spot_id: UUID
    press_version: int
    actor: Actor


@dataclass(frozen=True)
class SessionService:
    """Steps through what waits; deciding moves on to the next in the same transaction."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    review: ReviewService
    runs: RunService
    candidates: Candidates

    async def open(
        self, place: Place, actor: Actor, *, project_id: UUID | None, stage: Stage | None
    ) -> None:
        """A new session at a place; `project_id` None is all the projects the actor reviews."""
        async with self.transactions() as tx:
            if project_id is not None:
                await ensure_reviewer(tx, project_id, actor)
            view = SessionCard(project_id=project_id, stage=stage)
            about = {one.id for one in await projects_in(tx, view, actor.person_id)}
            queue = await queue_in(tx, view, actor.person_id, self.clock.now())
            view = replace(view, at=queue[0].id if queue else None)
            await self.placing.show(tx, view, place, about=about)

    async def approve(self, press: OnCard) -> Decided:
        """Approve the card in front; raises OldPress when another stands there now."""
        async with self.transactions() as tx:
            proposal = await self._in_front(tx, press)
            deciding = self.review.approve(proposal.id, press.actor, press.press_version)
            return await self._decide(tx, press, deciding)

    async def keep_both(self, press: OnCard) -> Decided:
        """Keep the decision in front beside the one it contradicts."""
        async with self.transactions() as tx:
            proposal = await self._in_front(tx, press)
            deciding = self.review.keep_both(proposal.id, press.actor, press.press_version)
            return await self._decide(tx, press, deciding)

    async def reject(self, press: OnCard) -> Decided:
        """Reject the card in front; beside the next one its reasons are offered."""
        async with self.transactions() as tx:
            proposal = await self._in_front(tx, press)
            deciding = self.review.reject(proposal.id, press.actor, press.press_version)
            decided = await self._decide(tx, press, deciding)
            spot, view = await self._session_at(tx, press.spot_id)
            await self.placing.turn(tx, spot, replace(view, rejected=proposal.id))
            return decided

    async def take_back(self, spot_id: UUID, actor: Actor) -> Undone:
        """Take back what the last tap rejected; it stands in front again."""
        async with self.transactions() as tx:
            spot, view = await self._session_at(tx, spot_id)
            if view.rejected is None:
                raise NothingToUndo
            undone = await self.review.undo(view.rejected, actor)
            settled = max(0, view.settled - 1)
            back = replace(_onward(view), at=view.rejected, settled=settled)
            await self.placing.turn(tx, spot, back)
            return undone

    async def merge(self, press: OnCard, target: Ref) -> Decided:
        """Merge the card in front."""
        async with self.transactions() as tx:
            proposal = await self._in_front(tx, press)
            deciding = self.review.merge(proposal.id, target, press.actor, press.press_version)
            return await self._decide(tx, press, deciding)

    async def snooze(self, press: OnCard, until: datetime) -> Decided:
        """Put the card in front off."""
        async with self.transactions() as tx:
            proposal = await self._in_front(tx, press)
            return await self._decide(tx, press, self._snoozed(proposal, press, until))

    async def step(self, spot_id: UUID, actor: Actor, by: int) -> None:
        """Go on (+1) or back (-1) without deciding; past the end it starts over."""
        async with self.transactions() as tx:
            spot, view = await self._session_at(tx, spot_id)
            queue = [one.id for one in await queue_in(tx, view, actor.person_id, self.clock.now())]
            here = queue.index(view.at) if view.at is not None and view.at in queue else -1
            at = queue[(here + by) % len(queue)] if queue else None
            await self.placing.turn(tx, spot, replace(_onward(view), at=at))

    async def reorder(self, spot_id: UUID, actor: Actor) -> Order:
        """Sort by the next of the orders and start from its first."""
        async with self.transactions() as tx:
            spot, view = await self._session_at(tx, spot_id)
            orders = list(Order)
            order = orders[(orders.index(view.order) + 1) % len(orders)]
            sorted_anew = replace(_onward(view), order=order)
            queue = await queue_in(tx, sorted_anew, actor.person_id, self.clock.now())
            at = queue[0].id if queue else None
            await self.placing.turn(tx, spot, replace(sorted_anew, at=at))
            return order

    async def narrow(self, spot_id: UUID, actor: Actor, sieve: Sieve) -> None:
        """Go through what also fits `sieve`, or no longer has to where it was asked for already."""
        async with self.transactions() as tx:
            _, view = await self._session_at(tx, spot_id)
            await self._go_through(tx, spot_id, actor, view.sieve.toggled(sieve), panel=Panel.SIEVE)

    async def keep_to(self, spot_id: UUID, actor: Actor, stage: Stage) -> None:
        """Go through notes only, or tasks only; both again where that was asked for already."""
        async with self.transactions() as tx:
            spot, view = await self._session_at(tx, spot_id)
            both = view.stage is stage
            await self.placing.turn(tx, spot, replace(view, stage=None if both else stage))
            await self._go_through(tx, spot_id, actor, view.sieve, panel=Panel.SIEVE)

    async def widen(self, spot_id: UUID, actor: Actor) -> None:
        """Go through everything again."""
        async with self.transactions() as tx:
            await self._go_through(tx, spot_id, actor, Sieve(), panel=Panel.MAIN)

    async def gather(self, spot_id: UUID, actor: Actor) -> None:
        """Go through the card in front and those in the queue that look like it."""
        async with self.transactions() as tx:
            _, view = await self._session_at(tx, spot_id)
            queue = await queue_in(tx, view, actor.person_id, self.clock.now())
            front = next((one for one in queue if one.id == view.at), None)
            if front is None:
                raise NotFound("card", "")
            alike = await self.candidates.alike_among(tx, front, queue)
            among = frozenset({front.id, *(one.id for one in alike)})
            await self._go_through(tx, spot_id, actor, Sieve(among=among), panel=Panel.MAIN)

    async def read_new(self, spot_id: UUID, actor: Actor, place: Place) -> None:
        """Offer to read what is unread in each project of the session."""
        async with self.transactions() as tx:
            _, view = await self._session_at(tx, spot_id)
            for project in await projects_in(tx, view, actor.person_id):
                if await tx.messages.count_unread(project.id):
                    await self.runs.offer(project.id, Stage.KNOWLEDGE, None, actor, place)

    async def _go_through(
        self, tx: UnitOfWork, spot_id: UUID, actor: Actor, sieve: Sieve, *, panel: Panel
    ) -> None:
        """The place is kept where the card in front still fits."""
        spot, view = await self._session_at(tx, spot_id)
        narrowed = replace(_onward(view), sieve=sieve, panel=panel)
        ids = [one.id for one in await queue_in(tx, narrowed, actor.person_id, self.clock.now())]
        at = view.at if view.at in ids else next(iter(ids), None)
        await self.placing.turn(tx, spot, replace(narrowed, at=at))

    async def _decide(self, tx: UnitOfWork, press: OnCard, deciding: Awaitable[Decided]) -> Decided:
        """Decide, and go on to the next card from here."""
        _, view = await self._session_at(tx, press.spot_id)
        reader, now = press.actor.person_id, self.clock.now()
        before = await queue_in(tx, view, reader, now)
        decided = await deciding
        spot, view = await self._session_at(tx, press.spot_id)
        at = following(before, view.at, await queue_in(tx, view, reader, now))
        is_settled = decided.proposal.status is not ProposalStatus.PENDING
        onward = replace(_onward(view), at=at, settled=view.settled + int(is_settled))
        await self.placing.turn(tx, spot, onward)
        return decided

    async def _snoozed(self, proposal: Proposal, press: OnCard, until: datetime) -> Decided:
        return Decided(await self.review.snooze(proposal.id, press.actor, press.press_version, until))

    async def _in_front(self, tx: UnitOfWork, press: OnCard) -> Proposal:
        _, view = await self._session_at(tx, press.spot_id)
        if view.at is None:
            raise NotFound("card", "")
        proposal = await tx.proposals.get(view.at)
        proposal.ensure_shows(press.press_version)
        return proposal

    async def _session_at(self, tx: UnitOfWork, spot_id: UUID) -> tuple[Spot, SessionCard]:
        spot = await tx.spots.get(spot_id)
        if not isinstance(spot.view, SessionCard):
            raise NotFound("session", str(spot_id))
        return spot, spot.view


def _onward(view: SessionCard) -> SessionCard:
    """The session as it goes on: nothing open, nothing of the last card."""
    return replace(view.closed(), rejected=None)
