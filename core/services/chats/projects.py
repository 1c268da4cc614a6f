"""Projects: which one is meant, their settings, who decides in them, where they are read."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.ids import ChatId, PersonId, ThreadId
from core.domain.person import Actor, Binding, Person, Project, ReviewPlace, Role
from core.domain.showing.spot import Place, place_of
from core.domain.showing.view import ReviewersCard
from core.domain.showing.view_settings import ProjectCard
from core.errors import Ambiguous, NoProject, NotAnAdministrator, NotFound, NotOwner
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.rights import (
    administrators_of,
    ensure_reviewer,
    is_administrator,
    projects_of_person,
    role_of,
)
from core.services.chats.founding import Founding, Plan, ensure_name
from core.services.chats.people import may_invite
from core.services.chats.turning import find_zone, fitting, words_in
from core.services.showing.placing import Placing


@dataclass(frozen=True)
class ProjectsService:
    """What /project, /reviewers and /read change, for the project's reviewers; a transaction each."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing
    founding: Founding
    allow: str = "owners"

    async def current(
        self, chat_id: ChatId, thread_id: ThreadId | None, person_id: PersonId | None
    ) -> Project:
        """The project a chat, topic or direct chat is about; raises NoProject, Ambiguous."""
        async with self.transactions.reading() as tx:
            return await project_of(tx, chat_id, thread_id, person_id)

    async def find_current(
        self, chat_id: ChatId, thread_id: ThreadId | None, person_id: PersonId | None
    ) -> Project | None:
        """The same, None where there is none or several."""
        async with self.transactions.reading() as tx:
            found = await candidates(tx, chat_id, thread_id, person_id)
            return found[0] if len(found) == 1 else None

    async def list_of(self, person_id: PersonId) -> list[Project]:
        """The projects a person has to do with, by name."""
        async with self.transactions.reading() as tx:
            return await projects_of_person(tx, person_id)

    async def show(self, project_id: UUID, place: Place) -> None:
        """Its settings as a card."""
        await self.placing.answer(ProjectCard(project_id), place, about={project_id})

    async def choose(self, name: str, person_id: PersonId, place: Place) -> Project:
        """Make a project the one a person's direct chat is about; raises NotFound."""
        async with self.transactions() as tx:
            mine = {one.name.casefold(): one for one in await projects_of_person(tx, person_id)}
            project = mine.get(name.strip().casefold())
            if project is None:
                raise NotFound("project", name)
            await self._make_current(tx, person_id, project)
            await self.placing.show(tx, ProjectCard(project.id), place, about={project.id})
            return project

    async def create(self, name: str, actor: Actor, place: Place, language: str) -> Project:
        """A new project owned by whoever asks; in direct chat it becomes their current one.

        Raises NotOwner for somebody the installation's owner did not invite, BadText, NameTaken.
        """
        async with self.transactions() as tx:
            if actor.is_anonymous or not await may_invite(tx, actor.person_id, self.allow):
                raise NotOwner
            project = await self.founding.found(tx, Plan(name, actor.person_id, language, is_exact=True))
            if place.reader_id is not None:
                await self._make_current(tx, actor.person_id, project)
            await self.placing.say(tx, place, "project-created", {"project": project.name})
            return project

    async def rename(self, project_id: UUID, name: str, actor: Actor, place: Place) -> Project:
        """Another name; raises BadText, NameTaken."""
        return await self._change(project_id, actor, place, name=ensure_name(name))

    async def describe(self, project_id: UUID, text: str, actor: Actor, place: Place) -> Project:
        """What it is about; raises BadText."""
        return await self._change(project_id, actor, place, description=fitting("description", text))

    async def set_keywords(self, project_id: UUID, words: str, actor: Actor, place: Place) -> Project:
        """Words its messages are known by, parted by commas; raises BadText."""
        keywords = words_in("keywords", words)
        return await self._change(project_id, actor, place, keywords=keywords)

    async def set_timezone(self, project_id: UUID, name: str, actor: Actor, place: Place) -> Project:
        """An IANA time zone, case apart; raises NotFound."""
        zone = find_zone(name)
        if zone is None:
            raise NotFound("time zone", name)
        return await self._change(project_id, actor, place, timezone=zone)

    async def set_language(self, project_id: UUID, code: str, actor: Actor, place: Place) -> Project:
        """The language it is spoken to in; the caller knows which exist."""
        return await self._change(project_id, actor, place, language=code)

    async def set_place(self, spot_id: UUID, where: ReviewPlace, actor: Actor, room_link: str) -> Project:
        """Where reviewers decide, from a project's card; a missing review room is asked for."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            if not isinstance(spot.view, ProjectCard):
                raise NotFound("card", "")
            project = await ensure_reviewer(tx, spot.view.project_id, actor)
            saved = await self.founding.set_place(tx, project, where, place_of(spot), actor.person_id)
            if where is ReviewPlace.ROOM and not await has_room(tx, project.id):
                place = place_of(spot)
                await self.placing.say(tx, place, "add-to-group", {"link": room_link})
            await self.placing.turn(tx, spot, spot.view)
            return saved

    async def toggle_reviewer(
        self, project_id: UUID, person_id: PersonId, actor: Actor
    ) -> tuple[str, bool]:
        """Let somebody decide or no longer; return their name and whether they decide now."""
        async with self.transactions() as tx:
            project = await ensure_reviewer(tx, project_id, actor)
            person = await tx.people.find(person_id)
            name = person.name if person else str(person_id)
            decides = await self._toggle(tx, project, person_id)
            turned = ("", name) if decides else (name, "")
            await self.founding.configuring.beside(
                tx, await tx.projects.get(project_id), actor.person_id, "reviewers", turned
            )
            await self.placing.touch(tx, project_id)
            return name, decides

    async def name_reviewers(
        self, project_id: UUID, usernames: Iterable[str], actor: Actor, place: Place
    ) -> None:
        """Let these people decide too, and show who does; raises NotFound for a name not met yet."""
        async with self.transactions() as tx:
            project = await ensure_reviewer(tx, project_id, actor)
            project = await self._settle_who_decides(tx, project)
            for username in usernames:
                person = await tx.people.find_by_username(username.removeprefix("@"))
                if person is None:
                    raise NotFound("person", username)
                if await role_of(tx, project, person.id) is Role.MEMBER:
                    await tx.people.set_role(project.id, person.id, Role.REVIEWER)
            await self.placing.touch(tx, project_id)
            await self.placing.show(tx, ReviewersCard(project_id), place, about={project_id})

    async def read_here(
        self, thread_id: ThreadId | None, actor: Actor, place: Place, *, is_source: bool
    ) -> None:
        """Read a chat or one forum topic, or no longer; an administrator or reviewer may."""
        async with self.transactions() as tx:
            project = await project_of(tx, place.chat_id, thread_id, None)
            if not await is_administrator(tx, place.chat_id, actor):
                await ensure_reviewer(tx, project.id, actor)
            bindings = await tx.chats.bindings_of_chat(place.chat_id)
            known = next((one for one in bindings if one.thread_id == thread_id), None)
            binding = known or Binding(place.chat_id, project.id, thread_id)
            await tx.chats.bind(replace(binding, is_source=is_source))
            await self.placing.touch(tx, project.id)
            await self.placing.say(tx, place, "read-here" if is_source else "not-read-here")

    async def _change(self, project_id: UUID, actor: Actor, place: Place, **changes: object) -> Project:
        async with self.transactions() as tx:
            project = await ensure_reviewer(tx, project_id, actor)
            saved = await self.founding.configuring.change(tx, project, actor.person_id, **changes)
            await self.founding.schedules.ensure_in(tx, saved)
            await self.placing.touch(tx, project_id)
            await self.placing.show(tx, ProjectCard(project_id), place, about={project_id})
            return saved

    async def _make_current(self, tx: UnitOfWork, person_id: PersonId, project: Project) -> None:
        person = await tx.people.find(person_id) or Person(person_id, str(person_id))
        await tx.people.put(replace(person, current_project=project.id))

    async def _toggle(self, tx: UnitOfWork, project: Project, person_id: PersonId) -> bool:
        project = await self._settle_who_decides(tx, project)
        role = (await tx.people.roles_of(project.id)).get(person_id, Role.MEMBER)
        if role is Role.OWNER:
            return True
        decides = role is Role.MEMBER
        await tx.people.set_role(project.id, person_id, Role.REVIEWER if decides else Role.MEMBER)
        return decides

    async def _settle_who_decides(self, tx: UnitOfWork, project: Project) -> Project:
        """From the first naming on, those named decide: administrators until then are named now."""
        if project.has_named_reviewers:
            return project
        roles = await tx.people.roles_of(project.id)
        for person_id in await administrators_of(tx, project.id):
            if roles.get(person_id, Role.MEMBER) is Role.MEMBER:
                await tx.people.set_role(project.id, person_id, Role.REVIEWER)
        return await tx.projects.save(project.configured(has_named_reviewers=True))


async def project_of(
    tx: UnitOfWork, chat_id: ChatId, thread_id: ThreadId | None, person_id: PersonId | None
) -> Project:
    """The project of a topic's binding, else of its chat's; in direct chat the current or only one.

    Raises:
        NoProject: There is none.
        Ambiguous: A direct chat of somebody in several projects who did not choose.
    """
    found = await candidates(tx, chat_id, thread_id, person_id)
    if not found:
        raise NoProject
    if len(found) > 1:
        raise Ambiguous("", tuple(project.name for project in found))
    return found[0]


async def has_room(tx: UnitOfWork, project_id: UUID) -> bool:
    """Whether some chat or topic is the project's review room."""
    return any(binding.is_review for binding in await tx.chats.bindings_of_project(project_id))


