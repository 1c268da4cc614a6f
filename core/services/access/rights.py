"""Who may what in a project, and where its reviewers decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core.domain.ids import ChatId, PersonId
from core.domain.person import Actor, Chat, Person, Project, ReviewPlace, Role
from core.domain.showing.spot import Place
from core.errors import NotOwner, NotReviewer
from core.ports.chat import ChatFacts
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock

RIGHTS_AGE = timedelta(minutes=5)
"""Rights older than this are read again before settling (product rule 7)."""


async def administrators_of(tx: UnitOfWork, project_id: UUID) -> frozenset[PersonId]:
    """Administrators, as last read, of the chats a project listens to."""
    found: set[PersonId] = set()
    for chat_id in await source_chats_of(tx, project_id):
        people, _ = await tx.people.administrators(chat_id)
        found |= people
    return frozenset(found)


async def source_chats_of(tx: UnitOfWork, project_id: UUID) -> list[ChatId]:
    """The chats a project listens to, each once, in order of id."""
    bindings = await tx.chats.bindings_of_project(project_id)
    return sorted({binding.chat_id for binding in bindings if binding.is_source})


async def review_rooms_of(tx: UnitOfWork, project_id: UUID) -> list[ChatId]:
    """The chats in which a project's reviewers decide together, each once, in order of id."""
    bindings = await tx.chats.bindings_of_project(project_id)
    return sorted({binding.chat_id for binding in bindings if binding.is_review})


async def reviewers_of(tx: UnitOfWork, project: Project) -> list[PersonId]:
    """Who settles: named reviewers and owners; administrators too until someone was named."""
    named = {
        person for person, role in (await tx.people.roles_of(project.id)).items() if role is not Role.MEMBER
    }
    if not project.has_named_reviewers:
        named |= await administrators_of(tx, project.id)
    return sorted(named)


async def role_of(tx: UnitOfWork, project: Project, person_id: PersonId) -> Role:
    """A person's role; the installation's owner is an owner everywhere."""
    role = await tx.people.role_given(project.id, person_id)
    if role is not Role.MEMBER or project.has_named_reviewers:
        return role
    return Role.REVIEWER if person_id in await administrators_of(tx, project.id) else Role.MEMBER


async def reviewed_projects(tx: UnitOfWork, person_id: PersonId) -> list[Project]:
    """Projects this person decides in, by name."""
    projects = await tx.projects.list_all()
    return [one for one in projects if await role_of(tx, one, person_id) is not Role.MEMBER]


async def projects_of_person(tx: UnitOfWork, person_id: PersonId) -> list[Project]:
    """Projects a person has a role in or is known to share a source chat with, by name."""
    return [one for one in await tx.projects.list_all() if await _takes_part(tx, one, person_id)]


async def _takes_part(tx: UnitOfWork, project: Project, person_id: PersonId) -> bool:
    if person_id in await tx.people.roles_of(project.id):
        return True
    if await role_of(tx, project, person_id) is not Role.MEMBER:
        return True
    for chat_id in await source_chats_of(tx, project.id):
        known = await tx.people.membership(chat_id, person_id)
        if known is not None and known[0]:
            return True
    return False


async def offered_projects(tx: UnitOfWork, chat: Chat) -> list[Project]:
    """The projects a chat may become part of: those in which who added the bot decides, by name."""
    return [] if chat.added_by is None else await reviewed_projects(tx, chat.added_by)


async def review_places(tx: UnitOfWork, project: Project) -> list[Place]:
    """Where cards go: the review room or the started direct chats; one stands in for the other.

    Empty when there is no room and nobody has started.
    """
    bindings = await tx.chats.bindings_of_project(project.id)
    rooms = [Place(one.chat_id, thread_id=one.thread_id) for one in bindings if one.is_review]
    people = await tx.people.list_ids(await reviewers_of(tx, project))
    direct = [
        Place(ChatId(person.id), reader_id=person.id)
        for person in people.values()
        if person.has_direct_chat
    ]
    return direct or rooms if project.place is ReviewPlace.DIRECT else rooms or direct


async def ensure_reviewer(tx: UnitOfWork, project_id: UUID, actor: Actor) -> Project:
    """The project, when the actor may settle in it; raises NotReviewer naming who may."""
    project = await tx.projects.get(project_id)
    if not actor.is_anonymous and await role_of(tx, project, actor.person_id) is not Role.MEMBER:
        return project
    people = await tx.people.list_ids(await reviewers_of(tx, project))
    raise NotReviewer(tuple(person.handle for person in people.values()))


async def ensure_owner(tx: UnitOfWork, project_id: UUID, actor: Actor) -> Project:
    """The project, when the actor owns it or the installation; raises NotOwner."""
    project = await tx.projects.get(project_id)
    if actor.is_anonymous or await role_of(tx, project, actor.person_id) is not Role.OWNER:
        raise NotOwner
    return project


async def is_administrator(tx: UnitOfWork, chat_id: ChatId, actor: Actor) -> bool:
    """Whether the actor is an administrator of the chat, one who speaks as the chat included."""
    if actor.is_anonymous:
        return actor.speaks_as == chat_id
    administrators, _ = await tx.people.administrators(chat_id)
    return actor.person_id in administrators


@dataclass(frozen=True)
class Rights:
    """Keeps what Telegram says of administrators fresh."""

    transactions: Transactions
    clock: Clock
    facts: ChatFacts

    async def list_stale(self, project_ids: Iterable[UUID]) -> list[ChatId]:
        """Chats the projects listen to whose administrators were read more than five minutes ago."""
        async with self.transactions.reading() as tx:
            return await tx.chats.list_unasked(project_ids, self.clock.now() - RIGHTS_AGE)

    async def refresh_chat(self, chat_id: ChatId) -> None:
        """Read its administrators now, with the names of those never met. Raises TelegramAway, NotFound."""
        listed = await self.facts.administrators(chat_id)
        faces = {one.person_id: one for one in listed if not one.is_bot}
        async with self.transactions() as tx:
            await tx.people.put_administrators(chat_id, faces, self.clock.now())
            known = await tx.people.list_ids(faces)
            for one in faces.values():
                if one.person_id not in known:
                    await tx.people.put(Person(one.person_id, one.name, one.username, one.language))
