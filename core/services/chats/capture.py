"""Capturing: people put a message or a text before the reviewers themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from uuid import NAMESPACE_OID, UUID, uuid5

from core.domain.evidence import Evidence, Quote
from core.domain.history import Change, Event, EventTopic
from core.domain.ids import ChatId, Kind, MessageKey, Ref
from core.domain.knowledge import AtomDraft, AtomType
from core.domain.message import Message
from core.domain.person import Actor, Person
from core.domain.proposal import Content, Proposal, Recommendation, Source
from core.domain.showing.spot import Place, Urgency
from core.domain.showing.view import Notice, ProposalCard
from core.domain.similarity import Similar
from core.domain.task import Category, TaskDraft
from core.errors import AnalystFailed, BadText, NotFound, NotReading
from core.ports.analysis import Embedder, Vector
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.chats.intake import is_left_out, is_read
from core.services.money.embedding import charged_to
from core.services.review.texts import index_proposal
from core.services.showing.placing import Placing
from core.services.showing.reviewing import places_for_review

CHAIN = 4
"""How many messages of a reply chain come along as evidence, the captured one included."""
NEIGHBOURS = 4
"""How many messages before it are looked at for a title when it says too little itself."""
QUOTE_LIMIT = 500
TITLE_LIMIT = 100
TEXT_LIMIT = 4000
MEAGRE_WORDS = 3
"""A message of fewer words ("+1", "same here") does not name its matter."""


class CaptureKind(StrEnum):
    """What a person says it is."""

    ADD = "add"
    BUG = "bug"
    IDEA = "idea"
    DECISION = "decision"


_SOURCES = {
    CaptureKind.ADD: Source.MESSAGE,
    CaptureKind.BUG: Source.BUG,
    CaptureKind.IDEA: Source.IDEA,
    CaptureKind.DECISION: Source.MESSAGE,
}
_CATEGORIES = {
    CaptureKind.ADD: Category.CHORE,
    CaptureKind.BUG: Category.BUG,
    CaptureKind.IDEA: Category.FEATURE,
}


class Likeness(Protocol):
    """Finds what a new proposal is like."""

    async def similar_to(self, tx: UnitOfWork, proposal: Proposal, vector: Vector | None) -> Similar | None:
        """The nearest existing item or pending proposal worth showing, itself apart."""
        ...


@dataclass(frozen=True)
class Wish:
    """What somebody captures: `message` is what it rests on, `text` what they wrote themselves.

    What is handed over in a direct chat is evidence too, but the message itself is not stored.
    """

    project_id: UUID
    kind: CaptureKind
    message: Message
    text: str = ""
    is_direct: bool = False


@dataclass(frozen=True)
class _Found:
    """What a wish rests on, oldest first, its title, and its vector."""

    said: tuple[Message, ...]
    title: str
    vector: Vector | None


@dataclass(frozen=True)
class CaptureService:
    """Makes a pending proposal, the same as any analyst's, from what a person points at."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing
    embedder: Embedder
    likeness: Likeness

    async def capture(self, wish: Wish, actor: Actor) -> Proposal:
        """Put it before the reviewers; one already captured the same way is returned as it is.

        Raises:
            NotReading: The chat was not opened for reading.
            NotFound: The message belongs to somebody who is left out, or was forgotten.
            BadText: There is no word to go by.
        """
        async with self.transactions.reading() as tx:
            said = tuple(await self._said(tx, wish, actor))
            title = _title_of(wish, said, await self._around(tx, wish))
        vector = await self._vector(wish.project_id, f"{title}\n{_text_of(wish, said)}")
        async with self.transactions() as tx:
            if not wish.is_direct:
                await tx.messages.add_many([wish.message])
            known = await self._known(tx, wish)
            return known or await self._propose(tx, wish, _Found(said, title, vector), actor)

    async def _vector(self, project_id: UUID, text: str) -> Vector | None:
        """None where a model that makes them does not answer: capturing by hand never waits for one."""
        try:
            [vector] = await charged_to(self.embedder, project_id).embed([text])
        except AnalystFailed:
            # The sweep embeds it as soon as the model is back.
            return None
        return vector

    async def hint_unseen(self, key: MessageKey, person: Person | None) -> None:
        """Tell somebody who marked a message that was never seen how to capture it; once a chat and person.

        In their direct chat where they have one, else as a reply.
        """
        place = Place(key.chat_id, reply_to=key.message_id)
        if person is not None and person.has_direct_chat:
            place = Place(ChatId(person.id), reader_id=person.id)
        about = uuid5(NAMESPACE_OID, f"unseen {key.chat_id} {person.id if person else 0}")
        async with self.transactions() as tx:
            if not await tx.spots.list_about(about):
                chat = await tx.chats.get(key.chat_id)
                await self.placing.show(tx, Notice("unseen", {"chat": chat.title}), place, about={about})

    async def _said(self, tx: UnitOfWork, wish: Wish, actor: Actor) -> list[Message]:
        """The message with the chain it replies to, oldest first."""
        if wish.is_direct:
            is_own = wish.message.author.person_id == actor.person_id
            if not is_own and await is_left_out(tx, wish.message):
                raise NotFound("message", "")
            return [wish.message]
        if not await is_read(tx, wish.message):
            known = await tx.chats.find(wish.message.key.chat_id)
            if known is not None and await is_left_out(tx, wish.message):
                raise NotFound("message", "")
            raise NotReading
        if wish.message.reply_to is None:
            return [wish.message]
        above = replace(wish.message.key, message_id=wish.message.reply_to)
        chain = await tx.messages.list_replies_chain(above, CHAIN - 1)
        return [*(one for one in chain if one.is_readable), wish.message]

    async def _around(self, tx: UnitOfWork, wish: Wish) -> list[Message]:
        if wish.is_direct:
            return []
        before = await tx.messages.list_before(wish.message, NEIGHBOURS)
        return [one for one in before if one.is_readable]

    async def _known(self, tx: UnitOfWork, wish: Wish) -> Proposal | None:
        """A pending capture of the same message as the same thing."""
        for proposal in await tx.proposals.resting_on(wish.message.key):
            is_same = proposal.run_id is None and proposal.source is _SOURCES[wish.kind]
            if is_same and (proposal.kind is Kind.ATOM) == (wish.kind is CaptureKind.DECISION):
                return proposal
        return None

    async def _propose(self, tx: UnitOfWork, wish: Wish, found: _Found, actor: Actor) -> Proposal:
        proposal = Proposal(
            id=self.ids.new(),
            project_id=wish.project_id,
            number=await tx.projects.next_number(wish.project_id, Kind.PROPOSAL),
            content=_content(wish, found),
            source=_SOURCES[wish.kind],
            created_at=self.clock.now(),
            confidence=1.0,
            evidence=Evidence(tuple(_quote(one, wish) for one in found.said if _quoted(one, wish))),
        )
        similar = await self.likeness.similar_to(tx, proposal, found.vector)
        is_twin = similar is not None and similar.is_duplicate
        advice = Recommendation.MERGE if is_twin else Recommendation.NEW_TASK
        proposal = replace(proposal, similar=similar, recommendation=advice)
        await tx.proposals.add(proposal)
        await index_proposal(tx, proposal)
        ref = Ref(Kind.PROPOSAL, proposal.id)
        if found.vector is not None:
            await tx.search.put_vectors(proposal.project_id, self.embedder.name, [ref], [found.vector])
        await self._tell(tx, proposal, actor)
        await self._show(tx, proposal)
        return proposal

    async def _tell(self, tx: UnitOfWork, proposal: Proposal, actor: Actor) -> None:
        ref = Ref(Kind.PROPOSAL, proposal.id)
        by_id = None if actor.is_anonymous else actor.person_id
        now = proposal.created_at
        await tx.history.add(Change(self.ids.new(), ref, now, "captured", actor.name, by_id))
        event = Event(
            self.ids.new(), proposal.project_id, EventTopic.PROPOSALS, "captured", now,
            {"proposal": proposal.name},
        )  # fmt: skip
        await tx.history.tell(event)

    async def _show(self, tx: UnitOfWork, proposal: Proposal) -> None:
        project = await tx.projects.get(proposal.project_id)
        for place in await places_for_review(tx, project, self.placing):
            view = ProposalCard(proposal.id)
            await self.placing.show(tx, view, place, about={proposal.id}, urgency=Urgency.CARD)
        await self.placing.touch(tx, proposal.project_id, urgency=Urgency.PROGRESS)


