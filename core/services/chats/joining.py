"""Coming into a group and leaving it: accepted or not, the notice to everyone, what the group is now."""

import base64
import binascii
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from core.domain.ids import ChatId, PersonId
from core.domain.person import Actor, Binding, Chat, ChatState
from core.domain.showing.spot import Place
from core.domain.showing.view_setup import SetupCard, SetupStep
from core.errors import NotAnAdministrator
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import review_places, reviewed_projects
from core.services.chats.founding import Founding, Part, Plan, bound_to
from core.services.chats.people import may_invite
from core.services.chats.projects import ensure_may_set_up
from core.services.showing.placing import Placing
from core.settings import PrivacySettings

NEW_PROJECT = "new"
"""The token of an add-to-group link that asks for a project of the group's own."""


class Joined(StrEnum):
    """What a change of the bot's own membership came to."""

    REFUSED = "refused"
    WELCOMED = "welcomed"
    CHANGED = "changed"
    LEFT = "left"


@dataclass(frozen=True)
class Membership:
    """The bot's own membership as Telegram tells it, `chat` as it is now."""

    chat: Chat
    by: PersonId | None
    is_in: bool


@dataclass(frozen=True)
class JoiningService:
    """Each public method is one transaction."""

    transactions: Transactions
    clock: Clock
    placing: Placing
    founding: Founding
    allow: str = "owners"
    purge_after_days: int = PrivacySettings().purge_after_days

    async def bot_status(self, change: Membership) -> Joined:
        """The bot was added, promoted or removed. REFUSED stores nothing: say one sentence and leave."""
        async with self.transactions() as tx:
            known = await tx.chats.find(change.chat.id)
            if not change.is_in:
                if known is not None:
                    await self._leave(tx, known, change.by)
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
                await self._welcome(tx, known, Membership(chat, by, is_in=True))
            if not await tx.chats.bindings_of_chat(chat.id):
                await self._bind_by_token(tx, chat, token, by, place)
            return True

    async def show(self, chat: Chat, actor: Actor, place: Place, *, asks_project: bool = False) -> None:
        """/setup: the step this chat stands at; raises NotAnAdministrator."""
        async with self.transactions() as tx:
            known = await tx.chats.find(chat.id)
            project_id = await bound_to(tx, chat.id)
            if known is not None:
                await ensure_may_set_up(tx, chat.id, project_id, actor)
            elif await may_invite(tx, actor.person_id, self.allow):
                await tx.chats.put(replace(chat, added_by=actor.person_id))
            else:
                raise NotAnAdministrator
            step = SetupStep.PROJECT if asks_project or project_id is None else SetupStep.LANGUAGE
            if known is None or known.state is not ChatState.READING:
                step = _first_step(known)
            await self._show(tx, chat.id, place, step, project_id)

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

    async def _leave(self, tx: UnitOfWork, known: Chat, by: PersonId | None) -> None:
        """Nothing more is tried there; who decides on what was said there is told, but not who did it."""
        await tx.chats.put(known.gone(self.clock.now()))
        await tx.spots.drop_chat(known.id)
        if known.state is not ChatState.READING or known.migrated_to is not None:
            return
        told = {"chat": known.title, "days": self.purge_after_days}
        for place, rest in (await _deciding(tx, known.id)).items():
            if place.chat_id not in (known.id, by):
                await self.placing.say(tx, place, "group-left", told, unasked_in=rest)

    async def _welcome(self, tx: UnitOfWork, known: Chat | None, change: Membership) -> None:
        """The setup card with the consent notice; a chat that comes back is asked whether to go on."""
        chat = replace(change.chat, state=ChatState.WAITING, added_by=change.by)
        place = Place(chat.id)
        if known is not None:
            chat = replace(
                known, title=chat.title, state=ChatState.WAITING, added_by=change.by,
                is_blocked=False, bot_is_administrator=chat.bot_is_administrator,
            )  # fmt: skip
        await tx.chats.put(chat)
        await self._show(tx, chat.id, place, _first_step(chat), await bound_to(tx, chat.id))

    async def _refresh(self, tx: UnitOfWork, known: Chat, seen: Chat) -> None:
        fresh = replace(
            known, kind=seen.kind, title=seen.title or known.title, username=seen.username,
            is_forum=seen.is_forum or known.is_forum, bot_is_administrator=seen.bot_is_administrator,
        )  # fmt: skip
        if fresh != known:
            await tx.chats.put(fresh)
            await self.placing.touch(tx, await bound_to(tx, known.id))

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
            await self.founding.make_part(tx, chat.id, project, part, by)
        else:
            await self.placing.say(tx, place, "lost-payload")

    async def _show(
        self, tx: UnitOfWork, chat_id: ChatId, place: Place, step: SetupStep, project_id: UUID | None
    ) -> None:
        about = () if project_id is None else (project_id,)
        await self.placing.show(tx, SetupCard(chat_id, step), place, about=about)


async def _deciding(tx: UnitOfWork, chat_id: ChatId) -> dict[Place, str]:
    """Where is decided on what is said in a chat, each place once, with the quiet hours there."""
    projects = [await tx.projects.get(one.project_id) for one in await tx.chats.bindings_of_chat(chat_id)]
    return {place: project.rest for project in projects for place in await review_places(tx, project)}


def _first_step(chat: Chat | None) -> SetupStep:
    """Consent; with words still kept of an earlier stay, whether to go on with them."""
    return SetupStep.CONSENT if chat is None or chat.left_at is None else SetupStep.RETURN


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
