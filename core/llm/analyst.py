"""The Analyst port by a model: both stages, with what they cost and what they were shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.domain.agent import Prompt
from core.domain.conversation import (
    Conversation,
    Extraction,
    Reading,
    Recalled,
    Study,
    Suggestions,
    Usage,
)
from core.domain.knowledge import Atom
from core.errors import AnalystFailed, Failing
from core.llm.answers import FoundNotes, FoundTasks, PlainNotes, PlainTasks
from core.llm.asking import FORM_TOKENS, Asker
from core.llm.finding import notes_found, subjects_of, tasks_found
from core.llm.laying import halves_of, laid_reading, laid_study, parts_of
from core.llm.prompting import EXTRACT, JUDGE, PROPOSE
from core.llm.tokens import tokens_of
from core.ports.models import Days

SECONDS, LOCAL_SECONDS = 8.0, 90.0
"""A batch's answer of some 500 tokens: 60 a second from a cloud, 6 without a GPU (docs/models.md)."""
ANSWER_TOKENS = 500
KNOWN_TOKENS = 800
"""What goes along as known, for the estimate."""


@dataclass(frozen=True)
class LlmAnalyst:
    """Reads and finds by asking a model; what it answers is only ever a claim.

    `own` are prompts by name that stand in place of the program's.
    """

    asker: Asker
    days: Days
    own: Mapping[str, Prompt] = field(default_factory=dict[str, Prompt])

    @property
    def model(self) -> str:
        """`openai:gpt-5-mini`, with the one it falls back on."""
        return " → ".join(str(name) for name in self.asker.names)

    @property
    def sends_text_away(self) -> bool:
        """Whether a model it may ask stands elsewhere."""
        return not self.asker.is_local

    @property
    def is_free(self) -> bool:
        """Models here cost nothing but time."""
        return self.asker.is_local

    @property
    def reads_earlier_talk(self) -> bool:
        """It does."""
        return True

    @property
    def seconds_per_batch(self) -> float:
        """A rough time for one batch."""
        return LOCAL_SECONDS if self.asker.is_local else SECONDS

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """What it is told in a run, whole."""
        return self._extract_prompt, self._propose_prompt, self.asker.told(JUDGE, self.own)

    @property
    def temperature(self) -> float | None:
        """As set."""
        return self.asker.settings.temperature

    def price(self, conversations: Sequence[Conversation]) -> Usage:
        """What reading these would cost, guessed from their length."""
        texts = ["\n".join(message.text for message in one.messages) for one in conversations]
        return self._price(texts, self._extract_prompt)

    def price_of_notes(self, groups: Sequence[Sequence[Atom]]) -> Usage:
        """What finding tasks in these would cost, guessed from their length."""
        texts = ["\n".join(f"{atom.title} {atom.content}" for atom in group) for group in groups]
        return self._price(texts, self._propose_prompt)

    def most(self, asked: Reading | Study) -> Usage:
        """The most its answer may cost: each call asked twice, each answer as long as it may be."""
        if isinstance(asked, Study):
            told = self._propose_prompt
            return self.asker.most(told, laid_study(asked, self.asker.room(told)).text)
        told = self._extract_prompt
        room = self.asker.room(told)
        parts = [self.asker.most(told, laid_reading(part, room).text) for part in parts_of(asked, room)]
        return sum(parts, Usage())

    async def extract(self, reading: Reading) -> Extraction:
        """Notes of one conversation, read in parts where it does not fit. Raises AnalystFailed."""
        whole = Extraction()
        for part in parts_of(reading, self.asker.room(self._extract_prompt)):
            whole = _joined(whole, await self._extract(part))
        return replace(whole, topics=subjects_of(whole.atoms))

    async def propose(self, study: Study) -> Suggestions:
        """Tasks from the notes of one subject. Raises AnalystFailed."""
        told = self._propose_prompt
        laid = laid_study(study, self.asker.room(told))
        kind = PlainTasks if self.asker.is_small else FoundTasks
        answered = await self.asker.ask(kind, told, laid.text)
        tasks = tasks_found(answered.value, laid, study.project, study.people, self.days)
        return Suggestions(tasks, answered.usage, laid.given)

    async def _extract(self, reading: Reading) -> Extraction:
        """Notes of one part; one that proves too long after all is read in halves."""
        told = self._extract_prompt
        laid = laid_reading(reading, self.asker.room(told))
        kind = PlainNotes if self.asker.is_small else FoundNotes
        try:
            answered = await self.asker.ask(kind, told, laid.text)
        except AnalystFailed as failure:
            if failure.kind != Failing.TOO_LONG or len(reading.conversation.messages) == 1:
                raise
            first, second = halves_of(reading)
            return _joined(await self._extract(first), await self._extract(second))
        return Extraction((), notes_found(answered.value, laid), answered.usage, laid.given)

    @property
    def _extract_prompt(self) -> Prompt:
        return self.asker.told(EXTRACT, self.own)

    @property
    def _propose_prompt(self) -> Prompt:
        return self.asker.told(PROPOSE, self.own)

    def _price(self, texts: Sequence[str], told: Prompt) -> Usage:
        whole = Usage()
        for text in texts:
            asked = tokens_of(told.text) + FORM_TOKENS + KNOWN_TOKENS + tokens_of(text) * 3 // 2
            whole += self.asker.guessed(asked, ANSWER_TOKENS)
        return whole


def _joined(one: Extraction, other: Extraction) -> Extraction:
    """Both; a note that two parts found on the same message is kept once."""
    known = {(note.content.type, note.content.title.casefold()) for note in one.atoms}
    new = [note for note in other.atoms if (note.content.type, note.content.title.casefold()) not in known]
    return Extraction((), (*one.atoms, *new), one.usage + other.usage, _both(one.given, other.given))


def _both(one: Recalled, other: Recalled) -> Recalled:
    """Everything that was given, once."""
    return Recalled(
        tuple({item.id: item for item in (*one.proposals, *other.proposals)}.values()),
        tuple({item.id: item for item in (*one.atoms, *other.atoms)}.values()),
        tuple({item.id: item for item in (*one.tasks, *other.tasks)}.values()),
        tuple({item.key: item for item in (*one.messages, *other.messages)}.values()),
    )
