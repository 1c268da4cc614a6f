"""How far proposals could be trusted."""

from core.domain.proposal import DECIDED_ON
from core.domain.showing.shown_lists import ShownTrust
from core.domain.showing.view import TrustCard
from core.domain.trust import LOOKED_BACK, trust_of
from core.services.showing.sight import Picture, Sight


async def load_trust(sight: Sight, view: TrustCard) -> Picture:
    """A TrustCard: counts alone, which anybody in the project may see."""
    project = await sight.tx.projects.get(view.project_id)
    settled = await sight.tx.proposals.list_settled(
        project.id, None, sight.now - LOOKED_BACK, kinds=DECIDED_ON
    )
    return Picture(ShownTrust(view, project, trust_of(settled, sight.now, project.timezone)), project)
