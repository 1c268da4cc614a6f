"""Fakes for the world outside: clock, ids, chat, analyst, embeddings."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Self
from uuid import UUID

import numpy as np

from core.domain.advice import Comparing, Edited, Material, Told, Verdicts
from core.domain.agent import Prompt
from core.domain.asking import Question
from core.domain.conversation import Conversation, Extraction, Reading, Study, Suggestions, Usage
from core.domain.forgetting import Deletion
from core.domain.ids import ChatId, MessageId, PersonId, Ref, ThreadId
from core.domain.knowledge import Atom, TopicDraft
from core.domain.lessons import Judgement, Lesson, Trial
from core.domain.message import Message
from core.domain.patch import Instruction
from core.domain.person import Chat, Project
from core.domain.proposal import Content
from core.domain.run import Run, Stage
from core.domain.showing.shown import Reader, Shown
from core.domain.showing.spot import Spot
from core.domain.similarity import EVEN, SimilarType, Spread
from core.errors import AnalystFailed
from core.ports.advising import Question as Asked
from core.ports.analysis import Candidate, Likeness, Near, Pool, Vector
from core.ports.chat import Card, ChatAdministrator, Fate, Outcome
from core.ports.files import FileFormat, TaskSheet
from core.ports.meter import Part
from core.ports.world import Lane


class FakeClock:
    """A Tuesday morning that lasts until it is moved."""

    def __init__(self, at: datetime = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


class SequentialIds:
    """UUIDs that count from one."""

    def __init__(self) -> None:
        self.count = 0

    def new(self) -> UUID:
        self.count += 1
        return UUID(int=self.count)

    def secret(self) -> str:
        self.count += 1
        return f"secret-{self.count}"


class FakeWakeups:
    """Remembers what was woken."""

    def __init__(self) -> None:
        self.woken: list[Lane] = []

    def wake(self, lane: Lane, ids: Sequence[UUID] = ()) -> None:
        self.woken.append(lane)

    def again(self, lane: Lane) -> None:
        self.woken.append(lane)

    async def wait(self, lane: Lane, seconds: float) -> bool:
        await asyncio.sleep(0)
        return lane in self.woken


class FakeMeter:
    """Remembers what was counted, in order: the call's name and what it was given."""

    def __init__(self) -> None:
        self.counts: list[tuple[object, ...]] = []

    def heard(self, updates: int) -> None:
        self.counts.append(("heard", updates))

    def took(self, lag: timedelta) -> None:
        self.counts.append(("took", lag))

    def delivered(self, fate: Fate, *, is_edit: bool) -> None:
        self.counts.append(("edit" if is_edit else "send", fate))

    def limited(self) -> None:
        self.counts.append(("limited",))

    def read(self, stage: Stage, seconds: float, usage: Usage) -> None:
        self.counts.append(("read", stage, usage))

    def ended(self, run: Run) -> None:
        self.counts.append(("ended", run.status))

    def failed(self, part: Part, error: BaseException) -> None:
        self.counts.append(("failed", part, type(error)))


class FakeDeletionLog:
    """Remembers what was noted."""

    def __init__(self) -> None:
        self.noted: list[Deletion] = []

    def note(self, deletion: Deletion) -> None:
        self.noted.append(deletion)

    def list_all(self) -> list[Deletion]:
        return list(self.noted)


