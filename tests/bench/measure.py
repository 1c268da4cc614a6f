"""What a bench gives: rounds of two sides beside each other, as one line of the table."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

ROUNDS = 5
"""Alternating rounds of a full bench; an odd number, so that the median is one of them."""


@dataclass(frozen=True)
class Effort:
    """How much a run of the bench does: all of it, or a `share` of little."""

    is_quick: bool = False
    share: float = 1.0

    @property
    def rounds(self) -> int:
        """Alternating rounds."""
        return 1 if self.is_quick else ROUNDS

    def of(self, full: int, quick: int) -> int:
        """A size."""
        return max(2, round(quick * self.share)) if self.is_quick else full


def fresh(folder: Path) -> Path:
    """The folder, just made."""
    folder.mkdir()
    return folder


@dataclass(frozen=True)
class Round:
    """What both sides took for the same, one right after the other; of one unit, above 0."""

    ours: float
    baseline: float


@dataclass(frozen=True)
class Aim:
    """What a ratio is to reach: `most` of the baseline's time, or `least` of its speed."""

    most: float | None = None
    least: float | None = None

    @property
    def is_speed(self) -> bool:
        """Whether the ratio is of speeds: the higher, the better."""
        return self.least is not None

    def is_met(self, ratio: float) -> bool:
        """Whether a ratio reaches it."""
        return (self.most is None or ratio <= self.most) and (self.least is None or ratio >= self.least)

    def __str__(self) -> str:
        return f"≤ {self.most:g} x" if self.most is not None else f"≥ {self.least:g} x"


@dataclass(frozen=True)
class Line:
    """One path of the table.

    Attributes:
        path: What was measured.
        rounds: At least one.
        unit: What the figures of the rounds are, `ms` or `MB`.
        aim: None for a figure shown without one.
        against: What the baseline is.
        counted: What was counted afterwards, so that nobody was fast by doing less.
    """

    path: str
    rounds: Sequence[Round]
    unit: str
    aim: Aim | None
    against: str
    counted: int

    @property
    def ours(self) -> float:
        """Our median."""
        return median(one.ours for one in self.rounds)

    @property
    def baseline(self) -> float:
        """The baseline's median."""
        return median(one.baseline for one in self.rounds)

    @property
    def ratio(self) -> float:
        """The median of the rounds' ratios: neighbours in time share what the machine suffers from."""
        if self.aim is not None and self.aim.is_speed:
            return median(one.baseline / one.ours for one in self.rounds)
        return median(one.ours / one.baseline for one in self.rounds)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the greatest ratio of a round."""
        alone = [Line(self.path, [one], self.unit, self.aim, self.against, 0).ratio for one in self.rounds]
        return min(alone), max(alone)


async def alternate(
    rounds: int, ours: Callable[[], Awaitable[float]], baseline: Callable[[], Awaitable[float]]
) -> list[Round]:
    """Both sides in turn; who goes first changes from round to round."""
    measured: list[Round] = []
    for number in range(rounds):
        if number % 2 == 0:
            one = await ours()
            measured.append(Round(one, await baseline()))
        else:
            other = await baseline()
            measured.append(Round(await ours(), other))
    return measured


def p99(values: Sequence[float]) -> float:
    """The 99th percentile of at least two values."""
    return quantiles(values, n=100, method="inclusive")[98]
