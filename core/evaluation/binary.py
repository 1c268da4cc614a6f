"""Figures of a yes-or-no judgement."""

from collections.abc import Sequence
from typing import Any

from sklearn import metrics

from core.evaluation.learning import Judged
from core.evaluation.score import Score

# scikit-learn is not typed.
_METRICS: Any = metrics


def scores_of(
    file: str,
    capability: str,
    *,
    labels: Sequence[bool],
    found: Sequence[Judged],
    baseline: Sequence[bool],
    is_refitted: bool = False,
) -> tuple[Score, Score]:
    """`f1` and `ap`, beside a baseline that only answers yes or no."""
    n = len(labels)
    ranked = float(_METRICS.average_precision_score(labels, [one.chance for one in found]))
    share = float(_METRICS.average_precision_score(labels, [float(one) for one in baseline]))
    return (
        Score(
            file,
            capability,
            "f1",
            f1(labels, [one.is_so for one in found]),
            n,
            baseline=f1(labels, baseline),
            is_refitted=is_refitted,
        ),
        Score(file, capability, "ap", ranked, n, baseline=share, is_refitted=is_refitted),
    )


def f1(labels: Sequence[bool], found: Sequence[bool]) -> float:
    """F1 of "yes"; 0 where neither says it."""
    return float(_METRICS.f1_score(labels, found, zero_division=0.0))
