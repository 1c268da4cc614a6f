"""Who tells of a trouble and who answers it: the part each message of a talk plays, by who speaks when."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from core.rules.cues import Cue, says, straight
from core.rules.talk import Talk, Turn

EARLY = 2
"""Answers of others until which the opener still explains, and which are taken as answers as they are."""
LATE = 4
"""Answers of others after which advice is most often on something else."""
_NAMES_IT = 6
_GOES_ON = 3
_ADVISES = 7
_FIXES = 5
"""Words a message has at least to play its part."""
_WORD = re.compile(r"[^\W\d_][\w']*")
_MARK = re.compile(r"\[<-\w+->\]|https?://\S+")
_AGAINST = re.compile(r"(?<!\w)(?:not|no|but|still|\w+n't|не|но|нет|але|ні)(?!\w)", re.IGNORECASE)
_ADVICE = re.compile(
    r"(?<!\w)(?:you|your|try|should|use|need to|have to|because|check"
    r"|ты|вы|вам|тебе|нужно|надо|ти|ви|треба)(?!\w)",
    re.IGNORECASE,
)
_FOUND = re.compile(
    r"(?<!\w)(?:fixed|solved|found|worked|works|got it|figured|turn(?:s|ed) out|наш[её]л|заработал\w*"
    r"|решил\w*|помогло|знайш\w+|запрацюва\w+|допомогло)(?!\w)",
    re.IGNORECASE,
)


class Part(StrEnum):
    """What a message is to the trouble its talk began with."""

    TELLS = "tells"
    ANSWERS = "answers"
    OTHER = "other"


@dataclass(frozen=True)
class _Place:
    """Where a turn stands: how many of others' came before, and whether the opener has thanked."""

    is_openers: bool
    answers: int
    is_thanked: bool
    is_last: bool


def parts_of(talk: Talk) -> list[Part]:
    """The part of each turn, in order."""
    return [_part(turn, place) for turn, place in zip(talk.turns, _places(talk), strict=True)]


def _places(talk: Talk) -> Iterator[_Place]:
    answers, is_thanked = 0, False
    for turn in talk.turns:
        is_openers = turn.author == talk.turns[0].author
        yield _Place(is_openers, answers, is_thanked, turn.index == len(talk.turns) - 1)
        is_thanked = is_thanked or (is_openers and answers > 0 and turn.says(Cue.THANKS))
        answers += not is_openers


def _part(turn: Turn, place: _Place) -> Part:
    text = straight(turn.message.text)
    words = len(_WORD.findall(_MARK.sub(" ", text)))
    if place.is_openers:
        if _tells(text, words, place):
            return Part.TELLS
        has_found = (
            place.is_last and words >= _FIXES and "?" not in text and _FOUND.search(text) is not None
        )
        return Part.ANSWERS if has_found else Part.OTHER
    return Part.ANSWERS if _answers(text, words, place) else Part.OTHER


def _tells(text: str, words: int, place: _Place) -> bool:
    """The opener, until others have answered and a little longer; a last remark must name a trouble."""
    if place.answers:
        is_over = says(Cue.THANKS, text) or _FOUND.search(text) is not None
        return place.answers <= EARLY and words >= _GOES_ON and not (is_over or place.is_last)
    if place.is_last and not (says(Cue.TROUBLE, text) or _AGAINST.search(text)):
        return False
    return words >= _NAMES_IT or _MARK.search(text) is not None


def _answers(text: str, words: int, place: _Place) -> bool:
    """Others' first statements, then advice only; nothing that asks, nothing after thanks."""
    if "?" in text or place.is_thanked or place.answers >= LATE:
        return False
    if place.answers < EARLY:
        return words >= _GOES_ON or _MARK.search(text) is not None
    return words >= _ADVISES and (says(Cue.SOLUTION, text) or _ADVICE.search(text) is not None)
