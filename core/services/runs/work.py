"""The worker: plans pending runs, claims batches, commits each with its result."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from structlog.contextvars import bind_contextvars

from core.domain.run import BUDGET, Batch, BatchStatus, Run, RunStatus, Stage
from core.errors import AnalystFailed, BudgetReached, Stale, StorageFailed
from core.ports.meter import Meter, Part
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Lane, Wakeups
from core.services.runs.closing import Closing
from core.services.runs.embedding import Embedding
from core.services.runs.holding import Held, Holding
from core.services.runs.planning import Planning
from core.services.runs.proposing import Analysed
from core.services.runs.reading import ReadingStage
from core.services.runs.studying import StudyingStage
from core.settings import AnalysisSettings

RETRY_SECONDS = 2.0
"""A failed batch rests this long, doubled at each attempt."""


COMMIT_ATTEMPTS = 30
AFTER_FAILURE_SECONDS = 2.0
"""A result waits a minute for a database that is away, if its lease lasts as long."""


@dataclass(frozen=True)
class Work:
    """One step at a time; many workers may step at once, here or on other machines."""

    transactions: Transactions
    clock: Clock
    wakeups: Wakeups
    planning: Planning
    reading: ReadingStage
    studying: StudyingStage
    closing: Closing
    embedding: Embedding
    settings: AnalysisSettings
    meter: Meter
    holding: Holding

    async def step(self) -> bool:
        """Do the next thing there is to do; False when there was nothing."""
        return await self.plan_next() or await self.work_next() or await self.embedding.embed_some()

    async def prepare(self) -> bool:
        """The same but for batches, where a queue says who takes which."""
        return await self.plan_next() or await self.embedding.embed_some()

    async def plan_next(self) -> bool:
        """Plan the oldest pending run."""
        async with self.transactions.reading() as tx:
            pending = await tx.runs.list_in(RunStatus.PENDING)
        if not pending:
            return False
        try:
            started = await self.planning.plan(pending[0])
        except Stale:
            # Another worker planned it, or it was cancelled meanwhile: either way it is not ours.
            return True
        async with self.transactions() as tx:
            run = await tx.runs.get_locked(started.id)
            if run.status is RunStatus.RUNNING:
                await self.closing.finish(tx, run)
            batches = await tx.runs.list_batches(run.id)
        self.wakeups.wake(Lane.BATCHES, [batch.id for batch in batches])
        return True

    async def work_next(self, batch_id: UUID | None = None) -> bool:
        """Claim a batch, the one named or the next of all, and do it; False when none was free."""
        now = self.clock.now()
        async with self.transactions() as tx:
            batch = await tx.runs.claim_batch(now, self.holding.until(now), batch_id)
            if batch is None:
                return False
            run = await tx.runs.get(batch.run_id)
        bind_contextvars(run_id=str(run.id), batch_id=str(batch.id))
        if batch.attempts > self.settings.attempts:
            await self.give_back(batch, "taken over too often")
            return True
        held = Held(batch)
        try:
            await self._do(run, held)
        except AnalystFailed as failure:
            self.meter.failed(Part.WORKING, failure)
            await self.give_back(held.batch, told(failure), failure)
        except asyncio.CancelledError:
            # The program ends: the next worker need not wait until the lease has run out.
            await self.holding.release(held)
            raise
        except BudgetReached:
            await self.stop(held.batch)
        except Stale:
            # The lease ran out and another worker has the batch, or the run was called off.
            return True
        return True

    async def give_back(self, batch: Batch, error: str, failure: AnalystFailed | None = None) -> None:
        """Put a batch back to be tried again later, or fail it after the last attempt.

        It fails at once where a person must mend something first.
        """
        is_over = batch.attempts >= self.settings.attempts
        async with self.transactions() as tx:
            if is_over or (failure is not None and failure.needs_a_person):
                given_back = batch.failed(error)
            else:
                rest = RETRY_SECONDS * 2 ** (batch.attempts - 1)
                rest = max(rest, failure.rest_seconds if failure else 0.0)
                given_back = replace(
                    batch, error=error, lease_until=self.clock.now() + timedelta(seconds=rest)
                )
            run = await tx.runs.get_locked(batch.run_id)
            await tx.runs.save_batch(given_back, expected_lease=batch.lease_until)
            if run.status is RunStatus.RUNNING:
                await self.closing.finish(tx, await self._charged(tx, run))

    async def stop(self, batch: Batch) -> None:
        """Stop a run whose next call would pass the budget; what others have in hand is still finished."""
        async with self.transactions() as tx:
            run = await tx.runs.get_locked(batch.run_id)
            await tx.runs.save_batch(batch.failed(BUDGET), expected_lease=batch.lease_until)
            for other in await tx.runs.list_batches(run.id):
                if other.status is BatchStatus.WAITING:
                    await tx.runs.save_batch(other.failed(BUDGET))
            if run.status is RunStatus.RUNNING:
                await self.closing.finish(tx, run)

    async def _do(self, run: Run, held: Held) -> None:
        started = self.clock.now()
        stage = self.reading if run.stage is Stage.KNOWLEDGE else self.studying
        async with self.holding.kept(held):
            analysed = await stage.analyse(run, held.batch)
            await self._keep_committing(held, analysed, started)
        seconds = (self.clock.now() - started).total_seconds()
        self.meter.read(run.stage, seconds, analysed.usage)

    async def _keep_committing(self, held: Held, analysed: Analysed, started: datetime) -> None:
        """Stubbornly: what is lost here an analyst has to do again, and a model is paid for it again."""
        for attempt in range(1, COMMIT_ATTEMPTS + 1):
            dropped = analysed.dropped.copy()
            try:
                # A beat under way ends first, and the next one waits: the lease is the one the row has.
                async with held.extending, self.transactions() as tx:
                    await self._commit(tx, held.batch, analysed, started)
            except StorageFailed as failure:
                if attempt == COMMIT_ATTEMPTS:
                    raise
                self.meter.failed(Part.WORKING, failure)
                # What was counted is rolled back with the rest.
                analysed.dropped.clear()
                analysed.dropped.update(dropped)
                await asyncio.sleep(AFTER_FAILURE_SECONDS)
            else:
                return

    async def _commit(self, tx: UnitOfWork, batch: Batch, analysed: Analysed, started: datetime) -> None:
        run = await tx.runs.get_locked(batch.run_id)
        if run.status is not RunStatus.RUNNING:
            raise Stale("run", run.id)
        await analysed.commit(tx, run, batch)
        seconds = (self.clock.now() - started).total_seconds()
        done = batch.done(seconds, analysed.dropped, analysed.given)
        await tx.runs.save_batch(done, expected_lease=batch.lease_until)
        await self.closing.finish(tx, await self._charged(tx, run))

    async def _charged(self, tx: UnitOfWork, run: Run) -> Run:
        """The run with what the ledger says of it; a price unknown once stays unknown."""
        spent = await tx.ledger.spent_by_run(run.id)
        if not spent.calls:
            return await tx.runs.save(run)
        usage = spent.usage
        charged = replace(
            run,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_usd,
        )
        return await tx.runs.save(charged)


def told(failure: AnalystFailed) -> str:
    """A failure as a batch keeps it: its kind, and what was said beside it."""
    return f"{failure.kind}: {failure.detail}".strip(": ")
