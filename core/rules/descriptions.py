"""A task's description in the order it is read in, and what somebody said should be so instead."""

import re
from collections.abc import Sequence

from core.domain.message import Message
from core.rules.cues import Cue, says
from core.rules.judges.troubles import SUPPOSED
from core.rules.reports import Piece, Told, by_cues, pieces_of
from core.rules.sentences import clean, is_chatter, sentences_of

SURE = 0.5
"""Chance from which what was learned decides what a sentence is; below it the word lists have a say."""
_ORDER = (
    frozenset({Piece.CURRENT, Piece.DRAWBACK}),
    frozenset({Piece.EXPECTED, Piece.BENEFIT}),
    frozenset({Piece.EXPLANATION, Piece.EXAMPLE}),
)
"""What happens, what should, then the rest."""
_LEAST_WORDS = 4
# What leans on the sentence before it is not moved away from it.
_LEANS = re.compile(
    r"(?:it|this|that|these|those|they|then|so|but|and|or|because|also|there|here|which|it's|that's"
    r"|это|эти|он|она|они|тогда|поэтому|но|и|а|потому|также|там|тут|це|ці|він|вона|вони|тоді|тому|але"
    r"|й|також|там|тут)(?!\w)",
    re.IGNORECASE,
)


def arranged(title: str, text: str) -> str:
    """A text told of what its title names: what happens, what should, the rest, a line each.

    Where it has lines of its own, or something that is no sentence, it stays as it is.
    """
    sentences = [one.text for one in sentences_of(text)]
    if "\n" in text or " ".join(sentences) != " ".join(text.split()):
        return text
    told = pieces_of([title, *sentences])[1:]
    parts: list[list[str]] = [[] for _ in _ORDER]
    place = len(_ORDER) - 1
    for sentence, one in zip(sentences, told, strict=True):
        if not is_chatter(sentence):
            place = _place(sentence, one, place, is_first=not any(parts))
            parts[place].append(sentence)
    return "\n".join(" ".join(part) for part in parts if part)


def _place(sentence: str, told: Told, before: int, *, is_first: bool) -> int:
    """Which of the lines a sentence belongs to: that of the one before it where nothing says otherwise."""
    found = next((number for number, pieces in enumerate(_ORDER) if told.piece in pieces), before)
    is_sure = told.chance >= SURE or told.piece is by_cues(sentence)
    return found if is_first or (is_sure and _LEANS.match(sentence) is None) else before


def expected_of(title: str, messages: Sequence[Message]) -> str:
    """What the first to speak said should be so where something else is, "" where they did not."""
    own = [
        one
        for message in messages
        if message.author == messages[0].author
        for one in sentences_of(message.text)
    ]
    told = pieces_of([title, *(one.plain for one in own)])[1:]
    for sentence, one in zip(own, told, strict=True):
        bare = clean(sentence.text)
        is_another = one.piece is not Piece.EXPECTED and one.chance >= SURE
        is_supposed = SUPPOSED.search(sentence.plain) is not None or says(Cue.SOLUTION, sentence.plain)
        if sentence.asks or is_another or is_supposed or len(bare.split()) < _LEAST_WORDS:
            continue
        if says(Cue.EXPECTED, sentence.plain):
            return bare[0].upper() + bare[1:]
    return ""
