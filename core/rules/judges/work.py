"""Decisions and requirements: what the team settled, wants, needs, asks for and takes on."""

import re

from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.deadlines import due_of
from core.rules.judges.sense import Sense, Verdict
from core.rules.judges.troubles import SUPPOSED, is_problem, presses
from core.rules.referents import is_reference, referent_of, resolved
from core.rules.requesting import is_request
from core.rules.sentences import Sentence, clean
from core.rules.talk import Talk, Turn
from core.rules.terms import terms_of
from core.rules.voting import is_carried

_WH = re.compile(r"(?:\W*@?[\w.]+[,:])?\s*(?:how|what|when|why|which|where|who)(?!\w)", re.IGNORECASE)
_EXPLICIT = re.compile(
    r"(?<!\w)(?:decided|agreed|decision|consensus|settled|решили|решено|договорились|вирішили|вирішено"
    r"|домовились|домовилися)(?!\w)",
    re.IGNORECASE,
)
# Half a decision is none.
_HALF = re.compile(
    r"(?<!\w)(?:kind of|sort of|more or less|almost|как бы|типа|ніби|типу)(?!\w)", re.IGNORECASE
)
NAMES_WORK = 3
"""Meaningful words; "I'll take it" has fewer and names no work."""
_TELLING = 4
"""Meaningful words of a request to nobody by name that says what is to be done."""
_FEW = 3


def calls_for_work(turn: Turn) -> bool:
    """Whether a message asks for, needs or wants something, or tells of a trouble."""
    cues = (Cue.REQUEST, Cue.NEEDED, Cue.WANTED)
    return any(turn.says(cue) for cue in cues) or any(is_problem(one) for one in turn.sentences)


def asks_for_work(sentence: Sentence) -> bool:
    """Whether it asks for, promises or prescribes work."""
    return any(says(cue, sentence.plain) for cue in (Cue.REQUEST, Cue.NEEDED, Cue.COMMITS, Cue.DECISION))


def decision(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    """Said as settled for the team."""
    plain, talk = sentence.plain, sense.talk
    if sentence is turn.sentences[0] and is_carried(talk, turn):
        return 0.85, ("proposed, voted for and said again",)
    if sentence.asks or not says(Cue.DECISION, plain) or says(Cue.UNDECIDED, plain):
        return None
    if _HALF.search(plain) or says(Cue.RUNS_TALK, plain):
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


def requirement(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    """Wanted by users, asked of somebody, needed by the team or taken on, and not done in the same talk."""
    plain = sentence.plain
    if says(Cue.RUNS_TALK, plain) or _is_finished(sense.talk, turn):
        return None
    if says(Cue.WANTED, plain) and not says(Cue.UNDECIDED, plain):
        return None if says(Cue.ONCE, plain) else _wanted(sense, sentence)
    if says(Cue.REQUEST, plain) and _WH.match(plain) is None:
        return _asked(sense, turn, sentence)
    if sentence.asks or SUPPOSED.search(plain):
        return None
    if says(Cue.NEEDED, plain):
        return _needed(sense, turn, sentence)
    return _taken(sense, turn, sentence) if says(Cue.COMMITS, plain) else None


def _wanted(sense: Sense, sentence: Sentence) -> Verdict:
    if sense.wants_feature:
        return (0.6 if sentence.asks else 0.8), ("people ask for it", "the talk is about what is missing")
    return (0.55 if sentence.asks else 0.76), ("people ask for it",)


def _asked(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    talk = sense.talk
    if sense.helps(turn):
        return None
    if any(one.author != turn.author and one.says(Cue.COMMITS) for one in talk.following(turn)):
        return 0.78, ("somebody is asked", "and takes it on")
    names = set(turn.message.mentions) | {
        word.strip("@,:").casefold() for word in sentence.text.split()[:2]
    }
    if names & talk.names and is_request(sentence.text):
        return 0.7, ("somebody is asked by name",)
    # Out of the blue, "can you" asks whether one can.
    is_told = turn.parent is not None and len(set(terms_of(sentence.text))) >= _TELLING
    is_told = is_told or _is_on_issue(talk, turn, sentence)
    # An imperative to nobody is mostly advice where verbs tell who is spoken to.
    is_told = is_told and phrases_of(Cue.REQUEST).latin.search(sentence.plain) is not None
    return (0.58 if is_told and is_request(sentence.text) else 0.5), ("somebody is asked",)


def _needed(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    plain = sentence.plain
    is_teams = says(Cue.TEAMS, plain)
    if says(Cue.NOT_NEEDED, plain):
        return None
    if not is_teams and (says(Cue.ONES_OWN, plain) or sense.helps(turn) or _explains(sense, turn)):
        return None
    score, reasons = (0.6 if is_teams or turn.parent is None else 0.5), ["said to be needed"]
    if _is_dated(turn, sentence):
        score, reasons = score + 0.1, [*reasons, "by a day"]
    if presses(turn):
        score, reasons = score + 0.1, [*reasons, "said to be pressing"]
    others = [one for one in sense.talk.following(turn) if one.author != turn.author]
    if any(one.says(Cue.COMMITS) or one.says(Cue.AGREEMENT) for one in others):
        score, reasons = score + 0.08, [*reasons, "others agree"]
    return score, tuple(reasons)


def _explains(sense: Sense, turn: Turn) -> bool:
    """Whether what is needed is said on the way: in a long message, or by who asks how to do it."""
    own = [one for one in sense.talk.turns if one.author == turn.author]
    return len(turn.sentences) > _FEW or any(one.asks for one in own)


def _taken(sense: Sense, turn: Turn, sentence: Sentence) -> Verdict | None:
    is_numbered = _is_on_issue(sense.talk, turn, sentence)
    names_work = is_numbered or len(terms_of(clean(sentence.text))) >= NAMES_WORK
    is_trying = sense.takes_advice(turn) and says(Cue.TRIES, sentence.plain)
    if not names_work or is_trying or says(Cue.AT_ONCE, sentence.plain):
        return None
    is_answer = any(calls_for_work(one) for one in sense.talk.leading_to(turn)[:1])
    if says(Cue.ABLE, sentence.plain) and not (is_answer or is_numbered):
        return None
    score = 0.56 + 0.12 * is_answer + 0.12 * _is_dated(turn, sentence) + 0.06 * is_numbered
    return score, ("somebody takes it on",)


def _is_on_issue(talk: Talk, turn: Turn, sentence: Sentence) -> bool:
    """Whether it is work on an issue by its number, or on "it" where that is one."""
    if is_reference(sentence.text):
        return True
    about = referent_of(talk, turn)
    return about is not None and resolved(sentence.text, about) != sentence.text


def _is_dated(turn: Turn, sentence: Sentence) -> bool:
    return due_of(sentence.text, turn.message.sent_at, "UTC", is_work=True) is not None


def _is_finished(talk: Talk, turn: Turn) -> bool:
    """Whether what is asked is said to be done: in an answer, or by who promised it, soon after."""
    answers = talk.following(turn)
    soon = [one for one in talk.bearing_on(turn) if one.author == turn.author and one not in answers]
    return any(_says_done(one) for one in answers) or any(_is_short_done(one) for one in soon)


def _says_done(turn: Turn) -> bool:
    return turn.says(Cue.DONE) or _is_short_done(turn)


def _is_short_done(turn: Turn) -> bool:
    """Such a word, and no more than a few others."""
    found = phrases_of(Cue.FINISHED).match(straight(turn.message.text))
    return found is not None and len(turn.message.text.split()) <= _FEW
