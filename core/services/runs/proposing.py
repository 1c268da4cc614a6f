"""Checked findings become proposals, in the transaction that commits their batch."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from uuid import UUID

from core.domain.checking import words_of
from core.domain.conversation import Finding, Usage
from core.domain.evidence import Evidence
from core.domain.forgetting import Gone
from core.domain.history import Change
from core.domain.ids import Kind, MessageKey, Ref
from core.domain.knowledge import AtomDraft, Link, LinkType, Topic, TopicDraft
from core.domain.message import Message
from core.domain.proposal import Content, Proposal, ProposalStatus, RejectedBefore, Source
from core.domain.run import Batch, Given, Run
from core.domain.similarity import Similar
from core.domain.task import TaskDraft
from core.ports.analysis import Embedder, Vector
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.money.embedding import charged_to
from core.services.review.settling import Settling
from core.services.review.texts import index_proposal
from core.services.runs.judging import Advised, weighing
from core.services.runs.likeness import UNOPPOSED, Drafted, Likeness, Opposed
from core.settings import ReviewSettings

_NAME = re.compile(r"\b[^\W\d_a-zа-яіїєґё]\w+")
"""A word as names are written."""
AnyFinding = Finding[TopicDraft] | Finding[AtomDraft] | Finding[TaskDraft]


@dataclass(frozen=True)
class Commit:
    """One batch being committed: its transaction, its run, and what was not proposed, counted by reason."""

    tx: UnitOfWork
    run: Run
    batch: Batch
    dropped: Counter[str]


@dataclass(frozen=True)
class Analysed:
    """What a stage made of one batch outside any transaction: what it cost, and how to commit it."""

    usage: Usage
    dropped: Counter[str]
    given: Given
    commit: Callable[[UnitOfWork, Run, Batch], Awaitable[None]]


@dataclass(frozen=True)
class Judged:
    """What a draft met: something alike, a rejection, the title of a decision it replaces, pending ones."""

    similar: Similar | None = None
    rejected: RejectedBefore | None = None
    replaces: str = ""
    opposed: Opposed = UNOPPOSED


UNMET = Judged()


@dataclass(frozen=True)
class Proposing:
    """Adds one proposal a surviving finding; counts why others were not proposed."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    embedder: Embedder
    likeness: Likeness
    settling: Settling
    settings: ReviewSettings

    async def vectors(self, project_id: UUID, findings: Sequence[AnyFinding]) -> list[Vector]:
        """One vector a finding, made before the transaction opens."""
        if not findings:
            return []
        embedder = charged_to(self.embedder, project_id)
        return await embedder.embed([f"{title_of(one)}\n{text_of(one)}" for one in findings])

    async def named_in(self, project_id: UUID, findings: Sequence[AnyFinding]) -> tuple[str, ...]:
        """The names of people of the project that stand in the findings' own words."""
        words = [words for one in findings for words in _NAME.findall("\n".join(words_of(one.content)))]
        if not words:
            return ()
        pairs = [f"{first} {second}" for first, second in pairwise(words)]
        async with self.transactions.reading() as tx:
            known = await tx.people.list_by_names(project_id, {*words, *pairs})
        return tuple(person.name for person in known.values())

    async def judge_note(
        self, commit: Commit, finding: Finding[AtomDraft], vector: Vector, advised: Advised
    ) -> Judged | None:
        """What a note met, or None (counted) when it is known already or stays rejected."""
        drafted = drafted_of(commit.run, finding, vector)
        rejected, stays = await self.likeness.rejection_of(commit.tx, drafted)
        weighed = weighing(advised, Kind.ATOM)
        similar = await self.likeness.similar_of(commit.tx, drafted, weighed=weighed)
        replaces = await _replaced_title(commit.tx, _linked(finding))
        opposed = await self.likeness.opposed_to(
            commit.tx, commit.run.project_id, finding.content, drafted.evidence
        )
        is_known = similar is not None and similar.is_duplicate and not replaces and opposed == UNOPPOSED
        if stays or is_known:
            commit.dropped["rejected_before" if stays else "already_known"] += 1
            return None
        return Judged(similar, rejected, replaces, opposed)

    async def propose_note(
        self, commit: Commit, finding: Finding[AtomDraft], vector: Vector, subject: Ref, judged: Judged
    ) -> Proposal:
        """A note under its subject; of two opposed decisions the one said later is marked."""
        content = replace(_linked(finding), topic=subject, replaces=judged.replaces)
        note = await self._add(commit, finding, vector, content=content, judged=judged)
        if judged.opposed.later is not None:
            marked = await commit.tx.proposals.save(judged.opposed.later.taking_back(note))
            await self.settling.placing.touch(commit.tx, marked.id, marked.run_id, marked.project_id)
        return note

    async def propose_task(
        self, commit: Commit, finding: Finding[TaskDraft], vector: Vector, advised: Advised
    ) -> Proposal | None:
        """A task, unless it stays rejected; a duplicate is shown as one, never merged by itself."""
        drafted = drafted_of(commit.run, finding, vector)
        rejected, stays = await self.likeness.rejection_of(commit.tx, drafted)
        if stays:
            commit.dropped["rejected_before"] += 1
            return None
        weighed = weighing(advised, Kind.TASK)
        similar = await self.likeness.similar_of(commit.tx, drafted, weighed=weighed)
        judged = Judged(similar, rejected)
        return await self._add(commit, finding, vector, content=finding.content, judged=judged)

    async def propose_subject(
        self, commit: Commit, finding: Finding[TopicDraft], vector: Vector
    ) -> Proposal:
        """A subject; it is approved with its first kept note."""
        return await self._add(commit, finding, vector, content=finding.content)

    async def unsaid(self, tx: UnitOfWork, shown: Mapping[MessageKey, Message]) -> Gone:
        """What was taken back, edited or forgotten while it was being analysed."""
        now = await tx.messages.list_keys(shown)
        texts = [
            said.text
            for key, said in shown.items()
            if key not in now or now[key].text != said.text or now[key].is_excluded > said.is_excluded
        ]
        return Gone(tuple(texts))

    async def find_subject(self, tx: UnitOfWork, project_id: UUID, name: str) -> Ref | None:
        """The topic of that name, or the pending proposal of one; case apart.

        The name of one that is part of another leads there; what is archived takes nothing new.
        """
        wanted = name.casefold()
        topics: list[Topic] = await tx.knowledge.list_topics(project_id, only_live=False)
        for topic in topics:
            if topic.name.casefold() == wanted and topic.archived_at is None:
                return Ref(Kind.TOPIC, topic.id)
        pending = await tx.proposals.list_pending(project_id, kinds=frozenset({Kind.TOPIC}))
        for proposal in pending:
            if proposal.title.casefold() == wanted:
                return Ref(Kind.PROPOSAL, proposal.id)
        return None

    async def _add(
        self,
        commit: Commit,
        finding: AnyFinding,
        vector: Vector,
        *,
        content: Content,
        judged: Judged = UNMET,
    ) -> Proposal:
        tx, run = commit.tx, commit.run
        proposal = Proposal(
            id=self.ids.new(),
            project_id=run.project_id,
            number=await tx.projects.next_number(run.project_id, Kind.PROPOSAL),
            content=content,
            source=Source.KNOWLEDGE,
            created_at=self.clock.now(),
            confidence=finding.confidence,
            reasoning=finding.reasoning,
            recommendation=finding.recommendation,
            evidence=Evidence(finding.quotes),
            sources=finding.sources,
            similar=judged.similar,
            rejected_before=judged.rejected,
            run_id=run.id,
            batch_id=commit.batch.id,
        )
        if judged.opposed.earlier is not None:
            proposal = proposal.taking_back(judged.opposed.earlier)
        await tx.proposals.add(proposal)
        ref = Ref(Kind.PROPOSAL, proposal.id)
        change = Change(
            self.ids.new(), ref, proposal.created_at, "proposed", run.snapshot.as_agent().signature
        )
        await tx.history.add(change)
        await index_proposal(tx, proposal)
        await tx.search.put_vectors(run.project_id, self.embedder.name, [ref], [vector])
        if self._may_approve_itself(proposal) and not run.snapshot.prompts:
            # Whoever writes in the chat can tell a model how sure to be: its word settles nothing.
            return await self.settling.approve(tx, proposal, self.settling.nobody())
        return proposal

    def _may_approve_itself(self, proposal: Proposal) -> bool:
        is_sure = proposal.confidence >= self.settings.auto_approve_confidence
        is_alone = proposal.similar is None and proposal.rejected_before is None
        return (
            self.settings.auto_approve
            and is_sure
            and is_alone
            and proposal.status is ProposalStatus.PENDING
        )


