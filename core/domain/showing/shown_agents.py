"""What a painter gets for the cards of what a project's agents cost and made."""

from dataclasses import dataclass

from core.domain.agent import Agent
from core.domain.experiment import Comparison, Record
from core.domain.money import Budget, Spent
from core.domain.person import Project
from core.domain.run import Stage
from core.domain.showing.view_agents import AgentsCard, BudgetCard, EmbeddingCard


@dataclass(frozen=True)
class ShownBudget:
    """A month so far; `by_use` is what was spent by purpose and model, dearest first.

    `approved_tasks` are those of the month that a run proposed.
    """

    view: BudgetCard
    project: Project
    budget: Budget
    by_use: tuple[tuple[str, str, Spent], ...]
    approved_tasks: int

    @property
    def cost_per_approved_usd(self) -> float | None:
        """All that was spent by the tasks approved; None where there are none, or a price is unknown."""
        cost = self.budget.spent.usage.cost_usd
        return cost / self.approved_tasks if self.approved_tasks and cost is not None else None


@dataclass(frozen=True)
class ShownEmbedding:
    """How many items are embedded by the model in use, and how many there are."""

    view: EmbeddingCard
    done: int
    total: int


@dataclass(frozen=True)
class ShownAgents:
    """Agents and their records. `assigned` has who makes each stage's runs, and whether somebody chose so.

    `comparisons` are those of the two that share a stage, where both made something.
    """

    view: AgentsCard
    project: Project
    agents: tuple[Agent, ...]
    records: tuple[Record, ...]
    assigned: tuple[tuple[Stage, tuple[str, ...]], ...]
    comparisons: tuple[Comparison, ...] = ()
