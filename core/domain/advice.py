"""What a model is asked beside the rules: whether two items are one, what a reply asks, what notes say.

An adviser claims; what is kept of a claim is decided here, whoever made it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.domain.conversation import Usage
from core.domain.evidence import is_quoted
from core.domain.ids import Ref
from core.domain.patch import Patch
from core.domain.person import Project
from core.domain.showing.wording import NO_WORDING, Sentence, Wording

LONGEST_SENTENCE = 300
"""Characters; a longer one is no sentence for a card."""
MOST_SENTENCES = 5
LEAST_QUOTED = 3
"""Letters of a quote: a dot or an "a" stands in every text."""
MOST_GIVEN = 12
"""Items a text is worded from: what a dozen lines hold."""


class Verdict(StrEnum):
    """Whether two items are one; *unsure* leaves what the rules say."""

    SAME = "same"
    RELATED = "related"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Pair:
    """A new item beside a known one, each with its title and text."""

    title: str
    text: str
    known_title: str
    known_text: str


@dataclass(frozen=True)
class Comparing:
    """Pairs to be judged in one call."""

    project: Project
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Verdicts:
    """One verdict a pair, in order."""

    verdicts: tuple[Verdict, ...] = ()
    usage: Usage = Usage()


@dataclass(frozen=True)
class Edited:
    """What a reply asks to change; None for talk."""

    patch: Patch | None = None
    usage: Usage = Usage()


@dataclass(frozen=True)
class Item:
    """A note or task as it is told to an adviser: what kind it is and how it stands, and all it says."""

    ref: Ref
    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class Material:
    """What a text is to be worded from. `question` "" asks for the day in short."""

    project: Project
    items: tuple[Item, ...]
    question: str = ""

    @property
    def given(self) -> tuple[Ref, ...]:
        """All it holds."""
        return tuple(item.ref for item in self.items)


@dataclass(frozen=True)
class Claim:
    """A sentence with the item it cites, and words said to stand there; `ref` None cites nothing given."""

    text: str
    ref: Ref | None
    words: str


@dataclass(frozen=True)
class Told:
    """The sentences an adviser words; none says that it does not know, or that nothing is worth a word."""

    claims: tuple[Claim, ...] = ()
    usage: Usage = Usage()


def checked_wording(claims: Iterable[Claim], material: Material) -> Wording:
    """The sentences that cite an item of the material by words that stand there; no others."""
    by_ref = {item.ref: item for item in material.items}
    kept: dict[str, Sentence] = {}
    for claim in claims:
        item = by_ref.get(claim.ref) if claim.ref is not None else None
        text = " ".join(claim.text.split())
        if item is None or not 0 < len(text) <= LONGEST_SENTENCE:
            continue
        says_something = sum(letter.isalnum() for letter in claim.words) >= LEAST_QUOTED
        if says_something and is_quoted(claim.words, f"{item.title}\n{item.text}"):
            kept.setdefault(text, Sentence(text, item.ref))
    sentences = tuple(kept.values())[:MOST_SENTENCES]
    return Wording(sentences, material.given) if sentences else NO_WORDING
