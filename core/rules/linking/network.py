"""The learned judgement: a few small networks of one hidden layer, the mean of what they say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from core.rules.linking.features import own_features, pair_columns
from core.rules.linking.past import Floats
from core.rules.linking.recent import Recent
from core.rules.weights import weights

WEIGHTS = "links"
STARTS = "starts"
"""The feature of starting anew, the first candidate; it has no other."""


@dataclass(frozen=True)
class Network:
    """Log-odds of candidates: `tanh(pairs @ hidden + own @ own_hidden + bias) @ out + pairs @ straight`.

    Attributes:
        hidden: `(p, h)` for p features of a candidate and h hidden units.
        own_hidden: `(o, h)` for o features of the message itself.
        bias: `(h,)`.
        out: `(h,)`.
        straight: `(p,)`.
    """

    hidden: Floats
    own_hidden: Floats
    bias: Floats
    out: Floats
    straight: Floats


@dataclass(frozen=True)
class Linker:
    """Networks learned from the same rows by different seeds; features by name, in their order."""

    pairs: Sequence[str]
    own: Sequence[str]
    networks: Sequence[Network]

    def score(self, recent: Recent) -> Floats:
        """`(k + 1,)` log-odds: starting anew first, then going on from each message considered."""
        table, row = features_of(recent, self.pairs, self.own)
        hidden, own_hidden, bias, out, straight = self._joined
        units = np.tanh(table @ hidden + (row @ own_hidden + bias)).astype(np.float32)
        return units @ out + table @ straight

    @cached_property
    def _joined(self) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """All networks as one, whose hidden units stand side by side."""
        all_ = self.networks
        return (
            np.concatenate([one.hidden for one in all_], axis=1),
            np.concatenate([one.own_hidden for one in all_], axis=1),
            np.concatenate([one.bias for one in all_]),
            (np.concatenate([one.out for one in all_]) / len(all_)).astype(np.float32),
            np.stack([one.straight for one in all_]).mean(axis=0),
        )


def features_of(recent: Recent, pairs: Sequence[str], own: Sequence[str]) -> tuple[Floats, Floats]:
    """`(k + 1, p)` features of each candidate, starting anew first; `(o,)` of the message itself."""
    columns, row = pair_columns(recent), own_features(recent)
    table = np.zeros((recent.count + 1, len(pairs)), dtype=np.float32)
    for place, name in enumerate(pairs):
        if name == STARTS:
            table[0, place] = 1.0
        else:
            table[1:, place] = columns[name]
    return table, np.array([row[name] for name in own], dtype=np.float32)


@lru_cache
def shipped() -> Linker:
    """The linker whose weights are shipped."""
    return linker_of(weights(WEIGHTS).values)


def linker_of(values: Mapping[str, Any]) -> Linker:
    """A linker from the values its fit wrote."""
    return Linker(values["pairs"], values["own"], [_network(one) for one in values["networks"]])


def _network(values: Mapping[str, Any]) -> Network:
    return Network(**{name: np.array(value, dtype=np.float32) for name, value in values.items()})
