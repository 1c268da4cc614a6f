"""Founding a project and giving it a place: steps inside the caller's transaction."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.domain.ids import ChatId, PersonId
from core.domain.person import Binding, Project, ReviewPlace, Role
from core.domain.showing.spot import Place
from core.errors import BadText, NameTaken
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Ids
from core.services.chats.opening import OpeningService
from core.services.tuning.configuring import Configuring

NAME_LIMIT = 64
"""Characters of a project's name; it stands on every card of who has several."""
_ZONES = {
    "uk": "Europe/Kyiv", "ru": "Europe/Moscow", "de": "Europe/Berlin", "fr": "Europe/Paris",
    "it": "Europe/Rome", "es": "Europe/Madrid", "pl": "Europe/Warsaw", "tr": "Europe/Istanbul",
    "pt": "America/Sao_Paulo", "ja": "Asia/Tokyo", "ko": "Asia/Seoul", "zh": "Asia/Shanghai",
    "hi": "Asia/Kolkata", "fa": "Asia/Tehran", "he": "Asia/Jerusalem", "nl": "Europe/Amsterdam",
}  # fmt: skip
"""Where most who set their Telegram to a language are; only a guess to tap on. English says nothing."""


class Part(StrEnum):
    """What a chat is to an existing project."""

    SOURCE = "p"
    ROOM = "r"


class Schedules(Protocol):
    """Gives a project its rows in the timetable."""

    async def ensure_in(self, tx: UnitOfWork, project: Project) -> None:
        """Add those missing and follow the project's time zone."""
        ...


@dataclass(frozen=True)
class Plan:
    """A project to be: its name, owner, and their language. `is_exact` refuses a name that is taken."""

    name: str
    owner_id: PersonId | None
    language: str = "en"
    is_exact: bool = False


@dataclass(frozen=True)
class Founding:
    """Makes projects and binds chats to them."""

    ids: Ids
    schedules: Schedules
    opening: OpeningService
    configuring: Configuring
    default_timezone: str = "UTC"
    place: ReviewPlace = ReviewPlace.DIRECT

    async def found(self, tx: UnitOfWork, plan: Plan) -> Project:
        """A new project with its owner and timetable; raises BadText, NameTaken."""
        name = ensure_name(plan.name) if plan.is_exact else await _free_name(tx, plan.name)
        if await tx.projects.find_by_name(name) is not None:
            raise NameTaken(name)
        project = Project(
            id=self.ids.new(),
            name=name,
            timezone=_ZONES.get(plan.language[:2].lower(), self.default_timezone),
            language=plan.language or "en",
            place=self.place,
        )
        await tx.projects.add(project)
        if plan.owner_id is not None:
            await tx.people.set_role(project.id, plan.owner_id, Role.OWNER)
        await self.schedules.ensure_in(tx, project)
        return project

    async def set_place(
        self,
        tx: UnitOfWork,
        project: Project,
        where: ReviewPlace,
        at: Place,
        by: PersonId | None,
    ) -> Project:
        """Where reviewers decide; `here` is the chat (or topic) it was said `at`; `by` who said it."""
        chat_id, thread = at.chat_id, at.thread_id
        if where is ReviewPlace.HERE and chat_id > 0:
            where = ReviewPlace.DIRECT
        if where is ReviewPlace.HERE:
            for room in await tx.chats.bindings_of_project(project.id):
                if room.is_review:
                    await tx.chats.bind(replace(room, is_review=False))
            bindings = {one.thread_id: one for one in await tx.chats.bindings_of_chat(chat_id)}
            known = bindings.get(thread) or bindings.get(None)
            is_source = known is None or known.is_source
            await tx.chats.bind(Binding(chat_id, project.id, thread, is_source=is_source, is_review=True))
            await self.opening.ask(tx, project.id, by)
        return await self.configuring.change(tx, project, by, place=where)

    async def make_part(
        self, tx: UnitOfWork, chat_id: ChatId, project: Project, part: Part, by: PersonId | None
    ) -> None:
        """Bind a chat to a project as a source or as its review room; who may read what is asked for."""
        is_room = part is Part.ROOM
        await tx.chats.bind(Binding(chat_id, project.id, is_source=not is_room, is_review=is_room))
        if is_room:
            await self.configuring.change(tx, project, by, place=ReviewPlace.ROOM)
        await self.opening.ask(tx, project.id, by if is_room else None)


async def bound_to(tx: UnitOfWork, chat_id: ChatId) -> UUID | None:
    """The project a chat belongs to, None for none."""
    bindings = await tx.chats.bindings_of_chat(chat_id)
    return bindings[0].project_id if bindings else None


def ensure_name(name: str) -> str:
    """A project's name on one line; raises BadText when it is empty or too long."""
    fitting = " ".join(name.split())
    if not fitting or len(fitting) > NAME_LIMIT:
        raise BadText("name", NAME_LIMIT, len(fitting))
    return fitting


async def _free_name(tx: UnitOfWork, wanted: str) -> str:
    """The name, or the name with the first number from 2 that nobody has."""
    base = " ".join(wanted.split())[: NAME_LIMIT - 4].strip() or "Project"
    name, number = base, 1
    while await tx.projects.find_by_name(name) is not None:
        number += 1
        name = f"{base} {number}"
    return name