async def ensure_may_set_up(tx: UnitOfWork, chat_id: ChatId, project_id: UUID | None, actor: Actor) -> None:
    """An administrator of the chat, a reviewer of its project or the bot's owner.

    Raises NotAnAdministrator.
    """
    if await is_administrator(tx, chat_id, actor):
        return
    installation = await tx.installations.find()
    if installation is not None and installation.owner_id == actor.person_id:
        return
    if project_id is None:
        raise NotAnAdministrator
    if await role_of(tx, await tx.projects.get(project_id), actor.person_id) is Role.MEMBER:
        raise NotAnAdministrator


async def candidates(
    tx: UnitOfWork, chat_id: ChatId, thread_id: ThreadId | None, person_id: PersonId | None
) -> list[Project]:
    """What a chat, topic or direct chat may be about: in groups at most one."""
    if chat_id < 0:
        bindings = {one.thread_id: one for one in await tx.chats.bindings_of_chat(chat_id)}
        binding = bindings.get(thread_id) or bindings.get(None)
        return [] if binding is None else [await tx.projects.get(binding.project_id)]
    if person_id is None:
        return []
    mine = await projects_of_person(tx, person_id)
    person = await tx.people.find(person_id)
    chosen = [one for one in mine if person is not None and one.id == person.current_project]
    return chosen or mine
