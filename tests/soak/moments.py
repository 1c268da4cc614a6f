"""Moments at which the bot may be killed: each commit and each send, named by what it did."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

BESIDES = frozenset(
    {
        "administrators", "chat", "counter", "item_text", "item_vector", "membership", "message_words",
        "person", "spot_about", "vector_stamp",
    }
)  # fmt: skip
"""Tables written along with others: whether they are at all depends on what was known by then."""
MIGRATED = frozenset({"release"})
"""Tables only a migration writes, before there is anything to lose."""
BEATEN = frozenset({"seat"})
"""Tables written every few seconds whatever happens: no moments of the story."""
_WRITE = re.compile(r"(INSERT|UPDATE|DELETE)\b(?: OR \w+)?(?: INTO| FROM)? \"?(\w+)")


class What(StrEnum):
    """A kill comes before the database has committed, and after Telegram has answered."""

    COMMIT = "commit"
    SEND = "send"
    EDIT = "edit"


@dataclass(frozen=True, order=True)
class Moment:
    """The `nth` (from 1) commit, send or edit of those that do the same.

    Numbered by kind, not in all: loops that find nothing to do, or a lease more, move no other moment.
    """

    what: What
    key: str
    nth: int

    def __str__(self) -> str:
        return f"{self.what} {self.nth} of [{self.key}]"


def key_of(written: Iterable[str]) -> str:
    """What a commit did, by what `written_by` said of its statements."""
    done = set(written)
    return ", ".join(sorted({one for one in done if one.split()[1] not in BESIDES} or done))


def written_by(statement: str, rows: int) -> str:
    """`update spot` for a statement that wrote rows, "" for any other."""
    found = _WRITE.match(statement.lstrip())
    if not found or not rows or found[2] in BEATEN:
        return ""
    return f"{found[1].lower()} {found[2]}"


@dataclass
class Journal:
    """What the lives of one bot did, in order, in a file that outlasts a SIGKILL."""

    file: Path

    def moments(self) -> list[Moment]:
        """All that happened, in order."""
        return [moment for died, moment in self._read() if not died]

    def died_at(self) -> list[Moment]:
        """Where it killed itself."""
        return [moment for died, moment in self._read() if died]

    def write(self, moment: Moment, *, died: bool = False) -> None:
        """One line, with the kernel before the call returns."""
        line = json.dumps([died, moment.what, moment.key, moment.nth]) + "\n"
        descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)

    def _read(self) -> list[tuple[bool, Moment]]:
        if not self.file.exists():
            return []
        lines = [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]
        return [(died, Moment(What(what), key, nth)) for died, what, key, nth in lines]


@dataclass
class Watch:
    """Counts what one life does, and says when it has to end.

    Attributes:
        journal: Goes on from the lives before.
        armed: Where to die; each of them once.
    """

    journal: Journal
    armed: Iterable[Moment]
    _counts: Counter[tuple[What, str]] = field(default_factory=Counter[tuple[What, str]])
    _left: set[Moment] = field(default_factory=set[Moment])

    def __post_init__(self) -> None:
        self._counts.update((moment.what, moment.key) for moment in self.journal.moments())
        self._left = set(self.armed) - set(self.journal.died_at())

    def commits(self, key: str) -> bool:
        """A commit is about to be made; True when it must not be."""
        moment = self._next(What.COMMIT, key)
        if moment in self._left:
            self.journal.write(moment, died=True)
            return True
        self._happened(moment)
        return False

    def spoke(self, what: What, key: str) -> bool:
        """Telegram has taken a send or an edit; True when nobody may learn of it."""
        moment = self._next(what, key)
        self._happened(moment)
        if moment in self._left:
            self.journal.write(moment, died=True)
            return True
        return False

    def _next(self, what: What, key: str) -> Moment:
        return Moment(what, key, self._counts[what, key] + 1)

    def _happened(self, moment: Moment) -> None:
        self._counts[moment.what, moment.key] += 1
        self.journal.write(moment)
