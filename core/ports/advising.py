"""Advice of a model beside the rules; whoever asks checks it, and goes on without where there is none."""

from typing import Protocol

from core.domain.advice import Comparing, Edited, Material, Told, Verdicts
from core.domain.conversation import Usage
from core.domain.patch import Instruction

Question = Comparing | Instruction | Material


class Adviser(Protocol):
    """Judges pairs, reads replies, words texts."""

    @property
    def model(self) -> str:
        """The model's name."""
        ...

    @property
    def sends_text_away(self) -> bool:
        """Whether what it is shown leaves this machine or network."""
        ...

    @property
    def is_free(self) -> bool:
        """Whether it costs nothing but time."""
        ...

    def most(self, asked: Question) -> Usage:
        """The most its answer may cost, what is tried again included."""
        ...

    async def judge(self, comparing: Comparing) -> Verdicts:
        """Whether each new item is the known one beside it. Raises AnalystFailed."""
        ...

    async def edit(self, instruction: Instruction) -> Edited:
        """What a reply to a card asks to change; nothing is an answer. Raises AnalystFailed."""
        ...

    async def word(self, material: Material) -> Told:
        """Sentences that answer the question, or tell the day; none is an answer. Raises AnalystFailed."""
        ...
