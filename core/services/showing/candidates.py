"""The merge picker: what a pending proposal could be merged into."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from core.domain.ids import Kind, Ref, number_of
from core.domain.knowledge import Atom, AtomDraft
from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.similarity import Similar
from core.domain.task import Task, TaskStatus
from core.ports.analysis import Candidate, Embedder, Likeness, Matcher, Near, Vector
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.sight import Sight, find_item

CANDIDATES = 5
"""Nearest ones offered (product section 3)."""
_POOL = 15
"""Neighbours each ranking brings: some are settled or withheld."""
_AMONG = 100
"""As many of a queue are looked at for what is alike: about what may wait (`review.queue_limit`)."""

Item = Task | Atom | Proposal


@dataclass(frozen=True)
class Candidates:
    """Finds the nearest live items of a proposal's kind by words and by stored vectors."""

    embedder: Embedder
    matcher: Matcher

    async def of(
        self,
        sight: Sight,
        project: Project,
        proposal: Proposal,
        query: str,
        *,
        only_pending: bool = False,
    ) -> tuple[Similar, ...]:
        """At most five, best first: most alike, or what best fits `query` when there is one."""
        own = Ref(Kind.PROPOSAL, proposal.id)
        vectors = await sight.tx.search.vectors_of(self.embedder.name, [own])
        new = _candidate_of(proposal, vectors.get(own))
        words = query.split() if query else self.matcher.words_of(new)
        by = (self.embedder.name, None if query else new.vector)
        found: list[tuple[float, Similar]] = []
        for kind in (Kind.PROPOSAL,) if only_pending else (proposal.kind, Kind.PROPOSAL):
            pool = await sight.tx.search.near(proposal.project_id, kind, words, by, _POOL)
            best = pool.near if query else [near for near, _ in self.matcher.rank(new, pool)]
            live = [one async for one in self._live(sight, project, proposal, best)]
            for place, (near, item) in enumerate(live):
                known = _candidate_of(item, near.candidate.vector)
                verdict = self.matcher.compare(new, known, pool.spread)
                found.append((place if query else -verdict.score, _similar(near.ref, item, verdict)))
        return tuple(similar for _, similar in sorted(found, key=lambda one: one[0]))[:CANDIDATES]

    async def alike_among(
        self, tx: UnitOfWork, proposal: Proposal, others: Sequence[Proposal]
    ) -> tuple[Proposal, ...]:
        """Those of the others that look like it enough to be shown beside it, most alike first."""
        same = [one for one in others if one.kind is proposal.kind and one.id != proposal.id][:_AMONG]
        refs = [Ref(Kind.PROPOSAL, one.id) for one in (proposal, *same)]
        vectors = await tx.search.vectors_of(self.embedder.name, refs)
        own = _candidate_of(proposal, vectors.get(refs[0]))
        found: list[tuple[float, Proposal]] = []
        for one, ref in zip(same, refs[1:], strict=True):
            likeness = self.matcher.compare(own, _candidate_of(one, vectors.get(ref)))
            if likeness.is_shown and one.project_id == proposal.project_id:
                found.append((likeness.score, one))
        return tuple(one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].number)))

    async def _live(
        self, sight: Sight, project: Project, proposal: Proposal, best: Sequence[Near]
    ) -> AsyncIterator[tuple[Near, Item]]:
        """The first five of those that can be merged into and may be seen here."""
        left = CANDIDATES
        for near in best:
            item = await _live(sight, near.ref, proposal)
            if item is None or not await sight.sees_item(project, near.ref):
                continue
            yield near, item
            left -= 1
            if not left:
                return


def _similar(ref: Ref, item: Item, verdict: Likeness) -> Similar:
    name, title = name_and_title(item)
    return Similar(ref, name, title, verdict.score, verdict.type, is_duplicate=verdict.is_duplicate)


def name_and_title(item: Item) -> tuple[str, str]:
    """`T-17` and its one-line name."""
    if isinstance(item, Task):
        return item.name, item.whole.title
    name = number_of(Kind.ATOM, item.number) if isinstance(item, Atom) else item.name
    return name, item.title


async def _live(sight: Sight, ref: Ref, proposal: Proposal) -> Item | None:
    """What something can still be merged into; None for the rest."""
    # The search index may name what an undo has just taken away.
    item = await find_item(sight.tx, ref)
    if item is None:
        return None
    if isinstance(item, Task):
        return None if item.status is TaskStatus.DROPPED else item
    if isinstance(item, Atom):
        return item
    is_live = item.status is ProposalStatus.PENDING and item.kind is proposal.kind
    return item if is_live and item.id != proposal.id else None


def _candidate_of(item: Item, vector: Vector | None) -> Candidate:
    if isinstance(item, Task):
        whole = item.whole
        return Candidate(whole.title, whole.description, item.whole_evidence.keys, vector)
    text = item.content if isinstance(item, Atom) else _text_of(item)
    return Candidate(item.title, text, item.evidence.keys, vector)


def _text_of(proposal: Proposal) -> str:
    content = proposal.content
    return content.content if isinstance(content, AtomDraft) else content.description
