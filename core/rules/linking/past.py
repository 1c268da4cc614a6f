"""What was said so far in one chat or thread, and the talks it fell into, laid out for counting."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from core.rules.embedding import DIMENSIONS, Row
from core.rules.linking.said import MANNERS, Said

LOOK_BACK = 60
"""Earlier messages considered: 98 % of what people linked in IRC logs lies within (measured)."""
FADING = 0.8
"""What an older message still counts in what its talk is about, a message later."""
Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


@dataclass
class Talk:
    """Messages linked to one another: the latest, how often who spoke and how often which word was said.

    `vector` is the fading sum of its messages' vectors.
    """

    latest: int
    vector: Row = field(default_factory=lambda: np.zeros(DIMENSIONS, dtype=np.float32))
    authors: Counter[int] = field(default_factory=Counter[int])
    terms: Counter[str] = field(default_factory=Counter[str])


class Rows:
    """Rows of numbers that grow in number, of which the last can be had at once."""

    def __init__(self, width: int) -> None:
        self._rows: Floats = np.zeros((LOOK_BACK, width), dtype=np.float32)
        self._count = 0

    def add(self, row: Sequence[float] | Row) -> None:
        """One more."""
        if self._count == len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self._count] = row
        self._count += 1

    def since(self, low: int) -> Floats:
        """`(n, width)`, from the index `low` on."""
        return self._rows[low : self._count]


@dataclass
class Past:
    """Messages in order, what links them, and where each name and word was said."""

    minutes: list[float] = field(default_factory=list[float])
    names: list[bool] = field(default_factory=list[bool])
    speaks_to: list[bool] = field(default_factory=list[bool])
    """By message, whether it names, and whether it speaks to, somebody who is known."""
    manners: Rows = field(default_factory=lambda: Rows(len(MANNERS)))
    """By message, what `MANNERS` lists."""
    vectors: Rows = field(default_factory=lambda: Rows(DIMENSIONS))
    authors: list[int] = field(default_factory=list[int])
    talk_of: list[int] = field(default_factory=list[int])
    """By message, the first message of its talk."""
    answers: list[int] = field(default_factory=list[int])
    """By message, how many go on from it."""
    is_new: list[bool] = field(default_factory=list[bool])
    """By message, whether its author had not spoken within `LOOK_BACK`."""
    talks: dict[int, Talk] = field(default_factory=dict[int, Talk])
    latest: dict[int, int] = field(default_factory=dict[int, int])
    """By author, their latest message."""
    partners: dict[int, int] = field(default_factory=dict[int, int])
    """By author, whom they last went on from, or who last did from them."""
    naming: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list[int]))
    addressing: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list[int]))
    """By author, the messages that name them; that speak to them."""
    waiting: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set[int]))
    """By author, who named them since they last spoke."""
    between: Counter[tuple[int, int]] = field(default_factory=Counter[tuple[int, int]])
    """How often the first of two authors named the second."""
    where: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list[int]))
    """By word, the messages that say it."""

    def take(self, now: Said, parent: int | None) -> None:
        """A message that goes on from `parent`, or starts anew."""
        index = len(self.authors)
        before = self.latest.get(now.author)
        self.is_new.append(before is None or before < index - LOOK_BACK)
        self.minutes.append(now.minutes)
        self.names.append(bool(now.named))
        self.speaks_to.append(bool(now.addressed))
        self.manners.add(now.manner)
        self.vectors.add(now.vector)
        self.authors.append(now.author)
        self.answers.append(0)
        self._join(index, now, parent)
        self._remember(index, now)

    def rarity(self, term: str) -> float:
        """How much it says that two messages share a word, in nats."""
        return math.log(1 + (len(self.authors) + 1) / (len(self.where[term]) + 1))

    def speaking_share(self, low: int) -> float:
        """The share of messages from the index `low` on that speak to somebody: a habit of the chat."""
        recent = self.speaks_to[low:]
        return sum(recent) / len(recent) if recent else 0.0

    def _join(self, index: int, now: Said, parent: int | None) -> None:
        number = index if parent is None else self.talk_of[parent]
        self.talk_of.append(number)
        talk = self.talks.setdefault(number, Talk(index))
        talk.latest = index
        talk.authors[now.author] += 1
        talk.terms.update(now.terms)
        talk.vector = talk.vector * FADING + now.vector
        if parent is None:
            return
        self.answers[parent] += 1
        other = self.authors[parent]
        if other != now.author:
            self.partners[now.author] = other
            self.partners[other] = now.author

    def _remember(self, index: int, now: Said) -> None:
        self.latest[now.author] = index
        self.waiting[now.author].clear()
        for author in now.named:
            self.naming[author].append(index)
            self.waiting[author].add(now.author)
            self.between[now.author, author] += 1
        for author in now.addressed:
            self.addressing[author].append(index)
        for term in now.terms:
            self.where[term].append(index)
