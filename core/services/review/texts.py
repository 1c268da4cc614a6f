"""Making what is proposed findable by its words."""

from core.domain.ids import Kind, Ref
from core.domain.knowledge import AtomDraft
from core.domain.proposal import Proposal
from core.ports.unit_of_work import UnitOfWork


async def index_proposal(tx: UnitOfWork, proposal: Proposal) -> None:
    """Make a proposal findable by its words."""
    content = proposal.content
    text = content.content if isinstance(content, AtomDraft) else content.description
    await tx.search.put_text(Ref(Kind.PROPOSAL, proposal.id), proposal.project_id, proposal.title, text)
