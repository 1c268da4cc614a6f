"""What happens by the clock: a row a job, claimed by moving its next time."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from core.domain.daily.schedule import Job, Schedule
from core.domain.person import Actor, Project
from core.domain.showing.spot import Place
from core.domain.showing.view import ScheduleCard
from core.errors import BadSchedule, Refusal, RunTaken, WorldFailed
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import ensure_reviewer, review_places
from core.services.daily.days import MORNING, hour_of
from core.services.showing.placing import Placing
from core.services.tuning.configuring import Configuring
from core.settings import ScheduleSettings

KEPT_BY_TELEGRAM = timedelta(hours=24)
"""For so long updates wait for a bot, https://core.telegram.org/bots/api#getting-updates."""
_DAY = timedelta(days=1)
RETRY = timedelta(minutes=1)
"""A job the world failed is tried again after this long."""
EVERYWHERE: Mapping[Job, str] = {
    Job.SNOOZE: "every 30",
    Job.CLOSE_REVIEWED: "every 30",
    Job.REDELIVER: "every 60",
    Job.EXPIRE: "0 * * * *",
    Job.RETENTION: "40 3 * * *",
    Job.PURGE: "50 3 * * *",
    Job.LEARN: "20 3 * * *",
    Job.HINT: "30 4 * * *",
    Job.WATCH: "every 300",
    Job.REMIND: "every 300",
}
"""The installation's own jobs, in UTC."""
_CHOSEN = frozenset({Job.EXTRACT, Job.ANALYSE, Job.DIGEST, Job.WEEKLY})
"""Jobs a project's reviewers may set."""
OFF = "off"
_OFF = frozenset({OFF, "none", "never", ""})

_log = logging.getLogger(__name__)

NextFire = Callable[[str, str, datetime], datetime | None]
"""(rule, IANA time zone, moment) -> the next time after it, None for a rule that is off; BadSchedule."""
Work = Callable[[Schedule], Awaitable[object]]


