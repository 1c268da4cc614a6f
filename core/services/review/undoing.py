"""Putting a decision back: status, created item, merge, what it superseded."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from core.domain.ids import Kind, Ref
from core.domain.knowledge import AtomDraft
from core.domain.proposal import Proposal, ProposalStatus, Reason
from core.domain.run import RunStatus
from core.errors import WordsGone
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock
from core.services.review.replacing import standing_parts, take_parts_back
from core.services.review.settling import Decider, Settling
from core.services.review.texts import index_proposal
from core.settings import ReviewSettings


@dataclass(frozen=True)
class Undone:
    """What was put back, and the names of what stayed because later work stands on it."""

    proposals: tuple[Proposal, ...]
    standing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Undoing:
    """Undoes one act inside the caller's transaction."""

    clock: Clock
    settling: Settling
    settings: ReviewSettings

    async def undo(self, tx: UnitOfWork, act: list[Proposal], by: Decider) -> Undone:
        """Put back what nothing stands on.

        Raises UndoOver past the window, WordsGone when nothing can be for lack of evidence.
        """
        window = timedelta(minutes=self.settings.undo_minutes)
        undone = {proposal.id: proposal.undone(self.clock.now(), window) for proposal in act}
        standing: list[str] = []
        back: list[Proposal] = []
        for proposal in sorted(act, key=_subjects_last):
            blocking = await self._standing_on(tx, proposal, frozenset(undone))
            if blocking or _is_bare(proposal):
                blocking = blocking or [proposal.name]
                standing += [name for name in blocking if name not in standing]
                undone.pop(proposal.id)
                continue
            await self._take_away(tx, proposal, by)
            pending = await self._pending_again(tx, undone[proposal.id])
            if pending.content != proposal.content:
                await index_proposal(tx, pending)
            back.append(await self.settling.save(tx, pending, "undone", by, before=proposal.content))
        bare = [proposal.name for proposal in act if _is_bare(proposal)]
        if bare and not back:
            raise WordsGone(bare[0])
        return Undone(tuple(back), tuple(standing))

    async def unmerge(self, tx: UnitOfWork, merged: Proposal, by: Decider) -> Proposal:
        """A merge taken back, however old; raises WordsGone where nothing is left to decide on."""
        pending = merged.unmerged()
        if _is_bare(merged):
            raise WordsGone(merged.name)
        await self._take_away(tx, merged, by)
        return await self.settling.save(tx, await self._pending_again(tx, pending), "unmerged", by)

    async def _pending_again(self, tx: UnitOfWork, proposal: Proposal) -> Proposal:
        if proposal.run_id is None:
            return proposal
        run = await tx.runs.get(proposal.run_id)
        # A closed run has no pending proposal: what comes back to it was left for later.
        is_closed = run.status is RunStatus.CLOSED or not run.is_open
        return replace(proposal, carried_at=self.clock.now()) if is_closed else proposal

    async def _standing_on(
        self, tx: UnitOfWork, proposal: Proposal, together: frozenset[UUID]
    ) -> list[str]:
        """Names of later work on the result, that of the same act apart."""
        result = proposal.review.result if proposal.review else None
        if proposal.status is ProposalStatus.REPLACED:
            return await standing_parts(tx, proposal)
        if proposal.status is not ProposalStatus.APPROVED or result is None:
            return []
        later = [one for one in await tx.proposals.merged_into(result) if one.id not in together]
        names = [one.name for one in later]
        if result.kind is Kind.TASK:
            task = await tx.tasks.get(result.id)
            is_lived_with = task.revision or await tx.comments.list_of(task.id)
            return names + ([task.name] if is_lived_with else [])
        if result.kind is Kind.ATOM:
            return names + await self._tasks_on(tx, result.id)
        return names + await self._notes_in(tx, result.id)

    async def _tasks_on(self, tx: UnitOfWork, atom_id: UUID) -> list[str]:
        names: list[str] = []
        for proposal in await tx.proposals.standing_on([atom_id]):
            result = proposal.review.result if proposal.review else None
            if proposal.status is ProposalStatus.APPROVED and result is not None:
                names.append((await tx.tasks.get(result.id)).name)
            elif proposal.status is ProposalStatus.MERGED:
                names.append(proposal.name)
        return names

    async def _notes_in(self, tx: UnitOfWork, topic_id: UUID) -> list[str]:
        # Notes of the same act went before their subject, so any left is later work, as is a change.
        topic = await tx.knowledge.get_topic(topic_id)
        held = (await tx.knowledge.count_atoms(topic.project_id)).get(topic_id, 0)
        return [topic.name] if held or topic.revision else []

    async def _take_away(self, tx: UnitOfWork, proposal: Proposal, by: Decider) -> None:
        result = proposal.review.result if proposal.review else None
        if proposal.status is ProposalStatus.MERGED:
            await tx.tasks.withdraw_contribution(proposal.id)
            await self.settling.placing.touch(tx, result.id if result else None)
        elif proposal.status is ProposalStatus.REPLACED:
            await take_parts_back(tx, proposal, self.settling)
        elif result is not None and proposal.status is ProposalStatus.APPROVED:
            await self._remove(tx, proposal, result, by)

    async def _remove(self, tx: UnitOfWork, proposal: Proposal, result: Ref, by: Decider) -> None:
        if result.kind is Kind.TASK:
            await tx.tasks.remove(result.id)
        elif result.kind is Kind.TOPIC:
            await tx.knowledge.remove_topic(result.id)
        else:
            await self._withdraw_tasks(tx, result.id, by)
            await tx.knowledge.remove_atom(result.id)
            if isinstance(proposal.content, AtomDraft):
                await self._reinstate(tx, proposal.content.superseded)
        await tx.search.remove(result)

    async def _withdraw_tasks(self, tx: UnitOfWork, atom_id: UUID, by: Decider) -> None:
        """Pending tasks that stood on the note alone go with it."""
        for task in await tx.proposals.standing_on([atom_id]):
            if task.status is ProposalStatus.PENDING and set(task.sources) <= {atom_id}:
                await self.settling.expire(tx, task, by, Reason.NO_EVIDENCE_LEFT)

    async def _reinstate(self, tx: UnitOfWork, superseded: Iterable[Ref]) -> None:
        for target in superseded:
            resolved = await self.settling.follow(tx, target)
            if resolved is not None and resolved.kind is Kind.ATOM:
                atom = await tx.knowledge.get_atom(resolved.id)
                await tx.knowledge.save_atom(atom.reinstated())


def _is_bare(proposal: Proposal) -> bool:
    """Whether its words were removed: notes and tasks are never made without evidence."""
    return proposal.kind is not Kind.TOPIC and not proposal.evidence.quotes


def _subjects_last(proposal: Proposal) -> int:
    """Notes go before the subject that holds them."""
    return 1 if proposal.kind is Kind.TOPIC else 0
