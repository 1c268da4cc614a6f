"""Hint about a project's knobs: told at most once a month, never taken by itself."""

from dataclasses import dataclass
from datetime import timedelta

from core.domain.hints import EARNED_WITHIN, HINTED_EVERY, hint_of
from core.domain.history import Event, EventTopic
from core.domain.person import Project
from core.domain.proposal import DECIDED_ON, Proposal
from core.domain.run import Window
from core.domain.showing.spot import Urgency
from core.domain.showing.view_following import HintCard
from core.domain.trust import LOOKED_BACK
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.rights import review_places
from core.services.showing.placing import Placing

_HINTED = "hinted"


@dataclass(frozen=True)
class HintService:
    """Looks at decisions by the clock; `TurningService.take_hint` is the owner's tap."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing

    async def hint_all(self) -> int:
        """Advise the projects whose decisions say something, once in four weeks; return how many."""
        async with self.transactions() as tx:
            return sum([await self._hint(tx, one) for one in await tx.projects.list_all()])

    async def _hint(self, tx: UnitOfWork, project: Project) -> bool:
        now = self.clock.now()
        lately = Window(now - HINTED_EVERY, now + timedelta(seconds=1))
        if await tx.history.count_events(project.id, _HINTED, lately):
            return False
        hint = hint_of(*await self._decisions(tx, project), project.knobs)
        if hint is None:
            return False
        await tx.history.tell(Event(self.ids.new(), project.id, EventTopic.NOISE, _HINTED, now))
        view = HintCard(project.id, hint.knob, hint.value, hint.share.hits, hint.share.of)
        for place in await review_places(tx, project):
            await self.placing.show(
                tx, view, place, about={project.id}, urgency=Urgency.CARD, unasked_in=project.rest
            )
        return True

    async def _decisions(self, tx: UnitOfWork, project: Project) -> tuple[list[Proposal], list[Proposal]]:
        """Those of the last twelve weeks, and those of a year."""
        now = self.clock.now()
        year = await tx.proposals.list_settled(project.id, None, now - EARNED_WITHIN, DECIDED_ON)
        since = now - LOOKED_BACK
        return [one for one in year if one.review is not None and one.review.at >= since], year
