"""All use cases of one installation, wired by hand from the ports."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.domain.person import ReviewPlace
from core.ports.analysis import Analyst, Conversations, Embedder, Matcher, Noise
from core.ports.archive import Exports
from core.ports.chat import ChatFacts, Messenger, Painter
from core.ports.deletions import DeletionLog
from core.ports.meter import Meter, Uncounted
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock, Ids, Wakeups
from core.services.access.readership import Readership
from core.services.access.rights import Rights
from core.services.chats.acting import ActingService
from core.services.chats.capture import CaptureService
from core.services.chats.forwards import ForwardService
from core.services.chats.founding import Founding
from core.services.chats.imports import ImportService
from core.services.chats.intake import IntakeService
from core.services.chats.joining import JoiningService
from core.services.chats.opening import OpeningService
from core.services.chats.people import PeopleService
from core.services.chats.projects import ProjectsService
from core.services.chats.setting_up import SettingUpService
from core.services.daily.digests import DigestService
from core.services.daily.jobs import Jobs
from core.services.daily.schedules import NextFire, ScheduleService
from core.services.daily.tasks import TaskService
from core.services.desk.notes import NotesService
from core.services.desk.sessions import SessionService
from core.services.privacy.clearing import Clearing
from core.services.privacy.exporting import ExportService
from core.services.privacy.forgetting import ForgettingService
from core.services.privacy.retention import RetentionService
from core.services.review.review import ReviewService, name_of_result
from core.services.review.settling import Settling
from core.services.review.undoing import Undoing
from core.services.runs.closing import Closing
from core.services.runs.holding import Holding
from core.services.runs.likeness import Likeness
from core.services.runs.masking import guarded
from core.services.runs.planning import Planning
from core.services.runs.presenting import Presenting
from core.services.runs.proposing import Proposing
from core.services.runs.reading import ReadingStage
from core.services.runs.runs import RunService
from core.services.runs.studying import StudyingStage
from core.services.runs.work import Work
from core.services.sharing.seats import Seats
from core.services.showing.attention import Attention
from core.services.showing.candidates import Candidates
from core.services.showing.delivery import DeliveryService
from core.services.showing.load_desk import DeskLoader
from core.services.showing.load_lists import ListLoader
from core.services.showing.load_proposals import ProposalLoader
from core.services.showing.load_runs import RunLoader
from core.services.showing.load_setup import SetupLoader
from core.services.showing.loading import Loading
from core.services.showing.placing import Placing
from core.services.showing.quoting import QuotingService
from core.settings import Settings


@dataclass(frozen=True)
class Ports:
    """Everything the use cases need from outside.

    `bot_username` is "" until Telegram has told it; `holder` is this process among those that share the
    installation.
    """

    transactions: Transactions
    clock: Clock
    ids: Ids
    wakeups: Wakeups
    facts: ChatFacts
    messenger: Messenger
    painter: Painter
    embedder: Embedder
    analyst: Analyst
    noise: Noise
    conversations: Conversations
    matcher: Matcher
    deletions: DeletionLog
    exports: Exports
    next_fire: NextFire
    bot_id: int
    bot_username: Callable[[], str]
    holder: str = "alone"
    allow: str = "owners"
    meter: Meter = field(default_factory=Uncounted)


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
    capture: CaptureService
    forwards: ForwardService
    imports: ImportService
    review: ReviewService
    runs: RunService
    work: Work
    notes: NotesService
    sessions: SessionService
    tasks: TaskService
    forgetting: ForgettingService
    exporting: ExportService
    quoting: QuotingService
    digests: DigestService
    schedules: ScheduleService
    delivery: DeliveryService
    seats: Seats


@dataclass(frozen=True)
class _Parts:
    """What several use cases are made of."""

    placing: Placing
    settling: Settling
    undoing: Undoing
    likeness: Likeness
    planning: Planning
    closing: Closing
    readership: Readership
    seats: Seats


def wired(ports: Ports, settings: Settings) -> UseCases:
    """The use cases over these ports."""
    p = replace(ports, analyst=guarded(ports.analyst, masks_secrets=settings.privacy.mask_secrets))
    parts = _parts(p, settings)
    placing, settling = parts.placing, parts.settling
    review = ReviewService(
        p.transactions, p.clock, placing, settling, parts.undoing, settings.review, settings.attention
    )
    runs = RunService(
        p.transactions, p.clock, p.ids, p.wakeups, p.analyst, parts.planning, parts.closing, placing,
        settings,
    )  # fmt: skip
    digests = DigestService(p.transactions, p.clock, p.ids, placing, parts.readership, settings.schedule)
    forgetting = ForgettingService(
        p.transactions, p.clock, p.ids, p.wakeups, p.deletions, Clearing(p.clock, settling), settings.review
    )
    retention = RetentionService(p.transactions, p.clock, forgetting, settings.privacy)
    jobs = Jobs(p.transactions, p.wakeups, runs, review, digests, retention, settings.schedule)
    schedules = _schedules(p, settings, parts, jobs)
    opening = OpeningService(p.transactions, placing)
    founding = Founding(
        p.ids, schedules, opening, settings.schedule.timezone, ReviewPlace(settings.review.place)
    )
    intake = IntakeService(p.transactions, p.clock, settling)
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
        capture=CaptureService(p.transactions, p.clock, p.ids, placing, p.embedder, parts.likeness),
        forwards=ForwardService(p.transactions, p.clock, placing),
        imports=ImportService(p.transactions, p.wakeups, placing, intake, p.exports),
        review=review,
        runs=runs,
        work=_work(p, settings, parts),
        notes=NotesService(
            p.transactions, settling, parts.undoing, runs, placing, parts.readership, settings.review
        ),
        sessions=SessionService(p.transactions, p.clock, placing, review, parts.readership),
        tasks=TaskService(p.transactions, p.clock, p.ids, placing),
        forgetting=forgetting,
        exporting=ExportService(p.transactions, p.clock, p.messenger),
        quoting=QuotingService(p.transactions, p.clock, parts.readership),
        digests=digests,
        schedules=schedules,
        delivery=_delivery(p, settings, parts, digests),
        seats=parts.seats,
    )


def _parts(p: Ports, settings: Settings) -> _Parts:
    placing = Placing(p.transactions, p.clock, p.ids, p.wakeups)
    settling = Settling(p.clock, p.ids, placing)
    presenting = Presenting(p.clock, placing, settings.review)
    return _Parts(
        placing=placing,
        settling=settling,
        undoing=Undoing(p.clock, settling, settings.review),
        likeness=Likeness(p.embedder, p.matcher, p.clock, settings),
        planning=Planning(
            p.transactions, p.clock, p.ids, p.analyst, p.noise, p.conversations, settings.analysis
        ),
        closing=Closing(p.clock, p.ids, settling, placing, presenting, p.meter),
        readership=Readership(p.transactions, p.clock, p.facts),
        seats=Seats(p.transactions, p.clock, p.holder),
    )


def _schedules(p: Ports, settings: Settings, parts: _Parts, jobs: Jobs) -> ScheduleService:
    return ScheduleService(
        p.transactions, p.clock, parts.placing, p.next_fire, jobs.work, settings.schedule
    )


def _work(p: Ports, settings: Settings, parts: _Parts) -> Work:
    proposing = Proposing(
        p.transactions, p.clock, p.ids, p.embedder, parts.likeness, parts.settling, settings.review
    )
    return Work(
        transactions=p.transactions,
        clock=p.clock,
        wakeups=p.wakeups,
        planning=parts.planning,
        reading=ReadingStage(p.transactions, p.analyst, p.embedder, parts.likeness, proposing),
        studying=StudyingStage(p.transactions, p.analyst, p.embedder, parts.likeness, proposing),
        closing=parts.closing,
        embedder=p.embedder,
        settings=settings.analysis,
        meter=p.meter,
        holding=Holding(p.transactions, p.clock, settings.analysis),
    )


def _delivery(p: Ports, settings: Settings, parts: _Parts, digests: DigestService) -> DeliveryService:
    cards = ProposalLoader(
        Candidates(p.embedder, p.matcher), parts.settling, name_of_result, settings.review
    )
    loading = Loading(
        clock=p.clock,
        readership=parts.readership,
        proposals=cards,
        desk=DeskLoader(cards, parts.planning, settings.review),
        runs=RunLoader(parts.planning, settings.review),
        lists=ListLoader(digests),
        setup=SetupLoader(p.analyst.model, settings.privacy),
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
