"""Joining a group: accepted or not, the notice to everyone, then each tap of the setup card."""

import base64
import binascii
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from core.domain.ids import ChatId, PersonId
from core.domain.person import Actor, Binding, Chat, ChatState, Project, ReviewPlace
from core.domain.spot import Place, SetupCard, SetupStep, Spot, place_of
from core.errors import NotAnAdministrator, NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import offered_projects, reviewed_projects, source_chats_of
from core.services.chats.founding import Founding, Plan
from core.services.chats.people import may_invite
from core.services.chats.projects import ensure_may_set_up, has_room
from core.services.showing.placing import Placing

NEW_PROJECT = "new"
"""The token of an add-to-group link that asks for a project of the group's own."""


class Joined(StrEnum):
    """What a change of the bot's own membership came to."""

    REFUSED = "refused"
    WELCOMED = "welcomed"
    CHANGED = "changed"
    LEFT = "left"


class Threads(StrEnum):
    """Which topics of a forum are read."""

    ALL = "all"
    SAID = "said"
    REST = "rest"


class Part(StrEnum):
    """What a chat is to an existing project."""

    SOURCE = "p"
    ROOM = "r"


@dataclass(frozen=True)
class Membership:
    """The bot's own membership as Telegram tells it, `chat` as it is now."""

    chat: Chat
    by: PersonId | None
    was_in: bool
    is_in: bool


@dataclass(frozen=True)
class Tap:
    """A press on a setup card: where, by whom, and the language they use Telegram in."""

    spot_id: UUID
    actor: Actor
    language: str = "en"


