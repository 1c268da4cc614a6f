"""What speaks for and against one message going on from each of those before it, by name."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.rules.embedding import Row
from core.rules.linking.past import LOOK_BACK, Flags, Floats, Ints, Past
from core.rules.linking.said import MANNERS, Said

NEAR = 5
"""Messages or minutes that are still near."""
LATELY_MINUTES = 2.0
LONG_MINUTES = 30.0
UNHEARD = 500
"""Messages since an author's last one, where there is none."""
MOST_ANSWERS = 3
_SHARED = 6.0
_SHARED_WITH_TALK = 8.0
"""Nats of words in common at which 63 % of what they can say is reached."""
Columns = dict[str, "Floats | Flags"]


@dataclass(frozen=True)
class View:
    """The last messages as one new message finds them; arrays are `(k,)`, nearest last."""

    past: Past
    now: Said

    @cached_property
    def low(self) -> int:
        """The index of the first one considered."""
        return max(0, len(self.past.authors) - LOOK_BACK)

    @property
    def count(self) -> int:
        """How many are considered."""
        return len(self.past.authors) - self.low

    @cached_property
    def authors(self) -> Ints:
        """Who said them."""
        return np.array(self.past.authors[self.low :], dtype=np.intp)

    @cached_property
    def steps(self) -> Ints:
        """How many messages back they are, 1 for the last."""
        return np.arange(self.count, 0, -1, dtype=np.intp)

    @cached_property
    def minutes(self) -> Floats:
        """How long ago they were said."""
        ago = self.now.minutes - np.array(self.past.minutes[self.low :])
        return np.maximum(ago, 0.0).astype(np.float32)

    @cached_property
    def same(self) -> Flags:
        """Whether their author is the one who speaks now."""
        return self.authors == self.now.author

    @cached_property
    def own(self) -> int | None:
        """The index of the author's latest message among them."""
        latest = self.past.latest.get(self.now.author)
        return latest if latest is not None and latest >= self.low else None

    @cached_property
    def since(self) -> Flags:
        """Whether they were said after the author last spoke."""
        latest = self.past.latest.get(self.now.author, -1)
        return np.arange(self.low, len(self.past.authors)) > latest

    @cached_property
    def later(self) -> Ints:
        """How many later messages each one's author has among them."""
        seen: dict[int, int] = {}
        found = np.zeros(self.count, dtype=np.intp)
        for index in range(self.count - 1, -1, -1):
            author = self.past.authors[self.low + index]
            found[index] = seen.get(author, 0)
            seen[author] = found[index] + 1
        return found

    @cached_property
    def is_latest(self) -> Flags:
        """Whether each is its author's latest."""
        return self.later == 0

    @cached_property
    def names_me(self) -> Flags:
        """Whether each names whoever speaks now."""
        return self._marked(self.past.naming.get(self.now.author, ()))

    @cached_property
    def addresses_me(self) -> Flags:
        """Whether each speaks to whoever speaks now."""
        return self._marked(self.past.addressing.get(self.now.author, ()))

    @cached_property
    def named(self) -> Flags:
        """Whether each one's author is named now."""
        return np.isin(self.authors, list(self.now.named))

    @cached_property
    def addressed(self) -> Flags:
        """Whether each one's author is spoken to now."""
        return np.isin(self.authors, list(self.now.addressed))

    @cached_property
    def talks(self) -> list[int]:
        """The talk of each."""
        return self.past.talk_of[self.low :]

    @cached_property
    def _manners(self) -> Floats:
        return self.past.manners.since(self.low)

    def how(self, manner: str) -> Floats:
        """One of `MANNERS` of each message considered."""
        return self._manners[:, MANNERS.index(manner)]

    def so(self, manner: str) -> Flags:
        """Whether each was said in that manner."""
        return self.how(manner) > 0

    def naming(self, authors: Iterable[int]) -> Flags:
        """Whether each names one of these authors."""
        return self._marked(*(self.past.naming.get(author, ()) for author in authors))

    def addressing(self, authors: Iterable[int]) -> Flags:
        """Whether each speaks to one of these authors."""
        return self._marked(*(self.past.addressing.get(author, ()) for author in authors))

    def places(self, indexes: Sequence[int]) -> list[int]:
        """Those of ascending indexes that are considered, counted from the first considered."""
        return [index - self.low for index in indexes[bisect_left(indexes, self.low) :]]

    def _marked(self, *listed: Sequence[int]) -> Flags:
        found = np.zeros(self.count, dtype=np.bool_)
        for indexes in listed:
            found[self.places(indexes)] = True
        return found


