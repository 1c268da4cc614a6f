"""Editing by replying: plain words become a patch, shown as a difference before anything changes."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.money import Purpose
from core.domain.patch import Instruction, Patch
from core.domain.person import Actor, Person, Role
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Spot, place_of
from core.domain.showing.view import ProposalCard, SessionCard
from core.errors import NotFound, OldPress
from core.ports.analysis import Editor
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.readership import Readership
from core.services.access.rights import role_of
from core.services.agents.consulting import Consulting
from core.services.desk.sessions import OnCard, SessionService
from core.services.review.review import Decided, ReviewService
from core.services.showing.placing import Placing
from core.services.showing.sight import Sight


@dataclass(frozen=True)
class Reply:
    """A reply to the card at a spot: whose, and its words."""

    spot_id: UUID
    by: Person
    text: str


@dataclass(frozen=True)
class EditingService:
    """What reviewers reply to a card. The editor is asked outside of any transaction: it may be slow."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    editor: Editor
    readership: Readership
    review: ReviewService
    sessions: SessionService
    consulting: Consulting

    async def propose(self, reply: Reply) -> bool:
        """Show what the reply asks to change; False when it is talk, or by somebody who does not decide.

        Where the card asks what should change, words that name no field are its new title. Raises BadText.
        """
        async with self.transactions.reading() as tx:
            spot = await tx.spots.get(reply.spot_id)
            project_id = (await _in_front(tx, spot))[1].project_id
            asked = await self._instruction(tx, spot, reply)
        if asked is None:
            return False
        patch = await self._patch(project_id, asked)
        if patch is None and isinstance(spot.view, ProposalCard | SessionCard):
            patch = Patch(title=reply.text) if spot.view.panel is Panel.EDIT else None
        if patch is None:
            return False
        patch.ensure_fits()
        async with self.transactions() as tx:
            spot = await tx.spots.get(reply.spot_id)
            view, proposal = await _in_front(tx, spot)
            if proposal.content != asked.content or proposal.status is not ProposalStatus.PENDING:
                raise OldPress(proposal.name)
            changing = replace(view.closed(), panel=Panel.CHANGE, patch=patch)
            await self.placing.turn(tx, spot, changing)
        return True

    async def retitle(self, reply: Reply, actor: Actor) -> Proposal:
        """Give the card in front the reply as its title, as it stands. Raises BadText, NotReviewer."""
        patch = Patch(title=reply.text)
        patch.ensure_fits()
        async with self.transactions() as tx:
            spot = await tx.spots.get(reply.spot_id)
            view, proposal = await _in_front(tx, spot)
            changed = patch.applied(proposal.content)
            edited = await self.review.edit(proposal.id, changed, actor, proposal.press_version)
            await self.placing.turn(tx, spot, view.closed())
            return edited

    async def apply(self, press: OnCard) -> Proposal:
        """Make the change that was shown; raises OldPress when the card or the change is another by now."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(press.spot_id)
            view, proposal = await _in_front(tx, spot)
            patch = view.patch
            if patch is None or patch.press_version(proposal) != press.press_version:
                raise OldPress(proposal.name)
            changed = patch.applied(proposal.content)
            await self.placing.turn(tx, spot, view.closed())
            return await self.review.edit(proposal.id, changed, press.actor, proposal.press_version)

    async def apply_and_approve(self, press: OnCard) -> Decided:
        """Make the change and approve what came of it; one Undo takes both back."""
        async with self.transactions() as tx:
            _, before = await _in_front(tx, await tx.spots.get(press.spot_id))
            edited = await self.apply(press)
            spot = await tx.spots.get(press.spot_id)
            if isinstance(spot.view, SessionCard):
                decided = await self.sessions.approve(OnCard(spot.id, edited.press_version, press.actor))
            else:
                decided = await self.review.approve(edited.id, press.actor, edited.press_version)
            return await self.review.remember(tx, decided, before)

    async def _patch(self, project_id: UUID, asked: Instruction) -> Patch | None:
        """What the rules understand; where a word is left over, a model is asked about the whole.

        Of what both read the rules' reading counts; without an answer it stands alone.
        """
        plain = await self.editor.patch(asked)
        if plain is not None and not plain.unclear:
            return plain
        advice = await self.consulting.ask(
            project_id, Purpose.EDIT, asked, lambda adviser: adviser.edit(asked)
        )
        read = advice.answer.patch if advice.answer is not None else None
        if read is None:
            return plain
        return read if plain is None else read.joined(plain)

    async def _instruction(self, tx: UnitOfWork, spot: Spot, reply: Reply) -> Instruction | None:
        _, proposal = await _in_front(tx, spot)
        project = await tx.projects.get(proposal.project_id)
        is_reviewer = await role_of(tx, project, reply.by.id) is not Role.MEMBER
        if not is_reviewer or proposal.status is not ProposalStatus.PENDING:
            return None
        now = self.clock.now()
        sight = Sight(tx, place_of(spot), now, self.readership)
        people = await sight.people_for(project, proposal.evidence)
        return Instruction(reply.text, proposal.content, reply.by, people, now, project.timezone)


async def _in_front(tx: UnitOfWork, spot: Spot) -> tuple[ProposalCard | SessionCard, Proposal]:
    """What the spot shows and the proposal on it; raises NotFound."""
    view = spot.view
    if isinstance(view, ProposalCard):
        return view, await tx.proposals.get(view.proposal_id)
    if isinstance(view, SessionCard) and view.at is not None:
        return view, await tx.proposals.get(view.at)
    raise NotFound("card", "")
