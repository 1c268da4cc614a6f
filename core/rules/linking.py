"""Which earlier message a message goes on from: one score of a few features, weights in one place."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from core.domain.message import Author, Message
from core.rules.cues import Cue, phrases_of, straight
from core.rules.terms import terms_of

LOOK_BACK = 60
"""Earlier messages considered: 95 % of true reply targets lie within 20 (Telegram exports, measured)."""
MIN_NAME = 3
"""Characters; a shorter name in running text is taken for a word."""
WEIGHTS = {
    "log_distance": -1.1,
    "log_minutes": -0.7,
    "names_author": 3.4,
    "names_author_latest": 0.4,
    "named_by": 1.4,
    "goes_elsewhere": -2.2,
    "same_author": -0.8,
    "same_turn": 0.55,
    "author_latest": 1.4,
    "partner": -0.45,
    "partner_unnamed": 0.7,
    "answers_question": 0.45,
    "shares_words": 3.9,
    "same_talk": 0.5,
    "same_talk_latest": 0.35,
    "stranger": -1.15,
}
"""Log-odds of being the message gone on from, in the order of `Stream.features`: a conditional logit
fitted on `threads_irc_ubuntu.jsonl` and `threads_irc_newdomains.jsonl` (CC-BY-4.0), rounded.
Refitted without each Ubuntu log in turn: link F .665, exact conversation F .246."""
STARTS = {"bias": -2.1, "asks": 1.4, "greets": 2.4, "new_author": 3.1}
"""Log-odds of starting a conversation, from the same fit."""

Floats = npt.NDArray[np.float64]
_START_NAME = re.compile(r"\s*@?([\w\[\]|`^{}.-]{2,40}?)\s*[,:>]", re.UNICODE)
_AT = re.compile(r"@([\w.-]{2,40})")
_TOKEN = re.compile(r"[\w\[\]|^{}-]{3,40}")


@dataclass(frozen=True)
class Said:
    """What linking needs of one message: author as a number, whom it names, what it is about."""

    author: int
    minutes: float
    named: frozenset[int]
    terms: frozenset[str]
    asks: bool
    greets: bool


@dataclass
class Stream:
    """One chat's or thread's messages in order, read once; scores each against those before it."""

    said: list[Said] = field(default_factory=list[Said])
    _ids: dict[str, int] = field(default_factory=dict[str, int])
    _names: dict[str, int] = field(default_factory=dict[str, int])
    _partners: dict[int, int] = field(default_factory=dict[int, int])
    _seen: Counter[str] = field(default_factory=Counter[str])
    _authors: list[int] = field(default_factory=list[int])
    _talks: list[int] = field(default_factory=list[int])

    def add(self, message: Message) -> None:
        """Take the next message."""
        author = self._id_of(message.author)
        text = straight(message.text)
        said = Said(
            author=author,
            minutes=message.sent_at.timestamp() / 60.0,
            named=self._named(text, message.mentions) - {author},
            terms=frozenset(terms_of(text)),
            asks="?" in text or phrases_of(Cue.QUESTION_START).match(text) is not None,
            greets=phrases_of(Cue.GREETING).match(text) is not None,
        )
        self.said.append(said)
        self._authors.append(author)
        self._talks.append(len(self._talks))
        self._seen.update(said.terms)

    def best(self) -> int | None:
        """The index of the message the last added one goes on from, None when it starts anew."""
        candidates, starting = self.features()
        if not len(candidates):
            return None
        scores = candidates @ np.array(list(WEIGHTS.values()))
        best = int(np.argmax(scores))
        if scores[best] <= starting @ np.array(list(STARTS.values())):
            return None
        target = len(self.said) - 1 - len(candidates) + best
        self.note(target)
        return target

    def note(self, target: int) -> None:
        """Take it as known that the last message goes on from `target`."""
        self._talks[-1] = self._talks[target]
        now, then = self.said[-1].author, self.said[target].author
        if now != then:
            self._partners[now] = then
            self._partners[then] = now

    def features(self) -> tuple[Floats, Floats]:
        """`(k, 16)` features of the last one's candidates, nearest last; `(4,)` of starting anew."""
        i = len(self.said) - 1
        candidates = self._matrix(i, max(0, i - LOOK_BACK)) if i else np.zeros((0, len(WEIGHTS)))
        return candidates, self._starting(i)

    def _matrix(self, i: int, low: int) -> Floats:
        now, before = self.said[i], self.said[low:i]
        authors = np.array(self._authors[low:i])
        distance = np.arange(i - low, 0, -1, dtype=np.float64)
        minutes = now.minutes - np.array([one.minutes for one in before])
        same = authors == now.author
        latest = _is_latest(self._authors[low:i])
        named = np.array([author in now.named for author in self._authors[low:i]])
        named_by = np.array([now.author in one.named for one in before])
        partner = (authors == self._partners.get(now.author, -1)) & latest
        asked = np.array([one.asks for one in before]) & ~same & (not now.asks)
        talks = self._talks[low:i]
        own = max((index for index, is_own in enumerate(same) if is_own), default=None)
        same_talk = np.array([own is not None and talk == talks[own] for talk in talks])
        columns = (
            np.log1p(distance - 1),
            np.log1p(np.maximum(minutes, 0.0)),
            named,
            named & latest,
            named_by & latest,
            np.array([_goes_elsewhere(now, one) for one in before]),
            same,
            same & (distance == 1),
            same & latest,
            partner,
            partner & (not now.named),
            asked,
            np.array([self._shared(now.terms, one.terms) for one in before]),
            same_talk,
            same_talk & _is_latest(talks),
            ~(same_talk | same | named | named_by) & same.any(),
        )
        return np.column_stack(columns).astype(np.float64)

    def _starting(self, i: int) -> Floats:
        now = self.said[i]
        is_new = now.author not in self._authors[max(0, i - LOOK_BACK) : i]
        starts_alone = float(is_new and not now.named)
        return np.array([1.0, float(now.asks), float(now.greets), starts_alone])

    def _shared(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Rare words in common, saturating at 1."""
        common = left & right
        if not common:
            return 0.0
        total = len(self.said)
        rarity = sum(math.log(1 + total / self._seen[term]) for term in common)
        return 1.0 - math.exp(-rarity / 6.0)

    def _id_of(self, author: Author) -> int:
        key = str(author.person_id or author.chat_id or author.name)
        known = self._ids.setdefault(key, len(self._ids))
        names = (author.name, author.username or "", author.name.split(" ")[0])
        for name in names:
            if len(name) >= MIN_NAME:
                self._names.setdefault(name.casefold(), known)
        return known

    def _named(self, text: str, mentions: Sequence[str]) -> frozenset[int]:
        """Authors heard before that a text addresses: at its start, with @, or by an unmistakable name."""
        found = {name.casefold() for name in (*mentions, *_AT.findall(text))}
        start = _START_NAME.match(text)
        if start:
            found.add(start.group(1).casefold())
        found |= {token.casefold() for token in _TOKEN.findall(text) if _is_name(token)}
        return frozenset(self._names[name] for name in found if name in self._names)


def _goes_elsewhere(now: Said, earlier: Said) -> bool:
    """Whether one of the two is addressed to somebody outside the pair."""
    if now.author == earlier.author:
        return bool(now.named and earlier.named - now.named)
    is_to_other = bool(earlier.named) and now.author not in earlier.named
    return is_to_other or (bool(now.named) and earlier.author not in now.named)


def _is_name(token: str) -> bool:
    """Whether a token can hardly be a plain word: capitals or digits inside a longer word."""
    return any(char.isdigit() or not char.isalpha() for char in token) or not token.islower()


def _is_latest(authors: list[int]) -> npt.NDArray[np.bool_]:
    """Which messages are their author's latest, `(n,)`."""
    last = {author: index for index, author in enumerate(authors)}
    latest = np.zeros(len(authors), dtype=bool)
    latest[list(last.values())] = True
    return latest
