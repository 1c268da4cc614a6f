"""What linking needs of one message: who speaks, to whom, how and about what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.domain.message import Author, Message
from core.rules.cues import Cue, phrases_of, says, straight
from core.rules.embedding import Row, WordVectors
from core.rules.terms import terms_of, words_of

MIN_NAME = 3
"""Characters; a shorter name in running text is taken for a word."""
SHORT = 3
"""Words up to which a message leans on what was said before it."""
MANNERS = (
    "asks",
    "opens_question",
    "greets",
    "thanks",
    "agrees",
    "calls",
    "of_self",
    "to_you",
    "is_short",
    "words",
    "is_addressed",
)
"""Of `Said`, what matters of each earlier message."""
_ADDRESS = re.compile(r"\s*@?([\w\[\]|`^{}.\\-]{2,40}?)\s*[,:>;]\s*", re.UNICODE)
_AT = re.compile(r"@([\w.-]{2,40})")
_TOKEN = re.compile(r"[\w\[\]|^{}`\\-]{3,40}")


@dataclass(frozen=True)
class Said:
    """One message: the author as a number, whom it speaks to or only names, and its manner."""

    author: int
    minutes: float
    addressed: frozenset[int]
    named: frozenset[int]
    """Those addressed among them."""
    is_addressed: bool
    """Whether it begins as if to somebody, known or not."""
    terms: frozenset[str]
    vector: Row
    words: int
    asks: bool
    opens_question: bool
    greets: bool
    thanks: bool
    agrees: bool
    calls: bool
    of_self: bool
    to_you: bool
    goes_on: bool
    shows_link: bool

    @property
    def is_short(self) -> bool:
        """Whether it can hardly be understood alone."""
        return self.words <= SHORT

    @property
    def manner(self) -> tuple[float, ...]:
        """How it was said as numbers, in the order of `MANNERS`."""
        return tuple(float(getattr(self, name)) for name in MANNERS)


@dataclass
class Listener:
    """Hears messages in order and knows by name everybody who spoke before."""

    vectors: WordVectors = field(default_factory=WordVectors)
    _ids: dict[str, int] = field(default_factory=dict[str, int])
    _names: dict[str, int] = field(default_factory=dict[str, int])

    def hear(self, message: Message) -> Said:
        """The message as linking needs it."""
        author = self._id_of(message.author)
        text = straight(message.text)
        start = _ADDRESS.match(text)
        body = text[start.end() :] if start else text
        addressed = self._addressed(text, start, message.mentions) - {author}
        return Said(
            author=author,
            minutes=message.sent_at.timestamp() / 60.0,
            addressed=addressed,
            named=addressed | (self._named(text) - {author}),
            is_addressed=start is not None,
            terms=frozenset(terms_of(text)),
            vector=self.vectors.rows([message.text])[0],
            words=len(words_of(text)),
            asks="?" in text,
            opens_question=_opens(Cue.QUESTION_START, body),
            greets=_opens(Cue.GREETING, text),
            thanks=says(Cue.THANKS, text),
            agrees=_opens(Cue.AGREEMENT, body),
            calls=says(Cue.CALLS, text),
            of_self=says(Cue.OF_SELF, text),
            to_you=says(Cue.TO_YOU, text),
            goes_on=_opens(Cue.GOES_ON, body),
            shows_link="http" in text,
        )

    def _id_of(self, author: Author) -> int:
        key = str(author.person_id or author.chat_id or author.name)
        known = self._ids.setdefault(key, len(self._ids))
        for name in (
            author.name,
            author.username or "",
            author.name.split(" ")[0],
            author.name.rstrip("_`"),
        ):
            if len(name) >= MIN_NAME:
                self._names.setdefault(name.casefold(), known)
        return known

    def _addressed(self, text: str, start: re.Match[str] | None, mentions: Sequence[str]) -> frozenset[int]:
        """Authors heard before that a text speaks to: at its start, with @, or as Telegram marks it."""
        names = {name.casefold() for name in (*mentions, *_AT.findall(text))}
        if start:
            names.add(start.group(1).casefold())
        return self._known(names)

    def _named(self, text: str) -> frozenset[int]:
        """Authors heard before whose names stand at either end, or are unmistakable anywhere."""
        tokens = _TOKEN.findall(text)
        names = {token.casefold() for token in tokens if _is_name(token)}
        return self._known(names | {token.casefold() for token in (*tokens[:1], *tokens[-1:])})

    def _known(self, names: set[str]) -> frozenset[int]:
        return frozenset(self._names[name] for name in names if name in self._names)


def _opens(cue: Cue, text: str) -> bool:
    return phrases_of(cue).match(text) is not None


def _is_name(token: str) -> bool:
    """Whether a token can hardly be a plain word: capitals or digits inside a longer word."""
    return any(char.isdigit() or not char.isalpha() for char in token) or not token.islower()