@dataclass(frozen=True)
class JoiningService:
    """Each public method is one transaction; a tap turns the card to its next step."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    founding: Founding
    allow: str = "owners"

    async def bot_status(self, change: Membership) -> Joined:
        """The bot was added, promoted or removed. REFUSED stores nothing: say one sentence and leave."""
        async with self.transactions() as tx:
            known = await tx.chats.find(change.chat.id)
            if not change.is_in:
                if known is not None:
                    await tx.chats.put(known.gone(self.clock.now()))
                    await tx.spots.drop_chat(known.id)
                return Joined.LEFT
            if known is not None and known.state is not ChatState.GONE:
                await self._refresh(tx, known, change.chat)
                return Joined.CHANGED
            if not await may_invite(tx, change.by, self.allow):
                return Joined.REFUSED
            await self._welcome(tx, known, change)
            return Joined.WELCOMED

    async def take_payload(self, chat: Chat, token: str, by: PersonId | None, place: Place) -> bool:
        """The word an add-to-group link carried; False when its sender may not bring the bot here."""
        async with self.transactions() as tx:
            if not await may_invite(tx, by, self.allow):
                return False
            known = await tx.chats.find(chat.id)
            if known is None or known.state is ChatState.GONE:
                await self._welcome(tx, known, Membership(chat, by, was_in=False, is_in=True))
            if not await tx.chats.bindings_of_chat(chat.id):
                await self._bind_by_token(tx, chat, token, by, place)
            return True

    async def show(self, chat: Chat, actor: Actor, place: Place, *, asks_project: bool = False) -> None:
        """/setup: the step this chat stands at; raises NotAnAdministrator."""
        async with self.transactions() as tx:
            known = await tx.chats.find(chat.id)
            project_id = await _bound_to(tx, chat.id)
            if known is not None:
                await ensure_may_set_up(tx, project_id, actor)
            elif await may_invite(tx, actor.person_id, self.allow):
                await tx.chats.put(replace(chat, added_by=actor.person_id))
            else:
                raise NotAnAdministrator
            step = SetupStep.PROJECT if asks_project or project_id is None else SetupStep.LANGUAGE
            if known is None or known.state is not ChatState.READING:
                step = SetupStep.CONSENT
            await self._show(tx, chat.id, place, step, project_id)

    async def start_reading(self, tap: Tap) -> SetupStep:
        """An administrator opens the chat; raises NotAnAdministrator. From now on words are stored."""
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            if not tap.actor.is_chat_administrator:
                raise NotAnAdministrator
            await tx.chats.put(replace(chat.reading(), language=tap.language))
            if await _bound_to(tx, chat.id) is not None:
                is_room = not any(one.is_source for one in await tx.chats.bindings_of_chat(chat.id))
                return await self._turn(tx, spot, SetupStep.DONE if is_room else SetupStep.TIMEZONE)
            if await offered_projects(tx, chat):
                return await self._turn(tx, spot, SetupStep.PROJECT)
            await self._found(tx, chat, tap)
            return await self._turn(tx, spot, SetupStep.TIMEZONE)

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
            await self._make_part(tx, chat.id, offered[index], part, tap.actor.person_id)
            return await self._turn(tx, spot, SetupStep.DONE)

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
            await self.founding.set_place(tx, project, where, chat.id, None)
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

    async def refresh(self, chat: Chat) -> None:
        """Keep title, user name and kind of a known chat as they are now."""
        async with self.transactions() as tx:
            known = await tx.chats.find(chat.id)
            if known is not None:
                seen = replace(chat, bot_is_administrator=known.bot_is_administrator)
                await self._refresh(tx, known, seen)

    async def member_changed(self, chat_id: ChatId, person_id: PersonId, *, is_member: bool) -> None:
        """Somebody came or went, in a chat that is read."""
        async with self.transactions() as tx:
            chat = await tx.chats.find(chat_id)
            if chat is not None and chat.state is ChatState.READING:
                at = self.clock.now()
                await tx.people.put_membership(chat_id, person_id, is_member=is_member, at=at)

    async def _welcome(self, tx: UnitOfWork, known: Chat | None, change: Membership) -> None:
        """The setup card with the consent notice; a chat that comes back keeps what was chosen."""
        chat = replace(change.chat, state=ChatState.WAITING, added_by=change.by)
        place = Place(chat.id)
        if known is not None:
            chat = replace(
                known, title=chat.title, state=ChatState.WAITING, added_by=change.by, left_at=None,
                is_blocked=False, bot_is_administrator=chat.bot_is_administrator,
            )  # fmt: skip
            await self.placing.say(tx, place, "welcome-back")
        await tx.chats.put(chat)
        await self._show(tx, chat.id, place, SetupStep.CONSENT, await _bound_to(tx, chat.id))

    async def _refresh(self, tx: UnitOfWork, known: Chat, seen: Chat) -> None:
        fresh = replace(
            known, kind=seen.kind, title=seen.title or known.title, username=seen.username,
            is_forum=seen.is_forum or known.is_forum, bot_is_administrator=seen.bot_is_administrator,
        )  # fmt: skip
        if fresh != known:
            await tx.chats.put(fresh)
            await self.placing.touch(tx, await _bound_to(tx, known.id))

    async def _bind_by_token(
        self, tx: UnitOfWork, chat: Chat, token: str, by: PersonId | None, place: Place
    ) -> None:
        read = read_token(token)
        if read is None:
            # /setup asks what the lost word would have said.
            return
        part, project_id = read
        offered = {} if by is None else {one.id: one for one in await reviewed_projects(tx, by)}
        if project_id is None:
            project = await self.founding.found(tx, Plan(chat.title, by, chat.language))
            await tx.chats.bind(Binding(chat.id, project.id))
        elif project_id in offered:
            project = offered[project_id]
            await self._make_part(tx, chat.id, project, part, by)
        else:
            await self.placing.say(tx, place, "lost-payload")

    async def _make_part(
        self, tx: UnitOfWork, chat_id: ChatId, project: Project, part: Part, by: PersonId | None
    ) -> None:
        is_room = part is Part.ROOM
        await tx.chats.bind(Binding(chat_id, project.id, is_source=not is_room, is_review=is_room))
        if is_room:
            await tx.projects.save(project.configured(place=ReviewPlace.ROOM))
            await _open_sources(tx, project.id, chat_id, by)

    async def _found(self, tx: UnitOfWork, chat: Chat, tap: Tap) -> Project:
        owner = chat.added_by or tap.actor.person_id
        project = await self.founding.found(tx, Plan(chat.title, owner, tap.language))
        await tx.chats.bind(Binding(chat.id, project.id))
        return project

    async def _configure(self, tap: Tap, step: SetupStep, **changes: object) -> SetupStep:
        async with self.transactions() as tx:
            spot, chat = await self._at(tx, tap)
            project = await self._project(tx, chat.id)
            saved = await tx.projects.save(project.configured(**changes))
            await self.founding.schedules.ensure_in(tx, saved)
            return await self._turn(tx, spot, step)

    async def _at(self, tx: UnitOfWork, tap: Tap) -> tuple[Spot, Chat]:
        spot = await tx.spots.get(tap.spot_id)
        if not isinstance(spot.view, SetupCard):
            raise NotFound("card", "")
        await ensure_may_set_up(tx, await _bound_to(tx, spot.chat_id), tap.actor)
        return spot, await tx.chats.get(spot.chat_id)

    async def _project(self, tx: UnitOfWork, chat_id: ChatId) -> Project:
        project_id = await _bound_to(tx, chat_id)
        if project_id is None:
            raise NotFound("project", "")
        return await tx.projects.get(project_id)

    async def _show(
        self, tx: UnitOfWork, chat_id: ChatId, place: Place, step: SetupStep, project_id: UUID | None
    ) -> None:
        about = () if project_id is None else (project_id,)
        await self.placing.show(tx, SetupCard(chat_id, step), place, about=about)

    async def _turn(self, tx: UnitOfWork, spot: Spot, step: SetupStep) -> SetupStep:
        project_id = await _bound_to(tx, spot.chat_id)
        about = () if project_id is None else (project_id,)
        await self.placing.turn(tx, spot, SetupCard(spot.chat_id, step), about=about)
        return step


def token_for(project_id: UUID, part: Part) -> str:
    """The word of a link that adds the bot to a group as part of a project; at most 64 of A-Za-z0-9_-."""
    return part + base64.urlsafe_b64encode(project_id.bytes).decode().rstrip("=")


def read_token(token: str) -> tuple[Part, UUID | None] | None:
    """What such a word says; a project of its own has no id. None for any other word."""
    if token == NEW_PROJECT:
        return Part.SOURCE, None
    if token[:1] not in frozenset(Part):
        return None
    try:
        raw = base64.urlsafe_b64decode(token[1:] + "==")
        return Part(token[0]), UUID(bytes=raw)
    except (binascii.Error, ValueError):
        return None


async def _open_sources(tx: UnitOfWork, project_id: UUID, room: ChatId, by: PersonId | None) -> None:
    """Whoever makes a room opens to it what they administer (product rule 12)."""
    for chat_id in await source_chats_of(tx, project_id):
        administrators, _ = await tx.people.administrators(chat_id)
        if by in administrators:
            chat = await tx.chats.get(chat_id)
            await tx.chats.put(replace(chat, open_to=chat.open_to | {room}))


async def _bound_to(tx: UnitOfWork, chat_id: ChatId) -> UUID | None:
    bindings = await tx.chats.bindings_of_chat(chat_id)
    return bindings[0].project_id if bindings else None
