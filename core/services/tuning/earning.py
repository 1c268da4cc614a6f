"""Which kinds of proposals have earned that nobody need tap for them."""

from datetime import datetime
from uuid import UUID

from core.domain.hints import EARNED_WITHIN, record_of
from core.domain.proposal import DECIDED_ON
from core.domain.trust import Share
from core.ports.unit_of_work import UnitOfWork


async def earned_in(tx: UnitOfWork, project_id: UUID, kind: str, now: datetime) -> Share:
    """What people made of a project's proposals of that kind within a year."""
    settled = await tx.proposals.list_settled(project_id, None, now - EARNED_WITHIN, DECIDED_ON)
    return record_of(settled, kind)
