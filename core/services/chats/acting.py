"""Acting on what stands in a chat: finding the card that was pressed, and acting and answering at once."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from core.domain.ids import ChatId, Kind, MessageId, MessageKey, PersonId, Ref
from core.domain.proposal import Proposal
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Delivery, Place, Spot
from core.domain.showing.view import (
    BlockedCard,
    DigestCard,
    EstimateCard,
    NotesList,
    PendingList,
    ProposalCard,
    ReviewersCard,
    RunCard,
    RunList,
    ScheduleCard,
    SessionCard,
    StatusCard,
    TaskCard,
    TaskList,
    TopicList,
    TrustCard,
    View,
)
from core.domain.showing.view_agents import AgentsCard, BudgetCard
from core.domain.showing.view_following import HintCard, NewsCard, WatchesCard, WeekCard
from core.domain.showing.view_known import AnswerCard, FoundList, KnownPanel, NoteCard, TopicCard
from core.domain.showing.view_living import ExportCard
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import ImportCard, OpeningCard, PrivacyCard, SetupCard
from core.errors import NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.access.rights import reviewed_projects
from core.services.showing.placing import Placing

T = TypeVar("T")


@dataclass(frozen=True)
class ActingService:
    """Joins a use case with the answer to it, so that both are one transaction."""

    transactions: Transactions
    placing: Placing

    async def claimed(self, spot: Spot, key: MessageKey) -> Spot | None:
        """The spot when it stands as this very message, None when it does not.

        A spot whose message is not known yet (its send was answered too late, or never) takes this one:
        only the bot puts its buttons there. Where it is known, this one is a copy sent before, and it is
        made to say where the card is.
        """
        if spot.chat_id == key.chat_id and spot.message_id == key.message_id:
            return spot
        if spot.chat_id != key.chat_id or spot.delivery is Delivery.DROPPED:
            return None
        return await self._adopt(spot.id, key)

    async def find_spot_at(self, chat_id: ChatId, message_id: MessageId) -> Spot | None:
        """What stands as a message, for replies to it."""
        async with self.transactions.reading() as tx:
            return await tx.spots.find_at(chat_id, message_id)

    async def projects_at(self, view: View, reader: PersonId | None) -> frozenset[UUID]:
        """The projects whose reviewers may decide on what a card shows."""
        async with self.transactions.reading() as tx:
            return await _projects_at(tx, view, reader)

    async def proposal_at(self, view: View) -> Proposal:
        """The proposal in front of a card or session, or the one it asks a reason for; raises NotFound."""
        async with self.transactions.reading() as tx:
            if isinstance(view, ProposalCard):
                return await tx.proposals.get(view.proposal_id)
            if isinstance(view, SessionCard) and view.panel is Panel.REASONS and view.rejected is not None:
                return await tx.proposals.get(view.rejected)
            if isinstance(view, SessionCard) and view.at is not None:
                return await tx.proposals.get(view.at)
        raise NotFound("card", "")

    async def numbered(self, project_id: UUID, kind: Kind, number: int) -> Ref:
        """The item of that number; raises NotFound."""
        async with self.transactions.reading() as tx:
            found = await _numbered(tx, project_id, kind, number)
        if found is None:
            raise NotFound(kind, str(number))
        return Ref(kind, found)

    async def and_close_panel(self, spot_id: UUID, acting: Awaitable[T]) -> T:
        """Act, and show the card itself again where a panel was open."""
        async with self.transactions() as tx:
            result = await acting
            spot = await tx.spots.get(spot_id)
            if isinstance(spot.view, ProposalCard | SessionCard | TaskCard):
                await self.placing.turn(tx, spot, spot.view.closed())
            elif isinstance(spot.view, NotesList | RunCard | PrivacyCard):
                await self.placing.turn(tx, spot, replace(spot.view, panel=Panel.MAIN))
            elif isinstance(spot.view, TopicCard | NoteCard):
                await self.placing.turn(tx, spot, replace(spot.view, panel=KnownPanel.MAIN))
            return result

    async def and_show(self, place: Place, acting: Awaitable[T], view_of: Callable[[T], View]) -> T:
        """Act, and answer with what came of it."""
        async with self.transactions() as tx:
            result = await acting
            view = view_of(result)
            about = await _projects_at(tx, view, place.reader_id)
            await self.placing.show(tx, view, place, about=about)
            return result

    async def together(self, *acts: Callable[[], Awaitable[object]]) -> None:
        """Several acts of one update, in this order, in one transaction."""
        async with self.transactions():
            for act in acts:
                await act()

    async def and_say(
        self, place: Place, acting: Awaitable[T], key: str, args: Mapping[str, str | int] | None = None
    ) -> T:
        """Act, and say a sentence."""
        async with self.transactions() as tx:
            result = await acting
            await self.placing.say(tx, place, key, args)
            return result

    async def _adopt(self, spot_id: UUID, key: MessageKey) -> Spot | None:
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            if spot.message_id == key.message_id:
                return spot
            if await tx.spots.find_at(key.chat_id, key.message_id) is not None:
                # A payload made up for a message that is another card.
                return None
            if spot.message_id is not None:
                await self.placing.point(tx, spot, key.message_id)
                return None
            adopted = replace(spot, message_id=key.message_id, delivery=Delivery.SHOWN)
            await tx.spots.record(adopted)
            return adopted


async def _projects_at(tx: UnitOfWork, view: View, reader: PersonId | None) -> frozenset[UUID]:
    if isinstance(view, ProposalCard):
        return frozenset({await tx.proposals.project_of(view.proposal_id)})
    if isinstance(view, TaskCard):
        return frozenset({(await tx.tasks.get(view.task_id)).project_id})
    if isinstance(view, NotesList | RunCard):
        return frozenset({(await tx.runs.get(view.run_id)).project_id})
    if isinstance(view, SetupCard | OpeningCard):
        bindings = await tx.chats.bindings_of_chat(view.chat_id)
        return frozenset(binding.project_id for binding in bindings)
    if isinstance(view, ImportCard):
        return frozenset(view.projects)
    return await _projects_of_list(tx, view, reader)


async def _project_of_known(tx: UnitOfWork, view: TopicCard | NoteCard) -> UUID:
    if isinstance(view, TopicCard):
        return (await tx.knowledge.get_topic(view.topic_id)).project_id
    return (await tx.knowledge.get_atom(view.atom_id)).project_id


async def _projects_of_list(tx: UnitOfWork, view: View, reader: PersonId | None) -> frozenset[UUID]:
    if isinstance(view, TopicCard | NoteCard):
        return frozenset({await _project_of_known(tx, view)})
    if isinstance(view, SessionCard) and view.project_id is None:
        mine = [] if reader is None else await reviewed_projects(tx, reader)
        return frozenset(project.id for project in mine)
    if isinstance(
        view,
        HintCard | NewsCard | WatchesCard | WeekCard
        | AgentsCard | AnswerCard | BlockedCard | BudgetCard | DigestCard | EstimateCard | ExportCard
        | FoundList | PendingList | ProjectCard | ReviewersCard | RunList | ScheduleCard | SessionCard
        | StatusCard | TaskList | TopicList | TrustCard,
    ):  # fmt: skip
        return frozenset() if view.project_id is None else frozenset({view.project_id})
    return frozenset()


async def _numbered(tx: UnitOfWork, project_id: UUID, kind: Kind, number: int) -> UUID | None:
    if kind is Kind.TASK:
        task = await tx.tasks.find_by_number(project_id, number)
        return None if task is None else task.id
    if kind is Kind.PROPOSAL:
        proposal = await tx.proposals.find_by_number(project_id, number)
        return None if proposal is None else proposal.id
    if kind is Kind.RUN:
        run = await tx.runs.find_by_number(project_id, number)
        return None if run is None else run.id
    if kind is Kind.ATOM:
        atoms = await tx.knowledge.list_atoms(project_id, only_in_force=False)
        return next((atom.id for atom in atoms if atom.number == number), None)
    topics = await tx.knowledge.list_topics(project_id, only_live=False)
    return next((topic.id for topic in topics if topic.number == number), None)
