"""What a sentence claims, in its place in the talk, and how surely."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.knowledge import AtomType
from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.deadlines import due_of
from core.rules.sentences import Sentence
from core.rules.talk import Talk, Turn
from core.rules.terms import terms_of
from core.rules.voting import is_carried

_FIRST_HAND = re.compile(
    r"(?<!\w)(?:i|i'm|i've|my|we|our|us|me|users?|customers?|clients?|мы|я|мой|моя|у нас|у меня|нас"
    r"|наш\w*|ми|мій|у мене|клиент\w*|пользовател\w*|клієнт\w*|користувач\w*)(?!\w)",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"(?<!\w)(?:if|would|could|might|may|maybe|unless|suppose|imagine|in case|probably"
    r"|possibly|perhaps|thought|guess|assum\w+|wonder\w*"
    r"|hop(?:e|ing)|can (?:break|fail|crash)|если|бы|может|возможно|якщо|би|може|можливо)(?!\w)",
    re.IGNORECASE,
)
_FIXED = re.compile(
    r"(?<!\w)(?:fixed|solved|resolved|rolled back|reverted|починил\w*|исправил\w*|пофиксил\w*"
    r"|решил\w*|откатил\w*|полагод\w+|виправ\w+|відкотив\w*)(?!\w)",
    re.IGNORECASE,
)
_JOKE = re.compile(
    r"[\U0001f602\U0001f923\U0001f61d\U0001f61c\U0001f61b\U0001f606]|:(?:stuck_out_tongue|joy|rofl|grin|wink|laughing)\w*:"
    r"|(?<!\w)(?:lol|lmao|rofl|haha\w*|хаха\w*|ахах\w*|лол)(?!\w)|(?<!\w)[;:]-?[pPD](?!\w)",
    re.IGNORECASE,
)
_WH = re.compile(r"(?:\W*@?[\w.]+[,:])?\s*(?:how|what|when|why|which|where|who)(?!\w)", re.IGNORECASE)
# A question to one person is talk, not the team's.
_TO_YOU = re.compile(r"(?<!\w)(?:you|your|ты|вы|твой|ваш\w*|ти|ви|твій)(?!\w)", re.IGNORECASE)
_NO_HELP = re.compile(
    r"(?<!\w)(?:(?:did|does)n't (?:help|work)|no luck|без толку|не (?:помог|допом|вийш|получ|сработ)\w*)"
    r"(?!\w)",
    re.IGNORECASE,
)
_EXPLICIT = re.compile(
    r"(?<!\w)(?:decided|agreed|decision|consensus|settled|решили|решено|договорились|вирішили|вирішено"
    r"|домовились|домовилися)(?!\w)",
    re.IGNORECASE,
)
_MADE_BY: Mapping[AtomType, tuple[Cue, ...]] = {
    AtomType.PROBLEM: (Cue.PROBLEM,),
    AtomType.PATTERN: (Cue.PROBLEM,),
    AtomType.SOLUTION: (Cue.SOLUTION,),
    AtomType.DECISION: (Cue.DECISION,),
    AtomType.QUESTION: (Cue.NEEDS_ANSWER,),
    AtomType.INSIGHT: (Cue.INSIGHT,),
    AtomType.REQUIREMENT: (Cue.WANTED, Cue.REQUEST, Cue.NEEDED, Cue.COMMITS),
}
# Openings are cut from decisions and requests, so only what a title cannot lose is asked for again.
_STILL = {AtomType.SOLUTION: (Cue.SOLUTION,)}
_NAMES_WORK = 3
"""Meaningful words; "I'll take it" has fewer and names no work."""
_FEW = 3
_SHARED = 2
"""Meaningful words two reports of one trouble share."""
_LONG = 8
"""Meaningful words; a sentence with more explains something."""


@dataclass(frozen=True)
class Claim:
    """A sentence that says something worth keeping; `confidence` in [0, 1]; `reasons` in plain words."""

    type: AtomType
    turn: Turn
    sentence: Sentence
    confidence: float
    reasons: tuple[str, ...] = ()


Judge = Callable[[Talk, Turn, Sentence], tuple[float, tuple[str, ...]] | None]


def claims_of(talk: Talk) -> list[Claim]:
    """Everything claimed in new messages, in order; a sentence claims at most one thing."""
    return [
        claim
        for turn in talk.turns
        if turn.is_new and not turn.message.is_forwarded
        for sentence in turn.sentences
        if (claim := _claim(talk, turn, sentence)) is not None
    ]


def is_problem(sentence: Sentence) -> bool:
    """Whether it says something fails, "no problem" and "fixed" apart."""
    bare = sentence.plain
    for calm in (phrases_of(Cue.NO_PROBLEM).latin, phrases_of(Cue.NO_PROBLEM).cyrillic):
        bare = calm.sub(" ", bare)
    return says(Cue.PROBLEM, bare)


def place_of(claim: Claim) -> int:
    """Where in its sentence the words stand that make the claim; 0 when they are not one phrase."""
    for cue in _MADE_BY[claim.type]:
        found = phrases_of(cue).search(straight(claim.sentence.text))
        if found:
            return found.start()
    return 0


def still_claims(claim: Claim, title: str) -> bool:
    """Whether a title made of the claim's sentence still says what makes it one."""
    said = Sentence(title, 0)
    if claim.type in {AtomType.PROBLEM, AtomType.PATTERN}:
        return is_problem(said)
    if claim.type is AtomType.QUESTION:
        return said.asks
    if claim.type is AtomType.REQUIREMENT and not says(Cue.WANTED, said.plain):
        return phrases_of(Cue.WORK).match(said.plain) is not None or says(Cue.NEEDED, said.plain)
    if claim.type is AtomType.INSIGHT:
        return len(terms_of(title)) >= _NAMES_WORK
    cues = _STILL.get(claim.type)
    return cues is None or any(says(cue, said.plain) for cue in cues)


