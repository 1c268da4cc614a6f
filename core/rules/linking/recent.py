"""The last messages of a chat as one new message finds them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.rules.linking.past import LOOK_BACK, Flags, Floats, Ints, Past
from core.rules.linking.said import MANNERS, Said

SILENCE_MINUTES = 12 * 60.0
"""A night: of replies of Telegram chats taken away, one in six was still found after it by cues so weak."""


@dataclass(frozen=True)
class Recent:
    """The last messages as one new message finds them; arrays are `(k,)`, nearest last."""

    past: Past
    now: Said

    @cached_property
    def low(self) -> int:
        """The index of the first one considered."""
        return max(0, len(self.past.authors) - LOOK_BACK)

    @property
    def count(self) -> int:
        """How many are considered."""
        return len(self.past.authors) - self.low

    @cached_property
    def authors(self) -> Ints:
        """Who said them."""
        return np.array(self.past.authors[self.low :], dtype=np.intp)

    @cached_property
    def steps(self) -> Ints:
        """How many messages back they are, 1 for the last."""
        return np.arange(self.count, 0, -1, dtype=np.intp)

    @cached_property
    def minutes(self) -> Floats:
        """How long ago they were said."""
        ago = self.now.minutes - np.array(self.past.minutes[self.low :])
        return np.maximum(ago, 0.0).astype(np.float32)

    @cached_property
    def same(self) -> Flags:
        """Whether their author is the one who speaks now."""
        return self.authors == self.now.author

    @cached_property
    def own(self) -> int | None:
        """The index of the author's latest message among them."""
        latest = self.past.latest.get(self.now.author)
        return latest if latest is not None and latest >= self.low else None

    @cached_property
    def since(self) -> Flags:
        """Whether they were said after the author last spoke."""
        latest = self.past.latest.get(self.now.author, -1)
        return np.arange(self.low, len(self.past.authors)) > latest

    @cached_property
    def later(self) -> Ints:
        """How many later messages each one's author has among them."""
        seen: dict[int, int] = {}
        found = np.zeros(self.count, dtype=np.intp)
        for index in range(self.count - 1, -1, -1):
            author = self.past.authors[self.low + index]
            found[index] = seen.get(author, 0)
            seen[author] = found[index] + 1
        return found

    @cached_property
    def is_latest(self) -> Flags:
        """Whether each is its author's latest."""
        return self.later == 0

    @cached_property
    def names_me(self) -> Flags:
        """Whether each names whoever speaks now."""
        return self._marked(self.past.naming.get(self.now.author, ()))

    @cached_property
    def addresses_me(self) -> Flags:
        """Whether each speaks to whoever speaks now."""
        return self._marked(self.past.addressing.get(self.now.author, ()))

    @cached_property
    def named(self) -> Flags:
        """Whether each one's author is named now."""
        return np.isin(self.authors, list(self.now.named))

    @cached_property
    def addressed(self) -> Flags:
        """Whether each one's author is spoken to now."""
        return np.isin(self.authors, list(self.now.addressed))

    @cached_property
    def talks(self) -> list[int]:
        """The talk of each."""
        return self.past.talk_of[self.low :]

    @cached_property
    def _manners(self) -> Floats:
        return self.past.manners.since(self.low)

    @cached_property
    def is_lost(self) -> Flags:
        """Whether each was said too long ago to be gone on from without a name or a word in common."""
        lost = self.minutes > SILENCE_MINUTES
        if lost.any():
            talks = {one: self.past.talks[one].terms.keys() for one in set(self.talks)}
            shares = np.array(
                [not talks[one].isdisjoint(self.now.terms) for one in self.talks], dtype=np.bool_
            )
            lost &= ~(self.named | self.names_me | shares)
        return lost

    def how(self, manner: str) -> Floats:
        """One of `MANNERS` of each message considered."""
        return self._manners[:, MANNERS.index(manner)]

    def so(self, manner: str) -> Flags:
        """Whether each was said in that manner."""
        return self.how(manner) > 0

    def naming(self, authors: Iterable[int]) -> Flags:
        """Whether each names one of these authors."""
        return self._marked(*(self.past.naming.get(author, ()) for author in authors))

    def addressing(self, authors: Iterable[int]) -> Flags:
        """Whether each speaks to one of these authors."""
        return self._marked(*(self.past.addressing.get(author, ()) for author in authors))

    def places(self, indexes: Sequence[int]) -> list[int]:
        """Those of ascending indexes that are considered, counted from the first considered."""
        return [index - self.low for index in indexes[bisect_left(indexes, self.low) :]]

    def _marked(self, *listed: Sequence[int]) -> Flags:
        found = np.zeros(self.count, dtype=np.bool_)
        for indexes in listed:
            found[self.places(indexes)] = True
        return found
