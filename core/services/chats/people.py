"""Who people are to the bot: its owner, those it knows, those who want to be left out."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from core.domain.ids import ChatId, PersonId
from core.domain.person import Installation, Person
from core.domain.showing.spot import Place
from core.errors import NotFound, NotOwner
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.rights import administrators_of
from core.services.showing.placing import Placing

CLAIMS = 5
"""How many start links nobody opened yet are good at a time."""
ANYONE = "anyone"
"""The value of `telegram.allow` that lets everybody in; "owners" is the other (product rule 13)."""


@dataclass(frozen=True)
class PeopleService:
    """Knows who may have the bot work for them; keeps names as last seen."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing
    bot_id: int
    allow: str = "owners"

    async def new_claim(self) -> str | None:
        """A fresh one-time start token, of which only the SHA-256 is kept; None once there is an owner.

        The latest few are all good: `setup` prints one, and `run` another before it hears of the first.
        """
        async with self.transactions() as tx:
            installation = await tx.installations.find() or Installation(self.bot_id)
            if installation.owner_id is not None:
                return None
            token = self.ids.secret()
            claims = (*installation.claims, _hash_of(token))[-CLAIMS:]
            await tx.installations.put(replace(installation, claims=claims))
            return token

    async def claim(self, token: str, person: Person, place: Place, group_link: str) -> bool:
        """Make the one who opened the start link the owner; say so, or that the link was used."""
        async with self.transactions() as tx:
            installation = await tx.installations.find()
            is_right = installation is not None and _hash_of(token) in installation.claims
            is_again = installation is not None and installation.owner_id == person.id
            if installation is not None and is_right and installation.owner_id is None:
                await tx.installations.put(replace(installation, owner_id=person.id, claims=()))
                await keep_names(tx, [replace(person, has_direct_chat=True)])
            elif not is_again:
                await self.placing.say(tx, place, "owner-claim-taken")
                return False
            await self.placing.say(tx, place, "owner-claimed", {"link": group_link})
            return True

    async def is_welcome(self, person_id: PersonId) -> bool:
        """Whether this person may add the bot to groups (product rule 13)."""
        async with self.transactions.reading() as tx:
            return await may_invite(tx, person_id, self.allow)

    async def is_known(self, person_id: PersonId) -> bool:
        """Whether the bot talks with them: welcome, met in a chat it reads, or an administrator there."""
        async with self.transactions.reading() as tx:
            if await may_invite(tx, person_id, self.allow) or await tx.people.find(person_id) is not None:
                return True
            projects = await tx.projects.list_all()
            return any([person_id in await administrators_of(tx, one.id) for one in projects])

    async def invite(self, person_id: PersonId, owner_id: PersonId) -> Person:
        """Let somebody add the bot to groups too; raises NotOwner, NotFound."""
        async with self.transactions() as tx:
            installation = await tx.installations.find()
            if installation is None or installation.owner_id != owner_id:
                raise NotOwner
            person = await tx.people.find(person_id)
            if person is None:
                raise NotFound("person", str(person_id))
            await tx.installations.put(replace(installation, invited=installation.invited | {person_id}))
            return person

    async def meet(self, person: Person) -> None:
        """Keep a person's name as it is now, writing only a change; `has_direct_chat` only ever rises."""
        async with self.transactions.reading() as tx:
            changed = _changed(await tx.people.find(person.id), person)
        if changed is not None:
            async with self.transactions() as tx:
                await tx.people.put(changed)

    async def shut_out(self, person_id: PersonId) -> None:
        """They blocked the bot: nothing is sent to their direct chat until they start it again."""
        async with self.transactions() as tx:
            person = await tx.people.find(person_id)
            if person is not None:
                await tx.people.put(replace(person, has_direct_chat=False))
                await tx.spots.drop_chat(ChatId(person_id))


async def may_invite(tx: UnitOfWork, person_id: PersonId | None, allow: str) -> bool:
    """Whether the bot goes where this person takes it; None is an administrator without a face."""
    if allow == ANYONE:
        return True
    installation = await tx.installations.find()
    if installation is None or person_id is None:
        return False
    return installation.owner_id == person_id or person_id in installation.invited


async def keep_names(tx: UnitOfWork, people: Iterable[Person]) -> None:
    """Keep names as they are now, writing only what changed; what people chose stays."""
    latest = {person.id: person for person in people}
    known = await tx.people.list_ids(latest)
    for person in latest.values():
        changed = _changed(known.get(person.id), person)
        if changed is not None:
            await tx.people.put(changed)


async def ensure_member(tx: UnitOfWork, chat_id: ChatId, person_id: PersonId, clock: Clock) -> None:
    """Remember that somebody is in a chat, when that is news."""
    known = await tx.people.membership(chat_id, person_id)
    if known is None or not known[0]:
        await tx.people.put_membership(chat_id, person_id, is_member=True, at=clock.now())


def _changed(known: Person | None, seen: Person) -> Person | None:
    """What to store of a person just seen (language "" when not told), None when nothing changed."""
    if known is None:
        return replace(seen, language=seen.language or "en")
    has_direct_chat = known.has_direct_chat or seen.has_direct_chat
    merged = replace(
        known,
        name=seen.name,
        username=seen.username,
        language=seen.language or known.language,
        has_direct_chat=has_direct_chat,
    )
    return None if merged == known else merged


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
