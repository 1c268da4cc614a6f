"""All use cases of one installation, wired by hand from the ports."""

from dataclasses import dataclass

from core.domain.person import ReviewPlace
from core.services.access.rights import Rights
from core.services.agents.staff import StaffService
from core.services.chats.acting import ActingService
from core.services.chats.capture import CaptureService
from core.services.chats.forwards import ForwardService
from core.services.chats.founding import Founding
from core.services.chats.hinting import HintService
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
from core.services.daily.jobs import Jobs
from core.services.daily.reminders import ReminderService
from core.services.daily.schedules import ScheduleService
from core.services.daily.tasks import TaskService
from core.services.daily.watching import WatchService, followed
from core.services.daily.weeks import WeekService
from core.services.desk.bulk import BulkService
from core.services.desk.editing import EditingService
from core.services.desk.notes import NotesService
from core.services.desk.replies import TaskReplyService
from core.services.desk.sessions import SessionService
from core.services.desk.shaping import ShapingService
from core.services.desk.statuses import StatusService
from core.services.knowledge.asking import AskService
from core.services.knowledge.topics import TopicService
from core.services.learning.learning import LearningService
from core.services.money.budgets import BudgetService
from core.services.outside import Ports
from core.services.parts import Parts, parts_of
from core.services.privacy.clearing import Clearing
from core.services.privacy.exporting import ExportService
from core.services.privacy.forgetting import ForgettingService
from core.services.privacy.retention import RetentionService
from core.services.review.replacing import Replacing
from core.services.review.review import ReviewService, name_of_result
from core.services.runs.beginning import Beginning
from core.services.runs.embedding import Embedding
from core.services.runs.holding import Holding
from core.services.runs.judging import Judging
from core.services.runs.proposing import Proposing
from core.services.runs.reading import ReadingStage
from core.services.runs.runs import RunService
from core.services.runs.studying import StudyingStage
from core.services.runs.work import Work
from core.services.sharing.seats import Seats
from core.services.showing.attention import Attention
from core.services.showing.delivery import DeliveryService
from core.services.showing.load_agents import AgentLoader
from core.services.showing.load_desk import DeskLoader
from core.services.showing.load_following import FollowingLoader
from core.services.showing.load_known import KnownLoader
from core.services.showing.load_lists import ListLoader
from core.services.showing.load_proposals import ProposalLoader
from core.services.showing.load_runs import RunLoader
from core.services.showing.load_sessions import SessionLoader
from core.services.showing.load_settings import SettingsLoader
from core.services.showing.load_setup import SetupLoader
from core.services.showing.loading import Loading
from core.services.showing.placing import Placing
from core.services.showing.quoting import QuotingService
from core.settings import Settings


@dataclass(frozen=True)
class UseCases:
    """What can be done."""

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
    work: Work
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
    delivery: DeliveryService
    seats: Seats
    learning: LearningService


