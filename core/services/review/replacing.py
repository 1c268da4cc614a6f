"""Giving one pending proposal up for others, and having it back, inside the caller's transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.history import Change
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom, AtomDraft
from core.domain.proposal import Proposal, ProposalStatus, Recommendation, Source
from core.domain.showing.spot import Urgency
from core.domain.splitting import Part, task_of
from core.domain.task import Contribution, Gain
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock, Ids
from core.services.review.settling import Decider, Settling
from core.services.review.texts import index_proposal


@dataclass(frozen=True)
class Replacing:
    """A proposal that is replaced leads to the first of those that took its place."""

    clock: Clock
    ids: Ids
    settling: Settling

    async def replace(
        self, tx: UnitOfWork, proposal: Proposal, parts: Sequence[Part], by: Decider
    ) -> list[Proposal]:
        """Put the parts up in its place, in the same run; what was merged into it follows the first."""
        new = [replace(proposal, content=part.content, evidence=part.evidence) for part in parts]
        return await self._give_up(tx, proposal, new, by)

    async def replace_by_hand(
        self,
        tx: UnitOfWork,
        proposal: Proposal,
        part: Part,
        by: Decider,
        project_id: UUID | None = None,
    ) -> Proposal:
        """Put one up that is of another kind, or in another project: it has no run."""
        new = replace(
            proposal, project_id=project_id or proposal.project_id, content=part.content,
            evidence=part.evidence, source=Source.MESSAGE, run_id=None, batch_id=None, carried_at=None,
        )  # fmt: skip
        return (await self._give_up(tx, proposal, [new], by))[0]

    async def promote(self, tx: UnitOfWork, atom: Atom, by: Decider) -> Proposal:
        """Put up the task a kept note asks for; it stands on the note, and has no run."""
        proposal = Proposal(
            id=self.ids.new(),
            project_id=atom.project_id,
            number=await tx.projects.next_number(atom.project_id, Kind.PROPOSAL),
            content=task_of(AtomDraft(atom.type, atom.title, atom.content)),
            source=Source.MESSAGE,
            created_at=self.clock.now(),
            confidence=atom.confidence,
            evidence=atom.evidence,
            sources=(atom.id,),
        )
        await tx.proposals.add(proposal)
        await index_proposal(tx, proposal)
        ref = Ref(Kind.PROPOSAL, proposal.id)
        change = Change(self.ids.new(), ref, self.clock.now(), "captured", by.name, by.person_id)
        await tx.history.add(change)
        await self.settling.placing.touch(tx, atom.project_id, urgency=Urgency.PROGRESS)
        return proposal

    async def _give_up(
        self, tx: UnitOfWork, proposal: Proposal, new: list[Proposal], by: Decider
    ) -> list[Proposal]:
        added = [await self._add(tx, proposal, one, by) for one in new]
        first = Ref(Kind.PROPOSAL, added[0].id)
        if await tx.tasks.contributions_to(Ref(Kind.PROPOSAL, proposal.id)):
            led_on = Contribution(self.ids.new(), proposal.id, first, Gain(), Evidence(), self.clock.now())
            await tx.tasks.contribute(led_on)
        await self.settling.replace(tx, proposal, first, by)
        return added

    async def _add(self, tx: UnitOfWork, origin: Proposal, new: Proposal, by: Decider) -> Proposal:
        added = replace(
            new, id=self.ids.new(), number=await tx.projects.next_number(new.project_id, Kind.PROPOSAL),
            origin_id=origin.id, similar=None, recommendation=Recommendation.NEW_TASK, rejected_before=None,
            snoozed_until=None, edited_by=by.name, content_version=1, revision=0,
        )  # fmt: skip
        await tx.proposals.add(added)
        await index_proposal(tx, added)
        ref = Ref(Kind.PROPOSAL, added.id)
        change = Change(self.ids.new(), ref, self.clock.now(), "split-off", by.name, by.person_id)
        await tx.history.add(change)
        return added


async def standing_parts(tx: UnitOfWork, proposal: Proposal) -> list[str]:
    """Names of what was decided on those that took its place, and of what was merged into them."""
    names: list[str] = []
    for part in await tx.proposals.list_from(proposal.id):
        if part.status is not ProposalStatus.PENDING and not is_given_back(part, proposal):
            names.append(part.name)
        names += [one.name for one in await tx.proposals.merged_into(Ref(Kind.PROPOSAL, part.id))]
    return names


async def take_parts_back(tx: UnitOfWork, proposal: Proposal, settling: Settling) -> None:
    """Those that took its place are given up for it in turn."""
    await tx.tasks.withdraw_contribution(proposal.id)
    for part in await tx.proposals.list_from(proposal.id):
        if part.status is ProposalStatus.PENDING:
            back = Ref(Kind.PROPOSAL, proposal.id)
            await settling.replace(tx, part, back, settling.nobody())


def is_given_back(part: Proposal, origin: Proposal) -> bool:
    """Whether a part was given up again when its origin was had back."""
    result = part.review.result if part.review else None
    return part.status is ProposalStatus.REPLACED and result == Ref(Kind.PROPOSAL, origin.id)
