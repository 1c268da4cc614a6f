"""Vectors for what has none: edited texts, items of before, everything once the model was changed."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core.domain.ids import ChatId
from core.domain.showing.spot import Place, Urgency
from core.domain.showing.view_agents import EmbeddingCard
from core.ports.analysis import Embedder
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.showing.placing import Placing

SWEEP = 100
"""Texts embedded at a time when nothing else is to do."""
SEARCH = UUID("0193c9a4-6f00-7000-8000-5ea2c45ea2c4")
"""What cards about the search are about, for there is one."""
_SAME_CHANGE = timedelta(days=7)
"""A card older than this stands too far up to be the one that tells of this change."""


@dataclass(frozen=True)
class Embedding:
    """Embeds a hundred texts at a time; a change of the model is told to the owner, in one message."""

    transactions: Transactions
    clock: Clock
    embedder: Embedder
    placing: Placing

    async def embed_some(self) -> bool:
        """Embed texts that have no vector of the present model; False when that was all of them.

        What comes meanwhile waits for the next look, so that a reviewer's taps are embedded together.
        Raises AnalystFailed.
        """
        name = self.embedder.name
        async with self.transactions.reading() as tx:
            found = await tx.search.list_unembedded(name, SWEEP)
            is_anew = bool(found) and await tx.search.is_embedded_anew(name)
            is_back = not found and await tx.search.is_embedded_otherwise(name)
        if is_back:
            async with self.transactions() as tx:
                await tx.search.adopt(name)
        if not found:
            return False
        if is_anew and len(found) == SWEEP:
            await self._tell()
        vectors = await self.embedder.embed([text for _, _, text in found])
        async with self.transactions() as tx:
            # Meanwhile one may have been edited again, or taken away by an undo.
            still = set(await tx.search.list_unembedded(name, SWEEP))
            pairs = [pair for pair in zip(found, vectors, strict=True) if pair[0] in still]
            for project_id in {project_id for (_, project_id, _), _ in pairs}:
                own = [(item, vector) for (item, of, _), vector in pairs if of == project_id]
                items, given = zip(*own, strict=True)
                await tx.search.put_vectors(project_id, name, items, given)
            if is_anew:
                await tx.search.adopt(name)
                await self.placing.touch(tx, SEARCH, urgency=Urgency.PROGRESS)
        return len(found) == SWEEP

    async def _tell(self) -> None:
        async with self.transactions() as tx:
            place = await _owner_place(tx)
            if place is not None and not await self._is_told(tx):
                await self.placing.show(tx, EmbeddingCard(self.embedder.name), place, about={SEARCH})

    async def _is_told(self, tx: UnitOfWork) -> bool:
        since = self.clock.now() - _SAME_CHANGE
        return any(
            isinstance(spot.view, EmbeddingCard)
            and spot.view.model == self.embedder.name
            and spot.created_at > since
            for spot in await tx.spots.list_about(SEARCH)
        )


async def _owner_place(tx: UnitOfWork) -> Place | None:
    """The owner's direct chat; None without an owner, or where they have not started one."""
    installation = await tx.installations.find()
    if installation is None or installation.owner_id is None:
        return None
    owner = await tx.people.find(installation.owner_id)
    if owner is None or not owner.has_direct_chat:
        return None
    return Place(ChatId(owner.id), reader_id=owner.id)