def wired(ports: Ports, settings: Settings) -> UseCases:
    """The use cases over these ports."""
    p, parts = ports, parts_of(ports, settings)
    placing, settling = parts.placing, parts.settling
    review = ReviewService(
        p.transactions, p.clock, placing, settling, parts.undoing, settings.review, settings.attention
    )
    budget = BudgetService(p.transactions, parts.budgets, placing, parts.configuring)
    runs = _runs(p, settings, parts, budget)
    digests = DigestService(
        p.transactions, p.clock, p.ids, placing, parts.readership, parts.configuring, settings.schedule,
        parts.wordings,
    )  # fmt: skip
    forgetting = ForgettingService(
        p.transactions, p.clock, p.ids, p.wakeups, p.deletions, Clearing(p.clock, settling), settings.review
    )
    retention = RetentionService(p.transactions, p.clock, forgetting, settings.privacy)
    reminders = ReminderService(p.transactions, p.clock, placing, settings.attention)
    watching = WatchService(p.transactions, p.clock, placing)
    weeks = WeekService(p.transactions, p.clock, p.ids, placing, digests)
    jobs = Jobs(
        p.transactions, p.wakeups, runs, review, digests, weeks, reminders, retention, watching,
        HintService(p.transactions, p.clock, p.ids, placing), settings.schedule,
    )  # fmt: skip
    schedules = _schedules(p, settings, parts, jobs)
    opening = OpeningService(p.transactions, placing)
    founding = Founding(
        p.ids,
        schedules,
        opening,
        parts.configuring,
        settings.schedule.timezone,
        ReviewPlace(settings.review.place),
    )
    statuses = StatusService(p.transactions, placing, p.editor)
    intake = IntakeService(p.transactions, p.clock, settling, statuses)
    tasks = TaskService(p.transactions, p.clock, p.ids, placing)
    sessions = SessionService(p.transactions, p.clock, placing, review, runs, parts.candidates)
    return UseCases(
        placing=placing,
        rights=Rights(p.transactions, p.clock, p.facts),
        acting=ActingService(p.transactions, placing),
        intake=intake,
        people=PeopleService(p.transactions, p.clock, p.ids, placing, p.bot_id, p.allow),
        joining=JoiningService(
            p.transactions, p.clock, placing, founding, p.allow, settings.privacy.purge_after_days
        ),
        setting_up=SettingUpService(p.transactions, placing, founding, retention),
        opening=opening,
        projects=ProjectsService(p.transactions, p.clock, p.ids, placing, founding, p.allow),
        turning=TurningService(p.transactions, p.clock, placing, founding, schedules),
        capture=CaptureService(p.transactions, p.clock, p.ids, placing, p.embedder, parts.likeness),
        forwards=ForwardService(p.transactions, p.clock, placing),
        imports=ImportService(p.transactions, p.wakeups, placing, intake, p.exports),
        review=review,
        runs=runs,
        budget=budget,
        staff=StaffService(p.transactions, p.clock, placing, parts.choosing),
        work=_work(p, settings, parts),
        notes=NotesService(
            p.transactions, settling, parts.undoing, runs, placing, parts.readership, settings.review
        ),
        sessions=sessions,
        shaping=ShapingService(p.transactions, placing, Replacing(p.clock, p.ids, settling)),
        bulk=BulkService(p.transactions, p.clock, placing, review, parts.readership),
        editing=EditingService(
            p.transactions,
            p.clock,
            placing,
            p.editor,
            parts.readership,
            review,
            sessions,
            parts.consulting,
        ),
        tasks=tasks,
        task_replies=TaskReplyService(
            p.transactions, p.clock, p.ids, placing, p.editor, parts.readership, tasks, statuses
        ),
        asking=AskService(
            p.transactions, p.clock, p.embedder, p.answerer, parts.readership, placing, parts.wordings
        ),
        topics=TopicService(p.transactions, p.clock, p.ids, placing),
        forgetting=forgetting,
        exporting=ExportService(p.transactions, p.clock, p.messenger),
        task_files=TaskFileService(p.transactions, p.clock, parts.readership, p.writer, p.messenger),
        reminders=reminders,
        quoting=QuotingService(p.transactions, p.clock, parts.readership),
        digests=digests,
        watching=watching,
        schedules=schedules,
        delivery=_delivery(p, settings, parts, weeks),
        seats=parts.seats,
        learning=parts.learning,
    )


def _schedules(p: Ports, settings: Settings, parts: Parts, jobs: Jobs) -> ScheduleService:
    return ScheduleService(
        p.transactions, p.clock, parts.placing, parts.configuring, p.next_fire, jobs.work, settings.schedule
    )


def _runs(p: Ports, settings: Settings, parts: Parts, budget: BudgetService) -> RunService:
    beginning = Beginning(
        p.transactions, p.clock, p.ids, p.wakeups, parts.answering, parts.choosing, parts.closing,
        parts.placing, settings,
    )  # fmt: skip
    return RunService(
        p.transactions, p.clock, parts.answering, parts.choosing, budget, beginning, parts.planning,
        parts.closing, parts.placing, settings,
    )  # fmt: skip


def _work(p: Ports, settings: Settings, parts: Parts) -> Work:
    proposing = Proposing(
        p.transactions, p.clock, p.ids, p.embedder, parts.likeness, parts.settling, settings.review
    )
    judging = Judging(p.transactions, parts.likeness, parts.consulting)
    stage = (
        p.transactions, parts.answering, p.embedder, parts.likeness, proposing, parts.paying,
        parts.learning, judging,
    )  # fmt: skip
    return Work(
        transactions=p.transactions,
        clock=p.clock,
        wakeups=p.wakeups,
        planning=parts.planning,
        reading=ReadingStage(*stage),
        studying=StudyingStage(*stage),
        closing=parts.closing,
        embedding=Embedding(p.transactions, p.clock, p.embedder, parts.placing),
        settings=settings.analysis,
        meter=p.meter,
        holding=Holding(p.transactions, p.clock, settings.analysis),
    )


def _delivery(p: Ports, settings: Settings, parts: Parts, weeks: WeekService) -> DeliveryService:
    cards = ProposalLoader(parts.candidates, parts.settling, name_of_result, settings.review)
    loading = Loading(
        clock=p.clock,
        readership=parts.readership,
        proposals=cards,
        desk=DeskLoader(parts.planning, settings.review),
        sessions=SessionLoader(cards, settings.review),
        runs=RunLoader(parts.planning, parts.budgets, settings.review),
        lists=ListLoader(weeks.digests),
        following=FollowingLoader(weeks, followed),
        known=KnownLoader(p.noise),
        setup=SetupLoader(parts.choosing, settings.privacy),
        agents=AgentLoader(parts.budgets, parts.choosing),
        settings=SettingsLoader(settings),
        bot_username=p.bot_username,
    )
    return DeliveryService(
        transactions=p.transactions,
        clock=p.clock,
        wakeups=p.wakeups,
        loading=loading,
        placing=parts.placing,
        readership=parts.readership,
        attention=Attention(parts.placing, settings.attention),
        painter=p.painter,
        messenger=p.messenger,
        meter=p.meter,
        seats=parts.seats,
    )
