"""Learns linear layers from labelled rows, and scores rows by layers that have not seen them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn import metrics
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from core.evaluation.fitting import Learned
from core.rules.linear import Features, Linear, linear
from core.rules.weights import weights

# scikit-learn is not typed.
_METRICS: Any = metrics
FOLDS = 5
DECIMALS = 3


@dataclass(frozen=True)
class Recipe:
    """How a layer is learned: `strength` of the weights (scikit-learn's C), `least` rows a feature is in.

    Features are stretched by how rare they are (as in TF-IDF). `is_balanced` weighs both answers alike
    however seldom one is. Weights whose stretched size is below `smallest` are left out.
    """

    strength: float
    least: int
    is_balanced: bool = False
    smallest: float = 0.0


@dataclass(frozen=True)
class Rows:
    """Features, labels and digests, one of each a row. Rows of one digest are never divided."""

    features: Sequence[Features]
    labels: Sequence[bool]
    digests: Sequence[str]

    def of(self, indexes: Sequence[int]) -> "Rows":
        """Some of the rows."""
        return Rows(
            [self.features[one] for one in indexes],
            [self.labels[one] for one in indexes],
            [self.digests[one] for one in indexes],
        )


@dataclass(frozen=True)
class Judged:
    """A row's chance and the answer made of it."""

    chance: float
    is_so: bool


def learn(rows: Rows, recipe: Recipe) -> Linear:
    """The layer with the threshold at which rows it did not see were told best (F1)."""
    chances = np.zeros(len(rows.labels))
    for inside, outside in folds(rows.digests):
        layer = _layer(rows.of(inside), recipe)
        chances[outside] = [layer.chance(rows.features[one]) for one in outside]
    layer = _layer(rows, recipe)
    return Linear(layer.bias, _threshold(chances, rows.labels), layer.weights)


def learned(rows: Rows, recipe: Recipe) -> Learned:
    """The same as a fit writes it."""
    layer = learn(rows, recipe)
    values = {"bias": layer.bias, "threshold": layer.threshold, "weights": dict(layer.weights)}
    return Learned(values, sorted(set(rows.digests)))


def learn_each(rows: Sequence[Features], answers: Sequence[str], recipe: Recipe) -> dict[str, Linear]:
    """A layer an answer, each telling it from all others; for `linear.likeliest`."""
    none = [""] * len(rows)
    return {
        name: _layer(Rows(rows, [one == name for one in answers], none), recipe)
        for name in sorted(set(answers))
    }


def judged(name: str, rows: Rows, recipe: Recipe) -> tuple[list[Judged], bool]:
    """Each row judged by the shipped layer, or by one learned without its fold where that layer knows it.

    The second value tells whether any was.
    """
    known = [index for index, digest in enumerate(rows.digests) if digest in weights(name).learned_from]
    shipped = linear(name)
    found = {index: _judge(shipped, features) for index, features in enumerate(rows.features)}
    ours = rows.of(known)
    for inside, outside in folds(ours.digests):
        layer = learn(ours.of(inside), recipe)
        found |= {known[one]: _judge(layer, ours.features[one]) for one in outside}
    return [found[index] for index in range(len(rows.labels))], bool(known)


def _judge(layer: Linear, features: Features) -> Judged:
    return Judged(layer.chance(features), layer.says(features))


def _layer(rows: Rows, recipe: Recipe) -> Linear:
    counts: dict[str, int] = {}
    for features in rows.features:
        for name in features:
            counts[name] = counts.get(name, 0) + 1
    kept = {name for name, count in counts.items() if count >= recipe.least}
    vectors: Any = DictVectorizer()
    table: Any = vectors.fit_transform(
        [{name: value for name, value in one.items() if name in kept} for one in rows.features]
    )
    names: list[str] = list(vectors.get_feature_names_out())
    stretch = _rarity(table)
    model: Any = LogisticRegression(
        C=recipe.strength,
        solver="liblinear",
        max_iter=2000,
        class_weight="balanced" if recipe.is_balanced else None,
        random_state=0,
    )
    model.fit(table.multiply(stretch).tocsr(), np.array(rows.labels))
    found: Mapping[str, float] = {
        name: round(float(weight * by), DECIMALS)
        for name, weight, by in zip(names, model.coef_[0], stretch, strict=True)
        if abs(weight) > recipe.smallest
    }
    return Linear(round(float(model.intercept_[0]), DECIMALS), 0.5, found)


def _rarity(table: Any) -> Any:
    """The smoothed inverse document frequency of each column."""
    rows = table.shape[0]
    return np.log((1 + rows) / (1 + table.getnnz(axis=0))) + 1


def folds(digests: Sequence[str]) -> list[tuple[list[int], list[int]]]:
    """Rows to learn from and rows to judge, five times; a digest says its fold."""
    of = [int(digest, 16) % FOLDS for digest in digests]
    return [
        ([i for i, one in enumerate(of) if one != fold], [i for i, one in enumerate(of) if one == fold])
        for fold in range(FOLDS)
        if fold in of
    ]


def _threshold(chances: Any, labels: Sequence[bool]) -> float:
    tries = [step / 100 for step in range(20, 81, 2)]
    wins = [float(_METRICS.f1_score(labels, chances >= one, zero_division=0.0)) for one in tries]
    # The middle of what is nearly the best: the best alone is chance.
    good = [one for one, win in zip(tries, wins, strict=True) if win >= max(wins) - 0.01]
    return round(float(np.median(good)), 2)
