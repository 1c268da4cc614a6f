"""What sort of work a text or notes ask for: points by hand for what is named, begun and told of."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.knowledge import Atom, AtomType
from core.domain.task import Category
from core.rules.cues import Cue, phrases_of, says, straight

BASE: Mapping[Category, float] = {Category.BUG: 0.0, Category.FEATURE: 0.5, Category.QUESTION: 0.5}
"""Points nothing need be said for: a bug is told as one."""
TITLE_SAYS: tuple[tuple[Cue, Category, float], ...] = (
    (Cue.TROUBLE, Category.BUG, 1.5),
    (Cue.PROBLEM, Category.BUG, 0.5),
    (Cue.BUG_NAMED, Category.BUG, 2.0),
    (Cue.NAMES_FEATURE, Category.FEATURE, 2.5),
    (Cue.BUILDS, Category.FEATURE, 1.0),
    (Cue.IMPROVES, Category.FEATURE, 1.0),
    (Cue.WANTED, Category.FEATURE, 1.5),
    (Cue.WANTS_TO_KNOW, Category.QUESTION, 1.5),
    (Cue.HOW_TO, Category.QUESTION, 1.0),
)
TITLE_BEGINS: tuple[tuple[Cue, Category, float], ...] = (
    (Cue.BEGINS_WORK, Category.FEATURE, 2.0),
    (Cue.BEGINS_ASKING, Category.QUESTION, 1.5),
)
TEXT_SAYS: tuple[tuple[Cue, Category, float], ...] = (
    (Cue.TROUBLE, Category.BUG, 0.5),
    (Cue.SHOWN, Category.BUG, 0.5),
    (Cue.CHANGED, Category.BUG, 0.5),
    (Cue.NAMES_FEATURE, Category.FEATURE, 0.5),
    (Cue.HOPES, Category.FEATURE, 1.0),
    (Cue.WANTED, Category.FEATURE, 1.5),
    (Cue.WAY, Category.FEATURE, 1.0),
    (Cue.ASKS_PEOPLE, Category.QUESTION, 1.0),
    (Cue.HOW_TO, Category.QUESTION, 0.5),
    (Cue.OF_ONESELF, Category.QUESTION, 1.0),
)
DECLARED: Mapping[str, tuple[Category, float]] = {
    "bug": (Category.BUG, 1.0),
    "feature": (Category.FEATURE, 3.0),
    "enhancement": (Category.FEATURE, 3.0),
    "question": (Category.QUESTION, 3.0),
    "support": (Category.QUESTION, 3.0),
    "documentation": (Category.QUESTION, 3.0),
}
"""What a form says it is; who files a bug by a form is often only asking."""
FORM = 2.0
"""Points of a form for features."""
LOOKED_AT = 1500
"""Characters of the text."""
_TROUBLE = frozenset({AtomType.PROBLEM, AtomType.PATTERN})
_HIDDEN = re.compile(r"<!--.*?(?:-->|$)|```.*?(?:```|$)", re.DOTALL)
_HEADING = re.compile(r"^\s*(?:#{1,6} .*|\*\*[^*\n]{1,80}\*\*:?\s*|<[^>]*>\s*)$", re.MULTILINE)
# `[react-dom]`, `wallet:`, before what is said.
_LABEL = re.compile(r"\W*(?:\[[^\]]*\]\s*|[\w./-]{1,24}:\s*)*\W*")
_DECLARED = re.compile(rf"(?<!\w)type[^\w\n]{{0,12}}\s*(?:<b>)?\s*({'|'.join(DECLARED)})", re.IGNORECASE)
_FORM = re.compile(r"feature_request|is your feature request related", re.IGNORECASE)


@dataclass(frozen=True)
class Sorted:
    """How likely a text is a bug, a feature or a question; the three sum to 1."""

    chances: Mapping[Category, float]

    @property
    def best(self) -> Category:
        """The likeliest."""
        return max(self.chances, key=lambda one: self.chances[one])


def sorted_of(title: str, text: str) -> Sorted:
    """What sort of work somebody asks for who gives a report this title and text ("" for none)."""
    points = dict(BASE)
    name, said = straight(title), straight(_told(text))[:LOOKED_AT]
    bare = _LABEL.sub("", name, count=1)
    for cue, category, weight in TITLE_BEGINS:
        points[category] += weight * (phrases_of(cue).match(bare) is not None)
    for where, table in ((name, TITLE_SAYS), (said, TEXT_SAYS)):
        for cue, category, weight in table:
            points[category] += weight * says(cue, where)
    points[Category.QUESTION] += 2.0 * ("?" in name) + 1.0 * ("?" in said)
    points[Category.FEATURE] += FORM * (_FORM.search(text) is not None)
    declared = _DECLARED.search(text)
    if declared is not None:
        category, weight = DECLARED[declared[1].casefold()]
        points[category] += weight
    return Sorted(_shares(points))


def category_of(atoms: Sequence[Atom], text: str) -> Category:
    """What sort of work notes ask for, by their type first and their words second."""
    kinds = {atom.type for atom in atoms}
    improves, builds = says(Cue.IMPROVES, text), says(Cue.BUILDS, text)
    if kinds & _TROUBLE:
        is_only_slow = improves and not says(Cue.CRITICAL, text) and not _is_broken(text)
        return Category.IMPROVEMENT if is_only_slow else Category.BUG
    if AtomType.QUESTION in kinds:
        return Category.QUESTION
    if AtomType.REQUIREMENT in kinds and _is_feature(atoms, text):
        return Category.IMPROVEMENT if improves and not builds else Category.FEATURE
    return Category.IMPROVEMENT if improves and not builds else Category.CHORE


def _is_feature(atoms: Sequence[Atom], text: str) -> bool:
    """Whether what is required is something new for those who use it, not only something to be done."""
    lead = max(atoms, key=lambda atom: atom.confidence)
    names_one = says(Cue.NAMES_FEATURE, straight(lead.title))
    return says(Cue.WANTED, text) or (names_one and sorted_of(lead.title, text).best is Category.FEATURE)


def _is_broken(text: str) -> bool:
    found = phrases_of(Cue.PROBLEM).search(text)
    return found is not None and not says(Cue.IMPROVES, found.group())


def _told(text: str) -> str:
    """What the person wrote: without a form's comments and headings; code is only known to be there."""
    shown = _HIDDEN.sub(lambda found: " <-code-> " if found[0].startswith("`") else " ", text)
    return _HEADING.sub(" ", shown.replace("\r", ""))


def _shares(points: Mapping[Category, float]) -> Mapping[Category, float]:
    odds = {category: math.exp(number) for category, number in points.items()}
    total = sum(odds.values())
    return {category: odd / total for category, odd in odds.items()}
