"""Money: what each call of a model cost, a project's month, and when a budget is spoken of."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.conversation import Usage

NOTICES = (50, 75, 90)
"""Percent of a month's budget that reviewers are told of, each once a month."""
REACHED = 100
"""The notice that a run did not start, or stopped, because the budget would be passed."""

_GRAIN = 1e-9
"""Dollars that sums of many small prices may be off by: 0.1 three times is not 0.3."""


class Purpose(StrEnum):
    """What a call was for."""

    READ = "read"
    FIND = "find"
    JUDGE = "judge"
    EDIT = "edit"
    ASK = "ask"
    DIGEST = "digest"
    EMBED = "embed"


@dataclass(frozen=True)
class Charge:
    """One line of the ledger: one answer of a model, and what it cost.

    `cost_usd` is None where the price is unknown. Until it is settled a charge holds the most the call may
    cost: one whose answer was lost stays so, for it may have been paid. `project_id` None is everybody's.
    """

    id: UUID
    purpose: Purpose
    agent: str
    agent_version: int
    model: str
    at: datetime
    usage: Usage
    project_id: UUID | None = None
    run_id: UUID | None = None
    batch_id: UUID | None = None
    is_settled: bool = False

    def settled(self, usage: Usage) -> "Charge":
        """With what it did cost."""
        return replace(self, usage=usage, is_settled=True)


@dataclass(frozen=True)
class Spent:
    """What was spent in a span of time; `unknown` counts calls whose price nobody knows."""

    cost_usd: float = 0.0
    unknown: int = 0
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def tokens(self) -> int:
        """In and out."""
        return self.input_tokens + self.output_tokens

    @property
    def usage(self) -> Usage:
        """The same as one usage: unknown as soon as one price is."""
        return Usage(self.input_tokens, self.output_tokens, None if self.unknown else self.cost_usd)


@dataclass(frozen=True)
class Budget:
    """A project's month: what it may cost in US dollars, and did so far. 0 allows only what is free."""

    limit_usd: float
    spent: Spent = Spent()

    @property
    def left_usd(self) -> float:
        """What may still be spent; never below 0."""
        return max(0.0, self.limit_usd - self.spent.cost_usd)

    def allows(self, cost_usd: float | None) -> bool:
        """Whether a call that costs at most this may be made; one of unknown price cannot be held back."""
        return not cost_usd or self.spent.cost_usd + cost_usd <= self.limit_usd + _GRAIN

    @property
    def percent(self) -> int:
        """How much of it is spent, in whole percent; 100 and more when it is passed or 0."""
        return int(100 * (self.spent.cost_usd + _GRAIN) / self.limit_usd) if self.limit_usd else REACHED

    def due_notices(self) -> tuple[int, ...]:
        """The percents of NOTICES that are reached, lowest first; none while nothing was spent."""
        return tuple(one for one in NOTICES if self.spent.cost_usd and self.percent >= one)


def month_start(now: datetime, timezone: str) -> datetime:
    """When the month of a moment began in that time zone, in UTC."""
    local = now.astimezone(ZoneInfo(timezone))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def next_month_start(now: datetime, timezone: str) -> datetime:
    """When the next month begins there, in UTC."""
    first = now.astimezone(ZoneInfo(timezone)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    year, month = (first.year + 1, 1) if first.month == 12 else (first.year, first.month + 1)  # noqa: PLR2004 # December
    return first.replace(year=year, month=month).astimezone(UTC)
