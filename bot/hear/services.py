"""What hearing has in hand: the use cases it calls, and the few ports it answers through."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.view.texts import Texts
from core.ports.chat import Messenger
from core.ports.inbox import Inbox
from core.ports.meter import Meter, Uncounted
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock
from core.services.access.rights import Rights
from core.services.agents.staff import StaffService
from core.services.chats.acting import ActingService
from core.services.chats.capture import CaptureService
from core.services.chats.forwards import ForwardService
from core.services.chats.imports import ImportService
from core.services.chats.intake import IntakeService
from core.services.chats.joining import JoiningService
from core.services.chats.opening import OpeningService
from core.services.chats.people import PeopleService
from core.services.chats.projects import ProjectsService
from core.services.chats.setting_up import SettingUpService
from core.services.chats.turning import TurningService
from core.services.daily.digests import DigestService
from core.services.daily.files import TaskFileService
from core.services.daily.reminders import ReminderService
from core.services.daily.schedules import ScheduleService
from core.services.daily.tasks import TaskService
from core.services.daily.watching import WatchService
from core.services.desk.bulk import BulkService
from core.services.desk.editing import EditingService
from core.services.desk.notes import NotesService
from core.services.desk.replies import TaskReplyService
from core.services.desk.sessions import SessionService
from core.services.desk.shaping import ShapingService
from core.services.knowledge.asking import AskService
from core.services.knowledge.topics import TopicService
from core.services.money.budgets import BudgetService
from core.services.privacy.exporting import ExportService
from core.services.privacy.forgetting import ForgettingService
from core.services.review.review import ReviewService
from core.services.runs.runs import RunService
from core.services.showing.placing import Placing
from core.services.showing.quoting import QuotingService


@dataclass(frozen=True)
class Services:
    """Everything a handler may call. `bot_username` is "" until Telegram has told it."""

    transactions: Transactions
    clock: Clock
    inbox: Inbox
    messenger: Messenger
    texts: Texts
    bot_username: Callable[[], str]
    placing: Placing
    rights: Rights
    acting: ActingService
    intake: IntakeService
    people: PeopleService
    joining: JoiningService
    setting_up: SettingUpService
    opening: OpeningService
    projects: ProjectsService
    turning: TurningService
    capture: CaptureService
    forwards: ForwardService
    imports: ImportService
    review: ReviewService
    runs: RunService
    budget: BudgetService
    staff: StaffService
    notes: NotesService
    sessions: SessionService
    bulk: BulkService
    shaping: ShapingService
    editing: EditingService
    tasks: TaskService
    task_replies: TaskReplyService
    asking: AskService
    topics: TopicService
    forgetting: ForgettingService
    exporting: ExportService
    task_files: TaskFileService
    reminders: ReminderService
    quoting: QuotingService
    digests: DigestService
    watching: WatchService
    schedules: ScheduleService
    meter: Meter = field(default_factory=Uncounted)
