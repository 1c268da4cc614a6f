"""Solutions, insights and open questions: what is known, and what nobody here could say."""

import re

from core.rules.cues import Cue, phrases_of, says
from core.rules.judges.sense import Sense, Verdict
from core.rules.judges.troubles import SUPPOSED, is_problem
from core.rules.sentences import Sentence, is_chatter
from core.rules.talk import Turn
from core.rules.terms import terms_of

_FIXED = re.compile(
    r"(?<!\w)(?:fixed|solved|resolved|rolled back|reverted|починил\w*|исправил\w*|пофиксил\w*"
    r"|решил\w*|откатил\w*|полагод\w+|виправ\w+|відкотив\w*)(?!\w)",
    re.IGNORECASE,
)
# A question to one person is talk, not the team's.
_TO_YOU = re.compile(r"(?<!\w)(?:you|your|ты|вы|твой|ваш\w*|ти|ви|твій)(?!\w)", re.IGNORECASE)
_NO_HELP = re.compile(
    r"(?<!\w)(?:(?:did|does)n't (?:help|work)|no luck|без толку|не (?:помог|допом|вийш|получ|сработ)\w*)"
    r"(?!\w)",
    re.IGNORECASE,
)
_LONG = 8
"""Meaningful words; a sentence with more explains something."""
_ASKS = 3
"""Meaningful words of a question that says what it is about."""
_SOON = 3
"""Messages after a question among which it is answered without a reply."""


def solution(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    """What is to be done against a trouble told before, or was done."""
    talk = sense.talk
    if sentence.asks or not says(Cue.SOLUTION, sentence.plain) or _NO_HELP.search(sentence.plain):
        return None
    asked = next((one for one in talk.leading_to(turn) if _asks_for_help(one)), None)
    if asked is None:
        return None
    is_own_fix = asked.author == turn.author
    if is_own_fix and _FIXED.search(sentence.plain) is None:
        return None
    reasons = ["answers a reported problem"]
    score = 0.42 + (0.1 if len(terms_of(sentence.text)) >= _LONG else 0.0)
    score += 0.18 if _FIXED.search(sentence.plain) else 0.0
    if is_own_fix or any(one.says(Cue.DONE) for one in talk.following(turn) if one.author == asked.author):
        score, reasons = score + 0.25, [*reasons, "said to have worked"]
    elif any(one.says(Cue.THANKS) for one in talk.following(turn) if one.author == asked.author):
        score, reasons = score + 0.1, [*reasons, "thanked for"]
    score += 0.05 if sense.answers(turn) else 0.0
    score -= 0.15 if SUPPOSED.search(sentence.plain) else 0.0
    return score, tuple(reasons)


def insight(_sense: Sense, _turn: Turn, sentence: Sentence) -> Verdict | None:
    """Why or how it is, said for sure."""
    plain = sentence.plain
    is_sure = not (says(Cue.UNDECIDED, plain) or SUPPOSED.search(plain))
    if sentence.asks or not says(Cue.INSIGHT, plain) or not is_sure:
        return None
    score = 0.56 + (0.1 if len(terms_of(plain)) >= _LONG else 0.0)
    score += 0.1 * min(phrases_of(Cue.INSIGHT).count(plain) - 1, 1)
    score += 0.08 if re.search(r"\d", plain) else 0.0
    return score, ("explains why or how it is",)


def question(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    """Work waits for its answer, and nobody here gave one."""
    plain = sentence.plain
    if not sentence.asks or _TO_YOU.search(plain) or says(Cue.RUNS_TALK, plain):
        return None
    if not says(Cue.NEEDS_ANSWER, plain) or len(set(terms_of(sentence.text))) < _ASKS:
        return None
    return None if _is_answered(sense, turn) else (0.62, ("asked and not answered here",))


def _is_answered(sense: Sense, turn: Turn) -> bool:
    """By a reply, or by what others say next on the same matter."""
    if sense.talk.is_answered(turn):
        return True
    said = set(terms_of(turn.message.text))
    soon = sense.talk.turns[turn.index + 1 : turn.index + 1 + _SOON]
    return any(
        one.author != turn.author
        and not is_chatter(one.message.text)
        and (said & set(terms_of(one.message.text)) or one.parent == turn.index)
        for one in soon
    )


def _asks_for_help(turn: Turn) -> bool:
    return any(sentence.asks or is_problem(sentence) for sentence in turn.sentences)
