"""Which family a press belongs to; a press that stands nowhere is told so."""

from collections.abc import Mapping

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.hear.buttons.agents import AGENTS, BUDGET
from bot.hear.buttons.digests import DIGEST
from bot.hear.buttons.following import HINTS, WATCHES, WEEK
from bot.hear.buttons.imports import IMPORT
from bot.hear.buttons.known import ANSWER, FOUND, NOTE, TOPIC, TOPICS
from bot.hear.buttons.lists import BUNDLE, LIST, STATUS
from bot.hear.buttons.notes import NOTES
from bot.hear.buttons.notices import NOTICE
from bot.hear.buttons.pressed import Family, Pressed
from bot.hear.buttons.privacy import PRIVACY
from bot.hear.buttons.proposals import PROPOSAL
from bot.hear.buttons.reminders import EXPORT, REMINDER
from bot.hear.buttons.runs import OFFER, RUN
from bot.hear.buttons.sessions import SESSION
from bot.hear.buttons.settings import SETTINGS
from bot.hear.buttons.setup import OPENING, REVIEWERS, SETUP
from bot.hear.buttons.tasks import TASK
from bot.hear.scene.identity import Scene
from bot.hear.services import Services
from bot.hear.toasts import Toast, answer, toast
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
    View,
)
from core.domain.showing.view_agents import AgentsCard, BudgetCard, EmbeddingCard
from core.domain.showing.view_following import HintCard, NewsCard, WatchesCard, WeekCard
from core.domain.showing.view_known import AnswerCard, FoundList, NoteCard, TopicCard
from core.domain.showing.view_living import ExportCard, ReminderCard
from core.domain.showing.view_settings import ProjectCard
from core.domain.showing.view_setup import HelpCard, ImportCard, OpeningCard, PrivacyCard, SetupCard

FAMILIES: Mapping[type[View], Family] = {
    ProposalCard: PROPOSAL,
    SessionCard: SESSION,
    NotesList: NOTES,
    RunCard: RUN,
    EstimateCard: OFFER,
    BlockedCard: OFFER,
    TaskCard: TASK,
    TaskList: LIST,
    PendingList: LIST,
    RunList: LIST,
    TopicList: TOPICS,
    TopicCard: TOPIC,
    NoteCard: NOTE,
    AnswerCard: ANSWER,
    FoundList: FOUND,
    StatusCard: STATUS,
    DigestCard: DIGEST,
    WatchesCard: WATCHES,
    NewsCard: {},
    WeekCard: WEEK,
    HintCard: HINTS,
    SetupCard: SETUP,
    ProjectCard: SETTINGS,
    ReviewersCard: REVIEWERS,
    OpeningCard: OPENING,
    ScheduleCard: {},
    ImportCard: IMPORT,
    HelpCard: {},
    PrivacyCard: PRIVACY,
    BudgetCard: BUDGET,
    AgentsCard: AGENTS,
    EmbeddingCard: {},
    Notice: NOTICE,
    Bundle: BUNDLE,
    Quotation: {},
    ReminderCard: REMINDER,
    ExportCard: EXPORT,
}
"""What the buttons of each card do."""
GONE = toast("gone")


def router(services: Services) -> Router:
    """Listens to presses; each is answered exactly once."""
    made = Router(name="buttons")

    @made.callback_query()
    async def pressed(_query: CallbackQuery, scene: Scene) -> None:
        await answer(scene, await _said(scene, services), services)

    return made


async def _said(scene: Scene, services: Services) -> Toast:
    """What the press did; a payload counts only on its item's own card."""
    if scene.press is None or scene.spot is None:
        return GONE
    act = FAMILIES[type(scene.spot.view)].get(scene.press.verb)
    if act is None:
        return GONE
    return await act(Pressed(services, scene, scene.press, scene.spot))