class FakeReading:
    """One pass over given messages; a byte each."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self._messages = iter(messages)
        self.bytes_read = 0
        self.skipped = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Message:
        message = next(self._messages)
        self.bytes_read += 1
        return message


@dataclass
class FakeExport:
    """An export as it would be read; `breaks` is raised in place of the message of that index."""

    chat: Chat
    said: Sequence[Message]
    breaks: Mapping[int, Exception] = field(default_factory=dict[int, Exception])

    @property
    def total_bytes(self) -> int:
        return len(self.said)

    def messages(self) -> FakeReading:
        return FakeReading(self._given())

    def _given(self) -> Iterator[Message]:
        for index, message in enumerate(self.said):
            if index in self.breaks:
                raise self.breaks[index]
            yield message


@dataclass
class FakeExports:
    """Exports by file id; an error there is raised."""

    files: dict[str, FakeExport | Exception] = field(default_factory=dict[str, FakeExport | Exception])

    @asynccontextmanager
    async def fetched(self, file_id: str, file_name: str, timezone: str) -> AsyncGenerator[FakeExport]:
        found = self.files[file_id]
        if isinstance(found, Exception):
            raise found
        yield found


@dataclass
class Sent:
    """A message as it stands in the fake chat."""

    chat_id: ChatId
    card: Card
    thread_id: ThreadId | None = None
    reply_to: MessageId | None = None
    edits: int = 0


@dataclass
class FakeMessenger:
    """Keeps what was sent; `fates` are given out first, one a call."""

    messages: dict[tuple[ChatId, MessageId], Sent] = field(
        default_factory=dict[tuple[ChatId, MessageId], Sent]
    )
    answers: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    reactions: list[tuple[ChatId, MessageId, str]] = field(
        default_factory=list[tuple[ChatId, MessageId, str]]
    )
    documents: list[tuple[ChatId, str, bytes]] = field(default_factory=list[tuple[ChatId, str, bytes]])
    left: list[ChatId] = field(default_factory=list[ChatId])
    fates: list[Outcome] = field(default_factory=list[Outcome])
    resting: dict[ChatId, float] = field(default_factory=dict[ChatId, float])
    calls: int = 0
    speakers: int = 1

    def divide(self, speakers: int) -> None:
        self.speakers = speakers

    def wait_seconds(self, chat_id: ChatId) -> float:
        return self.resting.get(chat_id, 0.0)

    async def send(
        self, chat_id: ChatId, card: Card, *, thread_id: ThreadId | None, reply_to: MessageId | None
    ) -> Outcome:
        self.calls += 1
        if self.fates:
            return self.fates.pop(0)
        message_id = MessageId(1000 + len(self.messages))
        self.messages[chat_id, message_id] = Sent(chat_id, card, thread_id, reply_to)
        return Outcome(Fate.SENT, message_id)

    async def edit(self, chat_id: ChatId, message_id: MessageId, card: Card) -> Outcome:
        self.calls += 1
        if self.fates:
            return self.fates.pop(0)
        if (chat_id, message_id) not in self.messages:
            return Outcome(Fate.MESSAGE_GONE)
        sent = self.messages[chat_id, message_id]
        sent.card = card
        sent.edits += 1
        return Outcome(Fate.SENT, message_id)

    async def remove(self, chat_id: ChatId, message_id: MessageId) -> Outcome:
        if self.fates:
            return self.fates.pop(0)
        self.messages.pop((chat_id, message_id), None)
        return Outcome(Fate.SENT, message_id)

    async def answer(self, press_id: str, text: str, *, url: str = "", is_alert: bool = False) -> None:
        self.answers.append((press_id, url or text))

    async def react(self, chat_id: ChatId, message_id: MessageId, emoji: str) -> Outcome:
        self.reactions.append((chat_id, message_id, emoji))
        return Outcome(Fate.SENT, message_id)

    async def send_document(self, chat_id: ChatId, name: str, data: bytes) -> Outcome:
        if self.fates:
            return self.fates.pop(0)
        self.documents.append((chat_id, name, data))
        return Outcome(Fate.SENT, MessageId(5000 + len(self.documents)))

    async def leave(self, chat_id: ChatId) -> None:
        self.left.append(chat_id)


@dataclass
class FakeFacts:
    """Administrators and members as the test says."""

    administrators_by_chat: dict[ChatId, list[ChatAdministrator]] = field(
        default_factory=dict[ChatId, list[ChatAdministrator]]
    )
    members: set[tuple[ChatId, PersonId]] = field(default_factory=set[tuple[ChatId, PersonId]])
    reads: bool = True
    calls: int = 0

    async def administrators(self, chat_id: ChatId) -> list[ChatAdministrator]:
        self.calls += 1
        return self.administrators_by_chat.get(chat_id, [])

    async def is_member(self, chat_id: ChatId, person_id: PersonId) -> bool:
        self.calls += 1
        return (chat_id, person_id) in self.members

    async def reads_everything(self) -> bool:
        return self.reads


class HashEmbedder:
    """Bag-of-words vectors: equal words, near vectors; 64 dimensions."""

    name = "hash-1"
    dimensions = 64

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Vector:
        row = np.zeros(self.dimensions, np.float32)
        for word in text.casefold().split():
            row[int(hashlib.md5(word.encode()).hexdigest(), 16) % self.dimensions] += 1  # noqa: S324 # a hash of words, not a secret
        length = float(np.linalg.norm(row))
        return Vector((row / length if length else row).tobytes())


class EverythingMatters:
    """A prefilter that leaves nothing out."""

    def signal(self, messages: Sequence[Message], project: Project) -> list[float]:
        return [1.0 for _ in messages]

    def withholds(self, message: Message) -> bool:
        return False


class OneEach:
    """Conversations of `size` messages in order."""

    def __init__(self, size: int = 5) -> None:
        self.size = size

    def split(self, messages: Sequence[Message]) -> list[Conversation]:
        steps = range(0, len(messages), self.size)
        return [Conversation(tuple(messages[start : start + self.size])) for start in steps]

    def bounded(self, *, batch_messages: int, gap_minutes: int) -> "OneEach":
        return OneEach(min(self.size, batch_messages))


class TitleMatcher:
    """Alike when the titles are equal, case apart; opposed when they start with “not: ” and end alike."""

    def words_of(self, item: Candidate) -> list[str]:
        return f"{item.title} {item.text}".split()

    def rank(self, new: Candidate, pool: Pool) -> list[tuple[Near, Likeness]]:
        found = [(near, self.compare(new, near.candidate, pool.spread)) for near in pool.near]
        return sorted(found, key=lambda pair: -pair[1].score)

    def compare(self, new: Candidate, known: Candidate, spread: Spread = EVEN) -> Likeness:
        is_same = new.title.casefold() == known.title.casefold()
        type_ = SimilarType.SEMANTIC if is_same else SimilarType.NONE
        return Likeness(1.0 if is_same else 0.0, type_, is_same, is_same)

    def contradicts(self, new: Content, known_title: str, known_text: str) -> bool:
        title = new.name if isinstance(new, TopicDraft) else new.title
        return title.removeprefix("not: ") == known_title.removeprefix("not: ") and title != known_title


class SharesAWord:
    """Cites everything whose title has a word of the question; “as of 2026-11-01” at the end is a day."""

    def read(self, asked: str, today: date) -> Question:
        text, _, day = asked.partition(" as of ")
        return Question(text, date.fromisoformat(day) if day else None)

    def words_of(self, question: Candidate) -> list[str]:
        return question.title.split()

    async def answer(self, question: Candidate, pool: Pool) -> tuple[Ref, ...]:
        words = set(question.title.casefold().split())
        return tuple(near.ref for near in pool.near if words & set(near.candidate.title.casefold().split()))


@dataclass
class FakeLearner:
    """Learns what the test says: `models` by judgement (won trials), `answers` by title, else by text."""

    models: dict[Judgement, bytes] = field(default_factory=dict[Judgement, bytes])
    answers: dict[str, tuple[str, float]] = field(default_factory=dict[str, tuple[str, float]])
    seen: dict[Judgement, Sequence[Lesson]] = field(default_factory=dict[Judgement, Sequence[Lesson]])
    meanwhile: Callable[[], None] = field(default=lambda: None)

    def learn(self, lessons: Sequence[Lesson], judgement: Judgement) -> tuple[bytes, Trial]:
        self.seen[judgement] = lessons
        self.meanwhile()
        won = Trial(len(lessons), held_back=20, better=20)
        return (self.models[judgement], won) if judgement in self.models else (b"", Trial())

    def answer(self, model: bytes, judgement: Judgement, title: str, text: str) -> tuple[str, float]:
        return self.answers.get(title or text, ("", 0.0))


@dataclass
class ScriptedAnalyst:
    """Answers as the test says; `failures` are raised first, one a call."""

    extracts: Callable[[Reading], Extraction] = field(default=lambda _: Extraction())
    proposes: Callable[[Study], Suggestions] = field(default=lambda _: Suggestions())
    failures: list[AnalystFailed] = field(default_factory=list[AnalystFailed])
    cost: float | None = 0.0
    model: str = "scripted-1"
    sends_text_away: bool = False
    prompts: tuple[Prompt, ...] = ()
    temperature: float | None = None
    is_free: bool = False
    reads_earlier_talk: bool = True
    seconds_per_batch: float = 0.1
    calls: int = 0

    def price(self, conversations: Sequence[Conversation]) -> Usage:
        return Usage(cost_usd=self.cost)

    def price_of_notes(self, groups: Sequence[Sequence[Atom]]) -> Usage:
        return Usage(cost_usd=self.cost)

    def most(self, asked: Reading | Study) -> Usage:
        return Usage(cost_usd=self.cost)

    async def extract(self, reading: Reading) -> Extraction:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return self.extracts(reading)

    async def propose(self, study: Study) -> Suggestions:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return self.proposes(study)


@dataclass
class ScriptedAdviser:
    """Advises as the test says; `failures` are raised first, one a call. Remembers what it was asked."""

    judges: Callable[[Comparing], Verdicts] = field(default=lambda _: Verdicts())
    edits: Callable[[Instruction], Edited] = field(default=lambda _: Edited())
    words: Callable[[Material], Told] = field(default=lambda _: Told())
    failures: list[AnalystFailed] = field(default_factory=list[AnalystFailed])
    meanwhile: Callable[[], Awaitable[None]] | None = None
    cost: float = 0.0
    model: str = "scripted-1"
    sends_text_away: bool = False
    is_free: bool = True
    asked: list[Asked] = field(default_factory=list[Asked])

    def most(self, asked: Asked) -> Usage:
        return Usage(cost_usd=self.cost)

    async def judge(self, comparing: Comparing) -> Verdicts:
        await self._ask(comparing)
        return self.judges(comparing)

    async def edit(self, instruction: Instruction) -> Edited:
        await self._ask(instruction)
        return self.edits(instruction)

    async def word(self, material: Material) -> Told:
        await self._ask(material)
        return self.words(material)

    async def _ask(self, asked: Asked) -> None:
        self.asked.append(asked)
        if self.failures:
            raise self.failures.pop(0)
        if self.meanwhile is not None:
            await self.meanwhile()


class ReprPainter:
    """A card that says which picture it would be."""

    def paint(self, shown: Shown, reader: Reader, spot: Spot) -> Card:
        return Card(type(shown).__name__)


class JsonWriter:
    """A file that names its tasks."""

    def write(self, sheet: TaskSheet, form: FileFormat) -> bytes:
        return f"{form}: {[task.name for task in sheet.tasks]}".encode()


def never(rule: str, timezone: str, after: datetime) -> datetime | None:
    """A timetable on which nothing is ever due."""
    return None
