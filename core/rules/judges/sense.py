"""A talk as its judges see it: the part each message plays and what the talk as a whole tells."""

from dataclasses import dataclass
from functools import cached_property

from core.rules.dialogs import asks_for_feature, bug_chance
from core.rules.roles import Part, parts_of
from core.rules.talk import Talk, Turn

_EVEN = 0.5

Verdict = tuple[float, tuple[str, ...]]
"""How surely, up to 1, and why, in plain words."""


@dataclass(frozen=True)
class Sense:
    """A talk with what is told of it once, whichever of its sentences is judged."""

    talk: Talk

    @cached_property
    def _parts(self) -> list[Part]:
        return parts_of(self.talk)

    @cached_property
    def tells_bug(self) -> bool:
        """Whether the talk reports a bug nobody has solved in it."""
        return bug_chance(self.talk) >= _EVEN

    @cached_property
    def wants_feature(self) -> bool:
        """Whether it asks for something that is not there yet."""
        return asks_for_feature(self.talk)

    def answers(self, turn: Turn) -> bool:
        """Whether a message answers the trouble its talk began with."""
        return self._parts[turn.index] is Part.ANSWERS

    def advises(self, turn: Turn) -> bool:
        """Whether a message goes on from somebody else's question: what it says is for them to do."""
        before = self.talk.leading_to(turn)[:1]
        return any(one.author != turn.author and one.asks for one in before)

    def helps(self, turn: Turn) -> bool:
        """Whether a message tells who asked for help what to do."""
        return self.advises(turn) or (self.answers(turn) and self.talk.turns[0].asks)

    def takes_advice(self, turn: Turn) -> bool:
        """Whether who asked something speaks again after others: what they will try is their own."""
        before = self.talk.turns[: turn.index]
        asked = next((one.index for one in before if one.author == turn.author and one.asks), turn.index)
        return any(one.author != turn.author for one in before[asked:])
