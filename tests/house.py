"""The use cases over a real database and a fake world."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from core.domain.conversation import Extraction, Finding, Reading, Study, Suggestions
from core.domain.ids import ChatId, PersonId
from core.domain.knowledge import AtomDraft, AtomType, TopicDraft
from core.domain.person import Binding, Chat, ChatKind, ChatState, Person, Role
from core.domain.proposal import ProposalStatus, version_of
from core.domain.run import Run, RunStatus, Stage
from core.domain.showing.spot import Place
from core.domain.showing.ticks import notes_of
from core.domain.showing.view import NotesList
from core.domain.task import Category, Priority, TaskDraft
from core.ports.unit_of_work import Transactions
from core.rules.editing.editor import RuleEditor
from core.services.desk.notes import Kept
from core.services.outside import Ports
from core.services.wiring import UseCases, wired
from core.settings import AnalysisSettings, Settings
from tests.builders import GROUP, PROJECT, a_message, a_project, a_quote, an_actor
from tests.fakes import (
    EverythingMatters,
    FakeClock,
    FakeDeletionLog,
    FakeExports,
    FakeFacts,
    FakeLearner,
    FakeMessenger,
    FakeMeter,
    FakeWakeups,
    HashEmbedder,
    JsonWriter,
    OneEach,
    ReprPainter,
    ScriptedAnalyst,
    SequentialIds,
    SharesAWord,
    TitleMatcher,
    never,
)  # fmt: skip

ANN = PersonId(1)
DIRECT = Place(ChatId(1), reader_id=ANN)
REVIEWER = an_actor(1, "@ann")


def each_message_a_note(reading: Reading) -> Extraction:
    """One problem a message, all under one subject."""
    notes = [
        Finding(
            AtomDraft(AtomType.PROBLEM, message.text[:60], message.text),
            0.8,
            "said so",
            (a_quote(message),),
            topic="Login",
        )
        for message in reading.conversation.messages
    ]
    topics = [Finding(TopicDraft("Login"), 0.8, "what it is about", notes[0].quotes)] if notes else []
    return Extraction(tuple(topics), tuple(notes))


def each_note_a_task(study: Study) -> Suggestions:
    """One bug a note."""
    return Suggestions(
        tuple(
            Finding(
                TaskDraft(f"Mend: {atom.title}", atom.content, Priority.HIGH, Category.BUG),
                0.8,
                "broken",
                atom.evidence.quotes,
                sources=(atom.id,),
            )
            for atom in study.atoms
        )
    )


@dataclass
class House:
    """One project with one reviewer and one group, ready to be talked in."""

    transactions: Transactions
    clock: FakeClock = field(default_factory=FakeClock)
    ids: SequentialIds = field(default_factory=SequentialIds)
    wakeups: FakeWakeups = field(default_factory=FakeWakeups)
    facts: FakeFacts = field(default_factory=FakeFacts)
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    analyst: ScriptedAnalyst = field(
        default_factory=lambda: ScriptedAnalyst(each_message_a_note, each_note_a_task)
    )
    deletions: FakeDeletionLog = field(default_factory=FakeDeletionLog)
    meter: FakeMeter = field(default_factory=FakeMeter)
    learner: FakeLearner = field(default_factory=FakeLearner)
    settings: Settings = field(default_factory=lambda: Settings(analysis=AnalysisSettings(attempts=2)))
    said: int = 0

    def __post_init__(self) -> None:
        self.ports = Ports(
            self.transactions, self.clock, self.ids, self.wakeups, self.facts, self.messenger,
            ReprPainter(), HashEmbedder(), self.analyst, EverythingMatters(), OneEach(), TitleMatcher(),
            SharesAWord(), self.learner, RuleEditor(), deletions=self.deletions,
            exports=FakeExports(), writer=JsonWriter(), next_fire=never, bot_id=1000,
            bot_username=lambda: "triagram_bot", meter=self.meter,
        )  # fmt: skip
        self.do: UseCases = wired(self.ports, self.settings)

    async def furnish(self) -> None:
        """Create the project, its group and its reviewer."""
        async with self.transactions() as tx:
            await tx.projects.add(a_project(has_named_reviewers=True))
            await tx.people.put(Person(ANN, "Ann", "ann", has_direct_chat=True))
            await tx.people.put(Person(PersonId(7), "Olya", "olya"))
            await tx.people.set_role(PROJECT, ANN, Role.OWNER)
            await tx.chats.put(Chat(GROUP, ChatKind.SUPERGROUP, "Mobile", state=ChatState.READING))
            await tx.chats.bind(Binding(GROUP, PROJECT))
            await tx.people.put_membership(GROUP, ANN, is_member=True, at=self.clock.now())

    async def say(self, *texts: str) -> None:
        """Messages in the group, a second apart, the last one just now."""
        messages = [
            a_message(
                self.said + number, text, sent_at=self.clock.now() - timedelta(seconds=len(texts) - number)
            )
            for number, text in enumerate(texts, start=1)
        ]
        self.said += len(texts)
        async with self.transactions() as tx:
            await tx.messages.add_many(messages)

    async def offer(self, stage: Stage) -> None:
        """Ask for a run as the reviewer."""
        await self.do.runs.offer(PROJECT, stage, None, REVIEWER, DIRECT)

    async def work(self) -> None:
        """Let the worker do all there is to do, what rests before another try included."""
        for _ in range(4):
            while await self.do.work.step():
                self.clock.move(seconds=1)
            self.clock.move(seconds=5)

    async def keep(self, spot_id: UUID, *, find_tasks: bool) -> Kept:
        """Keep what is ticked on a list of notes as it stands now."""
        async with self.transactions.reading() as tx:
            view = (await tx.spots.get(spot_id)).view
            assert isinstance(view, NotesList)
            pending = await tx.proposals.list_of_run(view.run_id, status=ProposalStatus.PENDING)
        version = version_of(notes_of(pending))
        return await self.do.notes.keep(spot_id, version, REVIEWER, find_tasks=find_tasks)

    async def run(self, stage: Stage) -> Run:
        """Start a run, work it off, return it."""
        await self.offer(stage)
        await self.work()
        async with self.transactions.reading() as tx:
            run = await tx.runs.find_last(PROJECT, stage)
        assert run is not None
        assert run.status in (RunStatus.COMPLETED, RunStatus.REVIEWED, RunStatus.FAILED)
        return run
