"""The words that say what a text is about: without filler, reduced to stems."""

import re
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast

import snowballstemmer

from core.rules.cues import stop_words, straight
from core.rules.ukrainian import ukrainian_stem

if TYPE_CHECKING:
    from collections.abc import Callable

_WORD = re.compile(r"[^\W_][\w'#+.-]*[^\W_]|[^\W\d_]")
_LINK = re.compile(r"https?://\S+|www\.\S+|t\.me/\S+", re.IGNORECASE)
_UKRAINIAN_LETTERS = frozenset("іїєґ")
_RUSSIAN_LETTERS = frozenset("ыэёъ")


def words_of(text: str) -> list[str]:
    """Words as written, casefolded, links left out, in order."""
    return [word.group() for word in _WORD.finditer(_LINK.sub(" ", straight(text)).casefold())]


def terms_of(text: str) -> list[str]:
    """Stems of the words that carry meaning, in order, repeats kept."""
    return [stem for _, stem in written_terms(text)]


def written_terms(text: str) -> list[tuple[str, str]]:
    """The words that carry meaning, each as written (casefolded) with its stem, in order, repeats kept."""
    stop, words = stop_words(), words_of(text)
    # A Ukrainian word need not have a letter of its own; the words around it tell.
    letters = set("".join(words))
    stem = _ukrainian if letters & _UKRAINIAN_LETTERS and not letters & _RUSSIAN_LETTERS else stem_of
    return [(word, stem(word)) for word in words if word not in stop and len(word) > 1]


@lru_cache(maxsize=65_536)
def stem_of(word: str) -> str:
    """The stem of one casefolded word: Snowball for English and Russian, endings cut for Ukrainian."""
    if _UKRAINIAN_LETTERS & set(word):
        return ukrainian_stem(word)
    stemmer = _ENGLISH if word.isascii() else _RUSSIAN
    # A Snowball stemmer keeps the word it works on in itself; batches are read in several threads.
    with _STEMMING:
        return stemmer.stemWord(word)


@lru_cache(maxsize=65_536)
def _ukrainian(word: str) -> str:
    return stem_of(word) if word.isascii() else ukrainian_stem(word)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str:  # noqa: N802 - the library's name
        ...


_STEMMING = threading.Lock()
_SNOWBALL = cast("Callable[[str], _Stemmer]", vars(snowballstemmer)["stemmer"])
_ENGLISH = _SNOWBALL("english")
_RUSSIAN = _SNOWBALL("russian")
