"""An analyst elsewhere gets masked text only; its contacts are put back before anything is checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.advice import Comparing, Edited, Material, Told, Verdicts
from core.domain.agent import Prompt
from core.domain.conversation import Conversation, Extraction, Reading, Study, Suggestions, Usage
from core.domain.knowledge import Atom
from core.domain.masking import Mask
from core.domain.patch import Instruction
from core.ports.advising import Adviser, Question
from core.ports.analysis import Analyst


@dataclass(frozen=True)
class MaskedAnalyst:
    """The Analyst port before one that sends text away: nothing unmasked passes, in either stage."""

    inner: Analyst

    @property
    def model(self) -> str:
        """The inner one's."""
        return self.inner.model

    @property
    def sends_text_away(self) -> bool:
        """The inner one does."""
        return self.inner.sends_text_away

    @property
    def is_free(self) -> bool:
        """The analyst's own."""
        return self.inner.is_free

    @property
    def reads_earlier_talk(self) -> bool:
        """The analyst's own."""
        return self.inner.reads_earlier_talk

    @property
    def seconds_per_batch(self) -> float:
        """The inner one's."""
        return self.inner.seconds_per_batch

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """The inner one's."""
        return self.inner.prompts

    @property
    def temperature(self) -> float | None:
        """The inner one's."""
        return self.inner.temperature

    def price(self, conversations: Sequence[Conversation]) -> Usage:
        """What the masked ones would cost."""
        asked = tuple(conversations)
        return self.inner.price(Mask.over(asked).masked(asked))

    def price_of_notes(self, groups: Sequence[Sequence[Atom]]) -> Usage:
        """What the masked ones would cost."""
        asked = tuple(tuple(group) for group in groups)
        return self.inner.price_of_notes(Mask.over(asked).masked(asked))

    def most(self, asked: Reading | Study) -> Usage:
        """What the masked one may cost."""
        return self.inner.most(Mask.over(asked).masked(asked))

    async def extract(self, reading: Reading) -> Extraction:
        """Stage 1 on masked text. Raises AnalystFailed."""
        mask = Mask.over(reading)
        return mask.restored(await self.inner.extract(mask.masked(reading)))

    async def propose(self, study: Study) -> Suggestions:
        """Stage 2 on masked text. Raises AnalystFailed."""
        mask = Mask.over(study)
        return mask.restored(await self.inner.propose(mask.masked(study)))


@dataclass(frozen=True)
class MaskedAdviser:
    """The Adviser port before one that sends text away."""

    inner: Adviser

    @property
    def model(self) -> str:
        """The inner one's."""
        return self.inner.model

    @property
    def sends_text_away(self) -> bool:
        """The inner one does."""
        return self.inner.sends_text_away

    @property
    def is_free(self) -> bool:
        """The inner one's."""
        return self.inner.is_free

    def most(self, asked: Question) -> Usage:
        """What the masked one may cost."""
        return self.inner.most(Mask.over(asked).masked(asked))

    async def judge(self, comparing: Comparing) -> Verdicts:
        """Verdicts on masked texts. Raises AnalystFailed."""
        return await self.inner.judge(Mask.over(comparing).masked(comparing))

    async def edit(self, instruction: Instruction) -> Edited:
        """What the masked reply asks for, its contacts back. Raises AnalystFailed."""
        mask = Mask.over(instruction)
        return mask.restored(await self.inner.edit(mask.masked(instruction)))

    async def word(self, material: Material) -> Told:
        """Sentences from masked items, their contacts back. Raises AnalystFailed."""
        mask = Mask.over(material)
        return mask.restored(await self.inner.word(mask.masked(material)))


def guarded(analyst: Analyst, *, masks_secrets: bool) -> Analyst:
    """The analyst itself where text stays here or masking is switched off, else behind a mask."""
    return MaskedAnalyst(analyst) if masks_secrets and analyst.sends_text_away else analyst
