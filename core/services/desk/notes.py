"""Keeping notes: ticks on a list, one tap that settles it, one undo."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.person import Actor, Project
from core.domain.proposal import ProposalStatus, ensure_shows_all
from core.domain.showing.spot import Spot, place_of
from core.domain.showing.ticks import notes_of, ticked
from core.domain.showing.view import NotesList, RunCard
from core.errors import NotFound, NothingToUndo
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.access.readership import Readership
from core.services.access.rights import ensure_reviewer
from core.services.review.settling import Settling
from core.services.review.undoing import Undoing, Undone
from core.services.runs.runs import RunService
from core.services.showing.placing import Placing
from core.services.tuning.chosen import tuned
from core.settings import ReviewSettings


@dataclass(frozen=True)
class Kept:
    """What one Keep did: how many notes were kept, dropped by hand, and left pending."""

    kept: int
    dropped: int
    left: int
    goes_on: bool = False


@dataclass(frozen=True)
class NotesService:
    """The notes list of one run, at one spot."""

    transactions: Transactions
    settling: Settling
    undoing: Undoing
    runs: RunService
    placing: Placing
    readership: Readership
    settings: ReviewSettings

    async def tick(self, spot_id: UUID, number: int, actor: Actor) -> bool:
        """Toggle the line of the proposal with this number; return whether it is ticked now."""
        async with self.transactions() as tx:
            spot, view, project = await self._list_at(tx, spot_id, actor)
            proposal = await tx.proposals.find_by_number(project.id, number)
            if proposal is None or proposal.run_id != view.run_id:
                raise NotFound("proposal", str(number))
            if proposal.status is not ProposalStatus.PENDING:
                raise proposal.settled_already()
            is_ticked = proposal.id in ticked([proposal], view, self._ticked_from(project))
            toggled = _toggled(view, proposal.id, is_ticked=not is_ticked)
            await self.placing.turn(tx, spot, toggled)
            return not is_ticked

    def _ticked_from(self, project: Project) -> float:
        return tuned(self.settings, project.knobs).tick_confidence

    async def keep(self, spot_id: UUID, press_version: int, actor: Actor, *, find_tasks: bool) -> Kept:
        """Keep the ticked in one act, drop those unticked by hand, leave the rest pending.

        With `find_tasks` stage 2 starts on them and the same message goes on with it. Raises OldPress when
        the list has other notes, or other texts, than `press_version` was painted of.
        """
        async with self.transactions() as tx:
            spot, view, project = await self._list_at(tx, spot_id, actor)
            listed = notes_of(await tx.proposals.list_of_run(view.run_id, status=ProposalStatus.PENDING))
            pending = await self.readership.saw(tx, place_of(spot), project, listed)
            ensure_shows_all(pending, press_version, project.name)
            chosen = ticked(pending, view, self._ticked_from(project))
            by = self.settling.decider(actor)
            for proposal in pending:
                if proposal.id in chosen:
                    await self.settling.approve(tx, proposal, by)
                elif proposal.id in view.unticked:
                    await self.settling.reject(tx, proposal, by)
            dropped = sum(1 for one in pending if one.id in view.unticked - chosen)
            goes_on = find_tasks and await self._go_on(tx, spot, project, actor, by.act_id)
            if not goes_on:
                await self.placing.turn(tx, spot, replace(view, act_id=by.act_id))
            return Kept(len(chosen), dropped, len(pending) - len(chosen) - dropped, goes_on)

    async def undo(self, spot_id: UUID, actor: Actor) -> Undone:
        """Take the whole Keep back; tasks approved since are named and keep what they stand on."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            view = spot.view
            if not isinstance(view, NotesList) or view.act_id is None:
                raise NothingToUndo
            run = await tx.runs.get(view.run_id)
            await ensure_reviewer(tx, run.project_id, actor)
            act = await tx.proposals.list_act(view.act_id)
            undone = await self.undoing.undo(tx, act, self.settling.decider(actor))
            await self.placing.turn(tx, spot, replace(view, act_id=None))
            return undone

    async def _go_on(
        self, tx: UnitOfWork, spot: Spot, project: Project, actor: Actor, act_id: UUID
    ) -> bool:
        run = await self.runs.start_after_keeping(tx, project, actor)
        if run is None:
            return False
        await self.placing.turn(tx, spot, RunCard(run.id, kept_act_id=act_id), about={run.id})
        return True

    async def _list_at(
        self, tx: UnitOfWork, spot_id: UUID, actor: Actor
    ) -> tuple[Spot, NotesList, Project]:
        spot = await tx.spots.get(spot_id)
        if not isinstance(spot.view, NotesList):
            raise NotFound("list", str(spot_id))
        run = await tx.runs.get(spot.view.run_id)
        return spot, spot.view, await ensure_reviewer(tx, run.project_id, actor)


def _toggled(view: NotesList, id_: UUID, *, is_ticked: bool) -> NotesList:
    if is_ticked:
        return replace(view, ticked=view.ticked | {id_}, unticked=view.unticked - {id_})
    return replace(view, ticked=view.ticked - {id_}, unticked=view.unticked | {id_})
