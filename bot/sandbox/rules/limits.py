"""Telegram's flood limits: how many sends and edits a bot may make, and how long it must wait."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field

CHAT_PER_SECOND = 1.0
"""https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this ."""
CHAT_BURST = 3
"""The FAQ allows "short bursts" without a number; three is the careful reading."""
GROUP_PER_MINUTE = 20
"""The same page: "not be able to send more than 20 messages per minute" to one group."""
GROUP_WINDOW_SECONDS = 60.0
OVERALL_PER_SECOND = 30
"""The same page: about 30 messages a second in all."""
OVERALL_WINDOW_SECONDS = 1.0

COUNTED_PREFIXES = ("send", "edit", "copy", "forward")
UNCOUNTED = frozenset({"sendchataction"})


def is_counted(method: str) -> bool:
    """Whether a method counts: everything that sends or edits, and nothing else."""
    name = method.lower()
    return name.startswith(COUNTED_PREFIXES) and name not in UNCOUNTED


@dataclass(slots=True)
class _Window:
    """At most `most` events in any `seconds`."""

    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque[float])

    def wait(self, now: float) -> float:
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return 0.0 if len(self.times) < self.most else self.times[0] + self.seconds - now


@dataclass(slots=True)
class _Bucket:
    """Lets `CHAT_BURST` through at once, then `CHAT_PER_SECOND`."""

    full_at: float = -math.inf

    def wait(self, now: float) -> float:
        return max(0.0, self.full_at - (CHAT_BURST - 1) / CHAT_PER_SECOND - now)

    def take(self, now: float) -> None:
        self.full_at = max(self.full_at, now) + 1 / CHAT_PER_SECOND


class FloodLimits:
    """Counts sends and edits; a refused call is not counted."""

    def __init__(self, *, is_on: bool = True) -> None:
        self.is_on = is_on
        self._overall = _Window(OVERALL_PER_SECOND, OVERALL_WINDOW_SECONDS)
        self._groups: defaultdict[int, _Window] = defaultdict(
            lambda: _Window(GROUP_PER_MINUTE, GROUP_WINDOW_SECONDS)
        )
        self._chats: defaultdict[int, _Bucket] = defaultdict(_Bucket)

    def seconds_to_wait(self, chat: int, *, is_group: bool, now: float) -> int:
        """Takes a place for one send or edit, or says how long to wait.

        Returns:
            0 when the call may go on, else whole seconds, at least 1.
        """
        if not self.is_on:
            return 0
        waits = [self._overall.wait(now), self._chats[chat].wait(now)]
        if is_group:
            waits.append(self._groups[chat].wait(now))
        if longest := max(waits):
            return max(1, math.ceil(longest))
        self._overall.times.append(now)
        self._chats[chat].take(now)
        if is_group:
            self._groups[chat].times.append(now)
        return 0
