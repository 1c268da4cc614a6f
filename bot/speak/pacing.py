"""Pacing: how soon a chat may be sent or edited something again, so that Telegram has nothing to refuse."""

import math
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass

from core.domain.ids import ChatId

CHAT_SECONDS = 1.0
"""One message a second a chat, https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this."""
CHAT_BURST = 3
"""The same page allows "short bursts that go over this limit", without a number: a careful one."""
GROUP_WINDOW_SECONDS = 60.0
GROUP_MOST = 20
"""Sends and edits a minute in one group, the same page."""
OVERALL_WINDOW_SECONDS = 1.0
OVERALL_MOST = 30
"""Messages a second in all, the same page."""
IN_FLIGHT_SECONDS = 0.05
"""How soon to ask again while a call that holds the place has not been answered."""
MOST_CHATS_KEPT = 1024


@dataclass(slots=True, eq=False)
class _Turn:
    """One send or edit, by when it was answered: Telegram counted it before that."""

    at: float = math.inf


class Pacing:
    """The pace of every chat and of the whole bot; it only counts, waiting is the caller's.

    A call counts from its answer on, not from its start: a slow one reaches Telegram late, and the next
    would otherwise follow too close. While it is under way it holds its place.

    Args:
        monotonic: Returns seconds that never go back.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._all: list[_Turn] = []
        self._chats: dict[ChatId, list[_Turn]] = {}
        self._full_at: dict[ChatId, float] = {}
        self._rests: dict[ChatId, float] = {}
        self._most = OVERALL_MOST

    def divide(self, speakers: int) -> None:
        """Keeps to an equal part of the 30 a second when so many processes speak for the same bot."""
        self._most = max(1, OVERALL_MOST // speakers)

    @property
    def chats_kept(self) -> int:
        """How many chats are remembered; idle ones are forgotten past `MOST_CHATS_KEPT`."""
        return len(self._chats.keys() | self._rests.keys())

    def wait_seconds(self, chat_id: ChatId) -> float:
        """Returns how long this chat still has to rest; 0 is now."""
        now = self._monotonic()
        turns = self._chats.get(chat_id, [])
        waits = [
            self._rests.get(chat_id, now) - now,
            self._burst_wait(chat_id, now),
            _wait(self._all, self._most, OVERALL_WINDOW_SECONDS, now),
        ]
        if chat_id < 0:
            waits.append(_wait(turns, GROUP_MOST, GROUP_WINDOW_SECONDS, now))
        return max(0.0, *waits)

    @contextmanager
    def turn(self, chat_id: ChatId) -> Generator[None]:
        """Holds a place for one send or edit while the block runs, and counts it when the block ends."""
        now = self._monotonic()
        turn = _Turn()
        self._drop_idle_chats(now)
        self._all = [*_within(self._all, OVERALL_WINDOW_SECONDS, now), turn]
        self._chats[chat_id] = [*_within(self._chats.get(chat_id, []), GROUP_WINDOW_SECONDS, now), turn]
        try:
            yield
        finally:
            turn.at = self._monotonic()
            self._full_at[chat_id] = max(self._full_at.get(chat_id, turn.at), turn.at) + CHAT_SECONDS

    def rest(self, chat_id: ChatId, seconds: float) -> None:
        """Lets a chat rest, as a 429's `retry_after` asks; a longer rest stays."""
        until = self._monotonic() + seconds
        self._rests[chat_id] = max(until, self._rests.get(chat_id, until))

    def _burst_wait(self, chat_id: ChatId, now: float) -> float:
        """Seconds until one more fits a bucket of `CHAT_BURST` that is full again at `_full_at`.

        One call at a time, so that edits of one message cannot overtake each other.
        """
        if any(math.isinf(turn.at) for turn in self._chats.get(chat_id, [])):
            return IN_FLIGHT_SECONDS
        return self._full_at.get(chat_id, now) - (CHAT_BURST - 1) * CHAT_SECONDS - now

    def _drop_idle_chats(self, now: float) -> None:
        if self.chats_kept < MOST_CHATS_KEPT:
            return
        self._chats = {c: t for c, t in self._chats.items() if any(_within(t, GROUP_WINDOW_SECONDS, now))}
        self._full_at = {chat: at for chat, at in self._full_at.items() if at > now}
        self._rests = {chat: until for chat, until in self._rests.items() if until > now}


def _within(turns: Iterable[_Turn], window: float, now: float) -> list[_Turn]:
    return [turn for turn in turns if turn.at + window > now]


def _wait(turns: Iterable[_Turn], most: int, window: float, now: float) -> float:
    """Returns the seconds until fewer than `most` turns lie within the window."""
    recent = sorted(turn.at for turn in _within(turns, window, now))
    if len(recent) < most:
        return 0.0
    last_in_the_way = recent[-most]
    return IN_FLIGHT_SECONDS if math.isinf(last_in_the_way) else last_in_the_way + window - now
