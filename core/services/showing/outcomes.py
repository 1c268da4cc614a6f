"""What a spot is after each fate of a send or edit; pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape, unescape

from core.domain.showing.spot import Delivery, Spot
from core.errors import Bug
from core.ports.chat import Card, Fate, Outcome

FIRST_RETRY_SECONDS = 2.0
SLOWEST_RETRY_SECONDS = 300.0
"""A spot that could not be sent is tried for ever, at last this seldom."""
_TAG = re.compile(r"<[^<>]*>")
_REFUSED, _PLAIN = "refused:", "plain:"


@dataclass(frozen=True)
class Attempt:
    """One try: the spot as loaded, the card for it, when progress may follow, the moment."""

    spot: Spot
    card: Card
    not_before: datetime | None
    now: datetime

    @property
    def is_there(self) -> bool:
        """Whether this very card stands there already, as it is or in plain text."""
        known = self.spot.painted_hash
        return self.spot.message_id is not None and known in {
            self.card.digest,
            _PLAIN + self.card.digest,
        }

    @property
    def was_refused(self) -> bool:
        """Whether Telegram refused this very card once."""
        return self.spot.painted_hash == _REFUSED + self.card.digest

    @property
    def to_send(self) -> Card:
        """The card, or its plain text when the card itself was refused."""
        return plain(self.card) if self.was_refused else self.card


def plain(card: Card) -> Card:
    """The same words without any formatting, and without links, which may be what was refused."""
    words = escape(unescape(_TAG.sub("", card.html)), quote=False)
    rows = (tuple(button for button in row if not button.url) for row in card.buttons)
    return Card(words, tuple(row for row in rows if row))


def retry_seconds(attempts: int) -> float:
    """2 s, doubled at each attempt, at most five minutes."""
    return min(SLOWEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** min(attempts, 10))


def later(spot: Spot, now: datetime) -> Spot:
    """The spot to be tried again, the later the more often it failed."""
    return spot.later(now + timedelta(seconds=retry_seconds(spot.attempts)))


def resting(spot: Spot, now: datetime, seconds: float) -> Spot:
    """The spot to be tried when its chat has rested.

    Waiting is no failure, so attempts do not add up; but there was one, so nothing counts as painted.
    """
    return replace(spot.later(now + timedelta(seconds=seconds)), attempts=max(1, spot.attempts))


def taken_away(spot: Spot, outcome: Outcome, now: datetime) -> Spot:
    """The spot whose message was to be deleted; where Telegram will not have it, it is let stand."""
    if outcome.fate is Fate.WAIT:
        return resting(spot, now, outcome.wait_seconds)
    is_open = outcome.fate in {Fate.NOT_SENT, Fate.MAYBE_SENT}
    return later(spot, now) if is_open else spot.dropped()


def after(attempt: Attempt, outcome: Outcome) -> Spot:
    """The spot as the outcome left it; CHAT_GONE and MIGRATED have more to them than the spot."""
    return _AFTER[outcome.fate](attempt, outcome)


def _sent(attempt: Attempt, outcome: Outcome) -> Spot:
    message_id = outcome.message_id or attempt.spot.message_id
    if message_id is None:
        raise Bug("sent without a message id")
    known = (_PLAIN if attempt.was_refused else "") + attempt.card.digest
    shown = attempt.spot.shown_as(message_id, attempt.spot.wanted, known)
    sent_at = attempt.spot.sent_at or attempt.now
    return replace(shown, not_before=attempt.not_before, sent_at=sent_at)


def _wait(attempt: Attempt, outcome: Outcome) -> Spot:
    return resting(attempt.spot, attempt.now, outcome.wait_seconds)


def _later(attempt: Attempt, _outcome: Outcome) -> Spot:
    return later(attempt.spot, attempt.now)


def _maybe_sent(attempt: Attempt, _outcome: Outcome) -> Spot:
    """An edit is tried again; a send is sent once more, and then left to a press on either copy."""
    spot = attempt.spot
    if spot.message_id is not None:
        return later(spot, attempt.now)
    if spot.delivery is Delivery.UNKNOWN:
        return replace(spot.unknown(), painted=spot.wanted)
    again_at = attempt.now + timedelta(seconds=retry_seconds(spot.attempts))
    return replace(spot.unknown(), not_before=again_at)


def _refused(attempt: Attempt, _outcome: Outcome) -> Spot:
    """Sent once more as plain text; a plain text that is refused too is given up."""
    if attempt.was_refused:
        return attempt.spot.dropped()
    marked = replace(attempt.spot, painted_hash=_REFUSED + attempt.card.digest)
    return marked.later(attempt.now)


def _dropped(attempt: Attempt, _outcome: Outcome) -> Spot:
    return attempt.spot.dropped()


def _moved(attempt: Attempt, _outcome: Outcome) -> Spot:
    return replace(attempt.spot, lease_until=None)


_AFTER: Mapping[Fate, Callable[[Attempt, Outcome], Spot]] = {
    Fate.SENT: _sent,
    Fate.WAIT: _wait,
    Fate.NOT_SENT: _later,
    Fate.MAYBE_SENT: _maybe_sent,
    Fate.MESSAGE_GONE: _dropped,
    Fate.CHAT_GONE: _dropped,
    Fate.MIGRATED: _moved,
    Fate.REFUSED: _refused,
}
