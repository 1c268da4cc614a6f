"""Whether a sentence asks its reader to do or answer something."""

import math
import re
from collections.abc import Iterator

from core.rules.cues import Cue, says, straight
from core.rules.linear import Features, linear

WEIGHTS = "requests"
FIRST = 4
"""Words from the start that count as the sentence's opening."""
_LONGEST = 3
"""Words of the longest phrase weighed."""
_LINK = re.compile(r"https?://\S+|www\.\S+|\$LINK")
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"<link>|[a-z']+|0|[?!]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_CUE_SAYS = 0.7
"""The chance a cue gives where the learned words are blind; a question alone gives less."""
_CUE_ASKS = 0.3


def request_chance(text: str) -> float:
    """How likely a sentence asks for an action or an answer, in [0, 1].

    Learned for English; Russian and Ukrainian go by the cues.
    """
    plain = straight(text)
    if _CYRILLIC.search(plain):
        return _CUE_SAYS if says(Cue.REQUEST, plain) else _CUE_ASKS * ("?" in plain)
    return linear(WEIGHTS).chance(request_features(plain))


def is_request(text: str) -> bool:
    """Whether it is more useful taken as a request than not: the threshold the words were learned with."""
    return request_chance(text) >= linear(WEIGHTS).threshold


def request_features(text: str) -> Features:
    """Its words, pairs and triples of them, and the words it opens with; numbers and links alike.

    Each counts less the more there are: a long sentence is not more of a request for being long.
    """
    words = words_in(text)
    found = {*phrases_in(["<s>", *words, "</s>"]), *(f"open:{word}" for word in words[:FIRST])}
    return dict.fromkeys(sorted(found), 1.0 / math.sqrt(len(found)))


def words_in(text: str) -> list[str]:
    """Words of an English text as they are weighed, in order; numbers alike, links alike."""
    return _WORD.findall(_DIGITS.sub("0", _LINK.sub("<link>", straight(text).lower())))


def phrases_in(words: list[str], *, longest: int = _LONGEST) -> Iterator[str]:
    """The words, and pairs and triples of them: up to `longest` words."""
    for length in range(1, longest + 1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])
