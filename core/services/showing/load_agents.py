"""What a project's agents cost and made."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations
from typing import Protocol
from uuid import UUID

from core.domain.agent import Agent
from core.domain.experiment import Comparison, Record
from core.domain.money import Budget, month_start
from core.domain.person import Project
from core.domain.run import Stage
from core.domain.showing.shown_agents import ShownAgents, ShownBudget, ShownEmbedding
from core.domain.showing.view_agents import AgentsCard, BudgetCard, EmbeddingCard
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.sight import Picture, Sight

PROGRESS = timedelta(seconds=3)
"""Progress is painted at most this often in a direct chat (product section 3, Pacing)."""


class Months(Protocol):
    """What a month may cost and did (`core.services.money.budgets.Budgets`)."""

    async def of(self, tx: UnitOfWork, project: Project) -> Budget:
        """This month's."""
        ...


class Staff(Protocol):
    """Who there is, and who makes which runs (`core.services.agents.choosing.Choosing`)."""

    async def list_all(self, tx: UnitOfWork) -> list[Agent]:
        """The newest version of each."""
        ...

    async def assigned(self, tx: UnitOfWork, project_id: UUID, stage: Stage) -> tuple[str, ...]:
        """The names of who makes a stage's runs."""
        ...


@dataclass(frozen=True)
class AgentLoader:
    """Loads budget and agents cards."""

    months: Months
    staff: Staff

    async def budget(self, sight: Sight, view: BudgetCard) -> Picture:
        """A BudgetCard."""
        project = await sight.tx.projects.get(view.project_id)
        since = month_start(sight.now, project.timezone)
        shown = ShownBudget(
            view=view,
            project=project,
            budget=await self.months.of(sight.tx, project),
            by_use=tuple(await sight.tx.ledger.list_spent(project.id, since)),
            approved_tasks=await sight.tx.ledger.count_approved_tasks(project.id, since),
        )
        return Picture(shown, project)

    async def embedding(self, sight: Sight, view: EmbeddingCard) -> Picture:
        """An EmbeddingCard."""
        done, total = await sight.tx.search.count_embedded(view.model)
        return Picture(ShownEmbedding(view, done, total), None, not_before=sight.now + PROGRESS)

    async def agents(self, sight: Sight, view: AgentsCard) -> Picture:
        """An AgentsCard."""
        project = await sight.tx.projects.get(view.project_id)
        records = await sight.tx.agents.list_records(project.id)
        assigned = [(stage, await self.staff.assigned(sight.tx, project.id, stage)) for stage in Stage]
        shown = ShownAgents(
            view=view,
            project=project,
            agents=tuple(await self.staff.list_all(sight.tx)),
            records=tuple(records),
            assigned=tuple(assigned),
            comparisons=tuple(
                compared for stage, names in assigned if (compared := _compared(records, stage, names))
            ),
        )
        return Picture(shown, project)


def _compared(records: list[Record], stage: Stage, names: tuple[str, ...]) -> Comparison | None:
    """The newest versions of the two that share a stage, where both made something of it."""
    newest = {one.agent.name: one for one in records if one.stage is stage and one.agent.name in names}
    pair = next(combinations(newest.values(), 2), None)
    return None if pair is None else Comparison(*pair)
