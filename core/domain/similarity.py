"""The nearest existing item, and how rankings are fused."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from core.domain.ids import Ref
from core.domain.task import Gain

RRF_K = 60
"""Reciprocal rank fusion constant, Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114."""

T = TypeVar("T", bound=Hashable)


class SimilarType(StrEnum):
    """Why two items are alike."""

    EXACT_MESSAGES = "exact_messages"
    SEMANTIC = "semantic"
    NONE = "none"


@dataclass(frozen=True)
class Similar:
    """The nearest existing task or proposal: score in [0, 1], why, and what a merge would give."""

    target: Ref
    name: str
    title: str
    score: float
    type: SimilarType
    gain: Gain = Gain()
    is_duplicate: bool = False


def fused(rankings: Sequence[Sequence[T]]) -> list[T]:
    """One ranking of several, best first, by reciprocal rank; ties keep first-seen order."""
    scores: dict[T, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (RRF_K + rank)
    return sorted(scores, key=lambda item: -scores[item])
