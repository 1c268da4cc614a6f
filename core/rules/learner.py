"""Learns from a project's own decisions: words weighed by how they divide the answers, then a linear layer.

A naive-Bayes-weighted logistic regression, https://aclanthology.org/P12-2018: better than TF-IDF on so few
rows (measured, DECISIONS/0018).
"""

import math
import re
import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from core.domain.lessons import LEAST, Judgement, Lesson, Trial, taught
from core.domain.task import Category
from core.rules.categories import sorted_of
from core.rules.cues import straight
from core.rules.terms import stem_of

MAKE = b"triagram lessons 1\n"
"""The beginning of a model's bytes; another one is another make."""
MOST_FEATURES = 16_384
"""Features a model keeps, those that weigh most: at most 460 KB for five answers."""
MOST_LESSONS = 2000
MOST_WORDS = 1200
"""Words of a text that are looked at."""
STRENGTH = 0.1
"""How far the layer goes (scikit-learn's C)."""
UNTAUGHT_WEIGHT = 0.3
"""How far the untaught judgement counts beside what was learned (measured, DECISIONS/0018)."""
BLOCKS = 5
"""Trials: blocks of the lessons as they came, each told from all the others."""
LETTERS = (3, 5)
"""Letters of the pieces of a title's words, the least and the most."""
_LONGEST_LINE = 80
_HEAD = re.compile(rb"(?P<size>[1-9]\d{0,4})(?P<answers>(?: [a-z_]{1,20}){2,8})")
_WORD = re.compile(r"\w+|[?!]")
_DIGITS = re.compile(r"\d+")

Hashes = npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Model:
    """Weights by feature and answer, `(k, n) float32`, the features' hashes sorted."""

    answers: tuple[str, ...]
    hashes: Hashes
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def best(self, row: "Row") -> tuple[str, float]:
        """The likeliest answer and its chance."""
        places = np.searchsorted(self.hashes, row.hashes)
        places = np.minimum(places, len(self.hashes) - 1)
        known = places[self.hashes[places] == row.hashes]
        scores = self.bias + self.weights[:, known].sum(axis=1, dtype=np.float64)
        odds = 1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0)))
        odds *= [row.untaught.get(answer, 1.0) ** UNTAUGHT_WEIGHT for answer in self.answers]
        best = int(np.argmax(odds))
        return self.answers[best], float(odds[best] / odds.sum())

    @property
    def packed(self) -> bytes:
        """As it is stored."""
        head = f"{len(self.hashes)} {' '.join(self.answers)}\n".encode()
        parts = (self.hashes.astype("<u4"), self.weights.astype("<f4"), self.bias.astype("<f4"))
        return MAKE + head + b"".join(part.tobytes() for part in parts)


@dataclass(frozen=True)
class Row:
    """A text as it is learned from: its features' hashes, and how likely each answer is untaught."""

    words: Hashes
    letters: Hashes
    untaught: Mapping[str, float]

    @cached_property
    def hashes(self) -> Hashes:
        """Of all features, ascending, each once."""
        return np.union1d(self.words, self.letters)


@dataclass(frozen=True)
class TextLearner:
    """The Learner port."""

    def learn(self, lessons: Sequence[Lesson], judgement: Judgement) -> tuple[bytes, Trial]:
        """A model of the lessons, b"" for fewer than 20 or a single answer, and how such models fared."""
        told = [one for one in lessons if judgement in one.answers][-MOST_LESSONS:]
        answers = [one.answers[judgement] for one in told]
        if len(told) < LEAST or len(set(answers)) == 1:
            return b"", Trial(decisions=len(told))
        rows = [row_of(judgement, *one.told(judgement)) for one in told]
        found = [one.found.get(judgement) for one in told]
        return fitted(rows, answers).packed, _tried(rows, answers, found, judgement)

    def answer(self, model: bytes, judgement: Judgement, title: str, text: str) -> tuple[str, float]:
        """The likeliest answer and its chance."""
        known = unpacked(model)
        return ("", 0.0) if known is None else known.best(row_of(judgement, title, text))


def row_of(judgement: Judgement, title: str, text: str) -> Row:
    """A text as it is learned from and judged; only of categories something is known untaught."""
    if judgement is not Judgement.CATEGORY:
        return Row(hashes_of(title, text), letters_of(title), {})
    untaught = sorted_of(title, text).chances
    chances = {
        **untaught,
        Category.IMPROVEMENT: untaught[Category.FEATURE],
        Category.CHORE: 1.0 / len(untaught),
    }
    told = {one.value: chance for one, chance in chances.items()}
    return Row(hashes_of(title, text), letters_of(title), told)


def fitted(rows: Sequence[Row], answers: Sequence[str]) -> Model:
    """The model of rows with their answers, of which there are two or more.

    The mean of two, by words alone and by words and the letters of titles: surer than either (measured,
    DECISIONS/0031).
    """
    words = _layers([row.words for row in rows], answers)
    both = _layers([row.hashes for row in rows], answers)
    hashes = np.union1d(words.hashes, both.hashes)
    weights = np.zeros((len(words.answers), len(hashes)), np.float32)
    for one in (words, both):
        weights[:, np.searchsorted(hashes, one.hashes)] += one.weights / 2
    bias = ((words.bias + both.bias) / 2).astype(np.float32)
    kept = np.sort(np.argsort(-np.abs(weights).max(axis=0), kind="stable")[:MOST_FEATURES])
    return Model(words.answers, hashes[kept], weights[:, kept], bias)


