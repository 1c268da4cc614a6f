"""What an adviser is told of notes and tasks, and what is kept of the sentences it makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.advice import MOST_GIVEN, Item, Material, checked_wording
from core.domain.evidence import Evidence, Quote
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom
from core.domain.money import Purpose
from core.domain.showing.wording import NO_WORDING, Wording
from core.domain.task import Task
from core.services.agents.consulting import Consulting


@dataclass(frozen=True)
class Words:
    """Sentences that hold; `has_failed`: a model should have made some, and made none that holds.

    `does_not_know`: it was asked and says that what it was given does not answer.
    """

    wording: Wording = NO_WORDING
    has_failed: bool = False
    does_not_know: bool = False


@dataclass(frozen=True)
class WordingService:
    """Has a text worded, a sentence a citation; whoever shows it checks who may read what it is made of."""

    consulting: Consulting

    async def answer(self, material: Material) -> Words:
        """An answer to the material's question; no transaction is open meanwhile."""
        return await self._worded(material, Purpose.ASK)

    async def day(self, material: Material) -> Wording:
        """A day in a few sentences; none where the model fails, or the rules do the work."""
        return (await self._worded(material, Purpose.DIGEST)).wording

    async def _worded(self, material: Material, purpose: Purpose) -> Words:
        if not material.items:
            return Words()
        advice = await self.consulting.ask(
            material.project.id,
            purpose,
            material,
            lambda adviser: adviser.word(material),
        )
        if advice.answer is None:
            return Words(has_failed=advice.has_failed)
        claims = advice.answer.claims
        wording = checked_wording(claims, material)
        return Words(wording, bool(claims) and not wording.sentences, does_not_know=not claims)


def items_of(items: Sequence[Atom | Task]) -> tuple[Item, ...]:
    """The first so many, with who said what they rest on."""
    return tuple(_item(one) for one in items[:MOST_GIVEN])


def evidence_of(one: Atom | Task) -> Evidence:
    """What of messages is told of it."""
    return one.whole_evidence if isinstance(one, Task) else one.evidence


def _item(one: Atom | Task) -> Item:
    quotes = [_quoted(quote) for quote in evidence_of(one).quotes]
    if isinstance(one, Task):
        owner = f" of {one.whole.assignee.name}" if one.whole.assignee else ""
        text = "\n".join((one.whole.description, *quotes))
        return Item(Ref(Kind.TASK, one.id), f"task{owner}, {one.status}", one.whole.title, text)
    state = "" if one.valid_until is None else ", no longer in force"
    text = "\n".join((one.content, *quotes))
    return Item(Ref(Kind.ATOM, one.id), f"{one.type}{state}", one.title, text)


def _quoted(quote: Quote) -> str:
    return f"{quote.author}, {quote.sent_at:%Y-%m-%d}: {quote.text}"
