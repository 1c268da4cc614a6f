"""What a whole talk gives by how its opener speaks and how it ends: a bug to mend, a feature to build."""

import math

from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.linear import Features, linear
from core.rules.requesting import phrases_in, words_in
from core.rules.talk import Talk

WEIGHTS = "features"
BUG_WEIGHTS: tuple[tuple[Cue, float], ...] = (
    (Cue.TROUBLE, 1.5),
    (Cue.BUG_NAMED, 2.0),
    (Cue.SETUP, 1.0),
    (Cue.SHOWN, 1.0),
    (Cue.CHANGED, 1.0),
    (Cue.CIRCUMSTANCE, 1.0),
    (Cue.HAVE_OTHERS, 1.0),
    (Cue.HOW_TO, -1.0),
    (Cue.WISHES, -1.0),
)
"""Points by hand: a bug is told with where, since when and what is shown; a how-to is asked."""
BUG_POINTS = 3.0
"""Points from which a talk tells of a bug; best on any three of four projects (`chat_bug_report.jsonl`)."""
_TWICE = 2
_SHORT = 12
"""Words; who tells of a bug says more."""
_LONG_TALK, _LONGER_TALK = 3, 6
"""Messages; what is talked through at length is most often solved or was a question."""
_MUCH_ADVICE = 40
"""Words others answer."""
_FEATURE_CUES = (
    Cue.WAY,
    Cue.PART,
    Cue.WISHES,
    Cue.HOW_TO,
    Cue.OTHER_THAN,
    Cue.TROUBLE,
    Cue.SHOWN,
    Cue.CIRCUMSTANCE,
    Cue.HAVE_OTHERS,
    Cue.THANKS,
    Cue.GREETING,
    Cue.WANTED,
)
_CUE_SIZE = 0.6
"""What a cue counts beside a word; measured once, in the folds of `core.evaluation.dialogs`."""
_OPENING = 2
"""The opener's first messages, where what is wanted is said."""


def bug_chance(talk: Talk) -> float:
    """How likely the talk reports a bug nobody has solved in it, in [0, 1]; from 0.5 on it does."""
    if not talk.turns:
        return 0.0
    own, others = _own_and_others(talk)
    points = sum(weight for cue, weight in BUG_WEIGHTS if says(cue, own))
    points += phrases_of(Cue.TROUBLE).count(own) >= _TWICE
    points -= len(own.split()) < _SHORT
    points -= (len(talk.turns) > _LONG_TALK) + (len(talk.turns) > _LONGER_TALK)
    points -= 0.5 * (len(others.split()) > _MUCH_ADVICE)
    points += 0.5 * (not others)
    points += says(Cue.BUG_NAMED, others) or says(Cue.CONFIRMS, others)
    points -= any(turn.says(Cue.DONE) or turn.says(Cue.THANKS) for turn in talk.turns[1:])
    return 1.0 / (1.0 + math.exp(BUG_POINTS - points))


def feature_chance(talk: Talk) -> float:
    """How likely the talk asks for something that is not there yet, in [0, 1]."""
    return linear(WEIGHTS).chance(feature_features(talk)) if talk.turns else 0.0


def asks_for_feature(talk: Talk) -> bool:
    """Whether it does."""
    return feature_chance(talk) >= linear(WEIGHTS).threshold


def feature_features(talk: Talk) -> Features:
    """How the opener speaks, in the first messages and in all, in which words, and how much is said."""
    own, others = _own_and_others(talk)
    first = "\n".join(_texts(talk)[:_OPENING])
    words = len(own.split())
    people = len({turn.author for turn in talk.turns})
    found: dict[str, float] = {
        "messages": math.log1p(len(talk.turns)),
        "one message": float(len(talk.turns) == 1),
        "one person": float(not others),
        "people": float(min(people, 4)),
        "words": math.log1p(words),
        "first words": math.log1p(len(first.split())),
        "asks": float("?" in own),
        "exclaims": float("!" in own),
    }
    for cue in _FEATURE_CUES:
        count = min(phrases_of(cue).count(own), 4)
        found[f"says {cue}"] = float(count > 0)
        found[f"opens with {cue}"] = float(says(cue, first))
        found[f"share of {cue}"] = count / (1 + words / 20)
    phrases = set(phrases_in(words_in(own)))
    sized = {name: _CUE_SIZE * value for name, value in found.items()}
    return sized | dict.fromkeys(
        (f"“{one}”" for one in sorted(phrases)), 1.0 / math.sqrt(len(phrases) or 1)
    )


def _texts(talk: Talk) -> list[str]:
    opener = talk.turns[0].author
    return [straight(turn.message.text) for turn in talk.turns if turn.author == opener]


def _own_and_others(talk: Talk) -> tuple[str, str]:
    """What the opener says and what everybody else does."""
    opener = talk.turns[0].author
    others = [straight(turn.message.text) for turn in talk.turns if turn.author != opener]
    return "\n".join(_texts(talk)), "\n".join(others)
