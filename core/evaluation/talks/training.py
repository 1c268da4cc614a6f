"""Learns the networks that link messages: a softmax over what each message may go on from.

All networks learn side by side from the same batches; only what they begin with differs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np

from core.rules.linking.past import Floats, Ints

UNITS = 12
NETWORKS = 5
ROUNDS = 14
BATCH = 64
RATE = 5e-3
"""The step of the first batch; it falls to 0 along a cosine."""
DECAY = 2e-2
_FIRST, _SECOND = 0.9, 0.99
_NEVER = -1e9
_FLAT = 1e-6
"""A feature that varies less is left as it is."""
Arrays = dict[str, Floats]


@dataclass(frozen=True)
class Lesson:
    """One message somebody linked.

    Attributes:
        pairs: `(k, p)` features of what it may go on from.
        own: `(o,)` features of itself.
        right: `(k,)`, 1 for each that is right.
    """

    pairs: Floats
    own: Floats
    right: Floats


@dataclass(frozen=True)
class _Scale:
    """What makes features of different size comparable."""

    mean: Floats
    spread: Floats

    def of(self, rows: Floats) -> Floats:
        return ((rows - self.mean) / self.spread).astype(np.float32)


class _Rows:
    """All lessons, one below the other."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        pairs = np.concatenate([one.pairs for one in lessons])
        own = np.stack([one.own for one in lessons])
        self.pair_scale, self.own_scale = _scale(pairs), _scale(own)
        self.pairs, self.own = self.pair_scale.of(pairs), self.own_scale.of(own)
        self.right = np.concatenate([one.right for one in lessons]) > 0
        self.sizes: Ints = np.array([len(one.right) for one in lessons], dtype=np.intp)
        self.starts: Ints = np.cumsum(self.sizes) - self.sizes

    def batch(self, chosen: Ints) -> "_Batch":
        starts, sizes = self.starts[chosen].tolist(), self.sizes[chosen].tolist()
        spans = [range(start, start + size) for start, size in zip(starts, sizes, strict=True)]
        places = np.fromiter(chain.from_iterable(spans), dtype=np.intp)
        return _Batch(
            self.pairs[places],
            self.own[chosen],
            self.right[places],
            np.cumsum(sizes) - np.array(sizes),
            np.repeat(np.arange(len(chosen)), sizes),
        )


@dataclass(frozen=True)
class _Batch:
    pairs: Floats
    own: Floats
    right: Any
    starts: Ints
    lesson: Ints

    def chances(self, scores: Floats) -> Floats:
        """Softmax within each lesson, a column a network."""
        top = np.maximum.reduceat(scores, self.starts)[self.lesson]
        raised = np.exp(scores - top)
        return raised / np.add.reduceat(raised, self.starts)[self.lesson]

    def slopes(self, weights: Arrays) -> Arrays:
        """Of the mean negative log-likelihood of whatever is right."""
        common = self.own @ weights["own_hidden"] + weights["bias"]
        units = np.tanh(self.pairs @ weights["hidden"] + common[self.lesson])
        sides = units.reshape(len(units), NETWORKS, UNITS)
        scores = np.einsum("rnu,nu->rn", sides, weights["out"]) + self.pairs @ weights["straight"]
        wanted = self.chances(np.where(self.right[:, None], scores, _NEVER))
        slope = ((self.chances(scores) - wanted) / len(self.own)).astype(np.float32)
        inner = (slope[:, :, None] * weights["out"]).reshape(units.shape) * (1 - units * units)
        outer = np.add.reduceat(inner, self.starts)
        return {
            "hidden": self.pairs.T @ inner,
            "own_hidden": self.own.T @ outer,
            "bias": outer.sum(axis=0),
            "out": np.einsum("rnu,rn->nu", sides, slope),
            "straight": self.pairs.T @ slope,
        }


