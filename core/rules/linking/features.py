"""What speaks for and against one message going on from each of those before it, by name."""

import math
from collections.abc import Mapping

import numpy as np

from core.rules.embedding import Row
from core.rules.linking.past import Flags, Floats
from core.rules.linking.recent import Recent

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


def pair_columns(recent: Recent) -> Columns:
    """One column a feature, `(k,)`, of going on from each message considered."""
    return {
        **_place(recent),
        **_address(recent),
        **_author(recent),
        **_question(recent),
        **_talk(recent),
        **_manner(recent),
    }


def own_features(recent: Recent) -> Mapping[str, float]:
    """What the message is by itself, whatever it may go on from."""
    now = recent.now
    latest = recent.past.latest.get(now.author)
    apart = UNHEARD if latest is None else len(recent.past.authors) - latest
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
        "is_new": recent.own is None,
        "own_steps": np.log1p(apart),
        "minutes": np.log1p(recent.minutes[-1]),
        "by_name": recent.past.speaking_share(recent.low),
        "people": np.log1p(len(set(recent.authors.tolist()))),
    }


def _place(recent: Recent) -> Columns:
    """How far back, in messages, minutes and people."""
    people = np.cumsum(recent.is_latest[::-1])[::-1] - recent.is_latest
    return {
        "steps": np.log(recent.steps),
        "next": recent.steps == 1,
        "second": recent.steps == 2,  # noqa: PLR2004 - its name says it
        "near": recent.steps <= NEAR,
        "minutes": np.log1p(recent.minutes),
        "at_once": recent.minutes < 1,
        "minutes_near": recent.minutes <= NEAR,
        "long_ago": recent.minutes > LONG_MINUTES,
        "people_since": np.log1p(people),
    }


def _address(recent: Recent) -> Columns:
    """Who speaks to whom and who names whom."""
    now, same, latest = recent.now, recent.same, recent.is_latest
    speaks = recent.so("is_addressed")
    names = np.array(recent.past.names[recent.low :], dtype=np.bool_)
    alike = recent.naming(now.named)
    apart = (
        same
        & np.array(recent.past.speaks_to[recent.low :], dtype=np.bool_)
        & ~recent.addressing(now.addressed)
    )
    return {
        "named": recent.named,
        "named_latest": recent.named & latest,
        "named_earlier": recent.named * np.log1p(recent.later),
        "addressed": recent.addressed,
        "addressed_latest": recent.addressed & latest,
        "names_me": recent.names_me,
        "names_me_since": recent.names_me & recent.since,
        "names_me_first": _end(recent.names_me & recent.since, first=True),
        "names_me_last": _end(recent.names_me & recent.since, first=False),
        "names_me_latest": recent.names_me & latest,
        "addresses_me_latest": recent.addresses_me & latest,
        "names_another": names & ~recent.names_me & ~same,
        "speaks_to_another": speaks & ~recent.addresses_me & ~same,
        "spoken_elsewhere": ~recent.addressed & ~same & bool(now.addressed),
        "names_alike": alike,
        "names_alike_same": alike & same,
        "speaks_to_other": apart & bool(now.addressed),
    }


def _author(recent: Recent) -> Columns:
    """Whose it is: one's own, a partner's, a stranger's."""
    past, now, same, latest = recent.past, recent.now, recent.same, recent.is_latest
    authors = past.authors[recent.low :]
    partner = recent.authors == past.partners.get(now.author, -1)
    waiting = np.isin(recent.authors, list(past.waiting.get(now.author, ())))
    counts = {one: past.between[now.author, one] + past.between[one, now.author] for one in set(authors)}
    known = np.log1p(np.array([counts[one] for one in authors]))
    return {
        "same": same,
        "same_next": same & (recent.steps == 1),
        "same_latest": same & latest,
        "same_lately": same & (recent.minutes < LATELY_MINUTES),
        "same_to_somebody": same & latest & bool(now.addressed),
        "latest": latest,
        "later": np.log1p(recent.later),
        "since": recent.since,
        "of_new": np.array(past.is_new[recent.low :], dtype=np.bool_),
        "partner": partner,
        "partner_latest": partner & latest,
        "partner_unnamed": partner & latest & (not now.named),
        "known": known,
        "known_latest": known * latest,
        "waits": waiting & latest & (not now.named),
    }


def _question(recent: Recent) -> Columns:
    """Questions and how many answers each message has."""
    answers = np.array(recent.past.answers[recent.low :], dtype=np.float32)
    asks = recent.so("asks")
    question = asks | recent.so("opens_question")
    return {
        "question": question,
        "question_answered": question & ~recent.same & (not recent.now.asks),
        "question_open": asks & (answers == 0) & ~recent.same,
        "unanswered": answers == 0,
        "answers": np.minimum(answers, MOST_ANSWERS),
    }


def _talk(recent: Recent) -> Columns:
    """What the talk of each message is to the author and to the words said now."""
    past, now, talks = recent.past, recent.now, recent.talks
    own = None if recent.own is None else past.talk_of[recent.own]
    is_own = np.array([one == own for one in talks], dtype=np.bool_)
    there = {number: past.talks[number] for number in set(talks)}
    rarity = {term: past.rarity(term) for term in now.terms}
    shared = {
        number: sum(rarity[term] for term in now.terms if term in talk.terms)
        for number, talk in there.items()
    }
    indexes = range(recent.low, len(past.authors))
    is_last = np.array([there[one].latest == index for one, index in zip(talks, indexes, strict=True)])
    is_in = np.array([now.author in there[one].authors for one in talks], dtype=np.bool_)
    stranger = ~(is_own | recent.same | recent.named | recent.names_me) & (own is not None)
    ages = [len(past.authors) - there[one].latest for one in talks]
    likeness = {number: _cosine(talk.vector, now.vector) for number, talk in there.items()}
    alike = past.vectors.since(recent.low) @ now.vector
    return {
        "shares": _saturated(_shared(recent, rarity), _SHARED),
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


def _manner(recent: Recent) -> Columns:
    """How each was said, and how that fits what is said now."""
    now, same = recent.now, recent.same
    of_self, to_you = recent.so("of_self"), recent.so("to_you")
    return {
        "said_short": recent.how("is_short"),
        "said_words": np.log1p(recent.how("words")),
        "said_thanks": recent.how("thanks"),
        "said_to_you": to_you,
        "said_of_self": of_self,
        "said_greets": recent.how("greets"),
        "said_agrees": recent.how("agrees"),
        "said_calls": recent.how("calls"),
        "you_of_self": of_self & ~same & now.to_you,
        "self_to_you": to_you & ~same & now.of_self,
        "thanks_namer": recent.names_me & now.thanks,
    }


def _end(marked: Flags, *, first: bool) -> Flags:
    """Only the first, or only the last, of those marked."""
    found = np.zeros_like(marked)
    places = np.flatnonzero(marked)
    if len(places):
        found[places[0 if first else -1]] = True
    return found


def _shared(recent: Recent, rarity: Mapping[str, float]) -> Floats:
    """How much the words of each message have in common with what is said now, in nats."""
    found = np.zeros(recent.count, dtype=np.float32)
    for term, weight in rarity.items():
        found[recent.places(recent.past.where.get(term, ()))] += weight
    return found


def _cosine(left: Row, right: Row) -> float:
    """How alike they are, `right` of length 1; 0 where one says nothing."""
    length = math.sqrt(float(left @ left))
    return float(left @ right) / length if length else 0.0


def _saturated(nats: Floats, scale: float) -> Floats:
    return (1.0 - np.exp(-nats / scale)).astype(np.float32)
