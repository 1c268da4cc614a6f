"""How many tokens a text is, roughly: enough to keep within a context and to tell a price beforehand."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")

BYTES_PER_TOKEN = 3.5
"""Rather too few than too many, so that the guess is rather too high: newer tokenizers (o200k, Gemma, Qwen)
take 4 to 5 bytes of English, Russian or Ukrainian for a token, older ones fewer. `triagram provider test`
shows the true ratio of a model."""


def tokens_of(text: str) -> int:
    """About so many; never 0."""
    return int(len(text.encode()) / BYTES_PER_TOKEN) + 1


def fitting(lines: Iterable[str], budget: int) -> list[str]:
    """The first lines that together fit a budget of tokens; one that does not fit ends it."""
    kept: list[str] = []
    for line in lines:
        budget -= tokens_of(line)
        if budget < 0:
            break
        kept.append(line)
    return kept
