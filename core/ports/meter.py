"""Counting what happens, so that whoever runs the program sees how it fares; never who did it."""

from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from core.domain.conversation import Usage
from core.domain.run import Run, Stage
from core.ports.chat import Fate


class Part(StrEnum):
    """Which part of the program met an error."""

    HEARING = "hearing"
    SPEAKING = "speaking"
    WORKING = "working"
    ADVISING = "advising"


class Meter(Protocol):
    """Takes counts of what is over; a call costs microseconds and cannot fail."""

    def heard(self, updates: int) -> None:
        """So many updates were kept that were not there before."""
        ...

    def took(self, lag: timedelta) -> None:
        """An update had its effect so long after it was received."""
        ...

    def delivered(self, fate: Fate, *, is_edit: bool) -> None:
        """What became of a card sent, or of a message edited."""
        ...

    def limited(self) -> None:
        """Telegram answered 429."""
        ...

    def read(self, stage: Stage, seconds: float, usage: Usage) -> None:
        """A batch was committed."""
        ...

    def ended(self, run: Run) -> None:
        """A run was completed, failed or called off."""
        ...

    def failed(self, part: Part, error: BaseException) -> None:
        """An error was met and outlived."""
        ...


class Uncounted:
    """A meter for programs that nobody watches: a test, an import, the doctor."""

    def heard(self, updates: int) -> None:
        """Count nothing."""

    def took(self, lag: timedelta) -> None:
        """Count nothing."""

    def delivered(self, fate: Fate, *, is_edit: bool) -> None:
        """Count nothing."""

    def limited(self) -> None:
        """Count nothing."""

    def read(self, stage: Stage, seconds: float, usage: Usage) -> None:
        """Count nothing."""

    def ended(self, run: Run) -> None:
        """Count nothing."""

    def failed(self, part: Part, error: BaseException) -> None:
        """Count nothing."""
