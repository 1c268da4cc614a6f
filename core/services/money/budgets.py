"""Budgets: what a project's month may cost, who changes it, and when it is spoken of."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.domain.money import REACHED, Budget, month_start
from core.domain.person import Actor, Project
from core.domain.showing.spot import Place
from core.domain.showing.view_agents import BudgetCard
from core.errors import BadKnob
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import ensure_owner, review_places
from core.services.showing.placing import Placing
from core.services.tuning.configuring import Configuring
from core.settings import LlmSettings

MOST_USD = 1_000_000.0
"""As `llm.budget_month_usd` allows."""


@dataclass(frozen=True)
class Budgets:
    """A project's month so far; works in the caller's transaction."""

    clock: Clock
    placing: Placing
    settings: LlmSettings

    async def of(self, tx: UnitOfWork, project: Project) -> Budget:
        """What this month may cost and did, calls under way included."""
        spent = await tx.ledger.spent(project.id, self.month(project))
        limit = self.settings.budget_month_usd if project.budget_usd is None else project.budget_usd
        return Budget(limit, spent)

    def month(self, project: Project) -> datetime:
        """When this month began where the project is."""
        return month_start(self.clock.now(), project.timezone)

    async def tell(self, tx: UnitOfWork, project: Project) -> None:
        """Tell reviewers what share is spent, each once a month; of several passed at once the highest."""
        budget = await self.of(tx, project)
        due = [one for one in budget.due_notices() if await self._claim(tx, project, one)]
        if due:
            await self._say(tx, project, "budget-spent", budget, due[-1])

    async def tell_held_back(self, tx: UnitOfWork, project: Project, budget: Budget) -> None:
        """Tell reviewers, once a month, that runs no longer start by themselves."""
        if await self._claim(tx, project, REACHED):
            await self._say(tx, project, "budget-holds-back", budget, REACHED)

    async def _claim(self, tx: UnitOfWork, project: Project, percent: int) -> bool:
        return await tx.ledger.claim_notice(project.id, self.month(project), percent, self.clock.now())

    async def _say(self, tx: UnitOfWork, project: Project, key: str, budget: Budget, percent: int) -> None:
        args: dict[str, str | int] = {
            "project": project.name,
            "percent": percent,
            "spent": f"{budget.spent.cost_usd:.2f}",
            "limit": f"{budget.limit_usd:.2f}",
        }
        for place in await review_places(tx, project):
            await self.placing.say(tx, place, key, args, "budget", unasked_in=project.rest)


@dataclass(frozen=True)
class BudgetService:
    """`/budget`: shown to whoever asks, changed by owners."""

    transactions: Transactions
    budgets: Budgets
    placing: Placing
    configuring: Configuring

    async def set(self, project_id: UUID, usd: float | None, actor: Actor) -> Project:
        """What a month may cost from now on, None as the configuration says; raises NotOwner, BadKnob."""
        if usd is not None and not 0 <= usd <= MOST_USD:
            raise BadKnob("budget", f"{usd:g}")
        async with self.transactions() as tx:
            project = await ensure_owner(tx, project_id, actor)
            saved = await self.configuring.change(tx, project, actor.person_id, budget_usd=usd)
            await self.placing.touch(tx, project_id)
            await self._touch_runs(tx, project_id)
            return saved

    async def set_and_show(self, project_id: UUID, usd: float | None, actor: Actor, place: Place) -> None:
        """The same, answered with the month as it stands."""
        async with self.transactions() as tx:
            await self.set(project_id, usd, actor)
            await self.placing.show(tx, BudgetCard(project_id), place, about={project_id})

    async def raise_by(self, project_id: UUID, usd: float, actor: Actor) -> Project:
        """So much more than now; raises NotOwner, BadKnob."""
        async with self.transactions() as tx:
            budget = await self.budgets.of(tx, await tx.projects.get(project_id))
            return await self.set(project_id, round(budget.limit_usd + usd, 2), actor)

    async def _touch_runs(self, tx: UnitOfWork, project_id: UUID) -> None:
        """The last run of the project, which may stand there stopped for want of money, is painted anew."""
        last = await tx.runs.find_last(project_id)
        await self.placing.touch(tx, last.id if last else None)
