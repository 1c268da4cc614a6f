"""Ending runs: completed, reviewed, closed with metrics; always inside the caller's transaction."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.accuracy import accuracy_of
from core.domain.history import Event, EventTopic
from core.domain.proposal import ProposalStatus, Reason, decided_on
from core.domain.run import BatchStatus, Run, RunStatus
from core.domain.showing.spot import Urgency
from core.ports.meter import Meter
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock, Ids
from core.services.review.settling import Settling
from core.services.runs.presenting import Presenting
from core.services.showing.placing import Placing


class CloseMode(StrEnum):
    """What closing does with what is still pending."""

    CARRY = "carry"
    EXPIRE = "expire"


@dataclass(frozen=True)
class Closing:
    """Moves a run towards its end."""

    clock: Clock
    ids: Ids
    settling: Settling
    placing: Placing
    presenting: Presenting
    meter: Meter

    async def finish(self, tx: UnitOfWork, run: Run) -> Run:
        """Complete or fail a running run once none of its batches is left to do."""
        statuses = await tx.runs.statuses_of_batches(run.id)
        if statuses & {BatchStatus.WAITING, BatchStatus.CLAIMED}:
            await self.placing.touch(tx, run.id, urgency=Urgency.PROGRESS)
            return run
        if BatchStatus.FAILED in statuses:
            return await self._ended(tx, run.fail(self.clock.now()), "failed")
        return await self.complete(tx, run.complete(self.clock.now()))

    async def complete(self, tx: UnitOfWork, completed: Run) -> Run:
        """Store a completed run, show what it proposes; reviewed at once when it proposes nothing."""
        run = await self._ended(tx, completed, "completed")
        if (await tx.proposals.tally(run.id)).pending:
            await self.presenting.present(tx, run)
            return run
        return await self._saved(tx, run.review(self.clock.now()), "reviewed")

    async def cancel(self, tx: UnitOfWork, run: Run) -> Run:
        """Call it off; what is committed stays and what it proposed is left for later."""
        return await self._ended(tx, run.cancel(self.clock.now()), "cancelled")

    async def close(self, tx: UnitOfWork, run: Run, mode: CloseMode) -> Run:
        """Settle or carry what is pending, freeze the metrics, close."""
        if mode is CloseMode.EXPIRE:
            await self._expire(tx, run)
            run = await tx.runs.get(run.id)
        else:
            await self._carry(tx, run)
        proposals = await tx.proposals.list_of_run(run.id)
        loose = [
            one for one in proposals if one.status is ProposalStatus.PENDING and one.carried_at is None
        ]
        accuracy = accuracy_of(decided_on(proposals), run.cost_usd)
        return await self._saved(tx, run.close(self.clock.now(), accuracy, pending=len(loose)), "closed")

    async def _carry(self, tx: UnitOfWork, run: Run) -> None:
        for proposal in await tx.proposals.list_of_run(run.id, status=ProposalStatus.PENDING):
            if proposal.carried_at is None:
                await tx.proposals.save(proposal.carried(self.clock.now()))

    async def _expire(self, tx: UnitOfWork, run: Run) -> None:
        by = self.settling.nobody()
        for proposal in await tx.proposals.list_of_run(run.id, status=ProposalStatus.PENDING):
            await self.settling.expire(tx, proposal, by, Reason.CLOSED)

    async def _ended(self, tx: UnitOfWork, run: Run, what: str) -> Run:
        saved = await self._saved(tx, run, what)
        # Before the commit, which is its caller's; one that fails after this is very rare.
        self.meter.ended(saved)
        return saved

    async def _saved(self, tx: UnitOfWork, run: Run, what: str) -> Run:
        saved = await tx.runs.save(run)
        event = Event(
            self.ids.new(), run.project_id, EventTopic.RUNS, what, self.clock.now(), {"run": run.name}
        )
        await tx.history.tell(event)
        await self.placing.touch(tx, run.id, summing_up=(run.project_id,))
        if saved.status in (RunStatus.FAILED, RunStatus.CANCELLED):
            await self._carry(tx, saved)
        return saved
