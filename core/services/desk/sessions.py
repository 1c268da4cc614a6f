"""The review session: one message, edited in place, that never loses its place."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from core.domain.ids import PersonId, Ref
from core.domain.person import Actor
from core.domain.proposal import Proposal, ensure_shows_all
from core.domain.run import Stage
from core.domain.showing.queue import confident_of
from core.domain.showing.spot import Place, Spot, place_of
from core.domain.showing.view import Order, Panel, SessionCard
from core.errors import NotFound, NothingToUndo
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.readership import Readership
from core.services.access.rights import ensure_reviewer
from core.services.review.review import Decided, ReviewService
from core.services.review.undoing import Undone
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
    readership: Readership

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
            snoozed = await self.review.snooze(proposal.id, press.actor, press.press_version, until)
            await self._advance(tx, press.spot_id, press.actor.person_id, settled=False)
            return Decided(snoozed)

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

    async def approve_confident(self, press: OnCard) -> int:
        """Approve in one act those the confirm panel listed; return how many.

        Raises OldPress when they are no longer the ones it listed, or their texts no longer the same.
        """
        async with self.transactions() as tx:
            spot, view = await self._session_at(tx, press.spot_id)
            sure = await self._confident(tx, spot, view, press.actor)
            ensure_shows_all(sure, press.press_version, str(len(sure)))
            act_id, count = await self.review.approve_all([one.id for one in sure], press.actor)
            await self._advance(tx, press.spot_id, press.actor.person_id, settled=count > 0)
            spot, view = await self._session_at(tx, press.spot_id)
            turned = replace(view, act_id=act_id, settled=view.settled + max(0, count - 1))
            await self.placing.turn(tx, spot, turned)
            return count

    async def undo_bulk(self, spot_id: UUID, actor: Actor) -> Undone:
        """Take back the session's last bulk act, or the Keep it went on from."""
        async with self.transactions() as tx:
            spot, view = await self._session_at(tx, spot_id)
            act_id = view.act_id or view.kept_act_id
            if act_id is None:
                raise NothingToUndo
            undone = await self.review.undo_act(act_id, actor)
            cleared = replace(
                view, act_id=None, kept_act_id=None if view.act_id is None else view.kept_act_id
            )
            queue = await queue_in(tx, cleared, actor.person_id, self.clock.now())
            at = cleared.at or (queue[0].id if queue else None)
            await self.placing.turn(tx, spot, replace(cleared, at=at))
            return undone

    async def _confident(
        self, tx: UnitOfWork, spot: Spot, view: SessionCard, actor: Actor
    ) -> list[Proposal]:
        """What "Approve the n above 90 %" listed: nothing that was withheld here."""
        queue = confident_of(await queue_in(tx, view, actor.person_id, self.clock.now()))
        shown: list[Proposal] = []
        for project in await projects_in(tx, view, actor.person_id):
            own = [one for one in queue if one.project_id == project.id]
            shown += await self.readership.saw(tx, place_of(spot), project, own)
        return shown

    async def _decide(self, tx: UnitOfWork, press: OnCard, deciding: Awaitable[Decided]) -> Decided:
        decided = await deciding
        await self._advance(tx, press.spot_id, press.actor.person_id, settled=True)
        return decided

    async def _advance(self, tx: UnitOfWork, spot_id: UUID, reader: PersonId, *, settled: bool) -> None:
        """Turn to the next card that waits; the place in the queue is kept."""
        spot, view = await self._session_at(tx, spot_id)
        queue = await queue_in(tx, view, reader, self.clock.now())
        at = queue[0].id if queue else None
        done = replace(_onward(view), at=at, settled=view.settled + int(settled))
        await self.placing.turn(tx, spot, done)

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
    return replace(view, panel=Panel.MAIN, target=None, query="", rejected=None)
