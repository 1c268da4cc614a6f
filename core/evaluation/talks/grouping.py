"""Figures of putting messages together: by links, and by the conversations they make."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import Any

import numpy as np
from scipy import optimize
from sklearn import metrics

# Neither library is typed.
_METRICS: Any = metrics
_OPTIMIZE: Any = optimize
Link = tuple[int, int]
Group = frozenset[int]


def f_of(right: int, ours: int, theirs: int) -> float:
    """F1 of `right` ones among `ours`, where there are `theirs`; 0 where neither has any."""
    return 2 * right / (ours + theirs) if ours + theirs else 0.0


def groups_of(links: Iterable[Link]) -> set[Group]:
    """Connected messages; one that is linked to nothing but itself is a group of its own."""
    joined: dict[int, set[int]] = {}
    for left, right in links:
        one, other = joined.setdefault(left, {left}), joined.setdefault(right, {right})
        if one is not other:
            small, large = sorted((one, other), key=len)
            large |= small
            joined.update(dict.fromkeys(small, large))
    return {frozenset(one) for one in joined.values()}


def groups_by(labels: Sequence[Hashable]) -> set[Group]:
    """The places of each label."""
    places: dict[Hashable, set[int]] = defaultdict(set)
    for place, label in enumerate(labels):
        places[label].add(place)
    return {frozenset(one) for one in places.values()}


def one_to_one(theirs: Collection[Group], ours: Collection[Group]) -> tuple[int, int]:
    """Messages on which the best pairing of groups, one with one, agrees; and how many there are."""
    number = {place: index for index, group in enumerate(ours) for place in group}
    shared = np.zeros((len(theirs), len(ours)), dtype=np.int64)
    for row, group in enumerate(theirs):
        for place in group & number.keys():
            shared[row, number[place]] += 1
    rows, columns = _OPTIMIZE.linear_sum_assignment(shared, maximize=True)
    return int(shared[rows, columns].sum()), sum(len(group) for group in theirs)


def nmi(theirs: Sequence[Hashable], ours: Sequence[Hashable]) -> float:
    """Normalised mutual information of two labellings, in [0, 1]."""
    return float(_METRICS.normalized_mutual_info_score(theirs, ours))


def ari(theirs: Sequence[Hashable], ours: Sequence[Hashable]) -> float:
    """Adjusted Rand index of two labellings, 0 by chance, 1 when they agree."""
    return float(_METRICS.adjusted_rand_score(theirs, ours))


def shen_f(theirs: Collection[Group], ours: Collection[Group]) -> float:
    """F1 of each of their groups with the best fitting one of ours, the mean over messages (Shen 2006)."""
    total = sum(len(group) for group in theirs)
    best = (
        len(group) * max((f_of(len(group & one), len(one), len(group)) for one in ours), default=0.0)
        for group in theirs
    )
    return sum(best) / total if total else 0.0


def exact_counts(theirs: Iterable[Group], ours: Iterable[Group], *, least: int = 1) -> Counter[str]:
    """What `f_of` takes, of groups of at least `least` messages that are found whole."""
    gold = {group for group in theirs if len(group) >= least}
    found = {group for group in ours if len(group) >= least}
    return Counter(right=len(gold & found), ours=len(found), theirs=len(gold))
