"""What a process of the program does, and which chats are whose where several speak."""

import hashlib
from enum import StrEnum
from functools import lru_cache

from core.domain.ids import ChatId

SLICES = 64
"""So many parts all chats fall into: far more than there are ever speakers, so that shares are alike."""


class Duty(StrEnum):
    """What one process does, alone or with others: `triagram run --roles`."""

    HEAR = "hear"
    SPEAK = "speak"
    SCHEDULE = "schedule"
    WORK = "work"


EVERY_DUTY = frozenset(Duty)


def slice_of(chat_id: ChatId) -> int:
    """The part of all chats a chat falls into, 0 to `SLICES` - 1."""
    return abs(chat_id) % SLICES


@lru_cache(maxsize=8)
def slices_of(holder: str, holders: tuple[str, ...]) -> frozenset[int]:
    """The slices of one of these holders; each slice is exactly one's.

    Who comes or goes changes only the slices that become or were theirs (rendezvous hashing).
    """
    return frozenset(
        one for one in range(SLICES) if max(holders, key=lambda who: _weight(who, one)) == holder
    )


def _weight(holder: str, one: int) -> bytes:
    return hashlib.blake2b(f"{one} {holder}".encode(), digest_size=8).digest()
