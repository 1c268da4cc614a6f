"""What a talk claims: each new sentence judged in its place, its surest meaning kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.domain.knowledge import AtomType
from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.judges.answers import insight, question, solution
from core.rules.judges.sense import Sense, Verdict
from core.rules.judges.troubles import is_problem, pattern, problem
from core.rules.judges.work import NAMES_WORK, decision, requirement
from core.rules.sentences import Sentence
from core.rules.talk import Talk, Turn
from core.rules.terms import terms_of

_JOKE = re.compile(
    r"[\U0001f602\U0001f923\U0001f61d\U0001f61c\U0001f61b\U0001f606]|:(?:stuck_out_tongue|joy|rofl|grin|wink|laughing)\w*:"
    r"|(?<!\w)(?:lol|lmao|rofl|haha\w*|хаха\w*|ахах\w*|лол)(?!\w)|(?<!\w)[;:]-?[pPD](?!\w)",
    re.IGNORECASE,
)
# What is needed is not said by a sentence that begins so, only in passing.
_SUBORDINATE = re.compile(
    r"(?:before|after|when|once|until|while|if|since|because|перед|после|когда|если|пока|коли|якщо|після)\s",
    re.IGNORECASE,
)
_MOST = 0.95
"""Confidence of the surest claim."""
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


@dataclass(frozen=True)
class Claim:
    """A sentence that says something worth keeping; `confidence` in [0, 1]; `reasons` in plain words."""

    type: AtomType
    turn: Turn
    sentence: Sentence
    confidence: float
    reasons: tuple[str, ...] = ()


Judge = Callable[[Sense, Turn, Sentence], Verdict | None]


def claims_of(talk: Talk) -> list[Claim]:
    """Everything claimed in new messages, in order; a sentence claims at most one thing."""
    sense = Sense(talk)
    return [
        claim
        for turn in talk.turns
        if turn.is_new and not turn.message.is_forwarded and _JOKE.search(turn.message.text) is None
        for sentence in turn.sentences
        if (claim := _claim(sense, turn, sentence)) is not None
    ]


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
        return is_problem(said) and len(set(terms_of(title))) >= NAMES_WORK
    if claim.type is AtomType.QUESTION:
        return said.asks
    if claim.type is AtomType.REQUIREMENT and not says(Cue.WANTED, said.plain):
        is_needed = says(Cue.NEEDED, said.plain) and _SUBORDINATE.match(said.plain) is None
        return phrases_of(Cue.WORK).match(said.plain) is not None or is_needed
    if claim.type is AtomType.INSIGHT:
        return len(terms_of(title)) >= NAMES_WORK
    cues = _STILL.get(claim.type)
    return cues is None or any(says(cue, said.plain) for cue in cues)


def _claim(sense: Sense, turn: Turn, sentence: Sentence) -> Claim | None:
    found = [
        Claim(kind, turn, sentence, min(verdict[0], _MOST), verdict[1])
        for kind, judge in _JUDGES
        if (verdict := judge(sense, turn, sentence)) is not None
    ]
    return max(found, key=lambda claim: claim.confidence, default=None)


_JUDGES: tuple[tuple[AtomType, Judge], ...] = (
    (AtomType.PATTERN, pattern),
    (AtomType.PROBLEM, problem),
    (AtomType.DECISION, decision),
    (AtomType.REQUIREMENT, requirement),
    (AtomType.SOLUTION, solution),
    (AtomType.QUESTION, question),
    (AtomType.INSIGHT, insight),
)
"""On equal confidence the first wins: what fails before what is wanted, settled before asked."""