def is_unsaid(finding: AnyFinding, gone: Gone) -> bool:
    """Whether a finding is made of what was taken back."""
    return any(gone.takes(text) for text in (title_of(finding), text_of(finding), *_quoted(finding)))


def _quoted(finding: AnyFinding) -> list[str]:
    return [quote.text for quote in finding.quotes]


def title_of(finding: AnyFinding) -> str:
    """A finding's one-line name."""
    content = finding.content
    return content.name if isinstance(content, TopicDraft) else content.title


def text_of(finding: AnyFinding) -> str:
    """A finding's longer text."""
    content = finding.content
    return content.content if isinstance(content, AtomDraft) else content.description


def _linked(finding: Finding[AtomDraft]) -> AtomDraft:
    given: list[tuple[LinkType, UUID]] = list(finding.links)
    links = tuple(Link(type_, Ref(Kind.ATOM, atom_id)) for type_, atom_id in given)
    return replace(finding.content, links=links)


def drafted_of(run: Run, finding: Finding[AtomDraft] | Finding[TaskDraft], vector: Vector) -> Drafted:
    """A checked note or task as far as likeness goes."""
    content = finding.content
    is_task = isinstance(content, TaskDraft)
    return Drafted(
        project_id=run.project_id,
        kind=Kind.TASK if is_task else Kind.ATOM,
        title=content.title,
        text=text_of(finding),
        evidence=Evidence(finding.quotes),
        vector=vector,
        task=content if is_task else None,
    )


async def _replaced_title(tx: UnitOfWork, draft: AtomDraft) -> str:
    for target in draft.superseded:
        if target.kind is Kind.ATOM:
            return (await tx.knowledge.get_atom(target.id)).title
    return ""
