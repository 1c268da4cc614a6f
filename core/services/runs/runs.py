"""Starting, steering and ending runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.domain.ids import Kind, number_of
from core.domain.person import Actor, Project
from core.domain.proposal import DECIDED_ON, ProposalStatus, decided_on
from core.domain.run import BatchStatus, Run, RunStatus, Stage, Trigger, Window
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import BlockedCard, EstimateCard, RunCard
from core.errors import NotFound, RunInTheWay, WrongStep
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import ensure_reviewer
from core.services.agents.answering import Answering
from core.services.agents.choosing import Choosing
from core.services.money.budgets import BudgetService
from core.services.runs.beginning import BEGINNING, MOMENT, Beginning, Wish
from core.services.runs.closing import CloseMode, Closing
from core.services.runs.planning import Planning
from core.services.showing.placing import Placing
from core.services.tuning.chosen import tuned
from core.settings import Settings


@dataclass(frozen=True)
class RunService:
    """Runs by command and button; reviewers only."""

    transactions: Transactions
    clock: Clock
    answering: Answering
    choosing: Choosing
    budget: BudgetService
    beginning: Beginning
    planning: Planning
    closing: Closing
    placing: Placing
    settings: Settings

    async def offer(
        self,
        project_id: UUID,
        stage: Stage,
        hours: float | None,
        actor: Actor,
        place: Place,
        *,
        uses_context: bool = True,
    ) -> None:
        """Start at once when it costs nothing, else show what it would do; a run in the way is shown.

        Raises NotReviewer, NothingToRead, BadConfig, NotLocal.
        """
        wish = Wish(project_id, stage, window=self._window(hours), uses_context=uses_context)
        async with self.transactions.reading() as tx:
            project = await ensure_reviewer(tx, project_id, actor)
            agent = await self.choosing.choose(tx, project_id, stage)
        is_free = self.answering.analyst_of(agent).is_free or (
            (await self.planning.estimate(project, stage, wish.window)).is_free
        )
        async with self.transactions() as tx:
            blocking = await self.beginning.free_slot(tx, wish)
            if blocking is not None:
                view = BlockedCard(project_id, blocking.id, stage, wish.window, uses_context)
                await self.placing.show(tx, view, place, about={project_id})
            elif is_free:
                run = await self.beginning.open(tx, wish, actor)
                await self.placing.show(tx, RunCard(run.id), place, about={run.id})
            else:
                card = EstimateCard(project_id, stage, wish.window, uses_context)
                await self.placing.show(tx, card, place, about={project_id})

    async def start_spot(self, spot_id: UUID, actor: Actor) -> Run:
        """Start what an estimate card offers; the card becomes the run's."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            wish = _wish_of(spot)
            await ensure_reviewer(tx, wish.project_id, actor)
            blocking = await self.beginning.free_slot(tx, wish)
            if blocking is not None:
                raise await self._in_the_way(tx, blocking)
            return await self._start_in(tx, spot, wish, actor)

    async def close_and_start(self, spot_id: UUID, actor: Actor) -> Run:
        """Close the run in the way, leaving its pending cards for later, and start."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            wish = _wish_of(spot)
            await ensure_reviewer(tx, wish.project_id, actor)
            blocking = await tx.runs.find_open(wish.project_id, wish.stage)
            if blocking is not None:
                await self._make_way(tx, blocking)
            return await self._start_in(tx, spot, wish, actor)

    async def start_after_keeping(self, tx: UnitOfWork, project: Project, actor: Actor) -> Run | None:
        """Start stage 2 on notes just kept when its slot is free; None when it is not."""
        wish = Wish(project.id, Stage.TASKS)
        blocking = await self.beginning.free_slot(tx, wish)
        if blocking is not None and blocking.status is RunStatus.COMPLETED:
            await self.closing.close(tx, blocking, CloseMode.CARRY)
        elif blocking is not None:
            return None
        return await self.beginning.open(tx, wish, actor)

    async def start_scheduled(self, project_id: UUID, stage: Stage, trigger: Trigger) -> Run | None:
        """Start by the clock or by the number of messages; None when it does not start.

        A completed run is closed with carry-over first, and that is said. Above `review.queue_limit`
        nothing starts; after five workdays without a decision runs pause and say so once, and so they do
        where this one would pass the month's budget.
        """
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            if not await self.beginning.has_work(tx, project_id, stage) or await self._pauses(tx, project):
                return None
            if (
                await tx.proposals.count_pending(project_id, kinds=DECIDED_ON)
                > tuned(self.settings.review, project.knobs).queue_limit
            ):
                return None
            wish = Wish(project_id, stage, trigger)
            blocking = await self.beginning.free_slot(tx, wish)
            if blocking is not None and blocking.status is not RunStatus.COMPLETED:
                return None
            if await self._is_held_back(tx, project, stage):
                return None
            if blocking is not None:
                closed = await self.closing.close(tx, blocking, CloseMode.CARRY)
                await self.closing.presenting.say_carried(tx, project, closed)
            return await self.beginning.open(tx, wish, None)

    async def raise_and_resume(self, run_id: UUID, usd: float, actor: Actor) -> Run:
        """Let the month cost so much more, and go on; raises NotOwner, RunInTheWay, WrongStep."""
        async with self.transactions() as tx:
            run = await tx.runs.get(run_id)
            await self.budget.raise_by(run.project_id, usd, actor)
            return await self.resume(run_id, actor)

    async def cancel(self, run_id: UUID, actor: Actor) -> Run:
        """Call a pending or running run off; raises WrongStep."""
        async with self.transactions() as tx:
            run = await self._steered(tx, run_id, actor)
            return await self.closing.cancel(tx, run)

    async def resume(self, run_id: UUID, actor: Actor) -> Run:
        """Go on with the batches a failed run did not commit; raises RunInTheWay, WrongStep."""
        async with self.transactions() as tx:
            run = await self._steered(tx, run_id, actor)
            resumed = run.resume()
            blocking = await tx.runs.find_open(run.project_id, run.stage)
            if blocking is not None:
                raise await self._in_the_way(tx, blocking)
            batches = await tx.runs.list_batches(run.id)
            failed = [batch for batch in batches if batch.status is BatchStatus.FAILED]
            for batch in failed:
                await tx.runs.save_batch(batch.waiting())
            saved = await tx.runs.save(resumed)
            await self.beginning.wake_for(tx, saved, [batch.id for batch in failed])
            return saved

    async def keep(self, run_id: UUID, actor: Actor) -> Run:
        """Take a failed run as it is; raises RunInTheWay, WrongStep."""
        async with self.transactions() as tx:
            run = await self._steered(tx, run_id, actor)
            kept = run.keep(self.clock.now())
            blocking = await tx.runs.find_open(run.project_id, run.stage)
            if blocking is not None:
                raise await self._in_the_way(tx, blocking)
            return await self.closing.complete(tx, kept)

    async def close(self, run_id: UUID, actor: Actor, mode: CloseMode) -> Run:
        """Close with its metrics; raises WrongStep for a run that is not completed or reviewed."""
        async with self.transactions() as tx:
            run = await self._steered(tx, run_id, actor)
            if run.status not in (RunStatus.COMPLETED, RunStatus.REVIEWED):
                raise WrongStep("run", run.name, run.status, "close")
            return await self.closing.close(tx, run, mode)

    async def close_reviewed(self) -> int:
        """Close runs reviewed longer ago than the undo window; return how many."""
        before = self.clock.now() - timedelta(minutes=self.settings.review.undo_minutes)
        async with self.transactions() as tx:
            runs = await tx.runs.list_reviewed_before(before)
            for run in runs:
                await self.closing.close(tx, run, CloseMode.CARRY)
            return len(runs)

    async def find(self, project_id: UUID, number: int | None) -> Run:
        """The run of that number, or the latest one; raises NotFound."""
        async with self.transactions.reading() as tx:
            if number is None:
                run = await tx.runs.find_last(project_id)
            else:
                run = await tx.runs.find_by_number(project_id, number)
        if run is None:
            raise NotFound("run", number_of(Kind.RUN, number) if number else "")
        return run

    def _window(self, hours: float | None) -> Window | None:
        if hours is None:
            return None
        now = self.clock.now()
        return Window(now - timedelta(hours=hours), now + MOMENT)

    async def _steered(self, tx: UnitOfWork, run_id: UUID, actor: Actor) -> Run:
        run = await tx.runs.get(run_id)
        await ensure_reviewer(tx, run.project_id, actor)
        return run

    async def _make_way(self, tx: UnitOfWork, run: Run) -> None:
        if run.status in (RunStatus.COMPLETED, RunStatus.REVIEWED):
            await self.closing.close(tx, run, CloseMode.CARRY)
        else:
            await self.closing.cancel(tx, run)

    async def _in_the_way(self, tx: UnitOfWork, run: Run) -> RunInTheWay:
        pending = await tx.proposals.list_of_run(run.id, status=ProposalStatus.PENDING)
        return RunInTheWay(run.id, run.name, run.status, len(decided_on(pending)))

    async def _start_in(self, tx: UnitOfWork, spot: Spot, wish: Wish, actor: Actor) -> Run:
        run = await self.beginning.open(tx, wish, actor)
        await self.placing.turn(tx, spot, RunCard(run.id), about={run.id})
        return run

    async def _is_held_back(self, tx: UnitOfWork, project: Project, stage: Stage) -> bool:
        """Whether a run nobody asked for would pass the month's budget; said once a month."""
        agent = await self.choosing.choose(tx, project.id, stage)
        if self.answering.analyst_of(agent).is_free:
            return False
        estimate = await self.planning.estimate(project, stage, None)
        budget = await self.budget.budgets.of(tx, project)
        if budget.allows(estimate.cost_usd):
            return False
        await self.budget.budgets.tell_held_back(tx, project, budget)
        return True

    async def _pauses(self, tx: UnitOfWork, project: Project) -> bool:
        """Whether scheduled runs rest for want of decisions; said once, to the reviewers."""
        pending = await tx.proposals.list_pending(project.id, kinds=DECIDED_ON)
        if not pending:
            return False
        decided = await tx.proposals.last_decision_at(project.id) or BEGINNING
        if project.runs_paused_at is not None:
            return decided <= project.runs_paused_at
        since = max(decided, min(one.created_at for one in pending))
        if workdays_between(since, self.clock.now()) < self.settings.review.pause_after_workdays:
            return False
        await self.closing.presenting.pause(tx, project, self.clock.now(), len(pending))
        return True


def workdays_between(start: datetime, end: datetime) -> int:
    """Whole days from `start` to `end` that are not Saturday or Sunday."""
    days = (end - start).days
    return sum(1 for day in range(1, days + 1) if (start + timedelta(days=day)).weekday() < 5)  # noqa: PLR2004 # Saturday is 5


def _wish_of(spot: Spot) -> Wish:
    view = spot.view
    if isinstance(view, EstimateCard | BlockedCard):
        return Wish(view.project_id, view.stage, Trigger.MANUAL, view.window, view.uses_context)
    raise NotFound("card", str(spot.id))
