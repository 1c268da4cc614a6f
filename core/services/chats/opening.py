"""Opening a chat to a review room, so that its reviewers may read there what was said (product rule 12)."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.ids import ChatId, PersonId
from core.domain.person import Chat, ChatState
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import OpeningCard
from core.errors import NotAnAdministrator, NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.access.rights import review_rooms_of, source_chats_of
from core.services.showing.placing import Placing


@dataclass(frozen=True)
class OpeningService:
    """Only an administrator of a chat opens it, and may close it again at any time."""

    transactions: Transactions
    placing: Placing

    async def toggle(self, spot_id: UUID, room_id: ChatId, person_id: PersonId) -> tuple[Chat, bool]:
        """Open the card's chat to a review room, or close it; return the room and whether it is open now.

        Raises NotAnAdministrator, and NotFound where that is no review room of the chat's project.
        """
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            chat = await tx.chats.get(_chat_of(spot))
            administrators, _ = await tx.people.administrators(chat.id)
            if person_id not in administrators:
                raise NotAnAdministrator
            project_ids = await _projects_read_by(tx, chat.id, room_id)
            is_open = room_id not in chat.open_to
            await tx.chats.put(replace(chat, open_to=chat.open_to ^ {room_id}))
            await self.placing.turn(tx, spot, spot.view)
            for project_id in project_ids:
                await self._show_anew(tx, project_id)
            return await tx.chats.get(room_id), is_open

    async def ask(self, tx: UnitOfWork, project_id: UUID, by: PersonId | None) -> None:
        """Ask an administrator of each chat a review room may not read yet, once a chat and room.

        What `by` administers opens without asking: they are who makes the room.
        """
        asked = {
            (spot.view.chat_id, spot.view.room_id)
            for spot in await tx.spots.list_about(project_id)
            if isinstance(spot.view, OpeningCard)
        }
        for room_id in await review_rooms_of(tx, project_id):
            for chat_id in await source_chats_of(tx, project_id):
                chat = await tx.chats.get(chat_id)
                if chat_id == room_id or room_id in chat.open_to or chat.state is not ChatState.READING:
                    continue
                if by in (await tx.people.administrators(chat_id))[0]:
                    await tx.chats.put(replace(chat, open_to=chat.open_to | {room_id}))
                elif (chat_id, room_id) not in asked:
                    view, place = OpeningCard(chat_id, room_id), await _place_to_ask(tx, chat_id)
                    await self.placing.show(tx, view, place, about={project_id})

    async def _show_anew(self, tx: UnitOfWork, project_id: UUID) -> None:
        """Whatever shows, or withholds, what waits for a decision is painted again."""
        pending = await tx.proposals.list_pending(project_id)
        runs = {one.run_id for one in pending}
        await self.placing.touch(tx, project_id, *(one.id for one in pending), *runs)


def _chat_of(spot: Spot) -> ChatId:
    if isinstance(spot.view, OpeningCard):
        return spot.view.chat_id
    if isinstance(spot.view, ProjectCard):
        return spot.chat_id
    raise NotFound("card", "")


async def _projects_read_by(tx: UnitOfWork, chat_id: ChatId, room_id: ChatId) -> list[UUID]:
    """Projects that read the chat and are reviewed in the room; raises NotFound where there is none."""
    bindings = await tx.chats.bindings_of_chat(chat_id)
    projects = {one.project_id for one in bindings if one.is_source}
    found = [one for one in sorted(projects) if room_id in await review_rooms_of(tx, one)]
    if not found:
        raise NotFound("card", "")
    return found


async def _place_to_ask(tx: UnitOfWork, chat_id: ChatId) -> Place:
    """The direct chat of one of its administrators where one was started, else the chat itself."""
    administrators, _ = await tx.people.administrators(chat_id)
    known = await tx.people.list_ids(administrators)
    started = sorted(one.id for one in known.values() if one.has_direct_chat)
    return Place(ChatId(started[0]), reader_id=started[0]) if started else Place(chat_id)
