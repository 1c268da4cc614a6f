"""How alike two items are, and when a new one takes a known one back."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from core.domain.knowledge import AtomDraft, AtomType
from core.domain.proposal import Content
from core.domain.similarity import EVEN, SimilarType, Spread
from core.ports.analysis import Candidate, Likeness, Near, Pool
from core.rules.cues import Cue, says, straight, subjects
from core.rules.deadlines import weekdays_in
from core.rules.embedding import row_of
from core.rules.telling import Probe, forms_of, probe_of
from core.rules.terms import terms_of

SHOWN = 0.5
"""Score from which an item is worth a look as related: likelier one matter than two."""
DUPLICATE = 0.8
"""Score from which it is called the same. Chosen, not learned; what it gives is in docs/judgement.md."""
WHOLE_WEIGHT, VECTOR_WEIGHT = 2.0, 0.5
"""What all words weigh, and the vectors, beside the title's words: by hand, DECISIONS/0018."""
MOST_WORDS = 64
"""Words a search is asked for at once (as many as it takes)."""
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


@dataclass(frozen=True)
class RuleMatcher:
    """The Matcher port: shared evidence first, then title, all words and vectors together."""

    def words_of(self, item: Candidate) -> list[str]:
        """The words that tell what it is about, as written, the title's first; each once, at most 64."""
        words = (
            word
            for text in (item.title, _whole(item))
            for forms in forms_of(text).values()
            for word in forms
        )
        return list(dict.fromkeys(words))[:MOST_WORDS]

    def rank(self, new: Candidate, pool: Pool) -> list[tuple[Near, Likeness]]:
        """The pool with the likeness of each, most alike first; the pool's own order where equal."""
        held = _Held.of(new, pool.spread)
        found = [(near, held.likeness(near.candidate)) for near in pool.near]
        return sorted(found, key=lambda pair: -pair[1].score)

    def compare(self, new: Candidate, known: Candidate, spread: Spread = EVEN) -> Likeness:
        """The likeness of a new item to a known one: score in [0, 1]; symmetric where `spread` is even."""
        return _Held.of(new, spread).likeness(known)

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


@dataclass(frozen=True)
class _Held:
    """An item others are held against: its title and all it says."""

    item: Candidate
    title: Probe
    whole: Probe

    @classmethod
    def of(cls, item: Candidate, spread: Spread) -> "_Held":
        return cls(item, probe_of(item.title, spread), probe_of(_whole(item), spread))

    def likeness(self, known: Candidate) -> Likeness:
        differs = _differs(self.item, known)
        if _is_same_evidence(self.item, known) and not differs:
            exact = SimilarType.EXACT_MESSAGES
            return Likeness(SAME_MESSAGES, exact, is_shown=True, is_duplicate=True)
        score = self._score(known)
        if differs:
            score = min(score, DUPLICATE - 0.01)
        is_shown = score >= SHOWN
        kind = SimilarType.SEMANTIC if is_shown else SimilarType.NONE
        return Likeness(score, kind, is_shown=is_shown, is_duplicate=score >= DUPLICATE)

    def _score(self, known: Candidate) -> float:
        """The weighted mean of what the titles, all words and the vectors say, each a cosine in [0, 1]."""
        said = self.title.nearness(known.title) + WHOLE_WEIGHT * self.whole.nearness(_whole(known))
        weight = 1.0 + WHOLE_WEIGHT
        if self.item.vector is None or known.vector is None:
            return said / weight
        cosine = min(1.0, max(0.0, float(row_of(self.item.vector) @ row_of(known.vector))))
        return (said + VECTOR_WEIGHT * cosine) / (weight + VECTOR_WEIGHT)


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
    """Whether one rests on the other's messages alone, and the titles say nearly the same."""
    if not new.messages or not known.messages:
        return False
    is_within = new.messages <= known.messages or known.messages <= new.messages
    return is_within and _overlap(new.title, known.title) >= TITLES_CLOSE


def _whole(item: Candidate) -> str:
    return f"{item.title}\n{item.text}"


def _overlap(left: str, right: str) -> float:
    """Dice's coefficient of the stems, helped by near spellings; in [0, 1]."""
    ours, theirs = set(terms_of(left)), set(terms_of(right))
    if not ours or not theirs:
        return 0.0
    dice = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    spelled = fuzz.token_sort_ratio(" ".join(sorted(ours)), " ".join(sorted(theirs))) / 100.0
    return max(dice, spelled if spelled >= SAME_MESSAGES else 0.0)
