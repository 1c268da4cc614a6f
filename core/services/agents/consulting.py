"""Asking a model beside the rules: whom, at whose cost, how long; and going on without an answer."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from core.domain.agent import Agent, AgentKey
from core.domain.conversation import Usage
from core.domain.money import Purpose
from core.domain.run import Stage
from core.errors import AnalystFailed, BudgetReached, Failing
from core.ports.advising import Adviser, Question
from core.ports.meter import Meter, Part
from core.ports.unit_of_work import Transactions
from core.services.agents.answering import Answering
from core.services.agents.choosing import Choosing
from core.services.money.paying import Answer, Call, Paying

A = TypeVar("A", bound=Answer)

PATIENCE_SECONDS = 120.0
"""Somebody waits for it, and all that is said in their chat waits behind them."""


@dataclass(frozen=True)
class Advice(Generic[A]):
    """What a model said; `was_asked` without an answer: it failed, or the budget did not allow it."""

    answer: A | None = None
    was_asked: bool = False

    @property
    def has_failed(self) -> bool:
        """Whether there should be an answer and is none."""
        return self.was_asked and self.answer is None


@dataclass(frozen=True)
class Consulting:
    """A failure leaves what the rules say, and is counted."""

    transactions: Transactions
    choosing: Choosing
    answering: Answering
    paying: Paying
    meter: Meter

    async def ask(
        self,
        project_id: UUID,
        purpose: Purpose,
        asked: Question,
        ask: Callable[[Adviser], Awaitable[A]],
    ) -> Advice[A]:
        """The advice of whoever finds this project's tasks; nobody is asked where the rules do."""
        async with self.transactions.reading() as tx:
            names = await self.choosing.assigned(tx, project_id, Stage.TASKS)
            agent = await self.choosing.get(tx, names[0])
        call = Asked(project_id, purpose, asked)
        return await self.ask_agent(agent, call, ask, patience_seconds=PATIENCE_SECONDS)

    async def ask_agent(
        self,
        agent: Agent,
        call: "Asked",
        ask: Callable[[Adviser], Awaitable[A]],
        *,
        patience_seconds: float | None = None,
    ) -> Advice[A]:
        """The same of this agent."""
        if agent.is_built_in:
            return Advice()
        try:
            adviser = self.answering.adviser_for(agent)
            async with asyncio.timeout(patience_seconds):
                answer = await self.paying.answered(call.of(agent, adviser), lambda: ask(adviser))
        except TimeoutError:
            self.meter.failed(Part.ADVISING, AnalystFailed(Failing.TIMEOUT, agent.model))
        except (AnalystFailed, BudgetReached) as failure:
            self.meter.failed(Part.ADVISING, failure)
        else:
            return Advice(answer, was_asked=True)
        return Advice(was_asked=True)


@dataclass(frozen=True)
class Asked:
    """What is asked, for which project, run and batch."""

    project_id: UUID
    purpose: Purpose
    asked: Question
    run_id: UUID | None = None
    batch_id: UUID | None = None

    def of(self, agent: Agent, adviser: Adviser) -> Call:
        """As whoever pays for it must know it."""
        return Call(
            project_id=self.project_id,
            purpose=self.purpose,
            agent=AgentKey(agent.name, agent.version),
            model=agent.model,
            most=Usage() if adviser.is_free else adviser.most(self.asked),
            is_free=adviser.is_free,
            run_id=self.run_id,
            batch_id=self.batch_id,
        )
