"""Reshaping what is proposed: split in parts, made a task of a note, moved to another project."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.knowledge import AtomDraft
from core.domain.person import Actor
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.showing.spot import Place, Spot, Urgency, place_of
from core.domain.showing.view import ProposalCard, SessionCard
from core.domain.splitting import Part, split, task_of
from core.domain.task import TaskDraft
from core.errors import NotFound, WrongStep
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.access.rights import ensure_reviewer
from core.services.desk.sessions import OnCard
from core.services.review.replacing import Replacing
from core.services.showing.placing import Placing


@dataclass(frozen=True)
class ShapingService:
    """One transaction each, reviewers only; one Undo of the settled card puts everything back."""

    transactions: Transactions
    placing: Placing
    replacing: Replacing

    async def split(self, press: OnCard) -> list[Proposal]:
        """Put its parts up in its place, those unticked together; raises WrongStep for fewer than two."""
        async with self.transactions() as tx:
            spot, proposal = await self._pressed(tx, press)
            view = spot.view
            left_out = view.left_out if isinstance(view, ProposalCard | SessionCard) else frozenset[int]()
            parts = split(proposal, left_out)
            if len(parts) < 2:  # noqa: PLR2004 # one part is no split
                raise WrongStep("proposal", proposal.name, proposal.status, "split")
            by = self.replacing.settling.decider(press.actor)
            added = await self.replacing.replace(tx, proposal, parts, by)
            await self._show(tx, spot, added)
            return added

    async def promote(self, press: OnCard) -> Proposal:
        """Put a task up in a note's place."""
        async with self.transactions() as tx:
            spot, proposal = await self._pressed(tx, press)
            if not isinstance(proposal.content, AtomDraft):
                raise WrongStep("proposal", proposal.name, proposal.status, "promote")
            part = Part(task_of(proposal.content), proposal.evidence)
            by = self.replacing.settling.decider(press.actor)
            added = await self.replacing.replace_by_hand(tx, proposal, part, by)
            await self._show(tx, spot, [added])
            return added

    async def promote_note(self, atom_id: UUID, actor: Actor, place: Place) -> Proposal:
        """Put a task up that stands on a kept note, which stays; one that waits already is shown again."""
        async with self.transactions() as tx:
            atom = await tx.knowledge.get_atom(atom_id)
            await ensure_reviewer(tx, atom.project_id, actor)
            waiting = [
                one
                for one in await tx.proposals.standing_on([atom_id])
                if one.status is ProposalStatus.PENDING and one.run_id is None
            ]
            by = self.replacing.settling.decider(actor)
            task = waiting[0] if waiting else await self.replacing.promote(tx, atom, by)
            card = ProposalCard(task.id)
            await self.placing.show(tx, card, place, about={task.id}, urgency=Urgency.CARD)
            return task

    async def move(self, press: OnCard, project_id: UUID) -> Proposal:
        """Put the task up in another project the actor decides in; it gets a number there."""
        async with self.transactions() as tx:
            spot, proposal = await self._pressed(tx, press)
            draft = proposal.content
            if not isinstance(draft, TaskDraft) or project_id == proposal.project_id:
                raise WrongStep("proposal", proposal.name, proposal.status, "move")
            await ensure_reviewer(tx, project_id, press.actor)
            part = Part(replace(draft, parent=None, classified=None), proposal.evidence)
            by = self.replacing.settling.decider(press.actor)
            added = await self.replacing.replace_by_hand(tx, proposal, part, by, project_id)
            await self._show(tx, spot, [added])
            return added

    async def _pressed(self, tx: UnitOfWork, press: OnCard) -> tuple[Spot, Proposal]:
        """The card that was pressed; raises NotReviewer, AlreadySettled, OldPress."""
        spot = await tx.spots.get(press.spot_id)
        proposal = await tx.proposals.get(_front(spot))
        await self._ensure_may(tx, proposal, press.actor)
        proposal.ensure_shows(press.press_version)
        return spot, proposal

    async def _ensure_may(self, tx: UnitOfWork, proposal: Proposal, actor: Actor) -> None:
        await ensure_reviewer(tx, proposal.project_id, actor)
        if proposal.status is not ProposalStatus.PENDING:
            raise proposal.settled_already()

    async def _show(self, tx: UnitOfWork, spot: Spot, added: Sequence[Proposal]) -> None:
        """A session goes on with the first; below a card the new ones have cards of their own."""
        view = spot.view
        if isinstance(view, SessionCard):
            await self.placing.turn(tx, spot, replace(view.closed(), at=added[0].id, rejected=None))
            return
        if isinstance(view, ProposalCard):
            await self.placing.turn(tx, spot, view.closed())
        for one in added:
            card, place = ProposalCard(one.id), place_of(spot)
            await self.placing.show(tx, card, place, about={one.id}, urgency=Urgency.CARD)


def _front(spot: Spot) -> UUID:
    view = spot.view
    if isinstance(view, ProposalCard):
        return view.proposal_id
    if isinstance(view, SessionCard) and view.at is not None:
        return view.at
    raise NotFound("card", "")
