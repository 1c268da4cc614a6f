"""/ask: what the team kept that answers a question, for whoever may read it where it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.advice import Material
from core.domain.ids import ChatId, Kind, MessageId, MessageKey, PersonId, Ref
from core.domain.knowledge import Atom
from core.domain.person import Project
from core.domain.showing.spot import Place
from core.domain.showing.view_known import AnswerCard
from core.domain.similarity import EVEN, Spread
from core.domain.task import Task, TaskStatus
from core.ports.analysis import POOL, Candidate, Embedder, Near, Pool, Vector
from core.ports.answering import Answerer
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.readership import Readership
from core.services.knowledge.wording import WordingService, items_of
from core.services.money.embedding import charged_to
from core.services.showing.placing import Placing
from core.services.showing.sight import Sight, find_known

_KINDS = (Kind.ATOM, Kind.TASK)


@dataclass(frozen=True)
class AskService:
    """Finds by words, vectors and the messages items rest on; the answerer says what of it answers."""

    transactions: Transactions
    clock: Clock
    embedder: Embedder
    answerer: Answerer
    readership: Readership
    placing: Placing
    wordings: WordingService

    async def ask(
        self, project_id: UUID, asked: str, place: Place, asker: PersonId | None = None
    ) -> AnswerCard:
        """Answer at the place, in a transaction of its own; nothing is held over embedding or a model."""
        async with self.transactions.reading() as tx:
            project = await tx.projects.get(project_id)
        now = self.clock.now()
        question = self.answerer.read(asked, now.astimezone(ZoneInfo(project.timezone)).date())
        [vector] = await charged_to(self.embedder, project.id).embed([question.text])
        candidate = Candidate(question.text, "", frozenset(), vector)
        at = end_of(question.as_of, project) if question.as_of else None
        found = await self._readable(project, candidate, place, at)
        cited = await self.answerer.answer(candidate, found.pool)
        view = await self._worded(
            project, AnswerCard(project_id, question.text, cited, question.as_of, asker=asker), found
        )
        shown = {ref.id for ref in (*view.cited, *view.wording.given)}
        await self.placing.answer(view, place, about=shown)
        return view

    async def _worded(self, project: Project, view: AnswerCard, found: "Found") -> AnswerCard:
        """The answer in a model's words where one answers; what it cites takes the place of the rest."""
        order = (*view.cited, *(near.ref for near in found.pool.near if near.ref not in view.cited))
        items = items_of([found.items[ref] for ref in order])
        said = f"{view.question} (as of {view.as_of})" if view.as_of else view.question
        words = await self.wordings.answer(Material(project, items, said))
        if words.has_failed:
            return replace(view, is_without_model=True)
        if words.does_not_know:
            return replace(view, cited=())
        return replace(view, cited=words.wording.cited or view.cited, wording=words.wording)

    async def _readable(
        self, project: Project, question: Candidate, place: Place, at: datetime | None
    ) -> "Found":
        found = await self._found(project, question, place, at)
        if found.unasked and place.reader_id is not None:
            await self.readership.refresh(place.reader_id, found.unasked)
            found = await self._found(project, question, place, at)
        return found

    async def _found(
        self, project: Project, question: Candidate, place: Place, at: datetime | None
    ) -> "Found":
        words = self.answerer.words_of(question)
        async with self.transactions.reading() as tx:
            sight = Sight(tx, place, self.clock.now(), self.readership)
            refs, spread = await self._near(tx, project, words, question.vector)
            items = [(ref, await _seen(sight, project, ref, at)) for ref in refs]
            vectors = await tx.search.vectors_of(self.embedder.name, refs)
        near = [Near(ref, _said_by(item, vectors.get(ref))) for ref, item in items if item is not None]
        seen = {ref: item for ref, item in items if item is not None}
        return Found(Pool(tuple(near), spread), seen, frozenset(sight.unasked))

    async def _near(
        self, tx: UnitOfWork, project: Project, words: Sequence[str], vector: Vector | None
    ) -> tuple[list[Ref], Spread]:
        found: dict[Ref, None] = {}
        spread = EVEN
        for kind in _KINDS:
            pool = await tx.search.near(project.id, kind, words, (self.embedder.name, vector), POOL)
            found |= dict.fromkeys(near.ref for near in pool.near)
            spread = pool.spread if pool.near else spread
        said = await tx.search.messages_by_words(project.id, " ".join(words), POOL)
        keys = [MessageKey(ChatId(chat), MessageId(message)) for chat, message in said]
        found |= dict.fromkeys(await tx.search.resting_on(keys, frozenset(_KINDS)))
        return list(found), spread


@dataclass(frozen=True)
class Found:
    """What is near a question and may be read; `unasked`: of whose members Telegram must be asked."""

    pool: Pool
    items: Mapping[Ref, Atom | Task]
    unasked: frozenset[ChatId]


def end_of(day: date, project: Project) -> datetime:
    """The moment a day is over where the project is."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(project.timezone))


async def _seen(sight: Sight, project: Project, ref: Ref, at: datetime | None) -> Atom | Task | None:
    """The item when it held at that moment, now where none is named, and may be read here."""
    item = await find_known(sight.tx, ref)
    if item is None or item.project_id != project.id or not _held(item, at):
        return None
    if isinstance(item, Task):
        return await sight.seen_task(project, item)
    return item if await sight.sees(project, item.evidence) else None


def _held(item: Atom | Task, at: datetime | None) -> bool:
    if isinstance(item, Task):
        return item.status is not TaskStatus.DROPPED if at is None else item.created_at < at
    return item.valid_until is None if at is None else item.held_at(at)


def _said_by(item: Atom | Task, vector: Vector | None) -> Candidate:
    """All an item says, its quotes included."""
    title, text, evidence = (
        (item.whole.title, item.whole.description, item.whole_evidence)
        if isinstance(item, Task)
        else (item.title, item.content, item.evidence)
    )
    whole = "\n".join((text, *(quote.text for quote in evidence.quotes)))
    return Candidate(title, whole, evidence.keys, vector)
