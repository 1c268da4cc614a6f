"""What a reader may read where (product rule 12): words stay with those who could read them anyway."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from core.domain.evidence import Evidence
from core.domain.ids import ChatId, PersonId
from core.domain.person import Chat, ChatState, Project, Role
from core.domain.proposal import Proposal
from core.domain.showing.spot import Place
from core.errors import NotFound
from core.ports.chat import ChatFacts
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import role_of

MEMBERSHIP_AGE = timedelta(minutes=5)
"""How long "is a member" stays true without asking Telegram again."""


@dataclass(frozen=True)
class Readership:
    """Decides from stored facts; `refresh` asks Telegram, never inside a transaction."""

    transactions: Transactions
    clock: Clock
    facts: ChatFacts
    age: timedelta = MEMBERSHIP_AGE

    async def readable(self, tx: UnitOfWork, place: Place, chats: Iterable[ChatId]) -> frozenset[ChatId]:
        """Those of `chats` whose words may be shown at a place.

        In a group: its own and those opened to it. In a direct chat: those the reader is a member of, as
        far as is known and not older than five minutes; see `unasked`.
        """
        wanted = frozenset(chats)
        known = await _present(tx, {*wanted, place.chat_id})
        if place.reader_id is None:
            here = {place.chat_id, *(chat.id for chat in [known.get(place.chat_id)] if chat)}
            return frozenset(one for one in wanted if _is_open(one, known.get(one), here))
        readable = [
            one for one in wanted if await self._is_theirs(tx, place.reader_id, one, known.get(one))
        ]
        return frozenset(readable)

    async def unasked(self, tx: UnitOfWork, place: Place, chats: Iterable[ChatId]) -> frozenset[ChatId]:
        """Those of `chats` where Telegram must be asked whether the reader is a member; none in groups."""
        if place.reader_id is None:
            return frozenset()
        known = await _present(tx, chats)
        asked: set[ChatId] = set()
        for chat in known.values():
            if not _is_live(chat):
                continue
            if await self._membership(tx, chat.id, place.reader_id) is None:
                asked.add(chat.id)
        return frozenset(asked)

    async def refresh(self, person_id: PersonId, chats: Iterable[ChatId]) -> None:
        """Ask Telegram whether a person is in these chats now and keep the answers. Raises TelegramAway."""
        answers = {chat_id: await self._ask(chat_id, person_id) for chat_id in sorted(chats)}
        async with self.transactions() as tx:
            for chat_id, is_member in answers.items():
                await tx.people.put_membership(chat_id, person_id, is_member=is_member, at=self.clock.now())

    async def sees(self, tx: UnitOfWork, place: Place, project: Project, evidence: Evidence) -> bool:
        """Whether an item resting on this evidence may be shown at a place at all.

        What somebody handed the bot in a direct chat is meant for the project's reviewers.
        """
        chats = evidence.chats
        handed = frozenset(chat for chat in chats if chat > 0)
        if handed and await self.decide_here(tx, place, project):
            chats -= handed
        return chats <= await self.readable(tx, place, chats)

    async def saw(
        self, tx: UnitOfWork, place: Place, project: Project, proposals: Iterable[Proposal]
    ) -> list[Proposal]:
        """Those a decision at this place can have meant: what was shown here, however long ago."""
        patient = replace(self, age=timedelta.max)
        return [one for one in proposals if await patient.sees(tx, place, project, one.evidence)]

    async def decide_here(self, tx: UnitOfWork, place: Place, project: Project) -> bool:
        """Whether this is where the project's reviewers decide: a review room, or a reviewer's chat."""
        if place.reader_id is not None:
            return await role_of(tx, project, place.reader_id) is not Role.MEMBER
        bindings = await tx.chats.bindings_of_project(project.id)
        return any(one.is_review and one.chat_id == place.chat_id for one in bindings)

    async def _is_theirs(
        self, tx: UnitOfWork, person_id: PersonId, chat_id: ChatId, chat: Chat | None
    ) -> bool:
        if chat_id == person_id:
            return True
        if chat is None or chat.id > 0:
            return False
        if _is_only_imported(chat):
            installation = await tx.installations.find()
            is_owner = installation is not None and installation.owner_id == person_id
            return is_owner or chat.imported_by == person_id
        return bool(await self._membership(tx, chat.id, person_id))

    async def _membership(self, tx: UnitOfWork, chat_id: ChatId, person_id: PersonId) -> bool | None:
        """What is known and still fresh; None when Telegram must be asked."""
        known = await tx.people.membership(chat_id, person_id)
        if known is None:
            return None
        is_member, at = known
        return is_member if self.clock.now() - at <= self.age else None

    async def _ask(self, chat_id: ChatId, person_id: PersonId) -> bool:
        try:
            return await self.facts.is_member(chat_id, person_id)
        except NotFound:
            # A chat the bot is no longer in has no members it could vouch for.
            return False


async def _present(tx: UnitOfWork, chats: Iterable[ChatId]) -> dict[ChatId, Chat]:
    """Each chat as it is now: a group that became a supergroup counts as that."""
    wanted = frozenset(chats)
    known = await tx.chats.list_ids(wanted)
    moved = {chat.migrated_to for chat in known.values() if chat.migrated_to is not None}
    known_now: Mapping[ChatId, Chat] = await tx.chats.list_ids(moved) if moved else {}
    return {
        chat_id: known_now.get(chat.migrated_to, chat) if chat.migrated_to is not None else chat
        for chat_id, chat in known.items()
    }


def _is_open(chat_id: ChatId, chat: Chat | None, here: Iterable[ChatId]) -> bool:
    if chat_id in here:
        return True
    return chat is not None and (chat.id in here or not chat.open_to.isdisjoint(here))


def _is_live(chat: Chat) -> bool:
    """Whether Telegram can say who is in it."""
    return chat.id < 0 and not _is_only_imported(chat)


def _is_only_imported(chat: Chat) -> bool:
    """Whether its words came from a file alone: the bot was never in it."""
    return chat.is_imported and chat.state is ChatState.WAITING and chat.added_by is None
