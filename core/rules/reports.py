"""What each sentence of a report tells: what happens, what should, why, or nothing."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from core.rules.categories import sorted_of
from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.linear import Features, Linear, likeliest, linear_of
from core.rules.requesting import phrases_in, words_in
from core.rules.sentences import is_chatter
from core.rules.weights import weights

WEIGHTS = "reports"
_CUES = (
    Cue.PROBLEM,
    Cue.TROUBLE,
    Cue.SETUP,
    Cue.SHOWN,
    Cue.CHANGED,
    Cue.CIRCUMSTANCE,
    Cue.WISHES,
    Cue.WAY,
    Cue.BEGINS_WORK,
    Cue.HOPES,
    Cue.NEEDED,
    Cue.WANTED,
    Cue.WORK,
    Cue.EXPECTED,
    Cue.GREETING,
    Cue.THANKS,
)
_TITLE_CUES = (Cue.PROBLEM, Cue.TROUBLE, Cue.BEGINS_WORK, Cue.WORK, Cue.WANTED)
_OPENING = 3
"""Words a sentence opens with."""
_FIRST, _FAR = 3, 8
"""Places after the title that are told apart; the last that is."""
_PHRASES, _CUE_SIZE, _OPENING_SIZE = 1.5, 0.5, 0.5
"""What words, cues and the opening count beside the rest; measured once, in the folds of the fit."""
_MARK = re.compile(r"<[A-Z]{3,}>|\[[A-Z]{3,}\]|\[<-\w+->\]|```")
"""Where code, a trace or a list stood."""
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_BY_CUE_CHANCE = 0.6
"""Chance given to what a cue alone says."""


class Piece(StrEnum):
    """What a sentence is to the report it stands in."""

    TITLE = "title"
    CURRENT = "current"
    EXPECTED = "expected"
    EXPLANATION = "explanation"
    BENEFIT = "benefit"
    DRAWBACK = "drawback"
    EXAMPLE = "example"
    USELESS = "useless"


_BY_CUE: tuple[tuple[Piece, tuple[Cue, ...]], ...] = (
    (Piece.EXPECTED, (Cue.WANTED, Cue.NEEDED, Cue.WISHES, Cue.EXPECTED)),
    (Piece.CURRENT, (Cue.PROBLEM, Cue.TROUBLE)),
)


@dataclass(frozen=True)
class Told:
    """What a sentence is, and how surely, in [0, 1]."""

    piece: Piece
    chance: float


def pieces_of(sentences: Sequence[str]) -> list[Told]:
    """What each sentence of a report is, in order; the first is its title.

    Learned for English; Russian and Ukrainian go by the cues.
    """
    return [_told(sentences, place) for place in range(len(sentences))]


def by_cues(sentence: str) -> Piece:
    """What a sentence is by the word lists alone."""
    if is_chatter(sentence):
        return Piece.USELESS
    plain = straight(sentence)
    said = (piece for piece, cues in _BY_CUE if any(says(cue, plain) for cue in cues))
    return next(said, Piece.EXPLANATION)


def report_features(sentences: Sequence[str], place: int) -> Features:
    """A sentence's words, opening, place and cues, and what the title asks for."""
    title, plain = straight(sentences[0]), straight(sentences[place])
    words = words_in(_MARK.sub(" ", plain))
    phrases = {*phrases_in(["<s>", *words, "</s>"], longest=2)}
    size = _PHRASES / math.sqrt(len(phrases))
    opening = (" ".join(words[:length]) for length in range(1, min(_OPENING, len(words)) + 1))
    return {
        **dict.fromkeys((f"“{one}”" for one in sorted(phrases)), size),
        **dict.fromkeys((f"opens {one}" for one in opening), _OPENING_SIZE),
        **{f"says {cue}": _CUE_SIZE for cue in _CUES if says(cue, plain)},
        **{f"title says {cue}": _CUE_SIZE for cue in _TITLE_CUES if says(cue, title)},
        **{f"title is {one}": chance for one, chance in sorted_of(title, "").chances.items()},
        **_stands(sentences, place),
        **_shape(plain, words),
        "like the title": _likeness(words, words_in(title)),
    }


def kinds_of(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Linear]:
    """The layers, one a piece, from the values their fit wrote."""
    return {name: linear_of(layer) for name, layer in values.items()}


def told_by(layers: Mapping[str, Linear], sentences: Sequence[str], place: int) -> Told:
    """What those layers say a sentence is."""
    if not place:
        return Told(Piece.TITLE, 1.0)
    name, chance = likeliest(layers, report_features(sentences, place))
    return Told(Piece(name), chance)


def _told(sentences: Sequence[str], place: int) -> Told:
    if place and _CYRILLIC.search(sentences[place]):
        return Told(by_cues(sentences[place]), _BY_CUE_CHANCE)
    return told_by(_shipped(), sentences, place)


@lru_cache
def _shipped() -> dict[str, Linear]:
    return kinds_of(weights(WEIGHTS).values)


def _stands(sentences: Sequence[str], place: int) -> Features:
    return {
        f"place {min(place, _FIRST)}": 1.0,
        "far": min(place, _FAR) / _FAR,
        "last": float(place == len(sentences) - 1),
        "alone": float(len(sentences) == 2),  # noqa: PLR2004 - with its title
    }


def _shape(plain: str, words: Sequence[str]) -> Features:
    end = plain.rstrip()[-1:]
    return {
        "words": math.log1p(len(words)) / 3,
        "is short": float(len(words) <= _OPENING),
        "begins low": float(plain[:1].islower()),
        "leads on": float(end == ":"),
        "breaks off": float(end == ","),
        "shows": float(_MARK.search(plain) is not None),
        "thanks": float(phrases_of(Cue.THANKS).match(plain) is not None),
    }


def _likeness(words: Sequence[str], title: Sequence[str]) -> float:
    both = len(set(words)) * len(set(title))
    return len(set(words) & set(title)) / math.sqrt(both) if both else 0.0
