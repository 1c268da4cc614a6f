"""Failures a test scripts: what goes wrong, for which calls, how often."""

from dataclasses import dataclass
from typing import Literal, get_args

FaultKind = Literal["429", "403", "400", "502", "hang", "drop", "drop_after", "migrate"]
KINDS: tuple[str, ...] = get_args(FaultKind)


@dataclass(slots=True)
class Fault:
    """One scripted failure.

    `hang` holds the call for `seconds` and then serves it if the client still waits; `502` is
    Telegram's JSON, or with a `description` a proxy's page of HTML; `drop` closes the connection
    before anything is done; `drop_after` does it and closes without an answer; `migrate` upgrades
    the group at that moment and answers 400 as Telegram does.
    """

    kind: FaultKind
    method: str | None = None
    """None: any method but getUpdates, whose timing no test controls."""
    chat: int | None = None
    times: int = 1
    after: int = 0
    """How many matching calls go through first."""
    retry_after: int = 1
    seconds: float = 30.0
    description: str | None = None

    def fits(self, method: str, chat: int | None) -> bool:
        """Whether a call is one of those meant."""
        if self.method is None:
            is_meant = method.lower() != "getupdates"
        else:
            is_meant = method.lower() == self.method.lower()
        return is_meant and self.chat in {None, chat}


class Faults:
    """The script: faults are used up in the order they were added."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Adds a fault behind the others."""
        self.waiting.append(fault)

    def clear(self) -> None:
        """Forgets every fault."""
        self.waiting.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Returns the fault that meets this call, or None; counts it."""
        for fault in self.waiting:
            if not fault.fits(method, chat):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self.waiting.remove(fault)
            return fault
        return None
