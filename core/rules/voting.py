"""Votes: a proposal that others spoke for and somebody then says again is settled, whatever its words."""

import re

from rapidfuzz import fuzz

from core.rules.cues import Cue, phrases_of, straight
from core.rules.talk import Talk, Turn

REACH = 20
"""Turns between a proposal and its being said again."""
VOTES = 2
"""People who must have spoken for it in between."""
ALIKE = 85.0
"""Of 100: how far what is said again may differ (rapidfuzz `ratio`)."""
_LEAST = 4
"""Words of a proposal; fewer are said again by chance."""
_MOST = 6
"""Words of a vote; whoever says more argues."""
_FOR = re.compile(r"\s*\+\s?1(?!\d)")


def is_carried(talk: Talk, turn: Turn) -> bool:
    """Whether a turn says again what was proposed shortly before and others voted for."""
    said = _bare(turn)
    if len(said.split()) < _LEAST:
        return False
    voters: set[str] = set()
    for earlier in reversed(talk.turns[max(0, turn.index - REACH) : turn.index]):
        if fuzz.ratio(said, _bare(earlier), score_cutoff=ALIKE):
            return len(voters - {earlier.author}) >= VOTES
        if _votes(earlier):
            voters.add(earlier.author)
    return False


def _votes(turn: Turn) -> bool:
    text = straight(turn.message.text)
    if _FOR.match(text):
        return True
    return phrases_of(Cue.AGREEMENT).match(text) is not None and len(text.split()) <= _MOST


def _bare(turn: Turn) -> str:
    return " ".join(straight(turn.message.text).casefold().split())
