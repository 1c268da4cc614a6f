"""What the painters are tried on: a team's Tuesday, and every thing that can be shown of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.view.painter import CardPainter
from bot.view.texts import Texts
from core.domain.daily.digest import Digest
from core.domain.daily.schedule import Job, Schedule
from core.domain.evidence import Evidence, Quote
from core.domain.history import Change
from core.domain.ids import ChatId, Kind, MessageId, MessageKey, PersonId, Ref
from core.domain.knowledge import Atom, AtomDraft, AtomType, TopicDraft
from core.domain.person import Chat, ChatKind, Person, Project, Role
from core.domain.proposal import (
    Proposal,
    ProposalStatus,
    Reason,
    Review,
    Source,
)
from core.domain.run import (
    Accuracy,
    Outcomes,
    Progress,
    Run,
    RunStatus,
    Snapshot,
    Stage,
    Tally,
    Trigger,
    Window,
)
from core.domain.showing.panel import Panel
from core.domain.showing.shown import (
    NoteLine,
    Reader,
    Shown,
    ShownDigest,
    ShownNotes,
    ShownProposal,
    ShownRun,
    ShownSession,
    ShownTask,
)
from core.domain.showing.shown_known import Worded
from core.domain.showing.shown_setup import ShownSetup
from core.domain.showing.spot import Spot
from core.domain.showing.view import DigestCard, NotesList, ProposalCard, RunCard, SessionCard, TaskCard
from core.domain.showing.view_setup import HelpCard, SetupCard, SetupStep
from core.domain.similarity import Similar, SimilarType
from core.domain.task import (
    Assignee,
    Category,
    Due,
    Gain,
    Priority,
    Task,
    TaskDraft,
)
from core.domain.trust import Share, Trust
from core.ports.chat import Card

NOW = datetime(2025, 11, 11, 13, 2, tzinfo=UTC)
"""Tuesday, 14:02 in Berlin."""
GROUP = ChatId(-1001234567890)
BASIC = ChatId(-77)
PERSON = PersonId(7)


def uid(number: int) -> UUID:
    return UUID(int=number)


READER = Reader(
    "en", "Europe/Berlin", NOW, "triagram_bot", person_id=PERSON, role=Role.REVIEWER, chat_id=ChatId(7)
)
SPOT = Spot(uid(900), HelpCard(), ChatId(7), NOW)
CHAT = Chat(GROUP, ChatKind.SUPERGROUP, "Mobile team")
CHATS = {GROUP: CHAT, BASIC: Chat(BASIC, ChatKind.GROUP, "Small talk")}
PROJECT = Project(uid(1), "Mobile", timezone="Europe/Berlin", keywords=("ios", "login"))
PEOPLE = (Person(PersonId(7), "Ann", "ann"), Person(PersonId(8), "Olya"), Person(PersonId(9), "Max", "max"))


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def quote(
    number: int = 1, author: str = "Olya", text: str = "login is dead on my iPhone again", **more: Any
) -> Quote:
    key = MessageKey(more.pop("chat_id", GROUP), MessageId(more.pop("message_id", 100 + number)))
    sent_at = more.pop("sent_at", NOW - timedelta(hours=3, minutes=20 - 3 * number))
    return Quote(key, text, author, sent_at, **more)


EVIDENCE = Evidence((quote(1), quote(2, "Max", "must be fixed before Friday's demo")))
BUG = TaskDraft(
    title="Login button does nothing on iOS 17",
    description="Tap on Login shows no spinner and no error; Android is fine.",
    priority=Priority.HIGH,
    category=Category.BUG,
    due=Due(date(2025, 11, 14), "before Friday's demo"),
)
RELATED = Similar(Ref(Kind.TASK, uid(17)), "T-17", "Login fails after update", 0.64, SimilarType.SEMANTIC)
SAME = replace(
    RELATED, score=0.87, is_duplicate=True, gain=Gain(messages=2, priority=Priority.HIGH, tags=("ios",))
)


def proposal(content: TaskDraft | AtomDraft | TopicDraft = BUG, **changes: Any) -> Proposal:
    start = Proposal(
        id=uid(118), project_id=PROJECT.id, number=118, content=content, source=Source.KNOWLEDGE,
        created_at=ago(hours=1), confidence=0.82, evidence=EVIDENCE, run_id=uid(24),
        reasoning="two people, same device family, explicit deadline.", similar=RELATED,
    )  # fmt: skip
    return replace(start, **changes)


def shown(one: Proposal | None = None, panel: Panel = Panel.MAIN, **changes: Any) -> ShownProposal:
    one = one or proposal()
    view = ProposalCard(one.id, panel, query=changes.pop("query", ""))
    return replace(ShownProposal(view, one, CHATS, project_name="Mobile"), **changes)


def settled(status: ProposalStatus, one: Proposal | None = None, **review: Any) -> Proposal:
    made = replace(Review(uid(5), NOW, "Ann", PERSON), **review)
    return replace(one or proposal(), status=status, review=made)


DECISION = AtomDraft(
    AtomType.DECISION, "Ship 2.4 on Thursday", "Agreed after the smoke test: Thursday, not Wednesday.",
    replaces="Ship 2.4 on Wednesday",
)  # fmt: skip
PROBLEM = AtomDraft(AtomType.PROBLEM, "Login button does nothing on iOS 17", "It shows no spinner.")
QUESTION = AtomDraft(AtomType.QUESTION, "Who owns the push certificate?", "It expires in December.")
SUBJECT = TopicDraft("Releases", "What ships when, and what blocks it.", "🚀")


def note(number: int, content: AtomDraft | TopicDraft, **changes: Any) -> Proposal:
    start = proposal(
        content, id=uid(200 + number), number=200 + number, reasoning="said twice", similar=None
    )
    return replace(start, **changes)


LINES = (
    ("Login", (NoteLine(note(1, PROBLEM), is_ticked=True, is_doubtful=False),)),
    (
        "Releases",
        (
            NoteLine(note(2, DECISION), is_ticked=False, is_doubtful=True),
            NoteLine(note(3, QUESTION), is_ticked=True, is_doubtful=False),
        ),
    ),
)
WINDOW = Window(ago(days=1), NOW)
RUN = Run(
    uid(24), PROJECT.id, 24, Stage.KNOWLEDGE, WINDOW, Trigger.MANUAL, "Ann",
    Snapshot("rules", "built-in", "1.0", {}),
    created_at=ago(minutes=5), started_at=ago(minutes=4),
)  # fmt: skip
PROGRESS = Progress(9, 4, 0, messages=184, left_out=131, proposals=7, eta_seconds=125.0)


def notes(**changes: Any) -> ShownNotes:
    view = changes.pop("view", NotesList(RUN.id))
    start = ShownNotes(view, RUN, PROJECT, LINES, CHATS, pages=1, pending=3, ticked=2)
    return replace(start, **changes)


def run(status: RunStatus, stage: Stage = Stage.KNOWLEDGE, **changes: Any) -> ShownRun:
    view = changes.pop("view", RunCard(RUN.id))
    accuracy = changes.pop("accuracy", None)
    start = ShownRun(
        view, replace(RUN, status=status, stage=stage, accuracy=accuracy), PROJECT, PROGRESS, Tally()
    )
    return replace(start, **changes)


ACCURACY = Accuracy(
    Outcomes(approved_unchanged=5, approved_edited=1, rejected=2, merged=1, carried=3),
    by_band={
        ">=0.90": Outcomes(approved_unchanged=4),
        "0.75-0.90": Outcomes(approved_unchanged=2, rejected=2),
    },
    by_category={},
    median_seconds_to_decision=190.0,
    cost_usd=0.0,
)

TRUST = Trust(
    since=date(2025, 8, 19),
    outcomes=Outcomes(approved_unchanged=21, approved_edited=4, rejected=6, merged=2, expired=3),
    by_band={"0.50-0.75": Share(2, 6), "0.75-0.90": Share(12, 14), ">=0.90": Share(13, 13)},
    by_category={"bug": Share(14, 15), "decision": Share(9, 12), "question": Share(4, 6)},
    weeks={
        date(2025, 10, 27): Share(7, 10),
        date(2025, 11, 3): Share(11, 13),
        date(2025, 11, 10): Share(9, 10),
    },
    reasons={Reason.TOO_VAGUE: 3, Reason.ALREADY_DONE: 1},
    median_seconds_to_decision=4000.0,
)


def task(number: int = 42, **changes: Any) -> Task:
    draft = changes.pop("draft", BUG)
    start = Task(uid(number), PROJECT.id, number, draft, ago(days=1), evidence=EVIDENCE)
    return replace(start, **changes)


def shown_task(panel: Panel = Panel.MAIN, one: Task | None = None) -> ShownTask:
    one = one or task()
    return ShownTask(TaskCard(one.id, panel), one, CHATS, "Mobile", HISTORY, PEOPLE)


ITEM = Ref(Kind.PROPOSAL, uid(118))
HISTORY = (
    Change(uid(31), ITEM, NOW, "edited", "Ann", PERSON, {"priority": "medium"}, {"priority": "high"}),
    Change(uid(32), ITEM, ago(days=1), "proposed", "built-in"),
)  # fmt: skip


def atom(number: int, draft: AtomDraft, **changes: Any) -> Atom:
    start = Atom(
        uid(300 + number), PROJECT.id, number, draft.type, draft.title, draft.content, 0.9,
        valid_from=ago(hours=26), created_at=ago(hours=2), evidence=EVIDENCE,
    )  # fmt: skip
    return replace(start, **changes)


STORE = TaskDraft("Store texts", assignee=Assignee("Olya", has_agreed=True), due=Due(date(2025, 11, 14)))
DIGEST = Digest(
    PROJECT, date(2025, 11, 11), 184, 9, decided=(atom(1, DECISION),),
    tasks=(task(), task(43, draft=STORE)), questions=(atom(2, QUESTION),),
    waiting=4, oldest_waiting=ago(days=2, hours=1), left_out=131, already_known=3, rejected_before=2,
)  # fmt: skip


WORDED = (Worded("The release has its day: <b>Thursday</b>.", atom(1, DECISION)),)


def digest(**changes: Any) -> ShownDigest:
    view = DigestCard(PROJECT.id, DIGEST.day)
    start = ShownDigest(
        view,
        DIGEST,
        CHATS,
        is_for_reviewers=True,
        may_share=True,
        replaced={uid(301): "Ship 2.4 on Wednesday"},
    )
    return replace(start, **changes)


def session(**changes: Any) -> ShownSession:
    view = changes.pop("view", SessionCard(PROJECT.id))
    start = ShownSession(view, 3, 14, shown(), project_names=("Mobile",))
    return replace(start, **changes)


def setup(step: SetupStep, **changes: Any) -> ShownSetup:
    people = ((PEOPLE[0], True), (PEOPLE[1], False), (PEOPLE[2], True))
    start = ShownSetup(SetupCard(GROUP, step), CHAT, PROJECT, (PROJECT,), people=people, retention_days=180)
    return replace(start, **{"reads_everything": True, **changes})


SCHEDULES = (
    Schedule(Job.EXTRACT, "0 14 * * mon-fri", NOW + timedelta(days=1), PROJECT.id),
    Schedule(Job.DIGEST, "09:00", NOW + timedelta(hours=19), PROJECT.id),
)
UNDO_UNTIL = NOW + timedelta(minutes=9)
CONFIDENT = tuple(proposal(id=uid(n), number=n, confidence=0.93) for n in (118, 121, 125))


TEXTS = Texts()
PAINTER = CardPainter(TEXTS)


def paint(what: Shown, reader: Reader = READER) -> Card:
    return PAINTER.paint(what, reader, SPOT)


def labels(card: Card) -> list[list[str]]:
    return [[button.label for button in row] for row in card.buttons]
