"""Words as they are searched for, in either database."""

import re

_MOST_WORDS = 64


def words_of(query: str) -> list[str]:
    """The first 64 words of a text, each once: letters, digits and _ of any script, case folded."""
    return list(dict.fromkeys(re.findall(r"\w+", query.casefold())))[:_MOST_WORDS]
