"""Evidence of a note: its own quote and what others said that bears on it."""

from core.domain.evidence import SHOWN_QUOTES, Quote
from core.domain.knowledge import AtomType
from core.rules.claims import Claim
from core.rules.cues import Cue, says
from core.rules.deadlines import due_of
from core.rules.judges.troubles import is_problem
from core.rules.judges.work import asks_for_work
from core.rules.referents import Referent
from core.rules.sentences import Sentence
from core.rules.talk import REACH, Talk, Turn
from core.rules.terms import terms_of

_TROUBLE = frozenset({AtomType.PROBLEM, AtomType.PATTERN})
_SHARED = 2
"""Meaningful words that make a sentence speak of the claim's matter."""


def quotes_of(
    claim: Claim, talk: Talk, timezone: str, *, apart: frozenset[int], about: Referent | None
) -> tuple[Quote, ...]:
    """The claim's own quote and at most two that bear on it, in the order they were said.

    `apart` are the turns of notes that ask for work of their own: what answers them is theirs. `about` is
    what the claim calls "it"; where it was named is shown first of all.
    """
    needed = [claim.turn.quote(claim.sentence)]
    if about is not None and about.turn != claim.turn:
        needed.append(about.turn.quote(about.sentence))
    found: list[tuple[int, Quote]] = []
    for turn in _bearing(claim, talk):
        if not _is_free(claim, turn, talk, apart):
            continue
        goes_on = claim.turn in talk.leading_to(turn)
        weighed = [
            (weight, one)
            for one in turn.sentences
            if (weight := _bears(claim, turn, one, timezone, goes_on=goes_on))
        ]
        if weighed:
            weight, sentence = max(weighed, key=lambda pair: pair[0])
            found.append((weight, turn.quote(sentence)))
    best = sorted(found, key=lambda pair: -pair[0])
    known = {quote.key for quote in needed}
    quotes = [*needed, *(quote for _, quote in best if quote.key not in known)][:SHOWN_QUOTES]
    return tuple(sorted(quotes, key=lambda quote: (quote.sent_at, quote.key)))


def _is_free(claim: Claim, turn: Turn, talk: Talk, apart: frozenset[int]) -> bool:
    """Whether a turn is no other note's work and answers none before it answers the claim."""
    for one in (turn, *talk.leading_to(turn)):
        if one.index == claim.turn.index:
            return True
        if one.index in apart:
            return False
    return True


def _bearing(claim: Claim, talk: Talk) -> list[Turn]:
    if claim.type in {AtomType.SOLUTION, AtomType.INSIGHT}:
        return [*talk.following(claim.turn), *talk.leading_to(claim.turn)[:1]]
    return talk.bearing_on(claim.turn)


def _bears(claim: Claim, turn: Turn, sentence: Sentence, timezone: str, *, goes_on: bool) -> int:
    """How much a sentence of another turn supports the claim; 0 when it does not.

    `goes_on` says that the turn answers the claim's, directly or not.
    """
    plain = sentence.plain
    if claim.type is AtomType.SOLUTION:
        return 2 if says(Cue.DONE, plain) else int(is_problem(sentence) or sentence.asks)
    if claim.type in {AtomType.QUESTION, AtomType.INSIGHT}:
        return 0
    if not _is_near(claim, turn, sentence, goes_on=goes_on):
        return 0
    dated = due_of(sentence.text, turn.message.sent_at, timezone, is_work=asks_for_work(sentence))
    owned = any(says(cue, plain) for cue in (Cue.COMMITS, Cue.REQUEST))
    if claim.type not in _TROUBLE:
        return 2 * int(dated is not None) + 2 * int(owned)
    told = is_problem(sentence) or says(Cue.CONFIRMS, plain)
    pressing = says(Cue.URGENT, plain) or says(Cue.CRITICAL, plain)
    return 2 * int(dated is not None) + 2 * int(owned) + int(pressing) + int(told and not sentence.asks)


def _is_near(claim: Claim, turn: Turn, sentence: Sentence, *, goes_on: bool) -> bool:
    """Whether a sentence is on the claim's matter: it answers it, or speaks of the same things."""
    said = set(terms_of(sentence.plain))
    shared = len(said & set(terms_of(claim.sentence.text)))
    if turn.parent == claim.turn.index:
        return True
    is_short = len(said) <= _SHARED and turn.index - claim.turn.index <= REACH
    return shared >= _SHARED or (goes_on and (shared > 0 or is_short))
