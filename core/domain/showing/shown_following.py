"""What a painter gets of what people follow, of the week, and of hint."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.domain.daily.digest import Digest
from core.domain.hints import Hint
from core.domain.ids import ChatId
from core.domain.person import Chat, Project
from core.domain.showing.view_following import HintCard, NewsCard, WatchesCard, WeekCard
from core.domain.task import Task
from core.domain.watching import News, Watched


@dataclass(frozen=True)
class ShownWatches:
    """What can be followed; `followed` is what the reader does, None in a group."""

    view: WatchesCard
    project: Project
    followed: frozenset[Watched] | None


@dataclass(frozen=True)
class ShownNews:
    """News, with the tasks the reader may see."""

    view: NewsCard
    project: Project
    news: News
    tasks: tuple[Task, ...] = ()
    withheld: int = 0


@dataclass(frozen=True)
class ShownWeek:
    """A week; `done` and `open_tasks` count tasks, `overdue` those of the open ones past their date."""

    view: WeekCard
    digest: Digest
    chats: Mapping[ChatId, Chat]
    is_for_reviewers: bool
    replaced: Mapping[UUID, str] = field(default_factory=dict[UUID, str])
    done: int = 0
    open_tasks: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class ShownHint:
    """Hint about a project's knobs."""

    view: HintCard
    project: Project
    hint: Hint
