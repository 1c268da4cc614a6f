"""Evidence: the messages a proposal rests on, each with the exact quote."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import ChatId, MessageKey, PersonId, ThreadId
from core.domain.masking import without_secrets

SHOWN_QUOTES = 3
"""At most this many quotes are shown on a card; all are kept."""


@dataclass(frozen=True)
class Quote:
    """An exact piece of one message, with what is needed to show, link and forget it."""

    key: MessageKey
    text: str
    author: str
    sent_at: datetime
    thread_id: ThreadId | None = None
    author_id: PersonId | None = None


@dataclass(frozen=True)
class Evidence:
    """All quotes of one proposal or item, in the order they were said."""

    quotes: tuple[Quote, ...] = ()

    @property
    def keys(self) -> frozenset[MessageKey]:
        """The messages it rests on."""
        return frozenset(quote.key for quote in self.quotes)

    @property
    def chats(self) -> frozenset[ChatId]:
        """The chats it was said in."""
        return frozenset(quote.key.chat_id for quote in self.quotes)

    @property
    def message_count(self) -> int:
        """How many messages it rests on."""
        return len(self.keys)

    @property
    def time_span_seconds(self) -> float:
        """From the first quoted message to the last; 0 for one or none."""
        times = [quote.sent_at for quote in self.quotes]
        return (max(times) - min(times)).total_seconds() if times else 0.0

    @property
    def said_at(self) -> datetime | None:
        """When the last of it was said; None for no evidence."""
        return max((quote.sent_at for quote in self.quotes), default=None)

    def without(self, keys: Iterable[MessageKey]) -> "Evidence":
        """What is left when these messages are taken out."""
        gone = frozenset(keys)
        return Evidence(tuple(quote for quote in self.quotes if quote.key not in gone))

    def joined(self, other: "Evidence") -> "Evidence":
        """Both, each message's quote once, in the order they were said."""
        seen: dict[tuple[MessageKey, str], Quote] = {}
        for quote in (*self.quotes, *other.quotes):
            seen.setdefault((quote.key, quote.text), quote)
        return Evidence(tuple(sorted(seen.values(), key=lambda q: (q.sent_at, q.key))))


def is_quoted(quote: str, text: str) -> bool:
    """Whether `quote` stands in `text`, white space apart; an empty quote stands nowhere.

    Secrets are hidden in both: an analyst elsewhere was shown the text without them.
    """
    wanted = " ".join(without_secrets(quote).split())
    return bool(wanted) and wanted in " ".join(without_secrets(text).split())


def found_in(quote: str, text: str) -> str:
    """The quote as it stands in `text`, white space and all; "" when its words do not stand there."""
    words = [re.escape(word) for word in quote.split()]
    found = re.search(r"\s+".join(words), text) if words else None
    return found.group() if found else ""