def pair_columns(view: View) -> Columns:
    """One column a feature, `(k,)`, of going on from each message considered."""
    return {
        **_place(view),
        **_address(view),
        **_author(view),
        **_question(view),
        **_talk(view),
        **_manner(view),
    }


def own_features(view: View) -> Mapping[str, float]:
    """What the message is by itself, whatever it may go on from."""
    now = view.now
    latest = view.past.latest.get(now.author)
    apart = UNHEARD if latest is None else len(view.past.authors) - latest
    return {
        "asks": now.asks,
        "opens_question": now.opens_question,
        "greets": now.greets,
        "thanks": now.thanks,
        "agrees": now.agrees,
        "calls": now.calls,
        "goes_on": now.goes_on,
        "of_self": now.of_self,
        "to_you": now.to_you,
        "shows_link": now.shows_link,
        "is_short": now.is_short,
        "words": np.log1p(now.words),
        "addresses": bool(now.addressed),
        "names": bool(now.named),
        "addresses_unknown": now.is_addressed and not now.addressed,
        "is_new": view.own is None,
        "own_steps": np.log1p(apart),
        "minutes": np.log1p(view.minutes[-1]),
        "by_name": view.past.speaking_share(view.low),
        "people": np.log1p(len(set(view.authors.tolist()))),
    }


def _place(view: View) -> Columns:
    """How far back, in messages, minutes and people."""
    people = np.cumsum(view.is_latest[::-1])[::-1] - view.is_latest
    return {
        "steps": np.log(view.steps),
        "next": view.steps == 1,
        "second": view.steps == 2,  # noqa: PLR2004 - its name says it
        "near": view.steps <= NEAR,
        "minutes": np.log1p(view.minutes),
        "at_once": view.minutes < 1,
        "minutes_near": view.minutes <= NEAR,
        "long_ago": view.minutes > LONG_MINUTES,
        "people_since": np.log1p(people),
    }


def _address(view: View) -> Columns:
    """Who speaks to whom and who names whom."""
    now, same, latest = view.now, view.same, view.is_latest
    speaks = view.so("is_addressed")
    names = np.array(view.past.names[view.low :], dtype=np.bool_)
    alike = view.naming(now.named)
    apart = (
        same & np.array(view.past.speaks_to[view.low :], dtype=np.bool_) & ~view.addressing(now.addressed)
    )
    return {
        "named": view.named,
        "named_latest": view.named & latest,
        "named_earlier": view.named * np.log1p(view.later),
        "addressed": view.addressed,
        "addressed_latest": view.addressed & latest,
        "names_me": view.names_me,
        "names_me_since": view.names_me & view.since,
        "names_me_first": _end(view.names_me & view.since, first=True),
        "names_me_last": _end(view.names_me & view.since, first=False),
        "names_me_latest": view.names_me & latest,
        "addresses_me_latest": view.addresses_me & latest,
        "names_another": names & ~view.names_me & ~same,
        "speaks_to_another": speaks & ~view.addresses_me & ~same,
        "spoken_elsewhere": ~view.addressed & ~same & bool(now.addressed),
        "names_alike": alike,
        "names_alike_same": alike & same,
        "speaks_to_other": apart & bool(now.addressed),
    }


def _author(view: View) -> Columns:
    """Whose it is: one's own, a partner's, a stranger's."""
    past, now, same, latest = view.past, view.now, view.same, view.is_latest
    authors = past.authors[view.low :]
    partner = view.authors == past.partners.get(now.author, -1)
    waiting = np.isin(view.authors, list(past.waiting.get(now.author, ())))
    counts = {one: past.between[now.author, one] + past.between[one, now.author] for one in set(authors)}
    known = np.log1p(np.array([counts[one] for one in authors]))
    return {
        "same": same,
        "same_next": same & (view.steps == 1),
        "same_latest": same & latest,
        "same_lately": same & (view.minutes < LATELY_MINUTES),
        "same_to_somebody": same & latest & bool(now.addressed),
        "latest": latest,
        "later": np.log1p(view.later),
        "since": view.since,
        "of_new": np.array(past.is_new[view.low :], dtype=np.bool_),
        "partner": partner,
        "partner_latest": partner & latest,
        "partner_unnamed": partner & latest & (not now.named),
        "known": known,
        "known_latest": known * latest,
        "waits": waiting & latest & (not now.named),
    }