def asks_for_work(sentence: Sentence) -> bool:
    """Whether it asks for, promises or prescribes work."""
    return any(says(cue, sentence.plain) for cue in (Cue.REQUEST, Cue.NEEDED, Cue.COMMITS, Cue.DECISION))


def _claim(talk: Talk, turn: Turn, sentence: Sentence) -> Claim | None:
    if _JOKE.search(turn.message.text):
        return None
    found = [
        Claim(kind, turn, sentence, min(verdict[0], 0.95), verdict[1])
        for kind, judge in _JUDGES
        if (verdict := judge(talk, turn, sentence)) is not None
    ]
    return max(found, key=lambda claim: claim.confidence, default=None)


def _problem(talk: Talk, turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]] | None:
    if not is_problem(sentence) or _is_advice(talk, turn, sentence):
        return None
    reasons = ["said to be failing"]
    score = 0.42 - (0.15 if sentence.asks else 0.0)
    score -= 0.2 if _SUPPOSED.search(sentence.plain) else 0.0
    score += 0.12 if _FIRST_HAND.search(sentence.plain) else 0.0
    score += 0.08 if turn.parent is None else 0.0
    score -= 0.2 if says(Cue.CONFIRMS, sentence.plain) else 0.0
    if _confirmed(talk, turn):
        score, reasons = score + 0.2, [*reasons, "another person has it too"]
    pressing = [one for one in (turn, *talk.bearing_on(turn)) if _presses(one)]
    if pressing:
        score, reasons = score + 0.12, [*reasons, "said to be pressing"]
    if _is_over(talk, turn):
        is_told_how = any(one.says(Cue.SOLUTION) for one in talk.following(turn))
        score, reasons = score - (0.05 if is_told_how else 0.3), [*reasons, "reported solved"]
    return score, tuple(reasons)


def _pattern(talk: Talk, turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]] | None:
    found = phrases_of(Cue.REPEATS).search(sentence.plain)
    if found is None or found.group().casefold() in {"again", "опять", "снова", "знову", "once more"}:
        return None
    verdict = _problem(talk, turn, sentence)
    return None if verdict is None else (verdict[0] + 0.1, (*verdict[1], "it keeps coming back"))


def _solution(talk: Talk, turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]] | None:
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
    score -= 0.15 if _SUPPOSED.search(sentence.plain) else 0.0
    return score, tuple(reasons)


def _decision(talk: Talk, turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]] | None:
    plain = sentence.plain
    if sentence is turn.sentences[0] and is_carried(talk, turn):
        return 0.85, ("proposed, voted for and said again",)
    if sentence.asks or not says(Cue.DECISION, plain) or says(Cue.UNDECIDED, plain):
        return None
    reasons = ["said as settled"]
    score = 0.6
    if _EXPLICIT.search(plain):
        score, reasons = score + 0.18, ["said to be decided"]
    if any(one.author != turn.author and one.says(Cue.AGREEMENT) for one in talk.following(turn)):
        score, reasons = score + 0.12, [*reasons, "others agree"]
    if says(Cue.REVERSAL, plain):
        score, reasons = score + 0.05, [*reasons, "takes something back"]
    return score, tuple(reasons)


def _question(talk: Talk, turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]] | None:
    if not sentence.asks or talk.is_answered(turn) or _TO_YOU.search(sentence.plain):
        return None
    if not says(Cue.NEEDS_ANSWER, sentence.plain):
        return None
    return 0.62, ("asked and not answered here",)


