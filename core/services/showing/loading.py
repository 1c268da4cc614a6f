"""From a spot to what it shows: each View has its loader, each load one reader."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.domain.ids import ChatId
from core.domain.person import Role
from core.domain.showing.shown import Reader, Shown, ShownBundle
from core.domain.showing.spot import Spot, place_of
from core.domain.showing.view import (
    BlockedCard,
    Bundle,
    DigestCard,
    EstimateCard,
    NotesList,
    Notice,
    PendingList,
    ProposalCard,
    Quotation,
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
from core.domain.showing.view_agents import AgentsCard, BudgetCard, EmbeddingCard
from core.domain.showing.view_following import HintCard, NewsCard, WatchesCard, WeekCard
from core.domain.showing.view_known import AnswerCard, FoundList, NoteCard, TopicCard
from core.domain.showing.view_living import ExportCard, ReminderCard
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import HelpCard, ImportCard, OpeningCard, PrivacyCard, SetupCard
from core.errors import NotFound
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock
from core.services.access.readership import Readership
from core.services.showing.load_agents import AgentLoader
from core.services.showing.load_desk import DeskLoader
from core.services.showing.load_following import FollowingLoader, load_hint
from core.services.showing.load_known import KnownLoader
from core.services.showing.load_lists import ListLoader
from core.services.showing.load_living import load_export, load_reminder
from core.services.showing.load_proposals import ProposalLoader
from core.services.showing.load_runs import RunLoader
from core.services.showing.load_sessions import SessionLoader
from core.services.showing.load_settings import SettingsLoader
from core.services.showing.load_setup import SetupLoader
from core.services.showing.load_trust import load_trust
from core.services.showing.quoting import load_quotation
from core.services.showing.sight import Picture, Sight

Load = Callable[[Sight, Any], Awaitable[Picture]]


@dataclass(frozen=True)
class Loaded:
    """What a spot shows now, to whom, and when it changes by itself.

    `turn_to` is the view it must have first. `unasked` are chats whose members Telegram must be asked for
    before this is all the reader may see.
    """

    shown: Shown
    reader: Reader
    repaint_at: datetime | None = None
    not_before: datetime | None = None
    turn_to: View | None = None
    unasked: frozenset[ChatId] = frozenset()


@dataclass(frozen=True)
class Loading:
    """Loads any spot inside the caller's transaction.

    `bot_username` is asked when needed: Telegram may tell it late.
    """

    clock: Clock
    readership: Readership
    proposals: ProposalLoader
    desk: DeskLoader
    sessions: SessionLoader
    runs: RunLoader
    lists: ListLoader
    following: FollowingLoader
    known: KnownLoader
    setup: SetupLoader
    agents: AgentLoader
    settings: SettingsLoader
    bot_username: Callable[[], str]
    _loaders: Mapping[type[View], Load] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        loaders: dict[type[View], Load] = {
            ProposalCard: self.proposals.proposal,
            TaskCard: self.proposals.task,
            NotesList: self.desk.notes,
            SessionCard: self.sessions.session,
            RunCard: self.runs.run,
            EstimateCard: self.runs.estimate,
            BlockedCard: self.runs.blocked,
            RunList: self.runs.runs,
            StatusCard: self.runs.status,
            TaskList: self.lists.tasks,
            PendingList: self.lists.pending,
            TopicList: self.known.topics,
            TopicCard: self.known.topic,
            NoteCard: self.known.note,
            AnswerCard: self.known.answer,
            FoundList: self.known.found,
            TrustCard: load_trust,
            DigestCard: self.lists.digest,
            WatchesCard: self.following.watches,
            NewsCard: self.following.news,
            WeekCard: self.following.week,
            HintCard: load_hint,
            ProjectCard: self.settings.project,
            ReviewersCard: self.setup.reviewers,
            ScheduleCard: self.setup.schedule,
            SetupCard: self.setup.setup,
            OpeningCard: self.setup.opening,
            ImportCard: self.setup.export,
            HelpCard: self.setup.help,
            PrivacyCard: self.setup.privacy,
            BudgetCard: self.agents.budget,
            AgentsCard: self.agents.agents,
            EmbeddingCard: self.agents.embedding,
            Notice: self.setup.notice,
            Quotation: load_quotation,
            ReminderCard: load_reminder,
            ExportCard: load_export,
            Bundle: self._bundle,
        }
        object.__setattr__(self, "_loaders", loaders)

    async def load(self, tx: UnitOfWork, spot: Spot) -> Loaded:
        """What the spot shows now; raises NotFound when the item is gone."""
        place = place_of(spot)
        sight = Sight(tx, place, self.clock.now(), self.readership)
        picture = await self._loaders[type(spot.view)](sight, spot.view)
        is_ahead = picture.repaint_at is not None and picture.repaint_at > sight.now
        return Loaded(
            shown=picture.shown,
            reader=await self._reader(sight, picture),
            repaint_at=picture.repaint_at if is_ahead else None,
            not_before=picture.not_before,
            turn_to=picture.turn_to,
            unasked=frozenset(sight.unasked),
        )

    async def _bundle(self, sight: Sight, view: Bundle) -> Picture:
        """What its spots show now, those whose item is gone left out; time alone repaints none of them."""
        found: list[tuple[int, Picture]] = []
        for number, spot_id in enumerate(view.parts, start=1):
            part = (await sight.tx.spots.get(spot_id)).view
            with suppress(NotFound):
                found.append((number, await self._loaders[type(part)](sight, part)))
        if not found:
            raise NotFound("bundle", "")
        return Picture(
            ShownBundle(view, tuple(one.shown for _, one in found), tuple(number for number, _ in found)),
            next((one.project for _, one in found if one.project is not None), None),
        )

    async def _reader(self, sight: Sight, picture: Picture) -> Reader:
        project, person_id = picture.project, sight.place.reader_id
        role = await sight.role(project)
        if project is None and person_id is not None and await _is_owner(sight):
            role = Role.OWNER
        return Reader(
            language=await _language(sight, picture),
            timezone=project.timezone if project is not None else "UTC",
            now=sight.now,
            bot_username=self.bot_username(),
            is_group=person_id is None,
            person_id=person_id,
            role=role,
            chat_id=sight.place.chat_id,
        )


async def _language(sight: Sight, picture: Picture) -> str:
    """A person's own language in a direct chat; the project's, else the chat's, in a group."""
    if sight.place.reader_id is not None:
        person = await sight.tx.people.find(sight.place.reader_id)
        if person is not None:
            return person.language
    if picture.project is not None:
        return picture.project.language
    chat = await sight.tx.chats.find(sight.place.chat_id)
    return chat.language if chat is not None else "en"


async def _is_owner(sight: Sight) -> bool:
    installation = await sight.tx.installations.find()
    return installation is not None and installation.owner_id == sight.place.reader_id
