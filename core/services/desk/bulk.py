"""Settling a whole queue: the list, a confirm, one act and one undo."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.person import Actor
from core.domain.proposal import Proposal, ensure_shows_all
from core.domain.showing.panel import Panel
from core.domain.showing.queue import chosen_of
from core.domain.showing.spot import Spot, place_of
from core.domain.showing.view import Bulk, SessionCard
from core.errors import NotFound, NothingToUndo
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.readership import Readership
from core.services.desk.sessions import OnCard
from core.services.review.review import ReviewService
from core.services.review.undoing import Undone
from core.services.showing.placing import Placing
from core.services.showing.queues import projects_in, queue_in


@dataclass(frozen=True)
class BulkService:
    """What a session settles together. What is withheld where the session stands is never part of it."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    review: ReviewService
    readership: Readership

    async def ask(self, spot_id: UUID, bulk: Bulk) -> None:
        """List what would be settled, and wait for a tap on it."""
        async with self.transactions() as tx:
            spot, view = await _session_at(tx, spot_id)
            await self.placing.turn(tx, spot, replace(view.closed(), panel=Panel.CONFIRM, bulk=bulk))

    async def settle(self, press: OnCard) -> tuple[Bulk, int]:
        """Settle in one act what the confirm panel listed; return what was done and to how many.

        Raises OldPress when they are no longer the ones it listed, or their texts no longer the same.
        """
        async with self.transactions() as tx:
            spot, view = await _session_at(tx, press.spot_id)
            chosen = await self._listed(tx, spot, view, press.actor)
            ensure_shows_all(chosen, press.press_version, str(len(chosen)))
            act_id, count = await self.review.settle_all([one.id for one in chosen], view.bulk, press.actor)
            queue = await queue_in(tx, view, press.actor.person_id, self.clock.now())
            done = replace(
                view.closed(), bulk=Bulk.SURE, act_id=act_id, rejected=None,
                settled=view.settled + count, at=queue[0].id if queue else None,
            )  # fmt: skip
            await self.placing.turn(tx, spot, done)
            return view.bulk, count

    async def undo(self, spot_id: UUID, actor: Actor) -> Undone:
        """Take back the session's last bulk act, or the Keep it went on from."""
        async with self.transactions() as tx:
            spot, view = await _session_at(tx, spot_id)
            act_id = view.act_id or view.kept_act_id
            if act_id is None:
                raise NothingToUndo
            undone = await self.review.undo_act(act_id, actor)
            kept = None if view.act_id is None else view.kept_act_id
            back = 0 if view.act_id is None else len(undone.proposals)
            cleared = replace(view, act_id=None, kept_act_id=kept, settled=max(0, view.settled - back))
            queue = await queue_in(tx, cleared, actor.person_id, self.clock.now())
            at = cleared.at or (queue[0].id if queue else None)
            await self.placing.turn(tx, spot, replace(cleared, at=at))
            return undone

    async def _listed(self, tx: UnitOfWork, spot: Spot, view: SessionCard, actor: Actor) -> list[Proposal]:
        queue = await queue_in(tx, view, actor.person_id, self.clock.now())
        seen: set[UUID] = set()
        for project in await projects_in(tx, view, actor.person_id):
            own = [one for one in queue if one.project_id == project.id]
            seen |= {one.id for one in await self.readership.saw(tx, place_of(spot), project, own)}
        return list(chosen_of([one for one in queue if one.id in seen], view.bulk))


async def _session_at(tx: UnitOfWork, spot_id: UUID) -> tuple[Spot, SessionCard]:
    spot = await tx.spots.get(spot_id)
    if not isinstance(spot.view, SessionCard):
        raise NotFound("session", str(spot_id))
    return spot, spot.view
