"""Taking in what is said: messages, edits, what is left out, groups that move."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from core.domain.evidence import Evidence, is_quoted
from core.domain.forgetting import Gone
from core.domain.ids import ChatId, MessageKey, PersonId
from core.domain.message import Author, Message
from core.domain.person import Binding, Chat, ChatState, Person
from core.domain.proposal import Proposal, Reason
from core.domain.showing.spot import Place
from core.domain.showing.view_setup import SetupCard, SetupStep
from core.errors import NotFound
from core.ports.deletions import Cited
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.chats.people import ensure_member, keep_names
from core.services.desk.statuses import StatusService
from core.services.review.settling import Settling
from core.services.review.texts import index_proposal

HEARD_AGE = timedelta(minutes=1)
"""How exactly "last heard" is kept: a chat's row is not written for every message."""
WITHDRAWN = "withdrawn"
"""How a proposal's history calls losing some of its quotes."""


@dataclass(frozen=True)
class IntakeService:
    """Stores words only of chats that an administrator opened, and only of people who may be read."""

    transactions: Transactions
    clock: Clock
    settling: Settling
    statuses: StatusService

    async def take_messages(self, messages: Sequence[Message], people: Sequence[Person]) -> int:
        """Store messages of any number of chats in one transaction; return how many were new.

        Not stored: what is said in chats or forum topics that are not read, by bots, and by people who
        are left out or were forgotten since. `people` are the authors as they are now; only of those
        stored is anything kept.
        """
        async with self.transactions() as tx:
            chats = await tx.chats.list_ids({message.key.chat_id for message in messages})
            known = await tx.people.list_ids({person.id for person in people})
            spoken = [one for one in messages if not _is_kept_out(one, known)]
            kept = await _readable(tx, chats, spoken)
            stored = await tx.messages.add_many(kept)
            await self._meet(tx, kept, people)
            await self._heard(tx, chats, kept)
            await self.statuses.hear(tx, kept)
            return stored

    async def take_edit(self, message: Message) -> None:
        """Replace a message's words and look again at what rests on them.

        An unknown message of a chat that is read is taken as new. A quote the new text does not have is
        withdrawn; a pending proposal left with none is let go.
        """
        async with self.transactions() as tx:
            chats = await tx.chats.list_ids([message.key.chat_id])
            if not await _readable(tx, chats, [message]) or await is_left_out(tx, message):
                return
            if not await tx.messages.save_edit(message):
                await tx.messages.add_many([message])
            for proposal in await tx.proposals.resting_on(message.key):
                gone = [
                    quote
                    for quote in proposal.evidence.quotes
                    if quote.key == message.key and not is_quoted(quote.text, message.text)
                ]
                if gone:
                    left = tuple(quote for quote in proposal.evidence.quotes if quote not in gone)
                    await self._rest_on(tx, replace(proposal.evidence, quotes=left), proposal)

    async def ignore(self, key: MessageKey) -> None:
        """Leave a message out: never analysed, no longer evidence of what is pending. Raises NotFound.

        Where nothing rests on it, not even what was let go, its words are emptied for good.
        """
        async with self.transactions() as tx:
            if not await tx.messages.exclude(key):
                raise NotFound("message", str(key.message_id))
            for proposal in await tx.proposals.resting_on(key):
                await self._rest_on(tx, proposal.evidence.without([key]), proposal)
            if await tx.deletions.cited([key]) == Cited():
                await tx.deletions.blank([key])

    async def migrate(self, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup of another id: everything follows. Once more is harmless."""
        async with self.transactions() as tx:
            chat = await tx.chats.find(old)
            if old == new or chat is None or chat.migrated_to == new:
                return
            step = await _open_step(tx, chat)
            await tx.chats.migrate(old, new)
            if step is not None:
                # Nobody has answered yet, and the question stands in a chat that is no more.
                bound = {one.project_id for one in await tx.chats.bindings_of_chat(new)}
                await self.settling.placing.show(tx, SetupCard(new, step), Place(new), about=bound)

    async def store_archive(self, project_id: UUID, chat: Chat, messages: Sequence[Message]) -> int:
        """Store one chunk of an export and return how many of its messages were new.

        The chat joins the project as a source where it is in none; a chat known live stays as it is.
        """
        async with self.transactions() as tx:
            if await tx.chats.find(chat.id) is None:
                await tx.chats.put(replace(chat, is_imported=True))
            if not await tx.chats.bindings_of_chat(chat.id):
                await tx.chats.bind(Binding(chat.id, project_id))
            return await store_imported(tx, messages)

    async def _rest_on(self, tx: UnitOfWork, evidence: Evidence, proposal: Proposal) -> None:
        by = self.settling.nobody()
        if evidence.quotes:
            lost = [quote.text for quote in proposal.evidence.quotes if quote not in evidence.quotes]
            # Nobody could tell later that such a title was made of words that were taken back.
            content = Gone(tuple(lost), left=evidence).content(proposal.content)
            rested = replace(proposal.rested_on(evidence), content=content)
            await index_proposal(tx, rested)
            if content != proposal.content:
                await tx.history.forget_words([proposal.id])
            await self.settling.save(tx, rested, WITHDRAWN, by)
        else:
            await self.settling.expire(tx, proposal, by, Reason.NO_EVIDENCE_LEFT)

    async def _meet(self, tx: UnitOfWork, kept: Sequence[Message], people: Sequence[Person]) -> None:
        said_in: set[tuple[ChatId, PersonId]] = {
            (one.key.chat_id, one.author.person_id) for one in kept if one.author.person_id is not None
        }
        speakers = {person_id for _, person_id in said_in}
        await keep_names(tx, [person for person in people if person.id in speakers])
        for chat_id, person_id in sorted(said_in):
            await ensure_member(tx, chat_id, person_id, self.clock)

    async def _heard(self, tx: UnitOfWork, chats: Mapping[ChatId, Chat], kept: Iterable[Message]) -> None:
        now = self.clock.now()
        for chat_id in {one.key.chat_id for one in kept}:
            chat = chats[chat_id]
            if chat.last_heard_at is None or now - chat.last_heard_at > HEARD_AGE:
                await tx.chats.put(replace(chat, last_heard_at=now))


async def store_imported(tx: UnitOfWork, messages: Sequence[Message]) -> int:
    """Store what was said before, its authors' names too; returns how many messages were new.

    The words of people who are left out are not stored, also where only such a person's name is told.
    """
    people = {
        one.author.person_id: Person(one.author.person_id, one.author.name, one.author.username)
        for one in messages
        if one.author.person_id is not None and not one.author.is_bot
    }
    known = await tx.people.list_ids(people)
    silent = await tx.people.list_left_out()
    stored = await tx.messages.add_many(
        [one for one in messages if not _is_kept_out(one, known) and not _is_of(one.author, silent)]
    )
    for person_id in people.keys() - known.keys():
        await tx.people.put(people[person_id])
    return stored


def _is_kept_out(message: Message, known: Mapping[PersonId, Person]) -> bool:
    author = message.author.person_id
    return author is not None and author in known and known[author].keeps_out(message.sent_at)


def _is_of(author: Author, people: Iterable[Person]) -> bool:
    """Whether one of these speaks, as far as can be told: a hidden account has only its name."""
    if author.person_id is not None:
        return any(person.id == author.person_id for person in people)
    return author.chat_id is None and any(person.name == author.name for person in people)


async def _open_step(tx: UnitOfWork, chat: Chat) -> SetupStep | None:
    """The question of joining that waits for an answer in a chat; None when all are answered."""
    if chat.state is ChatState.WAITING:
        return SetupStep.CONSENT
    bound = await tx.chats.bindings_of_chat(chat.id)
    about = [spot for one in bound for spot in await tx.spots.list_about(one.project_id)]
    steps = [
        one.view.step
        for one in about
        if one.chat_id == chat.id
        and isinstance(one.view, SetupCard)
        and one.view.step is not SetupStep.DONE
    ]
    return steps[-1] if steps else None


async def is_read(tx: UnitOfWork, message: Message) -> bool:
    """Whether what is said where this message stands is stored."""
    chats = await tx.chats.list_ids([message.key.chat_id])
    return bool(await _readable(tx, chats, [message])) and not await is_left_out(tx, message)


async def is_left_out(tx: UnitOfWork, message: Message) -> bool:
    """Whether its author does not want to be read."""
    author = message.author.person_id
    person = None if author is None else await tx.people.find(author)
    return person is not None and person.keeps_out(message.sent_at)


async def _readable(
    tx: UnitOfWork, chats: Mapping[ChatId, Chat], messages: Iterable[Message]
) -> list[Message]:
    """Those said by people in chats and topics that are read, in their order."""
    bindings: dict[ChatId, list[Binding]] = defaultdict(list)
    for chat in chats.values():
        if chat.state is ChatState.READING:
            bindings[chat.id] = await tx.chats.bindings_of_chat(chat.id)
    return [
        message
        for message in messages
        if message.key.chat_id in bindings
        and not message.author.is_bot
        and _is_source(chats[message.key.chat_id], bindings[message.key.chat_id], message)
    ]


def _is_source(chat: Chat, bindings: Sequence[Binding], message: Message) -> bool:
    """A topic's own binding decides, else the chat's; a chat in no project yet is read when opened."""
    of_thread = {binding.thread_id: binding for binding in bindings}
    own = of_thread.get(message.thread_id) if message.thread_id is not None else None
    if own is not None:
        return own.is_source
    whole = of_thread.get(None)
    return chat.reads_all_threads and (whole is None or whole.is_source)
