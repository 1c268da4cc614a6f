"""What people follow, news, the week, and hint."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from core.domain.daily.digest import Digest
from core.domain.hints import Hint
from core.domain.ids import PersonId
from core.domain.person import Project
from core.domain.run import Window
from core.domain.showing.shown_following import ShownHint, ShownNews, ShownWatches, ShownWeek
from core.domain.showing.view_following import HintCard, NewsCard, WatchesCard, WeekCard
from core.domain.trust import Share
from core.domain.watching import TOPICS, Watched, news_of
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.load_lists import replaced_by
from core.services.showing.load_runs import OPEN_TASKS
from core.services.showing.sight import Picture, Sight


class Weeks(Protocol):
    """Tells a week (`core.services.daily.digests.DigestService`)."""

    async def week_in(self, tx: UnitOfWork, project: Project, monday: date) -> tuple[Digest, int]:
        """What a week brought, and how many tasks were done in it."""
        ...


Followed = Callable[[UnitOfWork, Project, PersonId], Awaitable[frozenset[Watched]]]


@dataclass(frozen=True)
class FollowingLoader:
    """Loads what is told of what people follow; what may not be read here is left out."""

    weeks: Weeks
    followed: Followed

    async def watches(self, sight: Sight, view: WatchesCard) -> Picture:
        """A WatchesCard."""
        project = await sight.tx.projects.get(view.project_id)
        reader = sight.place.reader_id
        followed = None if reader is None else await self.followed(sight.tx, project, reader)
        return Picture(ShownWatches(view, project, followed), project)

    async def news(self, sight: Sight, view: NewsCard) -> Picture:
        """A NewsCard; its tasks as they are now, those gone left out."""
        project = await sight.tx.projects.get(view.project_id)
        topics = [TOPICS[one] for one in view.what]
        news = news_of(
            await sight.tx.history.list_events(project.id, topics, Window(view.since, view.until))
        )
        numbers = [int(name.partition("-")[2]) for name in news.tasks]
        found = [await sight.tx.tasks.find_by_number(project.id, one) for one in numbers]
        tasks = [task for task in found if task is not None]
        seen = await sight.seen_tasks(project, tasks)
        return Picture(ShownNews(view, project, news, tuple(seen), len(tasks) - len(seen)), project)

    async def week(self, sight: Sight, view: WeekCard) -> Picture:
        """A WeekCard; what waits and was left out only where reviewers decide."""
        project = await sight.tx.projects.get(view.project_id)
        digest, done = await self.weeks.week_in(sight.tx, project, view.monday)
        digest = replace(
            digest,
            decided=tuple(await sight.seen(project, digest.decided)),
            tasks=tuple(await sight.seen_tasks(project, digest.tasks)),
            questions=tuple(await sight.seen(project, digest.questions)),
        )
        open_tasks = await sight.seen_tasks(
            project, await sight.tx.tasks.list_of(project.id, statuses=OPEN_TASKS)
        )
        today = sight.now.astimezone(ZoneInfo(project.timezone)).date()
        rests = (*digest.decided, *digest.tasks, *digest.questions)
        shown = ShownWeek(
            view=view,
            digest=digest,
            chats=await sight.chats_of(one.evidence for one in rests),
            is_for_reviewers=await sight.readership.decide_here(sight.tx, sight.place, project),
            replaced=await replaced_by(sight, project, digest.decided),
            done=done,
            open_tasks=len(open_tasks),
            overdue=sum(1 for one in open_tasks if one.draft.due is not None and one.draft.due.on < today),
        )
        return Picture(shown, project)


async def load_hint(sight: Sight, view: HintCard) -> Picture:
    """An HintCard: counts alone, as they were when it was given."""
    project = await sight.tx.projects.get(view.project_id)
    hint = Hint(view.knob, view.value, Share(view.hits, view.of))
    return Picture(ShownHint(view, project, hint), project)
