"""A small learned linear layer: features of a text or a talk make a chance."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from core.rules.weights import weights

Features = Mapping[str, float]
"""What is so, by name; what is not named is 0."""


@dataclass(frozen=True)
class Linear:
    """A logistic judgement; from `threshold` on, a chance in [0, 1], the answer is yes."""

    bias: float
    threshold: float
    weights: Mapping[str, float]

    def chance(self, features: Features) -> float:
        """How likely it is so, in [0, 1]; features it never learned count for nothing."""
        score = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def says(self, features: Features) -> bool:
        """The answer."""
        return self.chance(features) >= self.threshold


@lru_cache
def linear(name: str) -> Linear:
    """The shipped layer of that name."""
    return linear_of(weights(name).values)


def linear_of(values: Mapping[str, Any]) -> Linear:
    """A layer from the values its fit wrote."""
    return Linear(float(values["bias"]), float(values["threshold"]), values["weights"])


def likeliest(layers: Mapping[str, Linear], features: Features) -> tuple[str, float]:
    """Of several answers, a layer each, the likeliest, and its share of all their chances."""
    chances = {name: layer.chance(features) for name, layer in layers.items()}
    best = max(chances, key=lambda name: chances[name])
    return best, chances[best] / sum(chances.values())
