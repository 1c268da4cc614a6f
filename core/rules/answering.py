"""The built-in answerer: what is cited shares the words a question turns on, or is near it by vectors."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from core.domain.asking import Question
from core.domain.ids import Ref
from core.domain.similarity import Spread
from core.ports.analysis import Candidate, Near, Pool
from core.rules.embedding import row_of
from core.rules.matching import MOST_WORDS
from core.rules.telling import counts_of, forms_of
from core.rules.terms import terms_of

KNOWN = 0.5
"""The share of a question's words, weighed by how rare they are, from which something answers it."""
HALF_KNOWN, NEAR = 0.25, 0.6
"""With so near a vector a smaller share is enough: the question is worded differently."""
BESIDE_TITLE = 0.85
"""What a word in the text or a quote weighs beside one in the title."""
OF_BEST = 0.7
"""What is cited is at least so good as the best, as a share of its score."""
VECTOR_WEIGHT = 0.3
MOST_CITED = 5
_FIRST_YEAR = 2013
"""Telegram has no older messages."""

_MONTHS = (
    ("jan", "янв", "січ"), ("feb", "фев", "лют"), ("mar", "мар", "бер"), ("apr", "апр", "кві"),
    ("may", "ма", "тра"), ("jun", "июн", "чер"), ("jul", "июл", "лип"), ("aug", "авг", "сер"),
    ("sep", "сен", "вер"), ("oct", "окт", "жов"), ("nov", "ноя", "лис"), ("dec", "дек", "гру"),
)  # fmt: skip
_AS_OF = r"[\s,(]*(?<!\w)(?:as\s+of|as\s+at|по\s+состоянию\s+на|на\s+момент|станом\s+на)\s+"
_DAY = re.compile(
    rf"""{_AS_OF}(?:
        (?P<iso>\d{{4}}-\d\d-\d\d)
        | (?P<d>\d{{1,2}})(?:st|nd|rd|th|-?го|-?е)?\s+(?P<month>[^\W\d_]{{3,}})\.?(?:\s+(?P<y>\d{{4}}))?
        | (?P<month2>[a-z]{{3,}})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y2>\d{{4}}))?
        | (?P<d3>\d{{1,2}})\.(?P<m3>\d{{1,2}})(?:\.(?P<y3>\d{{4}}))?
    )\)?\s*(?P<end>[?!.]*)\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_ASKING = """
decide decided decision know tell say said happen happened explain reason purpose own owns owner use status
agree agreed choose chose chosen plan currently
решили решать решение знать знаем сказать говорили причина почему отвечает ответственный договорились
выбрали сейчас статус
вирішили рішення знати знаємо сказати казали причина чому відповідає відповідальний домовилися обрали зараз
"""
"""Words that ask rather than name what is asked about."""


@dataclass(frozen=True)
class RuleAnswerer:
    """The Answerer port without a model: it cites and words nothing."""

    def read(self, asked: str, today: date) -> Question:
        """The question without its “as of 1 Apr”, and that day; what is no day stays in the question."""
        text = " ".join(asked.split())
        found = _DAY.search(text)
        as_of = _day_in(found, today) if found else None
        if found is None or as_of is None:
            return Question(text)
        return Question(text[: found.start()] + found["end"], as_of)

    def words_of(self, question: Candidate) -> list[str]:
        """The words that carry meaning, as written; each once."""
        words = (word for forms in _turning_on(question.title).values() for word in forms)
        return list(dict.fromkeys(words))[:MOST_WORDS]

    async def answer(self, question: Candidate, pool: Pool) -> tuple[Ref, ...]:
        """At most five, best first; () when no item has enough of the question's words."""
        asked = _weights(question.title, pool.spread)
        scored = [(near.ref, score) for near in pool.near if (score := _score(asked, question, near))]
        best = max((score for _, score in scored), default=0.0)
        worth = [(ref, score) for ref, score in scored if score >= OF_BEST * best]
        return tuple(ref for ref, _ in sorted(worth, key=lambda one: -one[1]))[:MOST_CITED]


def _score(asked: Mapping[str, float], question: Candidate, near: Near) -> float:
    """How well an item answers, 0 when it does not."""
    share, cosine = _share(asked, near.candidate), _cosine(question, near.candidate)
    is_known = share >= KNOWN or (share >= HALF_KNOWN and cosine >= NEAR)
    return share + VECTOR_WEIGHT * cosine if is_known else 0.0


def _share(asked: Mapping[str, float], item: Candidate) -> float:
    """Which share of the question's words an item has, in [0, 1]."""
    title, text = counts_of(item.title), counts_of(item.text)
    has = {stem: 1.0 if stem in title else BESIDE_TITLE for stem in asked if stem in title or stem in text}
    return sum(asked[stem] * much for stem, much in has.items()) / (sum(asked.values()) or 1.0)


def _cosine(question: Candidate, item: Candidate) -> float:
    if question.vector is None or item.vector is None:
        return 0.0
    return min(1.0, max(0.0, float(row_of(question.vector) @ row_of(item.vector))))


def _weights(question: str, spread: Spread) -> dict[str, float]:
    return {stem: spread.rarity(forms) for stem, forms in _turning_on(question).items()}


def _turning_on(question: str) -> Mapping[str, list[str]]:
    """The stems a question turns on with their forms; those that only ask, where there are no others."""
    forms = forms_of(question)
    return {stem: words for stem, words in forms.items() if stem not in _asking_stems()} or forms


@lru_cache(maxsize=1)
def _asking_stems() -> frozenset[str]:
    return frozenset(stem for word in _ASKING.split() for stem in terms_of(word))


def _day_in(found: re.Match[str], today: date) -> date | None:
    if found["iso"]:
        return _date(*(int(part) for part in found["iso"].split("-")))
    day = int(found["d"] or found["d2"] or found["d3"])
    month = int(found["m3"]) if found["m3"] else _month(found["month"] or found["month2"])
    year = found["y"] or found["y2"] or found["y3"]
    if month is None:
        return None
    if year:
        return _date(int(year), month, day)
    # 29 February is up to eight years back.
    past = (_date(one, month, day) for one in range(today.year, today.year - 9, -1))
    return next((one for one in past if one is not None and one <= today), None)


def _month(word: str) -> int | None:
    starts = ((number, start) for number, names in enumerate(_MONTHS, start=1) for start in names)
    fits = [(len(start), number) for number, start in starts if word.casefold().startswith(start)]
    return max(fits)[1] if fits else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None
