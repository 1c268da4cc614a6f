"""The week in one card, told on Monday, only when something happened."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.daily.digest import Digest
from core.domain.history import Event, EventTopic
from core.domain.person import Project
from core.domain.run import Window
from core.domain.showing.spot import Urgency
from core.domain.showing.view_following import WeekCard
from core.domain.task import TaskStatus
from core.domain.watching import Watched
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.daily.digests import DigestService
from core.services.showing.placing import Placing

_WEEK = timedelta(days=7)
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class WeekService:
    """Puts weeks together and tells them where digests go."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing
    digests: DigestService

    async def week_in(self, tx: UnitOfWork, project: Project, monday: date) -> tuple[Digest, int]:
        """What the working days from that Monday on brought, and how many tasks were done in them."""
        window = (await self.digests.rhythm_of(tx, project)).week(monday)
        moved = await tx.history.list_events(project.id, (EventTopic.TASKS,), window)
        done = {one.payload.get("task") for one in moved if one.payload.get("status") == TaskStatus.DONE}
        return await self.digests.over(tx, project, monday, window), len(done)

    async def send_due(self, project_id: UUID) -> bool:
        """Tell last week once, unless digests are paused or nothing happened."""
        now = self.clock.now()
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            if project.digest_paused_until is not None and now < project.digest_paused_until:
                return False
            today = now.astimezone(ZoneInfo(project.timezone)).date()
            monday = today - timedelta(days=today.weekday()) - _WEEK
            digest, done = await self.week_in(tx, project, monday)
            if (digest.is_empty and not done) or not await self._claim(tx, project, monday):
                return False
            for place in await self.digests.places(tx, project, Watched.WEEKLY):
                if done or await self.digests.is_worth_it(tx, place, digest):
                    await self.placing.show(
                        tx, WeekCard(project.id, monday), place,
                        about={project.id}, urgency=Urgency.CARD, unasked_in=project.rest,
                    )  # fmt: skip
            return True

    async def _claim(self, tx: UnitOfWork, project: Project, monday: date) -> bool:
        """Whether that week was not told yet; from now on it was."""
        now, told = self.clock.now(), f"week-{monday}"
        if await tx.history.count_events(project.id, told, Window(now - 2 * _WEEK, now + _MOMENT)):
            return False
        await tx.history.tell(Event(self.ids.new(), project.id, EventTopic.NOISE, told, now))
        return True
