"""Which person a word means: by user name, or by first name in any case and either alphabet."""

import re
from collections.abc import Sequence

from core.domain.person import Person

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "ye", "ё": "yo", "ж": "zh",
    "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "'": "",
}  # fmt: skip
_SOUNDS = (("x", "ks"), ("ph", "f"), ("w", "v"), ("c", "k"), ("kkh", "kh"))
_ENDING = re.compile(r"(?:ovi|yevi|evi|om|em|yem|oy|oyu|yeyu|ey|[aeiouy']+)$")
_SHORTEST = 2
"""Letters of a stem by which somebody can still be meant."""


def person_of(words: Sequence[str], people: Sequence[Person]) -> Person | None:
    """The one person these words name; None for nobody, and where it could be several."""
    found = [person for person in people if _is_named(person, words)]
    return found[0] if len({one.id for one in found}) == 1 else None


def _is_named(person: Person, words: Sequence[str]) -> bool:
    if not words:
        return False
    first = words[0].lstrip("@").casefold()
    if person.username and len(words) == 1 and first == person.username.casefold():
        return True
    names = [_stem(name) for name in person.name.split()]
    said = [_stem(word.lstrip("@")) for word in words]
    is_known = all(len(stem) >= _SHORTEST and stem in names for stem in said)
    return bool(names) and is_known and said[0] == names[0]


def _stem(name: str) -> str:
    """A name without its ending, in Latin letters: «Олю», «Оле» and "Olya" are one."""
    latin = "".join(_LATIN.get(letter, letter) for letter in name.casefold())
    for sound, letter in _SOUNDS:
        latin = latin.replace(sound, letter)
    bare = _ENDING.sub("", latin)
    return bare if len(bare) >= _SHORTEST else latin
