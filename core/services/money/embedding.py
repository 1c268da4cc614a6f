"""An embedder elsewhere: it gets masked texts, and what it costs stands in the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.masking import Mask
from core.domain.money import Charge, Purpose
from core.ports.analysis import Embedder, PricedEmbedder, Vector
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock, Ids
from core.services.money.apart import apart


@dataclass(frozen=True)
class PaidEmbedder:
    """The Embedder port before one that costs something.

    `project_id` is whose budget it counts in; None is nobody's, as when everything is embedded anew.
    """

    inner: PricedEmbedder
    transactions: Transactions
    clock: Clock
    ids: Ids
    masks_secrets: bool
    project_id: UUID | None = None

    @property
    def name(self) -> str:
        """The inner one's; masked texts have vectors of their own."""
        return f"{self.inner.name}+masked" if self.masks_secrets else self.inner.name

    async def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector a text; raises AnalystFailed."""
        said = tuple(texts)
        masked = Mask.over(said).masked(said) if self.masks_secrets else said
        vectors, usage = await self.inner.embed_priced(masked)
        charge = Charge(
            id=self.ids.new(),
            purpose=Purpose.EMBED,
            agent="",
            agent_version=0,
            model=self.inner.name,
            at=self.clock.now(),
            usage=usage,
            project_id=self.project_id,
            is_settled=True,
        )
        await apart(self._note(charge))
        return vectors

    async def _note(self, charge: Charge) -> None:
        async with self.transactions() as tx:
            await tx.ledger.add(charge)


def charged_to(embedder: Embedder, project_id: UUID) -> Embedder:
    """The embedder, with what it costs counted in a project's budget."""
    return replace(embedder, project_id=project_id) if isinstance(embedder, PaidEmbedder) else embedder