class _Adam:
    """Steps of Adam with decoupled decay (Loshchilov and Hutter 2019)."""

    def __init__(self, weights: Arrays, steps: int) -> None:
        self.weights = weights
        self.steps = steps
        self.step = 0
        self.first = {name: np.zeros_like(one) for name, one in weights.items()}
        self.second = {name: np.zeros_like(one) for name, one in weights.items()}

    def follow(self, slopes: Arrays) -> None:
        rate = RATE * 0.5 * (1 + np.cos(np.pi * (self.step + 1) / self.steps))
        self.step += 1
        for name, slope in slopes.items():
            self.first[name] = _FIRST * self.first[name] + (1 - _FIRST) * slope
            self.second[name] = _SECOND * self.second[name] + (1 - _SECOND) * slope**2
            mean = self.first[name] / (1 - _FIRST**self.step)
            size = np.sqrt(self.second[name] / (1 - _SECOND**self.step)) + 1e-8
            decay = 0.0 if name == "bias" else DECAY * self.weights[name]
            self.weights[name] -= (rate * (mean / size + decay)).astype(np.float32)


def networks(lessons: Sequence[Lesson], seed: int) -> list[Mapping[str, Any]]:
    """Weights for `network.judge_of`, of as many networks as are shipped."""
    rows = _Rows(lessons)
    weights = _learn(rows, seed)
    return [_told(_one_of(weights, number), rows) for number in range(NETWORKS)]


def _learn(rows: _Rows, seed: int) -> Arrays:
    random = np.random.default_rng(seed)
    pairs, own = rows.pairs.shape[1], rows.own.shape[1]
    spread = 1 / np.sqrt(pairs + own)
    weights: Arrays = {
        "hidden": random.normal(0, spread, (pairs, NETWORKS * UNITS)).astype(np.float32),
        "own_hidden": random.normal(0, spread, (own, NETWORKS * UNITS)).astype(np.float32),
        "bias": np.zeros(NETWORKS * UNITS, dtype=np.float32),
        "out": random.normal(0, 1 / np.sqrt(UNITS), (NETWORKS, UNITS)).astype(np.float32),
        "straight": np.zeros((pairs, NETWORKS), dtype=np.float32),
    }
    count = len(rows.sizes)
    adam = _Adam(weights, ROUNDS * -(-count // BATCH))
    for _ in range(ROUNDS):
        order = random.permutation(count)
        for start in range(0, count, BATCH):
            adam.follow(rows.batch(order[start : start + BATCH]).slopes(weights))
    return weights


def _one_of(weights: Arrays, number: int) -> Arrays:
    units = slice(number * UNITS, (number + 1) * UNITS)
    return {
        "hidden": weights["hidden"][:, units],
        "own_hidden": weights["own_hidden"][:, units],
        "bias": weights["bias"][units],
        "out": weights["out"][number],
        "straight": weights["straight"][:, number],
    }


def _scale(rows: Floats) -> _Scale:
    spread = rows.std(axis=0)
    return _Scale(rows.mean(axis=0), np.where(spread < _FLAT, 1.0, spread).astype(np.float32))


def _told(weights: Arrays, rows: _Rows) -> Mapping[str, Any]:
    """The weights for features as they are, not as they were made comparable."""
    hidden = weights["hidden"] / rows.pair_scale.spread[:, None]
    own_hidden = weights["own_hidden"] / rows.own_scale.spread[:, None]
    bias = weights["bias"] - rows.pair_scale.mean @ hidden - rows.own_scale.mean @ own_hidden
    # What all candidates have in common says nothing about which it is.
    straight = weights["straight"] / rows.pair_scale.spread
    told = {
        "hidden": hidden,
        "own_hidden": own_hidden,
        "bias": bias,
        "out": weights["out"],
        "straight": straight,
    }
    return {name: _rounded(one) for name, one in told.items()}


def _rounded(array: Floats) -> Any:
    """Four significant digits, in lists."""
    if array.ndim > 1:
        return [_rounded(row) for row in array]
    return [float(f"{number:.4g}") for number in array.tolist()]