def _requirement(talk: Talk, turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]] | None:
    plain = sentence.plain
    if any(_is_finished(one) for one in talk.following(turn)):
        return None
    if says(Cue.WANTED, plain) and not says(Cue.UNDECIDED, plain):
        return (0.55 if sentence.asks else 0.76), ("people ask for it",)
    if says(Cue.REQUEST, plain) and _WH.match(plain) is None:
        return _asked(talk, turn, sentence)
    is_settled = not sentence.asks and not _SUPPOSED.search(plain)
    if is_settled and says(Cue.NEEDED, plain):
        return 0.6 + (0.1 if _presses(turn) else 0.0), ("said to be needed",)
    if is_settled and says(Cue.COMMITS, plain) and len(terms_of(sentence.text)) >= _NAMES_WORK:
        is_answer = any(_calls_for_work(one) for one in talk.leading_to(turn)[:1])
        return 0.48 + 0.12 * is_answer + 0.12 * _is_dated(turn, sentence), ("somebody takes it on",)
    return None


def _calls_for_work(turn: Turn) -> bool:
    cues = (Cue.REQUEST, Cue.NEEDED, Cue.WANTED)
    return any(turn.says(cue) for cue in cues) or any(is_problem(one) for one in turn.sentences)


def _is_dated(turn: Turn, sentence: Sentence) -> bool:
    return due_of(sentence.text, turn.message.sent_at, "UTC", is_work=True) is not None


def _asked(talk: Talk, turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]]:
    if any(one.author != turn.author and one.says(Cue.COMMITS) for one in talk.following(turn)):
        return 0.78, ("somebody is asked", "and takes it on")
    names = set(turn.message.mentions) | {
        word.strip("@,:").casefold() for word in sentence.text.split()[:2]
    }
    if names & talk.names:
        return 0.7, ("somebody is asked by name",)
    return 0.5, ("somebody is asked",)


def _insight(_talk: Talk, _turn: Turn, sentence: Sentence) -> tuple[float, tuple[str, ...]] | None:
    plain = sentence.plain
    is_sure = not (says(Cue.UNDECIDED, plain) or _SUPPOSED.search(plain))
    if sentence.asks or not says(Cue.INSIGHT, plain) or not is_sure:
        return None
    score = 0.56 + (0.1 if len(terms_of(plain)) >= _LONG else 0.0)
    score += 0.1 * min(phrases_of(Cue.INSIGHT).count(plain) - 1, 1)
    score += 0.08 if re.search(r"\d", plain) else 0.0
    return score, ("explains why or how it is",)


def _is_advice(talk: Talk, turn: Turn, sentence: Sentence) -> bool:
    """Whether a problem's words stand in an answer to somebody else's."""
    if not says(Cue.SOLUTION, sentence.plain):
        return False
    if _FIRST_HAND.search(sentence.plain) is None:
        return True
    return any(one.author != turn.author for one in talk.leading_to(turn))


def _asks_for_help(turn: Turn) -> bool:
    return any(sentence.asks or is_problem(sentence) for sentence in turn.sentences)


def _confirmed(talk: Talk, turn: Turn) -> bool:
    return any(
        one.author != turn.author and (one.says(Cue.CONFIRMS) or _same_trouble(turn, one))
        for one in talk.bearing_on(turn)
    )


def _same_trouble(turn: Turn, other: Turn) -> bool:
    shared = set(terms_of(turn.message.text)) & set(terms_of(other.message.text))
    return len(shared) >= _SHARED and any(is_problem(one) and not one.asks for one in other.sentences)


def _presses(turn: Turn) -> bool:
    plain = straight(turn.message.text)
    return says(Cue.CRITICAL, plain) or says(Cue.URGENT, plain)


def _is_over(talk: Talk, turn: Turn) -> bool:
    return any(one.says(Cue.DONE) for one in (turn, *talk.following(turn)))


def _is_finished(turn: Turn) -> bool:
    """Whether a turn says that what was asked is done: such a word and no more than a few others."""
    found = phrases_of(Cue.FINISHED).match(straight(turn.message.text))
    return turn.says(Cue.DONE) or (found is not None and len(turn.message.text.split()) <= _FEW)


_JUDGES: tuple[tuple[AtomType, Judge], ...] = (
    (AtomType.PATTERN, _pattern),
    (AtomType.PROBLEM, _problem),
    (AtomType.DECISION, _decision),
    (AtomType.REQUIREMENT, _requirement),
    (AtomType.SOLUTION, _solution),
    (AtomType.QUESTION, _question),
    (AtomType.INSIGHT, _insight),
)
"""On equal confidence the first wins: what fails before what is wanted, settled before asked."""
