"""What a text tells: the stems that carry its meaning, and how near two texts are by them."""

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from core.domain.similarity import Spread
from core.rules.cues import straight
from core.rules.terms import written_terms

# `SearchIndex.removeDocument`, `wallet_backwards`: people also write the parts by themselves.
_COMPOUND = re.compile(r"\w+(?:[._/:#+-]+\w+)+|\w*[^\W\d_A-ZА-Я]\w*[A-ZА-Я]\w*")
_PARTS = re.compile(r"[\W_]+|(?<=[^\W\d_A-ZА-Я])(?=[A-ZА-Я])")


Counts = Mapping[str, int]
"""How often each stem stands in a text."""


@lru_cache(maxsize=2048)
def counts_of(text: str) -> Counts:
    """The stems of a text; a compound name counts as itself and by its parts."""
    return Counter(stem for _, stem in _written(text))


def forms_of(text: str) -> dict[str, list[str]]:
    """The forms (casefolded) in which each stem is written in a text, in the order of first standing."""
    forms: dict[str, list[str]] = {}
    for word, stem in dict.fromkeys(_written(text)):
        forms.setdefault(stem, []).append(word)
    return forms


@dataclass(frozen=True)
class Probe:
    """A text others are held against: what each of its stems weighs there, once and as often as it stands.

    `usual` is the weight of a word it does not have: how rare such words are is not known, and they are
    taken for as rare as its own are on average.
    """

    once: Mapping[str, float]
    weights: Mapping[str, float]
    length: float
    usual: float

    def nearness(self, text: str) -> float:
        """The cosine of both by their stems (TF-IDF), in [0, 1]; 0 where either has none."""
        shared = square = 0.0
        for stem, count in counts_of(text).items():
            weight = _often(count) * self.once.get(stem, self.usual)
            shared += weight * self.weights.get(stem, 0.0)
            square += weight * weight
        return min(1.0, shared / (self.length * math.sqrt(square))) if shared else 0.0


def probe_of(text: str, spread: Spread) -> Probe:
    """A text as it is held against others, seen how common its words are."""
    once = {stem: spread.rarity(forms) for stem, forms in forms_of(text).items()}
    weights = {stem: _often(count) * once[stem] for stem, count in counts_of(text).items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return Probe(once, weights, length, sum(once.values()) / max(1, len(once)))


def _written(text: str) -> list[tuple[str, str]]:
    return [*written_terms(text), *written_terms(_parts(text))]


def _often(count: int) -> float:
    """1 for once, towards 2 for ever so often: what is repeated is hardly more about it."""
    return 2 * count / (count + 1)


def _parts(text: str) -> str:
    return " ".join(
        part for found in _COMPOUND.findall(straight(text)) for part in _PARTS.split(found) if part
    )
