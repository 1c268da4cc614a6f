"""One chat's or thread's messages, linked as they come."""

from dataclasses import dataclass, field

import numpy as np

from core.domain.message import Message
from core.rules.linking.network import Linker
from core.rules.linking.past import Past
from core.rules.linking.recent import Recent
from core.rules.linking.said import Listener


@dataclass
class Stream:
    """Takes messages in order and says which earlier one each goes on from."""

    linker: Linker
    past: Past = field(default_factory=Past)
    _listener: Listener = field(default_factory=Listener)

    def add(self, message: Message, *, replied: int | None = None) -> int | None:
        """Take the next message; the index of the one it goes on from, None when it starts anew.

        `replied` is the index of the message it answers outright, where that is known.
        """
        now = self._listener.hear(message)
        parent = replied if replied is not None else self._best(Recent(self.past, now))
        self.past.take(now, parent)
        return parent

    def _best(self, recent: Recent) -> int | None:
        if not recent.count:
            return None
        scores = self.linker.score(recent)
        # What is weighed was learned where people talk by the minute, and says nothing of the day after.
        scores[1:][recent.is_lost] = -np.inf
        best = int(np.argmax(scores))
        return recent.low + best - 1 if best else None
