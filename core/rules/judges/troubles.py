"""Problems and patterns: what fails, first hand, and what keeps failing."""

import re

from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.judges.sense import Sense, Verdict
from core.rules.sentences import Sentence
from core.rules.talk import Talk, Turn
from core.rules.terms import terms_of

SUPPOSED = re.compile(
    r"(?<!\w)(?:if|would|could|might|may|maybe|unless|suppose|imagine|in case|probably"
    r"|possibly|perhaps|thought|guess|assum\w+|wonder\w*"
    r"|hop(?:e|ing)|can (?:break|fail|crash)|если|бы|может|возможно|якщо|би|може|можливо)(?!\w)",
    re.IGNORECASE,
)
"""Said of what may be, not of what is."""
_FIRST_HAND = re.compile(
    r"(?<!\w)(?:i|i'm|i've|my|we|our|us|me|users?|customers?|clients?|мы|я|мой|моя|у нас|у меня|нас"
    r"|наш\w*|ми|мій|у мене|клиент\w*|пользовател\w*|клієнт\w*|користувач\w*)(?!\w)",
    re.IGNORECASE,
)
_SHARED = 2
"""Meaningful words two reports of one trouble share."""
_TELLING = 3
"""Meaningful words with which a trouble nobody else has is told."""


def is_problem(sentence: Sentence) -> bool:
    """Whether it says something fails, "no problem" and "fixed" apart."""
    bare = sentence.plain
    for calm in (phrases_of(Cue.NO_PROBLEM).latin, phrases_of(Cue.NO_PROBLEM).cyrillic):
        bare = calm.sub(" ", bare)
    return says(Cue.PROBLEM, bare)


def tells_own(sentence: Sentence) -> bool:
    """Whether somebody says that it fails for themselves, or for those they speak of."""
    is_first_hand = _FIRST_HAND.search(sentence.plain) is not None and not says(
        Cue.SOLUTION, sentence.plain
    )
    return is_first_hand and not sentence.asks and is_problem(sentence)


def presses(turn: Turn) -> bool:
    """Whether a message says it is urgent or grave."""
    plain = straight(turn.message.text)
    return says(Cue.CRITICAL, plain) or says(Cue.URGENT, plain)


def problem(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    """Something fails for who says so, or for those they speak of."""
    talk = sense.talk
    if not is_problem(sentence) or _is_advice(sense, turn, sentence):
        return None
    is_confirmed = _is_confirmed(talk, turn)
    if not is_confirmed and len(set(terms_of(sentence.text))) < _TELLING:
        return None
    reasons = ["said to be failing"]
    score = 0.42 - (0.15 if sentence.asks else 0.0)
    score -= 0.2 if SUPPOSED.search(sentence.plain) else 0.0
    score += 0.12 if _FIRST_HAND.search(sentence.plain) else 0.0
    score += 0.08 if turn.parent is None else 0.0
    score -= 0.2 if says(Cue.CONFIRMS, sentence.plain) else 0.0
    if sense.tells_bug:
        score, reasons = score + 0.12, [*reasons, "told as bugs are told"]
    if is_confirmed:
        score, reasons = score + 0.2, [*reasons, "another person has it too"]
    if any(presses(one) for one in (turn, *talk.bearing_on(turn))):
        score, reasons = score + 0.12, [*reasons, "said to be pressing"]
    if any(one.says(Cue.DONE) for one in (turn, *talk.following(turn))):
        is_told_how = any(one.says(Cue.SOLUTION) for one in talk.following(turn))
        score, reasons = score - (0.05 if is_told_how else 0.3), [*reasons, "reported solved"]
    return score, tuple(reasons)


def pattern(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    """A problem that is said to come back."""
    found = phrases_of(Cue.REPEATS).search(sentence.plain)
    if found is None or found.group().casefold() in {"again", "опять", "снова", "знову", "once more"}:
        return None
    verdict = problem(sense, turn, sentence)
    return None if verdict is None else (verdict[0] + 0.1, (*verdict[1], "it keeps coming back"))


def _is_advice(sense: Sense, turn: Turn, sentence: Sentence) -> bool:
    """Whether a problem's words stand in an answer to somebody else's."""
    is_first_hand = _FIRST_HAND.search(sentence.plain) is not None
    if not says(Cue.SOLUTION, sentence.plain):
        return not is_first_hand and sense.advises(turn)
    return not is_first_hand or any(one.author != turn.author for one in sense.talk.leading_to(turn))


def _is_confirmed(talk: Talk, turn: Turn) -> bool:
    return any(
        one.author != turn.author and (one.says(Cue.CONFIRMS) or _is_same_trouble(turn, one))
        for one in talk.bearing_on(turn)
    )


def _is_same_trouble(turn: Turn, other: Turn) -> bool:
    shared = set(terms_of(turn.message.text)) & set(terms_of(other.message.text))
    return len(shared) >= _SHARED and any(tells_own(one) for one in other.sentences)
