"""How alike two items are, and when a new one takes a known one back."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from core.domain.knowledge import AtomDraft, AtomType
from core.domain.proposal import Content
from core.domain.similarity import SimilarType
from core.ports.analysis import Candidate, Likeness
from core.rules.cues import Cue, says, straight, subjects
from core.rules.deadlines import weekdays_in
from core.rules.embedding import row_of
from core.rules.terms import terms_of

SHOWN = 0.60
"""Score from which an item is worth a look as related: 0.62 of the nearest are duplicates (as below)."""
DUPLICATE = 0.83
"""Score from which it is called the same: 0.90 of the nearest are duplicates, 0.10 of all duplicates are
reached (`duplicates_eclipse.jsonl`, 2,029 queries among earlier rows, measured)."""
TITLES_CLOSE = 0.5
SAME_MESSAGES = 0.92
"""Score of two drafts that rest on the same messages and say nearly the same."""
_SAME_MATTER = 2
"""Meaningful words two decisions must share to be on one matter."""
_VERSION = re.compile(r"(?<![\w.])v?(\d+(?:\.\d+)+)(?![\w.]*\d)")
_NUMBER = re.compile(r"(?<![\w.])#?\d+(?:\.\d+)*(?![\w.]*\d)")
_NOT = re.compile(
    r"(?<!\w)(?:not|no|never|n't|don't|won't|without|drop|stop|cancel\w*|remove|не|ні|без"
    r"|отмен\w+|скасов\w+)(?!\w)",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@dataclass(frozen=True)
class RuleMatcher:
    """The Matcher port: shared evidence first, then words and vectors together."""

    def compare(self, new: Candidate, known: Candidate) -> Likeness:
        """The likeness of a new item to a known one: score in [0, 1], symmetric."""
        titles = _overlap(new.title, known.title)
        differs = _differs(new, known)
        if _is_same_evidence(new, known) and titles >= TITLES_CLOSE and not differs:
            exact = SimilarType.EXACT_MESSAGES
            return Likeness(SAME_MESSAGES, exact, is_shown=True, is_duplicate=True)
        score = _score(new, known, titles)
        if differs:
            score = min(score, DUPLICATE - 0.01)
        is_shown = score >= SHOWN
        kind = SimilarType.SEMANTIC if is_shown else SimilarType.NONE
        return Likeness(score, kind, is_shown=is_shown, is_duplicate=score >= DUPLICATE)

    def contradicts(self, new: Content, known_title: str, known_text: str) -> bool:
        """Whether a new decision takes back a known one: the same matter with another day or sign."""
        if not isinstance(new, AtomDraft) or new.type is not AtomType.DECISION:
            return False
        said, known = straight(f"{new.title}. {new.content}"), straight(f"{known_title}. {known_text}")
        if not _is_one_matter(new.title, known_title, said):
            return False
        is_other_day = _both_differ(weekdays_in(new.title), weekdays_in(known_title))
        is_other_sign = bool(_NOT.search(new.title)) != bool(_NOT.search(known_title))
        is_turned = says(Cue.REVERSAL, said) and not says(Cue.REVERSAL, known)
        return (
            is_other_day
            or is_other_sign
            or (is_turned and _overlap(new.title, known_title) >= TITLES_CLOSE)
        )


def _is_one_matter(new: str, known: str, said: str) -> bool:
    """Enough shared words, or one common subject when the new one says that something changes."""
    if _both_differ(_versions(new), _versions(known)):
        return False
    shared = set(terms_of(new)) & set(terms_of(known))
    if len(shared) >= _SAME_MATTER:
        return True
    if not says(Cue.REVERSAL, said):
        return False
    return bool(shared) or bool(_subjects_in(new) & _subjects_in(known))


def _subjects_in(text: str) -> frozenset[str]:
    plain = straight(text)
    return frozenset(subject.key for subject in subjects() if subject.words.search(plain))


def _versions(text: str) -> frozenset[str]:
    return frozenset(_VERSION.findall(text))


def _both_differ(left: frozenset[str] | frozenset[int], right: frozenset[str] | frozenset[int]) -> bool:
    return bool(left) and bool(right) and left != right


def _differs(new: Candidate, known: Candidate) -> bool:
    """Whether the titles name different numbers or days: alike, yet not the same."""
    ours, theirs = _NUMBER.findall(new.title), _NUMBER.findall(known.title)
    is_other_day = _both_differ(weekdays_in(new.title), weekdays_in(known.title))
    return is_other_day or _both_differ(frozenset(ours), frozenset(theirs))


def _is_same_evidence(new: Candidate, known: Candidate) -> bool:
    if not new.messages or not known.messages:
        return False
    return new.messages <= known.messages or known.messages <= new.messages


def _score(new: Candidate, known: Candidate, titles: float) -> float:
    """Title words, whole-text words and, for Latin script, the cosine of the vectors."""
    whole = _overlap(f"{new.title} {new.text}", f"{known.title} {known.text}")
    by_words = 0.7 * titles + 0.3 * whole
    if new.vector is None or known.vector is None or not _is_english(new.title + known.title):
        return by_words
    cosine = max(0.0, float(row_of(new.vector) @ row_of(known.vector)))
    return min(1.0, 0.5 * by_words + 0.5 * cosine)


def _overlap(left: str, right: str) -> float:
    """Dice's coefficient of the stems, helped by near spellings; in [0, 1]."""
    ours, theirs = set(terms_of(left)), set(terms_of(right))
    if not ours or not theirs:
        return 0.0
    dice = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    spelled = fuzz.token_sort_ratio(" ".join(sorted(ours)), " ".join(sorted(theirs))) / 100.0
    return max(dice, spelled if spelled >= SAME_MESSAGES else 0.0)


def _is_english(text: str) -> bool:
    """Whether the vectors can read it: more Latin than Cyrillic letters."""
    return len(_LATIN.findall(text)) > len(_CYRILLIC.findall(text))
