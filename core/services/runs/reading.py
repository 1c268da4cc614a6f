"""Stage 1 for one batch: read a conversation, check what was found, commit it with the mark."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from core.domain.checking import check
from core.domain.conversation import Conversation, Extraction, Finding, Reading, Recalled
from core.domain.ids import Kind, MessageKey, Ref
from core.domain.knowledge import AtomDraft, TopicDraft
from core.domain.message import Message
from core.domain.run import Batch, Run
from core.ports.analysis import Embedder, Vector
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.agents.answering import Answering
from core.services.learning.learning import LearningService
from core.services.learning.taught import Taught
from core.services.money.embedding import charged_to
from core.services.money.paying import Paying
from core.services.runs.asking import call_for
from core.services.runs.judging import NO_OPINIONS, Judging, Opinions
from core.services.runs.likeness import Likeness
from core.services.runs.proposing import Analysed, Commit, Proposing, drafted_of, is_unsaid, title_of


@dataclass(frozen=True)
class Read:
    """What one conversation gave after the check, with vectors and opinions in the same order."""

    topics: tuple[tuple[Finding[TopicDraft], Vector], ...]
    atoms: tuple[tuple[Finding[AtomDraft], Vector], ...]
    dropped: Counter[str]
    shown: dict[MessageKey, Message]
    opinions: Opinions = NO_OPINIONS


@dataclass(frozen=True)
class ReadingStage:
    """Chat becomes knowledge proposals."""

    transactions: Transactions
    answering: Answering
    embedder: Embedder
    likeness: Likeness
    proposing: Proposing
    paying: Paying
    learning: LearningService
    judging: Judging

    async def analyse(self, run: Run, batch: Batch) -> Analysed:
        """Read the conversation; no transaction is open meanwhile. Raises AnalystFailed, BudgetReached."""
        analyst = self.answering.analyst_for(run)
        reading, shown = await self._reading(run, batch, with_talk=analyst.reads_earlier_talk)
        extraction = Extraction()
        if reading.conversation.messages:
            call = call_for(run, batch, analyst, reading)
            extraction = await self.paying.answered(call, lambda: analyst.extract(reading))
        taught = await self.learning.taught_in(run.project_id)
        read = await self._checked(reading, shown, extraction, taught)
        drafts = [drafted_of(run, finding, vector) for finding, vector in read.atoms]
        read = replace(read, opinions=await self.judging.advised(run, batch, drafts))
        usage = extraction.usage + read.opinions.usage
        return Analysed(usage, read.dropped, extraction.given.given, partial(self._commit, read))

    async def _checked(
        self,
        reading: Reading,
        shown: dict[MessageKey, Message],
        extraction: Extraction,
        taught: Taught,
    ) -> Read:
        new = frozenset(message.key for message in reading.conversation.messages)
        people = await self.proposing.named_in(reading.project.id, extraction.atoms)
        dropped: Counter[str] = Counter()
        atoms: list[Finding[AtomDraft]] = []
        for finding in extraction.atoms:
            checked = check(finding, shown, new, people)
            dropped.update(checked.dropped)
            if checked.finding is None:
                continue
            if taught.wants_note(checked.finding):
                atoms.append(checked.finding)
            else:
                dropped["unwanted"] += 1
        topics = self._used_topics(extraction, atoms)
        vectors = await self.proposing.vectors(reading.project.id, [*topics, *atoms])
        return Read(
            topics=tuple(zip(topics, vectors[: len(topics)], strict=True)),
            atoms=tuple(zip(atoms, vectors[len(topics) :], strict=True)),
            dropped=dropped,
            shown=shown,
        )

    async def _commit(self, read: Read, tx: UnitOfWork, run: Run, batch: Batch) -> None:
        """Add the proposals and set the mark on every message of the batch."""
        commit = Commit(tx, run, batch, read.dropped)
        subjects: dict[str, Ref] = {}
        gone = await self.proposing.unsaid(tx, read.shown)
        for (finding, vector), advised in zip(read.atoms, read.opinions.by_draft, strict=True):
            if is_unsaid(finding, gone):
                commit.dropped["taken_back"] += 1
                continue
            judged = await self.proposing.judge_note(commit, finding, vector, advised)
            if judged is not None:
                subject = await self._subject(commit, finding, read, subjects)
                await self.proposing.propose_note(commit, finding, vector, subject, judged)
        await tx.messages.mark_read((*batch.messages, *batch.left_out), batch.id)

    async def _subject(
        self, commit: Commit, note: Finding[AtomDraft], read: Read, subjects: dict[str, Ref]
    ) -> Ref:
        """The note's subject: known, pending, or proposed now."""
        name = note.topic.casefold()
        if name not in subjects:
            known = await self.proposing.find_subject(commit.tx, commit.run.project_id, note.topic)
            subjects[name] = known or await self._propose_subject(commit, note, read)
        return subjects[name]

    async def _propose_subject(self, commit: Commit, note: Finding[AtomDraft], read: Read) -> Ref:
        wanted = note.topic.casefold()
        finding, vector = next(pair for pair in read.topics if title_of(pair[0]).casefold() == wanted)
        subject = await self.proposing.propose_subject(commit, finding, vector)
        return Ref(Kind.PROPOSAL, subject.id)

    def _used_topics(
        self, extraction: Extraction, atoms: list[Finding[AtomDraft]]
    ) -> list[Finding[TopicDraft]]:
        """One topic finding a name that notes use; one the analyst named only in passing gets a draft."""
        given = {title_of(finding).casefold(): finding for finding in extraction.topics}
        used: dict[str, Finding[TopicDraft]] = {}
        for atom in atoms:
            name = atom.topic.casefold()
            if name not in used:
                used[name] = given.get(name) or Finding(
                    TopicDraft(name=atom.topic), atom.confidence, atom.reasoning, atom.quotes
                )
        return list(used.values())

    async def _reading(
        self, run: Run, batch: Batch, *, with_talk: bool
    ) -> tuple[Reading, dict[MessageKey, Message]]:
        async with self.transactions.reading() as tx:
            project = run.snapshot.as_project(await tx.projects.get(run.project_id))
            shown = await tx.messages.list_keys((*batch.messages, *batch.context))
            topics = await tx.knowledge.list_topics(run.project_id)
        shown = {key: message for key, message in shown.items() if message.is_readable}
        conversation = Conversation(
            messages=_in_order(batch.messages, shown), context=_in_order(batch.context, shown)
        )
        recalled = Recalled()
        if run.snapshot.uses_context and conversation.messages:
            recalled = await self._recalled(run.project_id, conversation, with_talk=with_talk)
        return Reading(project, conversation, tuple(topics), recalled), shown

    async def _recalled(self, project_id: UUID, conversation: Conversation, *, with_talk: bool) -> Recalled:
        text = "\n".join(message.text for message in conversation.messages)
        [vector] = await charged_to(self.embedder, project_id).embed([text])
        async with self.transactions.reading() as tx:
            return await self.likeness.recall(tx, project_id, text, vector, with_talk=with_talk)


def _in_order(keys: tuple[MessageKey, ...], shown: dict[MessageKey, Message]) -> tuple[Message, ...]:
    known = [shown[key] for key in keys if key in shown]
    return tuple(sorted(known, key=lambda message: (message.sent_at, message.key)))
