"""Deciding on one proposal, and taking a decision back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from core.domain.ids import Kind, Ref, number_of
from core.domain.knowledge import AtomDraft
from core.domain.person import Actor
from core.domain.proposal import Content, Proposal, ProposalStatus, Reason
from core.domain.showing.view import Bulk
from core.errors import NothingToUndo, UndoBlocked
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import ensure_reviewer
from core.services.review.settling import Decider, Settling
from core.services.review.texts import index_proposal
from core.services.review.undoing import Undoing, Undone
from core.services.showing.attention import hours_of
from core.services.showing.placing import Placing
from core.services.tuning.chosen import tuned
from core.settings import AttentionSettings, ReviewSettings


@dataclass(frozen=True)
class Decided:
    """A settled proposal and the name of what it became ("" for nothing)."""

    proposal: Proposal
    result_name: str = ""


@dataclass(frozen=True)
class ReviewService:
    """Approve, reject, merge, put off, edit, undo: one transaction each, reviewers only."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    settling: Settling
    undoing: Undoing
    settings: ReviewSettings
    attention: AttentionSettings

    async def approve(self, proposal_id: UUID, actor: Actor, press_version: int) -> Decided:
        """Approve; raises NotReviewer, OldPress, AlreadySettled."""
        async with self.transactions() as tx:
            proposal = await self._for_settling(tx, proposal_id, actor, press_version)
            settled = await self.settling.approve(tx, proposal, self.settling.decider(actor))
            return Decided(settled, await name_of_result(tx, settled))

    async def keep_both(self, proposal_id: UUID, actor: Actor, press_version: int) -> Decided:
        """Keep a decision beside the one it contradicts, which stays in force; one Undo puts both back."""
        async with self.transactions() as tx:
            proposal = await self._for_settling(tx, proposal_id, actor, press_version)
            settled = await self.settling.approve(tx, proposal.beside(), self.settling.decider(actor))
            return await self.remember(tx, Decided(settled), proposal)

    async def remember(self, tx: UnitOfWork, decided: Decided, before: Proposal) -> Decided:
        """Have Undo put back the text there was before the tap that changed and settled it."""
        settled = await tx.proposals.save(decided.proposal.settled_over(before))
        return replace(decided, proposal=settled)

    async def settle_all(self, proposal_ids: Iterable[UUID], bulk: Bulk, actor: Actor) -> tuple[UUID, int]:
        """Settle in one act those still pending; return the act and how many.

        A merge into something that is gone by now is left out.
        """
        async with self.transactions() as tx:
            by = self.settling.decider(actor)
            count = 0
            for proposal in await tx.proposals.list_ids(proposal_ids):
                await ensure_reviewer(tx, proposal.project_id, actor)
                if proposal.status is ProposalStatus.PENDING:
                    count += await self._settle_as(tx, proposal, bulk, by)
            return by.act_id, count

    async def _settle_as(self, tx: UnitOfWork, proposal: Proposal, bulk: Bulk, by: Decider) -> bool:
        if bulk is Bulk.REJECT:
            await self.settling.reject(tx, proposal, by)
        elif bulk is Bulk.EXPIRE:
            await self.settling.expire(tx, proposal, by, Reason.CLOSED)
        elif bulk is Bulk.MERGE:
            target = proposal.similar.target if proposal.similar else None
            if target is None or await self.settling.follow(tx, target) is None:
                return False
            await self.settling.merge(tx, proposal, target, by)
        else:
            await self.settling.approve(tx, proposal, by)
        return True

    async def reject(self, proposal_id: UUID, actor: Actor, press_version: int) -> Decided:
        """Reject without asking why; raises NotReviewer, OldPress, AlreadySettled."""
        async with self.transactions() as tx:
            proposal = await self._for_settling(tx, proposal_id, actor, press_version)
            return Decided(await self.settling.reject(tx, proposal, self.settling.decider(actor)))

    async def explain(self, proposal_id: UUID, actor: Actor, reason: Reason, note: str = "") -> Proposal:
        """Give a rejection its reason; raises UndoOver when it can no longer be changed."""
        async with self.transactions() as tx:
            proposal = await tx.proposals.get(proposal_id)
            await ensure_reviewer(tx, proposal.project_id, actor)
            explained = proposal.explained(reason, note)
            by = Decider(explained.review.act_id if explained.review else UUID(int=0), actor.name)
            return await self.settling.save(tx, explained, "explained", by)

    async def merge(self, proposal_id: UUID, target: Ref, actor: Actor, press_version: int) -> Decided:
        """Merge; raises NotReviewer, OldPress, AlreadySettled, MergeIntoNothing, MergeCycle."""
        async with self.transactions() as tx:
            proposal = await self._for_settling(tx, proposal_id, actor, press_version)
            by = self.settling.decider(actor)
            settled = await self.settling.merge(tx, proposal, target, by)
            return Decided(settled, await name_of_result(tx, settled))

    async def snooze(
        self, proposal_id: UUID, actor: Actor, press_version: int, until: datetime
    ) -> Proposal:
        """Put it off; it stays pending."""
        async with self.transactions() as tx:
            proposal = await self._for_settling(tx, proposal_id, actor, press_version)
            by = self.settling.decider(actor)
            return await self.settling.save(tx, proposal.snoozed(until), "snoozed", by)

    async def wake_snoozed(self) -> int:
        """Bring back what was put off until now, in no quiet hours; its cards are shown as new."""
        now = self.clock.now()
        woken = 0
        async with self.transactions() as tx:
            for proposal in await tx.proposals.list_snoozed(now):
                project = await tx.projects.get(proposal.project_id)
                if hours_of(self.attention, project.rest).open_at(now) <= now:
                    await self.settling.save(tx, proposal.woken(), "woken", self.settling.nobody())
                    woken += 1
        return woken

    async def edit(self, proposal_id: UUID, content: Content, actor: Actor, press_version: int) -> Proposal:
        """Give it another text of the same kind."""
        async with self.transactions() as tx:
            proposal = await self._for_settling(tx, proposal_id, actor, press_version)
            edited = proposal.edited(content, actor.name)
            await index_proposal(tx, edited)
            by = self.settling.decider(actor)
            return await self.settling.save(tx, edited, "edited", by, before=proposal.content)

    async def bring_back(self, proposal_id: UUID, actor: Actor) -> Proposal:
        """An expired proposal pending again."""
        async with self.transactions() as tx:
            proposal = await tx.proposals.get(proposal_id)
            await ensure_reviewer(tx, proposal.project_id, actor)
            back = replace(proposal.brought_back(), carried_at=self.clock.now())
            return await self.settling.save(tx, back, "restored", self.settling.decider(actor))

    async def unmerge(self, proposal_id: UUID, actor: Actor) -> Proposal:
        """Take back what its merge gave, at any time; it waits for a decision again. Raises WordsGone."""
        async with self.transactions() as tx:
            proposal = await tx.proposals.get(proposal_id)
            await ensure_reviewer(tx, proposal.project_id, actor)
            return await self.undoing.unmerge(tx, proposal, self.settling.decider(actor))

    async def undo(self, proposal_id: UUID, actor: Actor) -> Undone:
        """Take back the decision on one proposal; raises UndoOver, UndoBlocked, NothingToUndo."""
        async with self.transactions() as tx:
            proposal = await tx.proposals.get(proposal_id)
            if proposal.review is None:
                raise NothingToUndo
            return await self._undo(tx, [proposal, *await _subject_alone(tx, proposal)], actor)

    async def undo_act(self, act_id: UUID, actor: Actor) -> Undone:
        """Take back one whole act; what later work stands on is kept and named."""
        async with self.transactions() as tx:
            return await self._undo(tx, await tx.proposals.list_act(act_id), actor)

    async def undo_last(self, actor: Actor) -> Undone:
        """Take back this person's latest act within the window."""
        async with self.transactions() as tx:
            since = self.clock.now() - timedelta(minutes=self.settings.undo_minutes)
            act_id = await tx.proposals.last_act(actor.person_id, since)
            if act_id is None:
                raise NothingToUndo
            return await self._undo(tx, await tx.proposals.list_act(act_id), actor)

    async def expire_old(self) -> int:
        """Let go knowledge pending for `review.expire_days`, tasks for twice that."""
        async with self.transactions() as tx:
            by = self.settling.nobody()
            old = await self._old(tx)
            for proposal in old:
                await self.settling.expire(tx, proposal, by)
            return len(old)

    async def _old(self, tx: UnitOfWork) -> list[Proposal]:
        """What waited too long, by each project's own measure."""
        now = self.clock.now()
        days = {
            one.id: timedelta(days=tuned(self.settings, one.knobs).expire_days)
            for one in await tx.projects.list_all()
        }
        old: list[Proposal] = []
        for kinds, times in ((frozenset({Kind.TOPIC, Kind.ATOM}), 1), (frozenset({Kind.TASK}), 2)):
            shortest = times * min(days.values(), default=timedelta(days=self.settings.expire_days))
            found = await tx.proposals.list_created_before(now - shortest, kinds)
            old += [one for one in found if now - one.created_at > times * days[one.project_id]]
        return old

    async def _undo(self, tx: UnitOfWork, act: list[Proposal], actor: Actor) -> Undone:
        if not act:
            raise NothingToUndo
        for project_id in {proposal.project_id for proposal in act}:
            await ensure_reviewer(tx, project_id, actor)
        undone = await self.undoing.undo(tx, act, self.settling.decider(actor))
        if not undone.proposals:
            raise UndoBlocked(undone.standing)
        return undone

    async def _for_settling(
        self, tx: UnitOfWork, proposal_id: UUID, actor: Actor, press_version: int
    ) -> Proposal:
        proposal = await tx.proposals.get(proposal_id)
        await ensure_reviewer(tx, proposal.project_id, actor)
        if proposal.status is not ProposalStatus.PENDING:
            raise proposal.settled_already()
        proposal.ensure_shows(press_version)
        return proposal


async def name_of_result(tx: UnitOfWork, proposal: Proposal) -> str:
    """`T-42`, `P-118`, a subject's or note's title; "" when nothing came of it."""
    result = proposal.review.result if proposal.review else None
    if result is None:
        return ""
    if result.kind is Kind.TASK:
        return number_of(Kind.TASK, await tx.tasks.number_of(result.id))
    if result.kind is Kind.PROPOSAL:
        return (await tx.proposals.get(result.id)).name
    return proposal.title


async def _subject_alone(tx: UnitOfWork, note: Proposal) -> list[Proposal]:
    """The subject that was approved in the same act for this note alone."""
    topic = note.content.topic if isinstance(note.content, AtomDraft) else None
    if topic is None or topic.kind is not Kind.PROPOSAL or note.review is None:
        return []
    subject = await tx.proposals.get(topic.id)
    result = subject.review.result if subject.review else None
    if subject.review is None or result is None or subject.review.act_id != note.review.act_id:
        return []
    held = (await tx.knowledge.count_atoms(note.project_id)).get(result.id, 0)
    return [subject] if held <= 1 else []
