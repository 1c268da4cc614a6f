"""Forwards: what a person hands over from before the bot could read, one burst answered by one message."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import NAMESPACE_OID, UUID, uuid5

from core.domain.ids import ChatId, MessageId, MessageKey, PersonId, ThreadId
from core.domain.message import Message
from core.domain.person import Binding, Chat, ChatKind, Person, Project, Role
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import Notice
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import role_of
from core.services.chats.intake import is_read, store_imported
from core.services.chats.projects import candidates
from core.services.showing.placing import Placing

MOST = 100
"""Messages of one burst; also what a client forwards at once, https://limits.tginfo.me ."""
BURST_SECONDS = 60
"""Forwards further apart than this are two bursts with an answer each."""
KEPT, NO_PROJECT, WHICH = "forwarded-kept", "forwarded-no-project", "forwarded-which"
READ = "read_them"
_NAME_BITS = 20
_THREAD_BITS = 52
"""Numbers stay below 2**53, as Telegram's own ids do."""


@dataclass(frozen=True)
class Handed:
    """One message as it was said, its key there where Telegram tells it, and who forwards it.

    `message.key` is that of the forward itself, in the direct chat.
    """

    message: Message
    origin_key: MessageKey | None
    person: Person


@dataclass(frozen=True)
class ForwardService:
    """Keeps forwards as imported messages of the forwarder's current project.

    They stand in a source of the forwarder's own, their direct chat with a thread a project: shown to them,
    and where the project's reviewers decide. Only a post of a channel that the project reads joins that
    channel, for only there the ids agree.
    """

    transactions: Transactions
    clock: Clock
    placing: Placing

    async def keep(self, handed: Handed, place: Place) -> None:
        """Store one forward and bring the burst's one answer up to date."""
        async with self.transactions() as tx:
            answer = await self._answer(tx, handed.person.id)
            projects = await candidates(tx, place.chat_id, None, handed.person.id)
            if len(projects) == 1:
                notice = await self._kept(tx, handed, projects[0], _counts(answer))
            else:
                names = ", ".join(project.name for project in projects)
                notice = Notice(WHICH, {"names": names}) if projects else Notice(NO_PROJECT)
            notice = replace(notice, args={**notice.args, "at": int(self.clock.now().timestamp())})
            about = {_burst_of(handed.person.id)}
            if answer is None:
                await self.placing.show(tx, notice, place, about=about)
            else:
                await self.placing.turn(tx, answer, notice, about=about)

    async def _answer(self, tx: UnitOfWork, person_id: PersonId) -> Spot | None:
        """The message that answers the burst which still goes on."""
        answers = await tx.spots.list_about(_burst_of(person_id))
        last = answers[-1] if answers else None
        if last is None or not isinstance(last.view, Notice):
            return None
        age = self.clock.now().timestamp() - int(last.view.args["at"])
        return last if age <= BURST_SECONDS else None

    async def _kept(
        self, tx: UnitOfWork, handed: Handed, project: Project, before: Mapping[str, int]
    ) -> Notice:
        counts = dict(before)
        if counts["count"] + counts["known"] + counts["left"] >= MOST:
            counts["over"] += 1
        else:
            counts[await self._store(tx, handed, project)] += 1
        reviews = await role_of(tx, project, handed.person.id) is not Role.MEMBER
        button = READ if reviews and counts["count"] else ""
        return Notice(KEPT, {**counts, "limit": MOST, "project": project.name}, button)

    async def _store(self, tx: UnitOfWork, handed: Handed, project: Project) -> str:
        """Keep it where it belongs; returns what it is counted as: count, known or left."""
        message = handed.message
        if message.author.is_bot:
            return "left"
        if handed.origin_key is not None and await _is_read_for(tx, handed, project):
            message = replace(message, key=handed.origin_key)
        else:
            message = await _on_shelf(tx, handed, project)
        if message.key in await tx.messages.list_keys([message.key]):
            return "known"
        return "count" if await store_imported(tx, [message]) else "left"


def forwarded_id(message: Message) -> MessageId:
    """A number for a message whose own is not told: the same for the same words, later ones higher."""
    author = message.author
    who = author.person_id or author.chat_id or author.name
    name = zlib.crc32(repr((who, message.text, message.media)).encode()) % (1 << _NAME_BITS)
    return MessageId((int(message.sent_at.timestamp()) << _NAME_BITS) + name)


def _counts(answer: Spot | None) -> dict[str, int]:
    """What the burst brought so far."""
    counts: dict[str, int] = {"count": 0, "known": 0, "left": 0, "over": 0}
    if answer is not None and isinstance(answer.view, Notice):
        counts |= {name: int(answer.view.args.get(name, 0)) for name in counts}
    return counts


def _burst_of(person_id: PersonId) -> UUID:
    return uuid5(NAMESPACE_OID, f"forwards of {person_id}")


async def _is_read_for(tx: UnitOfWork, handed: Handed, project: Project) -> bool:
    """Whether it was said in a chat the project reads."""
    if handed.origin_key is None:
        return False
    there = replace(handed.message, key=handed.origin_key)
    bindings = await tx.chats.bindings_of_chat(handed.origin_key.chat_id)
    return await is_read(tx, there) and {one.project_id for one in bindings} == {project.id}


async def _on_shelf(tx: UnitOfWork, handed: Handed, project: Project) -> Message:
    """The message in the forwarder's own source, which is made where it is missing."""
    person, thread = handed.person, ThreadId(project.id.int % (1 << _THREAD_BITS) + 1)
    chat_id = ChatId(person.id)
    if await tx.chats.find(chat_id) is None:
        chat = Chat(chat_id, ChatKind.PRIVATE, person.name, is_imported=True, added_by=person.id)
        await tx.chats.put(replace(chat, reads_all_threads=False))
    if all(one.thread_id != thread for one in await tx.chats.bindings_of_chat(chat_id)):
        await tx.chats.bind(Binding(chat_id, project.id, thread))
    key = MessageKey(chat_id, forwarded_id(handed.message))
    return replace(handed.message, key=key, thread_id=thread)
