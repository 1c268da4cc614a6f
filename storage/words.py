"""Words as they are searched for, in either database."""

import re

_MOST_WORDS = 64
_FEW = 8
"""Words up to which a query is somebody's question; a longer text has forms enough of what it is about."""
BEGINNING = "*"
"""At the end of a word: any word that begins so is meant."""
_DECLINED = re.compile("[а-яёіїєґ]{4,}")
# What declension changes in Russian and Ukrainian; three letters are left. Before к a vowel comes and goes.
_ENDING = re.compile(
    "(?:(?<=....)к(?:а|и|у|е|ою|ой|ам|ами|ах)"
    "|(?<=...)(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|ої|ою|ею|ах|ях|ов|ев|ів|їв|ей|ам|ям|ом|ем|ым|им|ий|ый"
    "|ой|ая|яя|ое|ее|ые|ие|их|ых|ую|юю|ия|ии|ию|ія|ії|ію|ок|ек|а|я|о|е|є|ы|и|і|ї|у|ю|й|ь))$"
)


def words_of(query: str) -> list[str]:
    """The first 64 words of a text, each once: letters, digits and _ of any script, case folded."""
    return list(dict.fromkeys(re.findall(r"\w+", query.casefold())))[:_MOST_WORDS]


def sought(query: str) -> list[str]:
    """The same as they are looked for: in a question, declined words by their beginning (`BEGINNING`).

    The index has words as they were written, in any form.
    """
    words = words_of(query)
    return words if len(words) > _FEW else list(dict.fromkeys(_beginning(word) for word in words))


def _beginning(word: str) -> str:
    return word if _DECLINED.fullmatch(word) is None else _ENDING.sub("", word) + BEGINNING