def _layers(features: Sequence[Hashes], answers: Sequence[str]) -> Model:
    """A layer an answer, each telling it from all others."""
    from scipy import sparse  # noqa: PLC0415 # SciPy and scikit-learn take a second to import
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    hashes = np.unique(np.concatenate(features))
    columns = np.concatenate([np.searchsorted(hashes, one) for one in features])
    starts = np.cumsum([0, *(len(one) for one in features)])
    shape = (len(features), len(hashes))
    table: Any = sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=shape)
    names = tuple(sorted(set(answers)))
    weights = np.zeros((len(names), len(hashes)), np.float32)
    bias = np.zeros(len(names), np.float32)
    for number, name in enumerate(names):
        is_it = np.array([one == name for one in answers])
        telling = _telling(table, is_it)
        layer: Any = LogisticRegression(
            C=STRENGTH, solver="liblinear", class_weight="balanced", random_state=0
        )
        layer.fit(table.multiply(telling).tocsr(), is_it)
        weights[number] = layer.coef_[0] * telling
        bias[number] = layer.intercept_[0]
    return Model(names, hashes, weights, bias)


@lru_cache(maxsize=16)
def unpacked(model: bytes) -> Model | None:
    """The model of these bytes, None when they are of another make or of another length than they say."""
    head, _, body = model.removeprefix(MAKE).partition(b"\n")
    told = _HEAD.fullmatch(head) if model.startswith(MAKE) else None
    if told is None:
        return None
    answers = told["answers"].decode().split()
    size, rows = int(told["size"]), len(answers)
    if len(body) != 4 * (size + rows * size + rows):
        return None
    hashes = np.frombuffer(body, "<u4", size).astype(np.uint32)
    numbers = np.frombuffer(body, "<f4", rows * size + rows, offset=4 * size)
    weights, bias = numbers[: rows * size].reshape(rows, size), numbers[rows * size :]
    return Model(tuple(answers), hashes, weights, bias)


def hashes_of(title: str, text: str) -> Hashes:
    """A text's features as hashes, each once: words and pairs of title and text, and whole short lines."""
    body = straight(text).replace("\r", "")
    features = {
        *_pairs("t", ["<s>", *_words(title)]),
        *_pairs("f", _words(body)[:MOST_WORDS]),
        *(f"l {line}" for line in _lines(body)),
        *_shape(title, body),
    }
    return _hashed(features)


def letters_of(title: str) -> Hashes:
    """Pieces of a title's words, their ends among them, as hashes: other forms of a word share some."""
    least, most = LETTERS
    ended = [f" {word} " for word in _words(title)]
    return _hashed(
        {
            f"c {word[start : start + length]}"
            for word in ended
            for length in range(least, most + 1)
            for start in range(len(word) - length + 1)
        }
    )


def _hashed(features: Collection[str]) -> Hashes:
    """Ascending, each once."""
    return np.unique(np.array([zlib.crc32(one.encode()) for one in features], np.uint32))


def _telling(table: Any, is_it: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """How much likelier each feature is in rows of an answer than in others: log of the ratio."""
    own = 1.0 + np.asarray(table[is_it].sum(axis=0)).ravel()
    others = 1.0 + np.asarray(table[~is_it].sum(axis=0)).ravel()
    return np.log((own / own.sum()) / (others / others.sum()))


def _tried(
    rows: Sequence[Row], answers: Sequence[str], found: Sequence[str | None], judgement: Judgement
) -> Trial:
    """How models do on blocks they have not seen, beside what the analyst had answered."""
    better = worse = held_back = 0
    for start, end in _blocks(len(rows)):
        others = [*answers[:start], *answers[end:]]
        if len(set(others)) == 1:
            continue
        model = fitted([*rows[:start], *rows[end:]], others)
        for row, answer, first in zip(rows[start:end], answers[start:end], found[start:end], strict=True):
            if first is None:
                continue
            held_back += 1
            now = taught(first, model.best(row), judgement)
            better += now == answer != first
            worse += now != answer == first
    return Trial(len(rows), held_back, better, worse)


def _blocks(count: int) -> list[tuple[int, int]]:
    """Blocks as they came: what was decided on the same day is held back together."""
    edges = np.linspace(0, count, BLOCKS + 1).astype(int)
    return [(int(start), int(end)) for start, end in pairwise(edges) if start < end]


def _words(text: str) -> list[str]:
    """Words and marks, numbers alike; Russian and Ukrainian words by their stems."""
    found = _WORD.findall(_DIGITS.sub("0", straight(text).casefold()))
    return [word if word.isascii() else stem_of(word) for word in found]


def _pairs(place: str, words: Sequence[str]) -> set[str]:
    return {f"{place} {word}" for word in words} | {f"{place} {one} {two}" for one, two in pairwise(words)}


def _lines(text: str) -> list[str]:
    lines = (_DIGITS.sub("0", line.strip().casefold()) for line in text.split("\n"))
    return [line for line in lines if 0 < len(line) < _LONGEST_LINE]


def _shape(title: str, text: str) -> list[str]:
    """How much is said, and whether it asks, shows code, pictures or links."""
    has: Mapping[str, bool] = {
        "code": "```" in text,
        "asks in the title": "?" in title,
        "link": "http" in text,
        "picture": "![" in text or "<img" in text,
    }
    return [
        f"s length {min(9, int(math.log2(1 + len(text)) // 1.5))}",
        f"s title {min(5, len(title.split()) // 3)}",
        f"s asks {min(3, text.count('?'))}",
        *(f"s {name}" for name, is_so in has.items() if is_so),
    ]
