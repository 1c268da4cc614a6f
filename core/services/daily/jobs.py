"""What each job of the timetable does: one use case each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from core.domain.daily.schedule import Job, Schedule
from core.domain.run import Run, Stage, Trigger
from core.errors import Bug
from core.ports.unit_of_work import Transactions
from core.ports.world import Lane, Wakeups
from core.services.daily.schedules import Work
from core.settings import ScheduleSettings


class Runs(Protocol):
    """`core.services.runs.runs.RunService` as far as the clock needs it."""

    async def start_scheduled(self, project_id: UUID, stage: Stage, trigger: Trigger) -> Run | None:
        """Start a run nobody tapped for."""
        ...

    async def close_reviewed(self) -> int:
        """Close runs whose undo window is over."""
        ...


class Reviews(Protocol):
    """`core.services.review.review.ReviewService` as far as the clock needs it."""

    async def wake_snoozed(self) -> int:
        """Bring back what was put off until now."""
        ...

    async def expire_old(self) -> int:
        """Let go what waited too long."""
        ...


class Digests(Protocol):
    """`core.services.daily.digests.DigestService` as far as the clock needs it."""

    async def send_due(self, project_id: UUID) -> bool:
        """Tell the latest complete day once."""
        ...


class Weeks(Protocol):
    """`core.services.daily.weeks.WeekService` as far as the clock needs it."""

    async def send_due(self, project_id: UUID) -> bool:
        """Tell last week once."""
        ...


class News(Protocol):
    """`core.services.daily.watching.WatchService` as far as the clock needs it."""

    async def tell_due(self) -> int:
        """Tell people what happened to what they follow."""
        ...


class Hints(Protocol):
    """`core.services.chats.hinting.HintService` as far as the clock needs it."""

    async def hint_all(self) -> int:
        """Advise projects whose decisions say something."""
        ...


class Reminders(Protocol):
    """`core.services.daily.reminders.ReminderService` as far as the clock needs it."""

    async def remind_due(self) -> int:
        """Remind everybody whose day has begun."""
        ...


class Privacy(Protocol):
    """`core.services.privacy.retention.RetentionService` as far as the clock needs it."""

    async def retain(self) -> int:
        """Forget old words."""
        ...

    async def purge(self) -> int:
        """Forget chats that were left."""
        ...


@dataclass(frozen=True)
class Jobs:
    """The use cases behind the timetable."""

    transactions: Transactions
    wakeups: Wakeups
    runs: Runs
    reviews: Reviews
    digests: Digests
    weeks: Weeks
    reminders: Reminders
    privacy: Privacy
    news: News
    hints: Hints
    settings: ScheduleSettings

    @property
    def work(self) -> Mapping[Job, Work]:
        """What to call for each job."""
        return {
            Job.EXTRACT: self.extract,
            Job.ANALYSE: self.analyse,
            Job.THRESHOLD: self.extract_when_enough,
            Job.DIGEST: self.digest,
            Job.SNOOZE: lambda _: self.reviews.wake_snoozed(),
            Job.EXPIRE: lambda _: self.reviews.expire_old(),
            Job.CLOSE_REVIEWED: lambda _: self.runs.close_reviewed(),
            Job.REDELIVER: self.redeliver,
            Job.RETENTION: lambda _: self.privacy.retain(),
            Job.PURGE: lambda _: self.privacy.purge(),
            Job.LEARN: self.learn,
            Job.WEEKLY: self.weekly,
            Job.HINT: lambda _: self.hints.hint_all(),
            Job.WATCH: lambda _: self.news.tell_due(),
            Job.REMIND: lambda _: self.reminders.remind_due(),
        }

    async def extract(self, schedule: Schedule) -> None:
        """Read new messages."""
        await self.runs.start_scheduled(_project_of(schedule), Stage.KNOWLEDGE, Trigger.SCHEDULED)

    async def analyse(self, schedule: Schedule) -> None:
        """Find tasks."""
        await self.runs.start_scheduled(_project_of(schedule), Stage.TASKS, Trigger.SCHEDULED)

    async def extract_when_enough(self, schedule: Schedule) -> None:
        """Read new messages once there are `threshold_messages` of them."""
        project_id = _project_of(schedule)
        async with self.transactions.reading() as tx:
            unread = await tx.messages.count_unread(project_id)
        if 0 < self.settings.threshold_messages <= unread:
            await self.runs.start_scheduled(project_id, Stage.KNOWLEDGE, Trigger.THRESHOLD)

    async def digest(self, schedule: Schedule) -> None:
        """Tell the day."""
        await self.digests.send_due(_project_of(schedule))

    async def weekly(self, schedule: Schedule) -> None:
        """Tell the week."""
        await self.weeks.send_due(_project_of(schedule))

    async def redeliver(self, _schedule: Schedule) -> None:
        """Have delivery look whether anything is missing."""
        self.wakeups.wake(Lane.SPOTS)

    async def learn(self, _schedule: Schedule) -> None:
        """Have whoever works learn from decisions; it takes seconds, for which no transaction is held."""
        self.transactions.after_commit(lambda: self.wakeups.wake(Lane.LESSONS))


def _project_of(schedule: Schedule) -> UUID:
    if schedule.project_id is None:
        raise Bug(f"{schedule.job} without a project")
    return schedule.project_id
