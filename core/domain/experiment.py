"""Experiments: agents share the runs of a stage, and what each made of them is compared with its doubt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import hypot, sqrt
from uuid import UUID

from core.domain.agent import AgentKey
from core.domain.run import Stage

MOST_SHARING = 2
"""How many agents may share the runs of a project's stage: one, or two as an experiment."""
Z_95 = 1.959964
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True)
class Assignment:
    """Which agents make the runs of a project's stage: one, or two that share them, counted since then."""

    project_id: UUID
    stage: Stage
    agents: tuple[str, ...]
    since: datetime

    @property
    def is_experiment(self) -> bool:
        """Whether two share the runs."""
        return len(self.agents) > 1

    def next_of(self, made: Mapping[str, int]) -> str:
        """Whose turn it is, given how many runs each made since: the one with fewest, the first on a tie.

        So two alternate, and neither is ever more than one run ahead.
        """
        return min(self.agents, key=lambda name: made.get(name, 0))


@dataclass(frozen=True)
class Interval:
    """Where a figure lies with 95 % confidence; `high` None is without an upper end."""

    low: float
    high: float | None


def wilson(successes: int, trials: int) -> Interval:
    """Wilson's score interval of a share; [0, 1] without a trial.

    Wilson 1927, https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval#Wilson_score_interval
    """
    if not trials:
        return Interval(0.0, 1.0)
    share, square = successes / trials, Z_95 * Z_95
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = (
        Z_95 * sqrt(share * (1 - share) / trials + square / (4 * trials * trials)) / (1 + square / trials)
    )
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def difference(first: tuple[int, int], second: tuple[int, int]) -> Interval:
    """The interval of the first share minus the second, each `(successes, trials)`; [-1, 1] without trials.

    Newcombe's hybrid of two Wilson intervals, method 10 of doi:10.1002/(SICI)1097-0258(19980430)17:8<873.
    """
    one, other = wilson(*first), wilson(*second)
    if not first[1] or not second[1]:
        return Interval(-1.0, 1.0)
    share, against = first[0] / first[1], second[0] / second[1]
    below = hypot(share - one.low, (other.high or 0.0) - against)
    above = hypot((one.high or 0.0) - share, against - other.low)
    return Interval(share - against - below, share - against + above)


@dataclass(frozen=True)
class Record:
    """What one version of an agent made of one stage of a project, counted from the rows.

    `approved` includes `edited`. `cost_usd` is that of all its runs there, None where a price is unknown.
    """

    agent: AgentKey
    model: str
    stage: Stage
    runs: int
    approved: int = 0
    edited: int = 0
    rejected: int = 0
    merged: int = 0
    pending: int = 0
    cost_usd: float | None = 0.0

    @property
    def decided(self) -> int:
        """Those a reviewer settled one way or another."""
        return self.approved + self.rejected + self.merged

    @property
    def approval(self) -> Interval:
        """The share of the decided that was approved."""
        return wilson(self.approved, self.decided)

    @property
    def cost_per_approved_usd(self) -> float | None:
        """None while nothing was approved, or a price is unknown."""
        return self.cost_usd / self.approved if self.approved and self.cost_usd is not None else None

    @property
    def cost_interval(self) -> Interval | None:
        """Where the cost of an approved one lies, as far as the share approved is known.

        What a decided one costs is known; how many of them are approved in the long run is not.
        """
        if self.cost_usd is None or not self.decided:
            return None
        each = self.cost_usd / self.decided
        low, high = self.approval.low, self.approval.high or 1.0
        return Interval(each / high, each / low if low else None)


@dataclass(frozen=True)
class Comparison:
    """Two records of one stage: how far the shares approved differ, first minus second."""

    first: Record
    second: Record

    @property
    def interval(self) -> Interval:
        """Of the difference."""
        return difference(
            (self.first.approved, self.first.decided), (self.second.approved, self.second.decided)
        )

    @property
    def better(self) -> Record | None:
        """The one that is approved more often; None while that may be chance."""
        if self.interval.low > 0:
            return self.first
        return self.second if (self.interval.high or 0.0) < 0 else None
