"""Paying: a call is made only when the month's budget allows the most it may cost, and then noted."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from core.domain.agent import AgentKey
from core.domain.conversation import Usage
from core.domain.money import Charge, Purpose
from core.errors import AnalystFailed, BudgetReached
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.money.apart import apart
from core.services.money.budgets import Budgets


class Answer(Protocol):
    """Whatever says what it cost."""

    @property
    def usage(self) -> Usage:
        """What it cost."""
        ...


A = TypeVar("A", bound=Answer)


@dataclass(frozen=True)
class Call:
    """A call about to be made: for whom and what, by which agent, and the most it may cost."""

    project_id: UUID
    purpose: Purpose
    agent: AgentKey
    model: str
    most: Usage
    is_free: bool
    run_id: UUID | None = None
    batch_id: UUID | None = None


@dataclass(frozen=True)
class Paying:
    """Every call of a model goes through here."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    budgets: Budgets

    async def answered(self, call: Call, ask: Callable[[], Awaitable[A]]) -> A:
        """The answer, its price noted; no transaction is open while it is waited for.

        What the call may cost at most is set aside first, so that several at once, here or elsewhere, do
        not pass the budget together. Where the answer is lost, what was set aside stays: it may have been
        paid.

        Raises:
            BudgetReached: The budget does not allow it; nothing was asked.
            AnalystFailed: As `ask` does; what the failed calls cost is noted.
        """
        charge = None if call.is_free else await apart(self._set_aside(call))
        try:
            answer = await ask()
        except AnalystFailed as failure:
            paid = Usage(failure.input_tokens, failure.output_tokens, failure.cost_usd)
            await apart(self._settle(call, charge, paid))
            raise
        await apart(self._settle(call, charge, answer.usage))
        return answer

    async def _set_aside(self, call: Call) -> Charge:
        charge = self._charge(call, call.most)
        async with self.transactions() as tx:
            project = await tx.projects.get_locked(call.project_id)
            budget = await self.budgets.of(tx, project)
            if not budget.allows(call.most.cost_usd):
                needed = call.most.cost_usd or 0.0
                raise BudgetReached(budget.limit_usd, round(budget.spent.cost_usd, 4), round(needed, 4))
            await tx.ledger.add(charge)
        return charge

    async def _settle(self, call: Call, charge: Charge | None, paid: Usage) -> None:
        if charge is None and paid == Usage():
            # The rules: nothing was called.
            return
        async with self.transactions() as tx:
            if charge is None:
                await tx.ledger.add(self._charge(call, paid).settled(paid))
            else:
                await tx.ledger.settle(charge.settled(paid))
            await self._tell(tx, call)

    async def _tell(self, tx: UnitOfWork, call: Call) -> None:
        if not call.is_free:
            await self.budgets.tell(tx, await tx.projects.get(call.project_id))

    def _charge(self, call: Call, usage: Usage) -> Charge:
        return Charge(
            id=self.ids.new(),
            purpose=call.purpose,
            agent=call.agent.name,
            agent_version=call.agent.version,
            model=call.model,
            at=self.clock.now(),
            usage=usage,
            project_id=call.project_id,
            run_id=call.run_id,
            batch_id=call.batch_id,
        )
