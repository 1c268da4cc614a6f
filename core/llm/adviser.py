"""The Adviser port by a model: pairs judged, replies read, texts worded."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.domain.advice import Claim, Comparing, Edited, Item, Material, Pair, Told, Verdict, Verdicts
from core.domain.agent import Prompt
from core.domain.conversation import Usage
from core.domain.patch import Instruction, fields_of
from core.llm.advice import FoundChanges, FoundSentences, FoundVerdicts, PlainSentences, PlainVerdicts
from core.llm.asking import Asker
from core.llm.editing import patch_of
from core.llm.finding import as_said
from core.llm.laying import block, facts, fenced, one_line, set_in, short
from core.llm.prompting import ANSWER, DIGEST, EDIT, JUDGE
from core.llm.tokens import fitting
from core.ports.advising import Question
from core.ports.models import Days

_ITEM = 1_500
"""Characters of an item's text: a note with its quotes."""


@dataclass(frozen=True)
class LlmAdviser:
    """Asks a model; what it answers is only ever a claim.

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

    def most(self, asked: Question) -> Usage:
        """The most its answer may cost, what is tried again included."""
        told = self._told(_name_of(asked))
        return self.asker.most(told, _laid(asked, self.asker.room(told))[0])

    async def judge(self, comparing: Comparing) -> Verdicts:
        """A verdict a pair; *unsure* where it gave none, or the pair did not fit. Raises AnalystFailed."""
        told = self._told(JUDGE)
        text, _ = _laid(comparing, self.asker.room(told))
        kind = PlainVerdicts if self.asker.is_small else FoundVerdicts
        answered = await self.asker.ask(kind, told, text)
        given: dict[int, Verdict] = {}
        for one in answered.value.verdicts:
            verdict = Verdict(one.verdict)
            # Said twice and not alike, it is not sure.
            given[one.pair] = verdict if given.get(one.pair, verdict) is verdict else Verdict.UNSURE
        numbers = range(1, len(comparing.pairs) + 1)
        return Verdicts(tuple(given.get(number, Verdict.UNSURE) for number in numbers), answered.usage)

    async def edit(self, instruction: Instruction) -> Edited:
        """What the reply asks to change, as far as its words bear that out. Raises AnalystFailed."""
        told = self._told(EDIT)
        text, _ = _laid(instruction, self.asker.room(told))
        answered = await self.asker.ask(FoundChanges, told, text)
        return Edited(patch_of(answered.value.changes, instruction, self.days), answered.usage)

    async def word(self, material: Material) -> Told:
        """Sentences, each with what it claims to rest on. Raises AnalystFailed."""
        told = self._told(_name_of(material))
        text, shown = _laid(material, self.asker.room(told))
        items = dict(enumerate(material.items[:shown], start=1))
        if self.asker.is_small:
            plain = await self.asker.ask(PlainSentences, told, text)
            # The simplest form copies no words: the number alone is what it cites.
            titles = {number: item.title for number, item in items.items()}
            found = [(one.text, one.item, titles.get(one.item, "")) for one in plain.value.sentences]
            usage = plain.usage
        else:
            whole = await self.asker.ask(FoundSentences, told, text)
            found = [(one.text, one.item, one.words) for one in whole.value.sentences]
            usage = whole.usage
        return Told(tuple(_claim(said, items.get(number), words) for said, number, words in found), usage)

    def _told(self, name: str) -> Prompt:
        return self.asker.told(name, self.own)


def _claim(text: str, item: Item | None, words: str) -> Claim:
    if item is None:
        return Claim(one_line(text), None, words)
    return Claim(one_line(text), item.ref, as_said(words, f"{item.title}\n{item.text}"))


def _name_of(asked: Question) -> str:
    if isinstance(asked, Comparing):
        return JUDGE
    if isinstance(asked, Material):
        return ANSWER if asked.question else DIGEST
    return EDIT


def _laid(asked: Question, room: int) -> tuple[str, int]:
    """The question's text within a room of tokens, and how many of its items are in it."""
    if isinstance(asked, Comparing):
        return _laid_pairs(asked, room)
    if isinstance(asked, Material):
        return _laid_material(asked, room)
    return _laid_reply(asked), 1


def _laid_pairs(comparing: Comparing, room: int) -> tuple[str, int]:
    lines = fitting((_pair(number, one) for number, one in enumerate(comparing.pairs, start=1)), room)
    return block(facts(comparing.project), fenced("\n".join(lines), name="pairs")), len(lines)


def _pair(number: int, pair: Pair) -> str:
    new = f"[{number}] new: {short(pair.title)} — {short(pair.text)}"
    return f"{new}\n    known: {short(pair.known_title)} — {short(pair.known_text)}"


def _laid_material(material: Material, room: int) -> tuple[str, int]:
    lines = fitting(
        (
            f"[{number}] {one_line(item.kind)}: {one_line(item.title)}\n    {set_in(item.text[:_ITEM])}"
            for number, item in enumerate(material.items, start=1)
        ),
        room,
    )
    said, asked = "\n".join(lines), material.question
    question = fenced(asked, name="question", beside=said) if asked else ""
    items = fenced(said, name="items", beside=asked)
    return block(facts(material.project), items, question), len(lines)


def _laid_reply(instruction: Instruction) -> str:
    fields = fields_of(instruction.content).items()
    draft = "\n".join(f"{field}: {set_in(value[:_ITEM])}" for field, value in fields)
    reply = instruction.text[:_ITEM]
    people = ", ".join(one_line(person.name) for person in instruction.people[:40])
    said = f"{instruction.at:%a %Y-%m-%d}, by {one_line(instruction.by.name)}"
    return block(
        f"People: {people}" if people else "",
        fenced(draft, name="draft", beside=reply),
        f"The reply, said on {said}:",
        fenced(reply, name="reply", beside=draft),
    )
