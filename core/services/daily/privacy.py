"""Forgetting: words grow old, and chats that were left are purged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from core.domain.deletion import Deletion, DeletionKind
from core.domain.evidence import Evidence
from core.domain.ids import ChatId, MessageKey
from core.domain.message import Origin
from core.domain.person import Chat, ChatState, Project
from core.domain.proposal import Proposal, ProposalStatus, Reason
from core.domain.run import Window
from core.domain.spot import TaskCard, TaskList, Urgency
from core.domain.task import Due, Task, TaskStatus
from core.ports.deletions import Deletions
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.rights import review_places
from core.services.review.settling import Settling
from core.services.showing.placing import Placing
from core.settings import Settings

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_LIVE = frozenset({TaskStatus.OPEN, TaskStatus.IN_PROGRESS})
_PURGED = "evidence withdrawn"
"""How a proposal's history calls losing some of its quotes."""


@dataclass(frozen=True)
class PrivacyService:
    """Retention and purge. Quotes that something rests on outlive retention, but not a purge."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    deletions: Deletions
    placing: Placing
    settling: Settling
    settings: Settings

    async def retain(self) -> int:
        """Delete messages older than `privacy.retention_days` (0: never); return how many went.

        Imported messages nobody read yet stay until a run has read them: whoever imports old words wants
        them read.
        """
        days = self.settings.privacy.retention_days
        if days <= 0:
            return 0
        before = self.clock.now() - timedelta(days=days)
        async with self.transactions() as tx:
            keep: list[MessageKey] = []
            for project in await tx.projects.list_all():
                unread = await tx.messages.list_unread(project.id, Window(_BEGINNING, before))
                keep += [one.key for one in unread if one.origin is Origin.IMPORTED]
            return await tx.messages.forget_before(before, keep)

    async def purge(self) -> int:
        """Remove the words of chats left `privacy.purge_after_days` ago; return how many chats."""
        before = self.clock.now() - timedelta(days=self.settings.privacy.purge_after_days)
        async with self.transactions.reading() as tx:
            gone = await tx.chats.list_gone(before)
        for chat in gone:
            await self._purge(chat, Deletion(self.ids.new(), DeletionKind.CHAT, self.clock.now(), chat.id))
        return len(gone)

    async def forget_again(self, deletions: Sequence[Deletion]) -> int:
        """Delete again what was deleted after a state that is back now; return how many were."""
        done = 0
        for deletion in deletions:
            done += await self._forget_again(deletion)
        return done

    async def _forget_again(self, deletion: Deletion) -> bool:
        if deletion.kind is not DeletionKind.CHAT or deletion.chat_id is None:
            return False
        async with self.transactions.reading() as tx:
            chat = await tx.chats.find(deletion.chat_id)
        if chat is None:
            return False
        await self._purge(replace(chat, state=ChatState.GONE), None)
        return True

    async def _purge(self, chat: Chat, deletion: Deletion | None) -> None:
        """One chat in one transaction; without `left_at` it counts as purged."""
        async with self.transactions() as tx:
            if deletion is not None:
                self.transactions.after_commit(partial(self.deletions.note, deletion))
            for project in await tx.projects.list_all():
                await self._purge_proposals(tx, project, chat.id)
                await self._purge_atoms(tx, project, chat.id)
                await self._purge_tasks(tx, project, chat.id)
            await tx.messages.purge_chat(chat.id)
            await tx.chats.put(replace(chat, left_at=None))

    async def _purge_proposals(self, tx: UnitOfWork, project: Project, chat_id: ChatId) -> None:
        by = self.settling.nobody()
        for proposal in await _proposals_of(tx, project.id):
            left = _without(proposal.evidence, chat_id)
            if left == proposal.evidence:
                continue
            if proposal.status is not ProposalStatus.PENDING:
                await tx.proposals.save(replace(proposal, evidence=left))
                await self.placing.touch(tx, proposal.id)
            elif left.quotes:
                await self.settling.save(tx, proposal.rested_on(left), _PURGED, by)
            else:
                blank = await tx.proposals.save(replace(proposal, evidence=left))
                await self.settling.expire(tx, blank, by, Reason.NO_EVIDENCE_LEFT)

    async def _purge_atoms(self, tx: UnitOfWork, project: Project, chat_id: ChatId) -> None:
        for atom in await tx.knowledge.list_atoms(project.id, only_in_force=False):
            left = _without(atom.evidence, chat_id)
            if left != atom.evidence:
                await tx.knowledge.save_atom(replace(atom, evidence=left))
                await self.placing.touch(tx, atom.id)

    async def _purge_tasks(self, tx: UnitOfWork, project: Project, chat_id: ChatId) -> None:
        """Tasks stay, without quotes; those left with none go back to a reviewer."""
        bare: list[Task] = []
        for task in await tx.tasks.list_of(project.id):
            if chat_id not in task.whole_evidence.chats:
                continue
            blank = await self._purge_task(tx, task, chat_id)
            if not blank.whole_evidence.quotes and blank.status in _LIVE:
                bare.append(blank)
        await self._back_to_reviewers(tx, project, bare)

    async def _purge_task(self, tx: UnitOfWork, task: Task, chat_id: ChatId) -> Task:
        for given in task.contributions:
            left = _without(given.evidence, chat_id)
            if left != given.evidence:
                await tx.tasks.withdraw_contribution(given.proposal_id)
                await tx.tasks.contribute(replace(given, evidence=left))
        due = Due(task.draft.due.on) if task.draft.due else None
        blank = replace(task.due_on(due), evidence=_without(task.evidence, chat_id))
        await tx.tasks.save(blank)
        await self.placing.touch(tx, task.id)
        return await tx.tasks.get(task.id)

    async def _back_to_reviewers(self, tx: UnitOfWork, project: Project, bare: list[Task]) -> None:
        """Show each task that rests on nothing any more, or their list when they are many."""
        for place in await review_places(tx, project) if bare else []:
            if len(bare) > self.settings.review.cards_per_run:
                view = TaskList(project.id)
                await self.placing.show(tx, view, place, about={project.id}, urgency=Urgency.CARD)
                continue
            for task in bare:
                await self.placing.show(tx, TaskCard(task.id), place, about={task.id}, urgency=Urgency.CARD)


async def _proposals_of(tx: UnitOfWork, project_id: UUID) -> Iterable[Proposal]:
    found = await tx.proposals.list_pending(project_id)
    for status in ProposalStatus:
        if status is not ProposalStatus.PENDING:
            found += await tx.proposals.list_settled(project_id, status, _BEGINNING)
    return found


def _without(evidence: Evidence, chat_id: ChatId) -> Evidence:
    return Evidence(tuple(quote for quote in evidence.quotes if quote.key.chat_id != chat_id))