def _question(view: View) -> Columns:
    """Questions and how many answers each message has."""
    answers = np.array(view.past.answers[view.low :], dtype=np.float32)
    asks = view.so("asks")
    question = asks | view.so("opens_question")
    return {
        "question": question,
        "question_answered": question & ~view.same & (not view.now.asks),
        "question_open": asks & (answers == 0) & ~view.same,
        "unanswered": answers == 0,
        "answers": np.minimum(answers, MOST_ANSWERS),
    }


def _talk(view: View) -> Columns:
    """What the talk of each message is to the author and to the words said now."""
    past, now, talks = view.past, view.now, view.talks
    own = None if view.own is None else past.talk_of[view.own]
    is_own = np.array([one == own for one in talks], dtype=np.bool_)
    there = {number: past.talks[number] for number in set(talks)}
    rarity = {term: past.rarity(term) for term in now.terms}
    shared = {
        number: sum(rarity[term] for term in now.terms if term in talk.terms)
        for number, talk in there.items()
    }
    indexes = range(view.low, len(past.authors))
    is_last = np.array([there[one].latest == index for one, index in zip(talks, indexes, strict=True)])
    is_in = np.array([now.author in there[one].authors for one in talks], dtype=np.bool_)
    stranger = ~(is_own | view.same | view.named | view.names_me) & (own is not None)
    ages = [len(past.authors) - there[one].latest for one in talks]
    likeness = {number: _cosine(talk.vector, now.vector) for number, talk in there.items()}
    alike = past.vectors.since(view.low) @ now.vector
    return {
        "shares": _saturated(_shared(view, rarity), _SHARED),
        "alike": alike,
        "alike_most": alike - alike.mean(),
        "talk_alike": np.array([likeness[one] for one in talks]),
        "talk_own": is_own,
        "talk_own_last": is_own & is_last,
        "talk_last": is_last,
        "talk_in": is_in,
        "talk_in_last": is_in & is_last,
        "talk_people": np.log1p(np.array([len(there[one].authors) for one in talks])),
        "talk_age": np.log1p(np.array(ages)),
        "talk_shares": _saturated(np.array([shared[one] for one in talks]), _SHARED_WITH_TALK),
        "stranger": stranger,
    }


def _manner(view: View) -> Columns:
    """How each was said, and how that fits what is said now."""
    now, same = view.now, view.same
    of_self, to_you = view.so("of_self"), view.so("to_you")
    return {
        "said_short": view.how("is_short"),
        "said_words": np.log1p(view.how("words")),
        "said_thanks": view.how("thanks"),
        "said_to_you": to_you,
        "said_of_self": of_self,
        "said_greets": view.how("greets"),
        "said_agrees": view.how("agrees"),
        "said_calls": view.how("calls"),
        "you_of_self": of_self & ~same & now.to_you,
        "self_to_you": to_you & ~same & now.of_self,
        "thanks_namer": view.names_me & now.thanks,
    }


def _end(marked: Flags, *, first: bool) -> Flags:
    """Only the first, or only the last, of those marked."""
    found = np.zeros_like(marked)
    places = np.flatnonzero(marked)
    if len(places):
        found[places[0 if first else -1]] = True
    return found


def _shared(view: View, rarity: Mapping[str, float]) -> Floats:
    """How much the words of each message have in common with what is said now, in nats."""
    found = np.zeros(view.count, dtype=np.float32)
    for term, weight in rarity.items():
        found[view.places(view.past.where.get(term, ()))] += weight
    return found


def _cosine(left: Row, right: Row) -> float:
    """How alike they are, `right` of length 1; 0 where one says nothing."""
    length = math.sqrt(float(left @ left))
    return float(left @ right) / length if length else 0.0


def _saturated(nats: Floats, scale: float) -> Floats:
    return (1.0 - np.exp(-nats / scale)).astype(np.float32)
