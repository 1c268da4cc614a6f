"""Vectors of texts from the letters of their words' stems, for scripts the word vectors read badly."""

import math
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from core.rules.terms import terms_of

LENGTHS = (3, 4)
"""Letters of an n-gram, the ends of the stem among them."""
WHOLE = 2.0
"""Weight of the stem itself; its n-grams of one length weigh 1 together."""
SIGNS = 2
"""Places each feature is hashed to."""
Places = tuple[npt.NDArray[np.intp], npt.NDArray[np.float32]]


def ngram_rows(texts: Sequence[str], dimensions: int) -> npt.NDArray[np.float32]:
    """One row a text, of length 1, or all zero for a text without a meaningful word; the same anywhere."""
    found = np.zeros((len(texts), dimensions), dtype=np.float32)
    for row, text in zip(found, texts, strict=True):
        for term, times in Counter(terms_of(text)).items():
            places, weights = _places(term, dimensions)
            np.add.at(row, places, weights * (1.0 + math.log(times)))
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, lengths, out=found, where=lengths > 0)


@lru_cache(maxsize=65_536)
def _places(term: str, dimensions: int) -> Places:
    """Where a stem counts, and by how much."""
    features = [(term, WHOLE)]
    ended = f"<{term}>"
    for length in LENGTHS:
        grams = [ended[start : start + length] for start in range(len(ended) - length + 1)]
        features += [(gram, 1.0 / math.sqrt(len(grams))) for gram in grams]
    hashes = [
        (zlib.crc32(f"{sign}{feature}".encode()), weight)
        for feature, weight in features
        for sign in range(SIGNS)
    ]
    places = np.array([hashed % dimensions for hashed, _ in hashes], dtype=np.intp)
    # The highest bit is the sign, which keeps other words' features from adding up.
    weights = np.array([weight if hashed >> 31 else -weight for hashed, weight in hashes], dtype=np.float32)
    return places, weights
