"""The nearest existing item, how rankings are fused, and how rare words are."""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Spread:
    """In how many of the texts known each of some words stands; without texts all words are alike."""

    texts: int = 0
    having: Mapping[str, int] = field(default_factory=dict[str, int])

    def rarity(self, forms: Iterable[str]) -> float:
        """The weight of a word in any of these forms, above 0: the fewer texts have it, the more.

        Its inverse document frequency as in BM25, https://doi.org/10.1561/1500000019, eq. 3.3, plus one so
        that no word counts against.
        """
        having = min(self.texts, sum(self.having.get(form, 0) for form in forms))
        return math.log(1 + (self.texts + 0.5) / (having + 0.5))


EVEN = Spread()


def fused(rankings: Sequence[Sequence[T]]) -> list[T]:
    """One ranking of several, best first, by reciprocal rank; ties keep first-seen order."""
    scores: dict[T, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1.0 / (RRF_K + rank)
    return sorted(scores, key=lambda item: -scores[item])
