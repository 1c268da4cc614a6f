"""The offline analyst: both stages by rules, without a network or a model."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.agent import BUILT_IN, Prompt
from core.domain.conversation import Conversation, Extraction, Reading, Study, Suggestions, Usage
from core.domain.knowledge import Atom
from core.ports.analysis import Matcher
from core.rules.atoms import Atoms
from core.rules.embedding import WordVectors
from core.rules.tasks import Tasks

SECONDS_PER_BATCH = 0.02
"""A batch of chat in one thread of a small server (measured on the Telegram exports)."""


@dataclass(frozen=True)
class RuleAnalyst:
    """The Analyst port; free, deterministic, and never AnalystFailed."""

    words: WordVectors
    matcher: Matcher

    @property
    def model(self) -> str:
        """There is none."""
        return BUILT_IN

    @property
    def sends_text_away(self) -> bool:
        """It reads here."""
        return False

    @property
    def seconds_per_batch(self) -> float:
        """A rough time for one batch."""
        return SECONDS_PER_BATCH

    @property
    def is_free(self) -> bool:
        """It is."""
        return True

    @property
    def reads_earlier_talk(self) -> bool:
        """Its claims rest on the conversation at hand."""
        return False

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """It is told nothing."""
        return ()

    @property
    def temperature(self) -> float | None:
        """It has none."""
        return None

    def price(self, conversations: Sequence[Conversation]) -> Usage:  # noqa: ARG002 - free whatever is read
        """Nothing."""
        return Usage()

    def price_of_notes(self, groups: Sequence[Sequence[Atom]]) -> Usage:  # noqa: ARG002 - free whatever is read
        """Nothing."""
        return Usage()

    def most(self, asked: Reading | Study) -> Usage:  # noqa: ARG002 - free whatever is read
        """Nothing."""
        return Usage()

    async def extract(self, reading: Reading) -> Extraction:
        """Notes of one conversation with their subjects, in the order they were said."""
        return await asyncio.to_thread(Atoms(self.words, self.matcher).extract, reading)

    async def propose(self, study: Study) -> Suggestions:
        """Tasks from the notes of one subject, surest first."""
        return await asyncio.to_thread(Tasks(self.words, self.matcher).propose, study)
