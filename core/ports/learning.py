"""Learning from decisions, and where what was learned is kept."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from core.domain.lessons import Judgement, Learned, Lesson, Trial


class Learner(Protocol):
    """Learns to give the answers people gave."""

    def learn(self, lessons: Sequence[Lesson], judgement: Judgement) -> tuple[bytes, Trial]:
        """A model of all lessons that have an answer (oldest first), b"" where they teach nothing.

        With it how such models fared on held-back lessons. Takes seconds, and no library's own objects
        are in the bytes.
        """
        ...

    def answer(self, model: bytes, judgement: Judgement, title: str, text: str) -> tuple[str, float]:
        """The likeliest answer and its chance in [0, 1]; ("", 0) by a model of another make."""
        ...


class Lessons(Protocol):
    """What was learned, one a project and judgement."""

    async def put(self, learned: Learned) -> None: ...
    async def list_of(self, project_id: UUID) -> list[Learned]:
        """By judgement."""
        ...

    async def forget(self, project_ids: Iterable[UUID]) -> None:
        """Drop all that these projects taught."""
        ...
