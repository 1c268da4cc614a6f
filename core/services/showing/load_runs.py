"""Runs: what one does or did, what one would do, what is in its way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.ids import Kind
from core.domain.proposal import Proposal, ProposalStatus, decided_on
from core.domain.run import Batch, BatchStatus, Progress, Run, RunStatus, Stage, Tally, eta
from core.domain.showing.shown import ShownBlocked, ShownEstimate, ShownRun
from core.domain.showing.shown_lists import ShownRuns, ShownStatus
from core.domain.showing.view import BlockedCard, EstimateCard, RunCard, RunList, StatusCard
from core.domain.task import TaskStatus
from core.services.showing.load_agents import Months
from core.services.showing.load_desk import Estimates
from core.services.showing.sight import PAGE, Picture, Sight
from core.settings import ReviewSettings

GROUP_PROGRESS = timedelta(seconds=10)
DIRECT_PROGRESS = timedelta(seconds=3)
"""Progress is painted at most this often (product section 3, Pacing)."""
OPEN_TASKS = frozenset({TaskStatus.OPEN, TaskStatus.IN_PROGRESS})


@dataclass(frozen=True)
class RunLoader:
    """Loads run cards and lists."""

    estimates: Estimates
    months: Months
    settings: ReviewSettings

    async def run(self, sight: Sight, view: RunCard) -> Picture:
        """A RunCard."""
        tx = sight.tx
        run = await tx.runs.get(view.run_id)
        project = await tx.projects.get(run.project_id)
        proposals = decided_on(await tx.proposals.list_of_run(run.id))
        _, undo_until = await sight.act_undo(view.kept_act_id, self.settings.undo_minutes)
        shown = ShownRun(
            view=view,
            run=run,
            project=project,
            progress=await _progress(sight, run, proposals),
            tally=_tally(proposals),
            carried=sum(1 for one in proposals if _is_carried(one)),
            undo_until=undo_until,
        )
        if shown.is_out_of_money:
            shown = replace(shown, budget=await self.months.of(tx, project))
        rest = DIRECT_PROGRESS if sight.place.reader_id is not None else GROUP_PROGRESS
        is_running = run.status is RunStatus.RUNNING
        not_before = sight.now + rest if is_running else None
        return Picture(shown, project, repaint_at=undo_until, not_before=not_before)

    async def estimate(self, sight: Sight, view: EstimateCard) -> Picture:
        """An EstimateCard."""
        project = await sight.tx.projects.get(view.project_id)
        estimate = await self.estimates.estimate(project, view.stage, view.window)
        if view.stage is Stage.KNOWLEDGE:
            oldest = await sight.tx.messages.oldest_unread(project.id)
            estimate = replace(estimate, oldest=estimate.oldest or oldest)
        budget = None if estimate.is_free else await self.months.of(sight.tx, project)
        return Picture(ShownEstimate(view, project, estimate, budget), project)

    async def blocked(self, sight: Sight, view: BlockedCard) -> Picture:
        """A BlockedCard."""
        project = await sight.tx.projects.get(view.project_id)
        run = await sight.tx.runs.get(view.blocking_run_id)
        pending = _tally(decided_on(await sight.tx.proposals.list_of_run(run.id))).pending
        return Picture(ShownBlocked(view, project, run, pending), project)

    async def runs(self, sight: Sight, view: RunList) -> Picture:
        """A RunList."""
        project = await sight.tx.projects.get(view.project_id)
        pages = max(1, -(-await sight.tx.runs.count(project.id) // PAGE))
        page = min(view.page, pages - 1)
        found = await sight.tx.runs.list_of(project.id, PAGE, page * PAGE)
        runs = [(run, _tally(decided_on(await sight.tx.proposals.list_of_run(run.id)))) for run in found]
        return Picture(ShownRuns(replace(view, page=page), project, tuple(runs), pages), project)

    async def status(self, sight: Sight, view: StatusCard) -> Picture:
        """A StatusCard."""
        tx = sight.tx
        project = await tx.projects.get(view.project_id)
        runs: list[tuple[Run, Progress, Tally]] = []
        for stage in Stage:
            run = await tx.runs.find_open(project.id, stage)
            if run is not None:
                proposals = decided_on(await tx.proposals.list_of_run(run.id))
                runs.append((run, await _progress(sight, run, proposals), _tally(proposals)))
        shown = ShownStatus(
            view=view,
            project=project,
            runs=tuple(runs),
            unread=await tx.messages.count_unread(project.id),
            pending_notes=await tx.proposals.count_pending(project.id, kinds=frozenset({Kind.ATOM})),
            pending_tasks=await tx.proposals.count_pending(project.id, kinds=frozenset({Kind.TASK})),
            open_tasks=len(await tx.tasks.list_of(project.id, statuses=OPEN_TASKS)),
            unstudied_notes=await tx.knowledge.count_unstudied(project.id),
            schedules=tuple(await tx.schedules.list_of(project.id)),
        )
        return Picture(shown, project)


async def _progress(sight: Sight, run: Run, proposals: list[Proposal]) -> Progress:
    """Counted from the batches; what the prefilter put aside is no conversation."""
    batches = await sight.tx.runs.list_batches(run.id)
    read = [one for one in batches if one.messages or one.atoms]
    done = sum(1 for one in read if one.status is BatchStatus.DONE)
    elapsed = sight.now - (run.started_at or sight.now)
    return Progress(
        batches=len(read),
        done=done,
        failed=sum(1 for one in read if one.status is BatchStatus.FAILED),
        messages=sum(len(one.messages) for one in batches),
        left_out=sum(len(one.left_out) for one in batches),
        proposals=len(proposals),
        eta_seconds=eta(len(read), done, elapsed) if run.status is RunStatus.RUNNING else None,
        dropped=sum(sum(one.dropped.values()) for one in batches),
        errors=_errors(batches),
    )


def _errors(batches: Iterable[Batch]) -> tuple[str, ...]:
    """What went wrong, each once."""
    failed = (one.error for one in batches if one.status is BatchStatus.FAILED and one.error)
    return tuple(dict.fromkeys(failed))


def _tally(proposals: list[Proposal]) -> Tally:
    counts = {status: sum(1 for one in proposals if one.status is status) for status in ProposalStatus}
    return Tally(**{status.value: count for status, count in counts.items()})


def _is_carried(proposal: Proposal) -> bool:
    return proposal.status is ProposalStatus.PENDING and proposal.carried_at is not None
