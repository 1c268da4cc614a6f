"""Setting a group up: each tap of the card that asks an administrator to let the bot in."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from core.domain.ids import ChatId
from core.domain.person import Actor, Binding, Chat, ChatState, Project, ReviewPlace
from core.domain.showing.spot import Place, Spot, place_of
from core.domain.showing.view_setup import SetupCard, SetupStep
from core.errors import NotAnAdministrator, NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.access.rights import is_administrator, offered_projects, source_chats_of
from core.services.chats.founding import Founding, Part, Plan, bound_to
from core.services.chats.projects import ensure_may_set_up, has_room
from core.services.showing.placing import Placing


class Threads(StrEnum):
    """Which topics of a forum are read."""

    ALL = "all"
    SAID = "said"
    REST = "rest"


class Purges(Protocol):
    """Takes the words of a chat away everywhere (`core.services.privacy.retention.RetentionService`)."""

    async def purge_chat(self, chat: Chat) -> None:
        """Now, in a transaction of its own or the one that is open."""
        ...


@dataclass(frozen=True)
class Tap:
    """A press on a setup card: where, by whom, and the language they use Telegram in."""

    spot_id: UUID
    actor: Actor
    language: str = "en"


@dataclass(frozen=True)
class SettingUpService:
    """Each public method is one transaction; a tap turns the card to its next step."""

    transactions: Transactions
    placing: Placing
    founding: Founding
    purges: Purges

    async def start_reading(self, tap: Tap) -> SetupStep:
        """An administrator opens the chat; raises NotAnAdministrator. From now on words are stored."""
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            await _ensure_administrator(tx, chat, tap)
            await tx.chats.put(replace(chat.reading(), language=tap.language))
            project_id = await bound_to(tx, chat.id)
            if project_id is not None:
                await self.founding.opening.ask(tx, project_id, None)
                return await self._turn(tx, spot, await _after_consent(tx, spot, chat, project_id))
            if await offered_projects(tx, chat):
                return await self._turn(tx, spot, SetupStep.PROJECT)
            await self._found(tx, chat, tap)
            return await self._turn(tx, spot, SetupStep.TIMEZONE)

    async def start_clean(self, tap: Tap) -> SetupStep:
        """A chat the bot came back to forgets what was said and chosen in it; it is asked like a new one.

        Raises NotAnAdministrator.
        """
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            await _ensure_administrator(tx, chat, tap)
            if not _is_return(spot):
                raise NotFound("card", "")
            await self.purges.purge_chat(chat)
            for binding in await tx.chats.bindings_of_chat(chat.id):
                await tx.chats.unbind(chat.id, binding.thread_id)
            await tx.chats.put(replace(chat, left_at=None, open_to=frozenset(), reads_all_threads=True))
            return await self._turn(tx, spot, SetupStep.CONSENT)

    async def new_project(self, tap: Tap) -> SetupStep:
        """The chat gets a project of its own, named after it and owned by who added the bot."""
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            await self._found(tx, chat, tap)
            return await self._turn(tx, spot, SetupStep.TIMEZONE)

    async def join_project(self, tap: Tap, index: int, part: Part) -> SetupStep:
        """The chat becomes a source or the review room of one of the offered projects; raises NotFound."""
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            offered = await offered_projects(tx, chat)
            if not 0 <= index < len(offered):
                raise NotFound("project", str(index + 1))
            await self.founding.make_part(tx, chat.id, offered[index], part, tap.actor.person_id)
            return await self._turn(tx, spot, SetupStep.DONE if part is Part.ROOM else _of_part(chat))

    async def set_language(self, tap: Tap, code: str) -> SetupStep:
        """Asked by /setup only: a new chat starts in the language guessed for it."""
        return await self._configure(tap, SetupStep.TIMEZONE, language=code)

    async def set_timezone(self, tap: Tap, name: str) -> SetupStep:
        """The first tap: where the team is, guessed from their language."""
        return await self._configure(tap, SetupStep.REVIEWERS, timezone=name)

    async def reviewers_done(self, tap: Tap) -> SetupStep:
        """The second tap is through; the toggles themselves are ProjectsService's."""
        async with self.transactions() as tx:
            spot, _ = await self._at(tx, tap)
            return await self._turn(tx, spot, SetupStep.PLACE)

    async def set_place(self, tap: Tap, where: ReviewPlace, room_link: str) -> SetupStep:
        """The third tap; a review room not there yet is asked for with a link."""
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            project = await self._project(tx, chat.id)
            await self.founding.set_place(tx, project, where, Place(chat.id), tap.actor.person_id)
            if where is ReviewPlace.ROOM and not await has_room(tx, project.id):
                place = place_of(spot)
                await self.placing.say(tx, place, "add-to-group", {"link": room_link})
            return await self._turn(tx, spot, SetupStep.THREADS if chat.is_forum else SetupStep.DONE)

    async def set_threads(self, tap: Tap, which: Threads) -> SetupStep:
        """Which forum topics are read; `rest` is all but the one the card stands in."""
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            project = await self._project(tx, chat.id)
            await tx.chats.put(replace(chat, reads_all_threads=which is not Threads.SAID))
            if which is Threads.REST and spot.thread_id is not None:
                await tx.chats.bind(Binding(chat.id, project.id, spot.thread_id, is_source=False))
            return await self._turn(tx, spot, SetupStep.DONE)

    async def _found(self, tx: UnitOfWork, chat: Chat, tap: Tap) -> Project:
        owner = chat.added_by or tap.actor.person_id
        project = await self.founding.found(tx, Plan(chat.title, owner, tap.language))
        await tx.chats.bind(Binding(chat.id, project.id))
        return project

    async def _configure(self, tap: Tap, step: SetupStep, **changes: object) -> SetupStep:
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            project = await self._project(tx, chat.id)
            saved = await self.founding.configuring.change(tx, project, tap.actor.person_id, **changes)
            await self.founding.schedules.ensure_in(tx, saved)
            return await self._turn(tx, spot, step)

    async def _at(self, tx: UnitOfWork, tap: Tap) -> tuple[Spot, Chat]:
        spot = await tx.spots.get(tap.spot_id)
        if not isinstance(spot.view, SetupCard):
            raise NotFound("card", "")
        project_id = await bound_to(tx, spot.chat_id)
        await ensure_may_set_up(tx, spot.chat_id, project_id, tap.actor)
        return spot, await tx.chats.get(spot.chat_id)

    async def _project(self, tx: UnitOfWork, chat_id: ChatId) -> Project:
        project_id = await bound_to(tx, chat_id)
        if project_id is None:
            raise NotFound("project", "")
        return await tx.projects.get(project_id)

    async def _turn(self, tx: UnitOfWork, spot: Spot, step: SetupStep) -> SetupStep:
        project_id = await bound_to(tx, spot.chat_id)
        about = () if project_id is None else (project_id,)
        await self.placing.turn(tx, spot, SetupCard(spot.chat_id, step), about=about)
        return step


async def _ensure_administrator(tx: UnitOfWork, chat: Chat, tap: Tap) -> None:
    if not await is_administrator(tx, chat.id, tap.actor):
        raise NotAnAdministrator


def _is_return(spot: Spot) -> bool:
    return isinstance(spot.view, SetupCard) and spot.view.step is SetupStep.RETURN


async def _after_consent(tx: UnitOfWork, spot: Spot, chat: Chat, project_id: UUID) -> SetupStep:
    """What is asked next in a chat that has its project: only what was not chosen there or elsewhere."""
    is_room = not any(one.is_source for one in await tx.chats.bindings_of_chat(chat.id))
    if is_room or _is_return(spot):
        return SetupStep.DONE
    others = frozenset(await source_chats_of(tx, project_id)) - {chat.id}
    known = await tx.chats.list_ids(others)
    if any(one.state is ChatState.READING for one in known.values()):
        return _of_part(chat)
    return SetupStep.TIMEZONE


def _of_part(chat: Chat) -> SetupStep:
    """What a further chat of a project is asked."""
    return SetupStep.THREADS if chat.is_forum else SetupStep.DONE
