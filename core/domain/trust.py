"""How far a project's proposals could be trusted: what people decided, counted, and how sure a count is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.domain.accuracy import accuracy_of
from core.domain.experiment import Interval, wilson
from core.domain.proposal import Proposal, ProposalStatus, Reason
from core.domain.run import Outcomes

LOOKED_BACK = timedelta(days=84)
"""Twelve weeks: a season of work, and as many points as a small picture can tell apart."""


@dataclass(frozen=True)
class Share:
    """`hits` of `of` decisions."""

    hits: int
    of: int

    @property
    def percent(self) -> int:
        """In [0, 100], rounded; 0 of nothing."""
        return round(100 * self.hits / self.of) if self.of else 0

    @property
    def bounds(self) -> tuple[int, int]:
        """Wilson's 95 % interval in percent, [0, 100] of nothing."""
        high = self.interval.high
        return round(100 * self.interval.low), 100 if high is None else round(100 * high)

    @property
    def interval(self) -> Interval:
        """The same in [0, 1]."""
        return wilson(self.hits, self.of)


@dataclass(frozen=True)
class Trust:
    """A project's decisions of the last twelve weeks, no person named.

    `weeks` are those with decisions, by their Monday, oldest first; `reasons` count rejections with one.
    """

    since: date
    outcomes: Outcomes
    by_band: Mapping[str, Share] = field(default_factory=dict[str, Share])
    by_category: Mapping[str, Share] = field(default_factory=dict[str, Share])
    weeks: Mapping[date, Share] = field(default_factory=dict[date, Share])
    reasons: Mapping[Reason, int] = field(default_factory=dict[Reason, int])
    median_seconds_to_decision: float | None = None

    @property
    def right(self) -> Share:
        """All of them."""
        return share_of(self.outcomes)


def share_of(outcomes: Outcomes) -> Share:
    """How many were right of how many a person decided on; what was carried or let go says nothing."""
    right = outcomes.approved_unchanged + outcomes.approved_edited + outcomes.merged
    return Share(right, outcomes.total - outcomes.carried - outcomes.expired)


def trust_of(settled: Iterable[Proposal], now: datetime, timezone: str) -> Trust:
    """The trust these settled proposals of one project earned; only what a person tapped counts."""
    decided = [one for one in settled if one.review is not None and one.review.by_id is not None]
    metrics = accuracy_of(decided, None)
    return Trust(
        since=_day(now - LOOKED_BACK, timezone),
        outcomes=metrics.outcomes,
        by_band=_shares(metrics.by_band),
        by_category=_shares(metrics.by_category),
        weeks=_weeks(decided, timezone),
        reasons=Counter(
            one.review.reason
            for one in decided
            if one.status is ProposalStatus.REJECTED and one.review is not None and one.review.reason
        ),
        median_seconds_to_decision=metrics.median_seconds_to_decision,
    )


def _shares(groups: Mapping[str, Outcomes]) -> dict[str, Share]:
    return {name: share for name, outcomes in groups.items() if (share := share_of(outcomes)).of}


def _weeks(decided: Iterable[Proposal], timezone: str) -> dict[date, Share]:
    by_monday: dict[date, list[Proposal]] = {}
    for one in decided:
        if one.review is not None:
            day = _day(one.review.at, timezone)
            by_monday.setdefault(day - timedelta(days=day.weekday()), []).append(one)
    return {monday: share_of(accuracy_of(by_monday[monday], None).outcomes) for monday in sorted(by_monday)}


def _day(at: datetime, timezone: str) -> date:
    return at.astimezone(ZoneInfo(timezone)).date()
