"""Learning from decisions: once a day a project's models are made anew, tried, and used where they win."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.domain.ids import Kind, Ref
from core.domain.lessons import LEAST, Judgement, Learned, Lesson, lesson_of
from core.domain.proposal import DECIDED_ON, Proposal, ProposalStatus
from core.ports.learning import Learner
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.learning.taught import Taught

EVERY = timedelta(hours=20)
"""A project is learned from again after this long at the earliest: once a day, whenever the clock fires."""
REMEMBERED = timedelta(days=730)
"""Decisions older than this teach nothing any more."""
_EDITS = 50


@dataclass(frozen=True)
class Decided:
    """A project's lessons, oldest first, as they were at a moment."""

    project_id: UUID
    lessons: Sequence[Lesson]
    at: datetime


@dataclass(frozen=True)
class LearningService:
    """Keeps what decisions taught, and tells how much it helps."""

    transactions: Transactions
    clock: Clock
    learner: Learner

    async def step(self) -> bool:
        """Learn one project that is due; False when none is. No transaction is open while it learns."""
        decided = await self._due()
        if decided is None:
            return False
        learned = await asyncio.to_thread(self._learn, decided)
        async with self.transactions() as tx:
            # What was forgotten meanwhile must not come back by what was read before.
            if not await tx.deletions.list_since(decided.at):
                for one in learned:
                    await tx.lessons.put(one)
        return True

    async def taught_in(self, project_id: UUID) -> Taught:
        """What findings in a project are judged by."""
        async with self.transactions.reading() as tx:
            return Taught(self.learner, await tx.lessons.list_of(project_id))

    async def effects(self, project_id: UUID) -> list[Learned]:
        """What decisions taught so far, by judgement, each with its trial; none before the first 20."""
        async with self.transactions.reading() as tx:
            return await tx.lessons.list_of(project_id)

    async def _due(self) -> Decided | None:
        """The first project with a decision since it was last learned from, and that is a day ago."""
        now = self.clock.now()
        async with self.transactions.reading() as tx:
            for project in await tx.projects.list_all():
                known = await tx.lessons.list_of(project.id)
                learned_at = min((one.learned_at for one in known), default=now - REMEMBERED)
                decided_at = await tx.proposals.last_decision_at(project.id)
                if decided_at is None or decided_at <= learned_at or now - learned_at < EVERY:
                    continue
                lessons = await self._lessons(tx, project.id, now - REMEMBERED)
                if len(lessons) >= LEAST:
                    return Decided(project.id, lessons, now)
        return None

    async def _lessons(self, tx: UnitOfWork, project_id: UUID, since: datetime) -> list[Lesson]:
        settled: list[Proposal] = []
        for status in (ProposalStatus.APPROVED, ProposalStatus.REJECTED):
            settled += await tx.proposals.list_settled(project_id, status, since, DECIDED_ON)
        found: list[tuple[datetime, Lesson]] = []
        for proposal in settled:
            lesson = lesson_of(proposal, await _before(tx, proposal))
            if lesson is not None and proposal.review is not None:
                found.append((proposal.review.at, lesson))
        return [lesson for _, lesson in sorted(found, key=lambda pair: pair[0])]

    def _learn(self, decided: Decided) -> list[Learned]:
        learned: list[Learned] = []
        for judgement in Judgement:
            model, trial = self.learner.learn(decided.lessons, judgement)
            kept = model if trial.wins(judgement) else b""
            learned.append(Learned(decided.project_id, judgement, decided.at, trial, kept))
        return learned


async def _before(tx: UnitOfWork, proposal: Proposal) -> dict[str, str]:
    """The fields as they were before the first edit that changed each, by name."""
    if not proposal.was_edited:
        return {}
    before: dict[str, str] = {}
    for change in await tx.history.list_of(Ref(Kind.PROPOSAL, proposal.id), _EDITS):
        if change.what == "edited":
            before |= change.before
    return before