def _content(wish: Wish, found: _Found) -> Content:
    text = _text_of(wish, found.said)
    description = "" if text == found.title else text
    if wish.kind is CaptureKind.DECISION:
        return AtomDraft(AtomType.DECISION, found.title, description or found.title)
    return TaskDraft(found.title, description, category=_CATEGORIES[wish.kind])


def _text_of(wish: Wish, said: Sequence[Message]) -> str:
    """What the person wrote, else what the captured message says."""
    return (wish.text or (said[-1].text if said else "")).strip()[:TEXT_LIMIT]


def _title_of(wish: Wish, said: Sequence[Message], before: Sequence[Message]) -> str:
    """The first line with something in it; of a meagre message, of the nearest one that says more."""
    if wish.text.strip():
        return _first_line(wish.text)
    texts = [one.text for one in reversed([*before, *said]) if one.text.strip()]
    own = [one.text for one in reversed(said) if one.text.strip()]
    telling = [text for text in [*own, *texts] if len(text.split()) >= MEAGRE_WORDS]
    chosen = next(iter([*telling, *own]), "")
    if not chosen:
        raise BadText("message", TEXT_LIMIT, 0)
    return _first_line(chosen)


def _first_line(text: str) -> str:
    line = next(line.strip() for line in text.splitlines() if line.strip())
    if len(line) <= TITLE_LIMIT:
        return line
    sentence = line.split(". ", 1)[0]
    if len(sentence) <= TITLE_LIMIT:
        return sentence
    return line[: TITLE_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _quoted(message: Message, wish: Wish) -> str:
    """The exact piece quoted: of a command its own words, else the message's beginning."""
    own_text = wish.text if message.key == wish.message.key and wish.text in message.text else ""
    return (own_text or message.text).strip()[:QUOTE_LIMIT]


def _quote(message: Message, wish: Wish) -> Quote:
    return Quote(
        message.key,
        _quoted(message, wish),
        message.author.name,
        message.sent_at,
        message.thread_id,
        message.author.person_id,
    )
