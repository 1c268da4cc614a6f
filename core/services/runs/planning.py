"""A run is planned into batches: what is read together, and what is left out."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.conversation import Conversation, Estimate, Usage
from core.domain.ids import MessageKey
from core.domain.knowledge import Atom
from core.domain.message import Message
from core.domain.person import Project
from core.domain.run import Batch, BatchStatus, Run, Stage, Window
from core.errors import Refusal
from core.ports.analysis import Analyst, Conversations, Noise
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.agents.answering import Answering
from core.services.agents.choosing import Bounds, Choosing, bounds_in, bounds_of
from core.services.learning.learning import LearningService
from core.services.learning.taught import Taught
from core.settings import AnalysisSettings

CONTEXT_MESSAGES = 5
"""Earlier messages shown with a conversation that does not start its chat."""
BATCH_ATOMS = 20
"""Notes of one subject studied together."""
UNPRICED = Usage(cost_usd=None)


@dataclass(frozen=True)
class Sifted:
    """Unread messages after the prefilter: conversations to read, and what is left out."""

    conversations: tuple[Conversation, ...]
    left_out: tuple[MessageKey, ...]

    @property
    def kept(self) -> int:
        """How many messages will be read."""
        return sum(len(one.messages) for one in self.conversations)


@dataclass(frozen=True)
class Planning:
    """Turns a pending run into a running one with its batches."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    answering: Answering
    choosing: Choosing
    noise: Noise
    conversations: Conversations
    learning: LearningService
    settings: AnalysisSettings

    async def plan(self, run: Run) -> Run:
        """Plan and start it; raises Stale when another worker planned it meanwhile."""
        if run.stage is Stage.KNOWLEDGE:
            batches = await self._conversation_batches(run)
        else:
            batches = await self._subject_batches(run)
        async with self.transactions() as tx:
            started = await tx.runs.save(run.start(self.clock.now()))
            await tx.runs.add_batches(batches)
            for batch in batches:
                if batch.status is BatchStatus.DONE:
                    await tx.messages.mark_read(batch.left_out, batch.id)
        return started

    async def estimate(self, project: Project, stage: Stage, window: Window | None) -> Estimate:
        """What a run would do now, made by the agent whose turn it is.

        Where that agent cannot answer the price is unknown; who starts it is told why.
        """
        async with self.transactions.reading() as tx:
            agent = await self.choosing.choose(tx, project.id, stage)
        try:
            analyst = self.answering.analyst_of(agent)
        except Refusal:
            analyst = None
        if stage is Stage.TASKS:
            return await self._estimate_tasks(project, window, analyst)
        async with self.transactions.reading() as tx:
            unread = await tx.messages.list_unread(project.id, window)
        bounds = bounds_of(agent, self.settings)
        taught = await self.learning.taught_in(project.id)
        sifted = await asyncio.to_thread(self._sift, unread, project, bounds, taught)
        price = UNPRICED if analyst is None else analyst.price(sifted.conversations)
        planned = Estimate(len(unread), sifted.kept, len(sifted.conversations), 0.0)
        return self._priced(planned, analyst, price)

    async def _estimate_tasks(
        self, project: Project, window: Window | None, analyst: Analyst | None
    ) -> Estimate:
        async with self.transactions.reading() as tx:
            atoms = await tx.knowledge.list_unstudied(project.id, window)
            groups = await self._by_subject(tx, project.id, atoms)
        price = UNPRICED if analyst is None else analyst.price_of_notes(groups)
        return self._priced(Estimate(len(atoms), len(atoms), len(groups), 0.0), analyst, price)

    def _priced(self, planned: Estimate, analyst: Analyst | None, price: Usage) -> Estimate:
        rounds = -(-planned.conversations // self.settings.concurrency)
        return replace(
            planned,
            seconds=rounds * analyst.seconds_per_batch if analyst is not None else 0.0,
            tokens=price.input_tokens + price.output_tokens,
            cost_usd=price.cost_usd,
        )

    async def _conversation_batches(self, run: Run) -> list[Batch]:
        async with self.transactions.reading() as tx:
            project = await tx.projects.get(run.project_id)
            unread = await tx.messages.list_unread(run.project_id, run.window)
        bounds = bounds_in(run.snapshot, self.settings)
        taught = await self.learning.taught_in(project.id)
        sifted = await asyncio.to_thread(self._sift, unread, project, bounds, taught)
        contexts = await self._contexts(sifted.conversations)
        batches = [
            Batch(
                id=self.ids.new(),
                run_id=run.id,
                index=index,
                messages=tuple(message.key for message in conversation.messages),
                context=context,
            )
            for index, (conversation, context) in enumerate(
                zip(sifted.conversations, contexts, strict=True)
            )
        ]
        return batches + self._left_out(run, len(batches), sifted.left_out)

    def _left_out(self, run: Run, index: int, keys: Sequence[MessageKey]) -> list[Batch]:
        """What nobody needs to analyse is one batch, done with the plan itself."""
        if not keys:
            return []
        return [
            Batch(
                id=self.ids.new(), run_id=run.id, index=index, left_out=tuple(keys), status=BatchStatus.DONE
            )
        ]

    async def _contexts(self, conversations: Sequence[Conversation]) -> list[tuple[MessageKey, ...]]:
        contexts: list[tuple[MessageKey, ...]] = []
        async with self.transactions.reading() as tx:
            for conversation in conversations:
                own = {message.key for message in conversation.messages}
                before = await tx.messages.list_before(conversation.messages[0], CONTEXT_MESSAGES)
                said = (*conversation.context, *before)
                fit = [one for one in said if one.key not in own and not self.noise.withholds(one)]
                contexts.append(tuple(dict.fromkeys(one.key for one in fit)))
        return contexts

    def _sift(self, unread: Sequence[Message], project: Project, bounds: Bounds, taught: Taught) -> Sifted:
        """The prefilter (product section 4) and what was taught, then conversations of what is left."""
        signals = self.noise.signal(unread, project)
        kept: dict[MessageKey, Message] = {}
        for message, signal in zip(unread, signals, strict=True):
            is_kept = self._is_kept(message, signal, project, bounds) and taught.wants_message(message)
            is_kept = is_kept or self._answers_kept(message, kept)
            if is_kept and not self.noise.withholds(message):
                kept[message.key] = message
        left_out = tuple(message.key for message in unread if message.key not in kept)
        conversations = self.conversations.bounded(
            batch_messages=bounds.batch_messages, gap_minutes=bounds.gap_minutes
        )
        return Sifted(tuple(conversations.split(list(kept.values()))), left_out)

    def _is_kept(self, message: Message, signal: float, project: Project, bounds: Bounds) -> bool:
        text = message.text.casefold()
        is_about = not project.keywords or bool(message.mentions)
        is_about = is_about or any(keyword.casefold() in text for keyword in project.keywords)
        long_enough = len(message.text.strip()) >= bounds.min_length
        return is_about and long_enough and signal >= self.settings.noise_below

    def _answers_kept(self, message: Message, kept: dict[MessageKey, Message]) -> bool:
        if message.reply_to is None:
            return False
        return MessageKey(message.key.chat_id, message.reply_to) in kept

    async def _subject_batches(self, run: Run) -> list[Batch]:
        async with self.transactions.reading() as tx:
            atoms = await tx.knowledge.list_unstudied(run.project_id, run.window)
            groups = await self._by_subject(tx, run.project_id, atoms)
        return [
            Batch(id=self.ids.new(), run_id=run.id, index=index, atoms=tuple(atom.id for atom in group))
            for index, group in enumerate(groups)
        ]

    async def _by_subject(
        self, tx: UnitOfWork, project_id: UUID, atoms: Sequence[Atom]
    ) -> list[list[Atom]]:
        known = {topic.id for topic in await tx.knowledge.list_topics(project_id, only_live=False)}
        groups: dict[UUID | None, list[Atom]] = defaultdict(list)
        for atom in atoms:
            topic_id = atom.topic.id if atom.topic is not None and atom.topic.id in known else None
            groups[topic_id].append(atom)
        return [
            group[start : start + BATCH_ATOMS]
            for group in groups.values()
            for start in range(0, len(group), BATCH_ATOMS)
        ]
