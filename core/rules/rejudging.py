"""Judging by the bundled vectors, whichever model found: the thresholds were calibrated on these alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.proposal import Content
from core.ports.analysis import EVEN, Candidate, Likeness, Matcher, Near, Pool, Spread
from core.rules.embedding import WordVectors, vector_of


@dataclass(frozen=True)
class RejudgingMatcher:
    """The Matcher port before one that compares vectors, for when items have those of another model."""

    inner: Matcher
    words: WordVectors

    def words_of(self, item: Candidate) -> list[str]:
        """The words that tell what it is about."""
        return self.inner.words_of(item)

    def rank(self, new: Candidate, pool: Pool) -> list[tuple[Near, Likeness]]:
        """The pool with the likeness of each to a new item, most alike first."""
        mine, *others = self._embedded([new, *(near.candidate for near in pool.near)])
        near = [replace(one, candidate=other) for one, other in zip(pool.near, others, strict=True)]
        return self.inner.rank(mine, replace(pool, near=tuple(near)))

    def compare(self, new: Candidate, known: Candidate, spread: Spread = EVEN) -> Likeness:
        """The likeness of a new item to a known one."""
        mine, other = self._embedded([new, known])
        return self.inner.compare(mine, other, spread)

    def contradicts(self, new: Content, known_title: str, known_text: str) -> bool:
        """Whether a new note takes back a known one on the same matter."""
        return self.inner.contradicts(new, known_title, known_text)

    def _embedded(self, items: Sequence[Candidate]) -> list[Candidate]:
        """The same with bundled vectors of what they say, as items are embedded."""
        rows = self.words.rows([f"{one.title}\n{one.text}".strip() for one in items])
        return [replace(one, vector=vector_of(row)) for one, row in zip(items, rows, strict=True)]
