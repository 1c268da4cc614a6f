"""What the project already has that is like a new draft: nearest items, rejected claims, context."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from core.domain.conversation import Recalled
from core.domain.evidence import Evidence
from core.domain.ids import ChatId, Kind, MessageId, MessageKey, Ref, number_of
from core.domain.knowledge import Atom, AtomDraft, AtomType
from core.domain.proposal import Proposal, ProposalStatus, RejectedBefore
from core.domain.similarity import Similar
from core.domain.task import Task, TaskDraft, TaskStatus, gain_of
from core.ports.analysis import POOL, Candidate, Embedder, Matcher, Pool, Vector
from core.ports.analysis import Likeness as Verdict
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock
from core.services.tuning.chosen import tuned
from core.settings import Settings

LOADED = 10
"""Of these the most alike are looked at whole: whether they are live, and what they rest on."""
NEW_SUPPORT = 2
"""A rejected claim is proposed again only with this many new messages (product rule 10)."""


@dataclass(frozen=True)
class Drafted:
    """A checked draft about to become a proposal, with its vector; `task` when it is one."""

    project_id: UUID
    kind: Kind
    title: str
    text: str
    evidence: Evidence
    vector: Vector | None = None
    task: TaskDraft | None = None

    @property
    def candidate(self) -> Candidate:
        """It as far as likeness goes."""
        return Candidate(self.title, self.text, self.evidence.keys, self.vector)


@dataclass(frozen=True)
class Opposed:
    """Pending decisions that cannot hold beside a new one: said before it, said after it."""

    earlier: Proposal | None = None
    later: Proposal | None = None


UNOPPOSED = Opposed()


@dataclass(frozen=True)
class Known:
    """An item there is that may be like a draft, and how alike the rules find them."""

    similar: Similar
    text: str
    alike: Verdict


Weighed = Callable[[Known], Verdict]
"""How alike an item counts as in the end."""


def as_found(known: Known) -> Verdict:
    """As the rules find them."""
    return known.alike


@dataclass(frozen=True)
class Likeness:
    """Looks neighbours up by words and vectors and lets the Matcher judge them."""

    embedder: Embedder
    matcher: Matcher
    clock: Clock
    settings: Settings

    async def similar_of(
        self,
        tx: UnitOfWork,
        drafted: Drafted,
        *,
        apart_from: UUID | None = None,
        weighed: Weighed = as_found,
    ) -> Similar | None:
        """The nearest existing item or pending proposal worth showing, None when there is none."""
        found = [
            (known.similar, weighed(known))
            for known in await self.known_near(tx, drafted, apart_from=apart_from)
        ]
        shown = [(similar, alike) for similar, alike in found if alike.is_shown]
        if not shown:
            return None
        similar, alike = max(shown, key=lambda pair: pair[1].score)
        return replace(similar, score=alike.score, type=alike.type, is_duplicate=alike.is_duplicate)

    async def similar_to(self, tx: UnitOfWork, proposal: Proposal, vector: Vector | None) -> Similar | None:
        """The nearest existing item or pending proposal worth showing, itself apart."""
        content = proposal.content
        drafted = Drafted(
            project_id=proposal.project_id,
            kind=proposal.kind,
            title=proposal.title,
            text=text_of(proposal),
            evidence=proposal.evidence,
            vector=vector,
            task=content if isinstance(content, TaskDraft) else None,
        )
        return await self.similar_of(tx, drafted, apart_from=proposal.id)

    async def known_near(
        self, tx: UnitOfWork, drafted: Drafted, *, apart_from: UUID | None = None
    ) -> list[Known]:
        """Existing items and pending proposals of the same kind, most alike first."""
        found: list[Known] = []
        for kind in (drafted.kind, Kind.PROPOSAL):
            pool = await self._pool(tx, drafted, kind)
            for near, _ in self.matcher.rank(drafted.candidate, pool)[:LOADED]:
                item = await self._live(tx, near.ref, drafted.kind)
                if item is None or item.id == apart_from:
                    continue
                known = candidate_of(item, near.candidate.vector)
                verdict = self.matcher.compare(drafted.candidate, known, pool.spread)
                similar = _similar(drafted, item, near.ref, verdict)
                found.append(Known(similar, known.text, verdict))
        return sorted(found, key=lambda one: -one.alike.score)

    async def rejection_of(self, tx: UnitOfWork, drafted: Drafted) -> tuple[RejectedBefore | None, bool]:
        """The rejection this claim meets, and whether it must stay rejected for want of new messages."""
        project = await tx.projects.get(drafted.project_id)
        days = tuned(self.settings.review, project.knobs).rejection_memory_days
        since = self.clock.now() - timedelta(days=days)
        pool = await self._pool(tx, drafted, Kind.PROPOSAL)
        alike = [near for near, _ in self.matcher.rank(drafted.candidate, pool)][:LOADED]
        vectors = {near.ref.id: near.candidate.vector for near in alike}
        for proposal in await tx.proposals.list_ids(vectors):
            review = proposal.review
            if proposal.status is not ProposalStatus.REJECTED or review is None or review.at < since:
                continue
            known = candidate_of(proposal, vectors[proposal.id])
            verdict = self.matcher.compare(drafted.candidate, known, pool.spread)
            if proposal.kind is drafted.kind and verdict.is_shown:
                new = len(drafted.evidence.keys - proposal.evidence.keys)
                return RejectedBefore(review.at, review.reason, new), new < NEW_SUPPORT
        return None, False

    async def opposed_to(
        self, tx: UnitOfWork, project_id: UUID, draft: AtomDraft, evidence: Evidence
    ) -> Opposed:
        """The pending decisions it cannot hold beside, by when they were said."""
        said_at = evidence.said_at
        if draft.type is not AtomType.DECISION or said_at is None:
            return UNOPPOSED
        opposed = UNOPPOSED
        for one in await tx.proposals.list_pending(project_id, kinds=frozenset({Kind.ATOM})):
            content, at = one.content, one.evidence.said_at
            if not isinstance(content, AtomDraft) or content.type is not AtomType.DECISION or at is None:
                continue
            if at < said_at and self.matcher.contradicts(draft, content.title, content.content):
                opposed = replace(opposed, earlier=one)
            elif at > said_at and self.matcher.contradicts(content, draft.title, draft.content):
                opposed = replace(opposed, later=one)
        return opposed

    async def recall(
        self, tx: UnitOfWork, project_id: UUID, text: str, vector: Vector, *, with_talk: bool
    ) -> Recalled:
        """What resembles a text: past proposals with their outcome, atoms, tasks, and talk if wanted."""
        probe = Drafted(project_id, Kind.PROPOSAL, text[:200], text, Evidence(), vector)
        top = self.settings.analysis.rag_top_k
        proposals, atoms, tasks = [
            [near.ref for near, _ in self.matcher.rank(probe.candidate, await self._pool(tx, probe, kind))]
            for kind in (Kind.PROPOSAL, Kind.ATOM, Kind.TASK)
        ]
        said = await tx.search.messages_by_words(project_id, text[:500], top) if with_talk else []
        keys = [MessageKey(ChatId(chat), MessageId(message)) for chat, message in said]
        return Recalled(
            proposals=tuple(await tx.proposals.list_ids([ref.id for ref in proposals[:top]])),
            atoms=tuple([await tx.knowledge.get_atom(ref.id) for ref in atoms[:top]]),
            tasks=tuple([await tx.tasks.get(ref.id) for ref in tasks[:top]]),
            messages=tuple((await tx.messages.list_keys(keys)).values()),
        )

    async def _pool(self, tx: UnitOfWork, drafted: Drafted, kind: Kind) -> Pool:
        words = self.matcher.words_of(drafted.candidate)
        return await tx.search.near(
            drafted.project_id, kind, words, (self.embedder.name, drafted.vector), POOL
        )

    async def _live(self, tx: UnitOfWork, ref: Ref, kind: Kind) -> Task | Atom | Proposal | None:
        if ref.kind is Kind.TASK:
            task = await tx.tasks.get(ref.id)
            return None if task.status is TaskStatus.DROPPED else task
        if ref.kind is Kind.ATOM:
            return await tx.knowledge.get_atom(ref.id)
        proposal = await tx.proposals.get(ref.id)
        is_live = proposal.status is ProposalStatus.PENDING and proposal.kind is kind
        return proposal if is_live else None


def candidate_of(item: Task | Atom | Proposal, vector: Vector | None) -> Candidate:
    """An item as far as likeness goes."""
    if isinstance(item, Task):
        whole = item.whole
        return Candidate(whole.title, whole.description, item.whole_evidence.keys, vector)
    if isinstance(item, Atom):
        return Candidate(item.title, item.content, item.evidence.keys, vector)
    return Candidate(item.title, text_of(item), item.evidence.keys, vector)


def text_of(proposal: Proposal) -> str:
    """A proposal's longer text."""
    content = proposal.content
    return content.content if isinstance(content, AtomDraft) else content.description


def _similar(drafted: Drafted, item: Task | Atom | Proposal, ref: Ref, verdict: Verdict) -> Similar:
    known = candidate_of(item, None)
    name = number_of(Kind.ATOM, item.number) if isinstance(item, Atom) else item.name
    gain = gain_of(
        drafted.task or TaskDraft(title=drafted.title), drafted.evidence,
        _task(item), _evidence(item),
    )  # fmt: skip
    return Similar(ref, name, known.title, verdict.score, verdict.type, gain, verdict.is_duplicate)


def _task(item: Task | Atom | Proposal) -> TaskDraft:
    if isinstance(item, Task):
        return item.whole
    if isinstance(item, Proposal) and isinstance(item.content, TaskDraft):
        return item.content
    return TaskDraft(title=item.title)


def _evidence(item: Task | Atom | Proposal) -> Evidence:
    return item.whole_evidence if isinstance(item, Task) else item.evidence
