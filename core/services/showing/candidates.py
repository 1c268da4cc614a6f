"""The merge picker: what a pending proposal could be merged into."""

from dataclasses import dataclass

from core.domain.ids import Kind, Ref, number_of
from core.domain.knowledge import Atom, AtomDraft
from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.similarity import Similar, fused
from core.domain.task import Task, TaskStatus
from core.ports.analysis import Candidate, Embedder, Matcher, Vector
from core.services.showing.sight import Sight, find_item

CANDIDATES = 5
"""Nearest ones offered (product section 3)."""
_POOL = 15
"""Neighbours each ranking brings: some are settled or withheld."""
_QUERY_LIMIT = 500

Item = Task | Atom | Proposal


@dataclass(frozen=True)
class Candidates:
    """Finds the nearest live items of a proposal's kind by words and by stored vectors."""

    embedder: Embedder
    matcher: Matcher

    async def of(
        self, sight: Sight, project: Project, proposal: Proposal, query: str
    ) -> tuple[Similar, ...]:
        """At most five, best first: most alike, or what best fits `query` when there is one."""
        own = Ref(Kind.PROPOSAL, proposal.id)
        vectors = await sight.tx.search.vectors_of(self.embedder.name, [own])
        refs = await self._ranked(sight, proposal, query, None if query else vectors.get(own))
        known = await sight.tx.search.vectors_of(self.embedder.name, refs)
        found: list[Similar] = []
        for ref in refs:
            item = await _live(sight, ref, proposal)
            if item is None or not await sight.sees_item(project, ref):
                continue
            found.append(self._similar(proposal, vectors.get(own), item, ref, known.get(ref)))
        if not query:
            found.sort(key=lambda one: -one.score)
        return tuple(found[:CANDIDATES])

    async def _ranked(
        self, sight: Sight, proposal: Proposal, query: str, vector: Vector | None
    ) -> list[Ref]:
        words = (query or f"{proposal.title} {_text_of(proposal)}")[:_QUERY_LIMIT]
        rankings: list[list[Ref]] = []
        for kind in (proposal.kind, Kind.PROPOSAL):
            rankings.append(await sight.tx.search.by_words(proposal.project_id, kind, words, _POOL))
            if vector is not None:
                nearest = await sight.tx.search.by_vector(
                    proposal.project_id, kind, self.embedder.name, vector, _POOL
                )
                rankings.append([ref for ref, _ in nearest])
        return fused(rankings)

    def _similar(
        self, proposal: Proposal, vector: Vector | None, item: Item, ref: Ref, known: Vector | None
    ) -> Similar:
        verdict = self.matcher.compare(_candidate_of(proposal, vector), _candidate_of(item, known))
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