@dataclass(frozen=True)
class ScheduleService:
    """Keeps the rows, changes them in chat, fires what is due.

    Several may fire, in one process or many: each firing happens once.
    """

    transactions: Transactions
    clock: Clock
    placing: Placing
    configuring: Configuring
    next_fire: NextFire
    work: Mapping[Job, Work]
    settings: ScheduleSettings

    async def ensure_all(self) -> None:
        """Rows for the installation and every project: once at start, and now and then for new ones."""
        async with self.transactions() as tx:
            for job, rule in EVERYWHERE.items():
                await self._keep(tx, Schedule(job, rule, None))
            for project in await tx.projects.list_all():
                await self.ensure_in(tx, project)

    async def tell_absence(self) -> bool:
        """At start: tell reviewers, once, of an absence longer than Telegram keeps updates.

        A job that fires every half minute tells by its next time since when nothing fired.
        """
        now = self.clock.now()
        async with self.transactions() as tx:
            beat = await tx.schedules.find(None, Job.SNOOZE)
            if beat is None or beat.next_at is None or now - beat.next_at < KEPT_BY_TELEGRAM:
                return False
            days = round((now - beat.next_at) / _DAY)
            for place, rest in (await _reviewers_places(tx)).items():
                await self.placing.say(tx, place, "away", {"days": days}, unasked_in=rest)
            await tx.schedules.put(replace(beat, next_at=now))
            return True

    async def ensure_in(self, tx: UnitOfWork, project: Project) -> None:
        """Rows for one project in its present time zone; what its people chose stays."""
        threshold = f"every {int(RETRY.total_seconds())}" if self.settings.threshold_messages else ""
        rules = {
            Job.EXTRACT: self.settings.extract,
            Job.ANALYSE: self.settings.analyse,
            Job.DIGEST: self.settings.digest,
        }
        for job, rule in rules.items():
            known = await tx.schedules.find(project.id, job)
            chosen = _normal(rule) if known is None else known.rule
            await self._keep(tx, Schedule(job, chosen, None, project.id, project.timezone))
        await self._keep(tx, Schedule(Job.THRESHOLD, threshold, None, project.id, project.timezone))
        await self._keep_weekly(tx, project)

    async def _keep_weekly(self, tx: UnitOfWork, project: Project) -> None:
        """The week is told on Mondays at the digest's hour, unless that was turned off."""
        known = await tx.schedules.find(project.id, Job.WEEKLY)
        is_off = known is not None and not known.rule
        rule = "" if is_off else await self._weekly(tx, project)
        await self._keep(tx, Schedule(Job.WEEKLY, rule, None, project.id, project.timezone))

    async def _weekly(self, tx: UnitOfWork, project: Project) -> str:
        digest = await tx.schedules.find(project.id, Job.DIGEST)
        usual = hour_of(self.settings.digest, MORNING)
        hour = hour_of(digest.rule, usual) if digest is not None and digest.rule else usual
        return f"{hour.minute} {hour.hour} * * mon"

    async def set(
        self, project_id: UUID, job: Job, rule: str, actor: Actor, *, place: Place | None = None
    ) -> Schedule:
        """Choose when: cron, `HH:MM` on workdays, or `off`. Raises BadSchedule, NotReviewer.

        The project's schedule is shown at `place` when there is one.
        """
        if job not in _CHOSEN:
            raise BadSchedule(job.value)
        async with self.transactions() as tx:
            project = await ensure_reviewer(tx, project_id, actor)
            rule = _normal(rule)
            if job is Job.WEEKLY and rule:
                rule = await self._weekly(tx, project)
            chosen = Schedule(job, rule, None, project_id, project.timezone)
            chosen = replace(chosen, next_at=self._next(chosen))
            known = await tx.schedules.find(project_id, job)
            was = OFF if known is None or not known.rule else known.rule
            await tx.schedules.put(chosen)
            await self.configuring.beside(
                tx, project, actor.person_id, job.value, (was, chosen.rule or OFF)
            )
            await self._keep_weekly(tx, project)
            await self.placing.touch(tx, project_id)
            if place is not None:
                await self.placing.show(tx, ScheduleCard(project_id), place, about={project_id})
            return chosen

    async def fire_due(self) -> int:
        """Fire what is due and return how many; what was missed several times fires once."""
        async with self.transactions.reading() as tx:
            due = await tx.schedules.list_due(self.clock.now())
        return sum([await self._fire(schedule) for schedule in due])

    async def _fire(self, schedule: Schedule) -> bool:
        """Move the job's next time and do it, in one transaction: a crash leaves both or neither."""
        try:
            async with self.transactions() as tx:
                if not await tx.schedules.move(schedule, self._next(schedule)):
                    return False
                await self.work[schedule.job](schedule)
        except (Refusal, RunTaken) as reason:
            # Nothing to do, or somebody did it by hand in the same moment: the next time is the next.
            _log.info("%s of %s does nothing: %r", schedule.job, schedule.project_id, reason)
            async with self.transactions() as tx:
                await tx.schedules.move(schedule, self._next(schedule))
        except WorldFailed as failure:
            _log.warning("%s of %s is tried again: %r", schedule.job, schedule.project_id, failure)
            await self._again(schedule)
        return True

    async def _again(self, schedule: Schedule) -> None:
        """Nothing of it was committed, the moved time neither: try soon, but never later than planned."""
        planned, soon = self._next(schedule), self.clock.now() + RETRY
        async with self.transactions() as tx:
            await tx.schedules.move(schedule, soon if planned is None else min(planned, soon))

    async def _keep(self, tx: UnitOfWork, wanted: Schedule) -> None:
        """The row as wanted; its next time is reckoned anew only when something about it changed.

        Or when it lies later than the next time there is: the clock was set back, and what happens every
        half minute would wait until it has caught up.
        """
        known = await tx.schedules.find(wanted.project_id, wanted.job)
        if known is None or (known.rule, known.timezone) != (wanted.rule, wanted.timezone):
            await tx.schedules.put(replace(wanted, next_at=self._next(wanted)))
            return
        next_at = self._next(known)
        if known.next_at is not None and next_at is not None and next_at < known.next_at:
            await tx.schedules.put(replace(known, next_at=next_at))

    def _next(self, schedule: Schedule) -> datetime | None:
        if not schedule.rule:
            return None
        return self.next_fire(schedule.rule, schedule.timezone, self.clock.now())


async def _reviewers_places(tx: UnitOfWork) -> dict[Place, str]:
    """Where reviewers decide, each place once, with the quiet hours of a project of theirs."""
    return {
        place: project.rest
        for project in await tx.projects.list_all()
        for place in await review_places(tx, project)
    }


def _normal(rule: str) -> str:
    """One spelling: lower case, single spaces, "" for off."""
    plain = " ".join(rule.casefold().split())
    return "" if plain in _OFF else plain
