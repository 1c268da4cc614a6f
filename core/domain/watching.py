"""What a person follows of a project, and what happened since they were told; pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.history import Event, EventTopic
from core.domain.ids import PersonId


class Watched(StrEnum):
    """What can be followed: three topics of events as news, and the digests in one's direct chat."""

    RUNS = "runs"
    PROPOSALS = "proposals"
    TASKS = "tasks"
    DIGEST = "digest"
    WEEKLY = "weekly"


TOPICS: Mapping[Watched, EventTopic] = {
    Watched.RUNS: EventTopic.RUNS,
    Watched.PROPOSALS: EventTopic.PROPOSALS,
    Watched.TASKS: EventTopic.TASKS,
}
"""The topic behind each kind of news."""
ENDED = ("completed", "failed", "cancelled", "closed")
"""What is told of runs: how they ended, not each step."""
SETTLED = ("captured", "approved", "merged", "rejected", "expired")
"""What is told of proposals; a snooze or an edit is between reviewers."""


@dataclass(frozen=True)
class Watch:
    """Whether a person follows something of a project; `told_at` is how far they were told."""

    project_id: UUID
    person_id: PersonId
    what: Watched
    is_on: bool
    told_at: datetime

    def turned(self, at: datetime) -> "Watch":
        """The other way round; who begins to follow hears of what comes from now on."""
        return replace(self, is_on=not self.is_on, told_at=at)


@dataclass(frozen=True)
class News:
    """What happened, by name: runs with how they ended, proposals counted, tasks once each."""

    runs: tuple[tuple[str, str], ...] = ()
    proposals: Mapping[str, int] | None = None
    tasks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.runs or self.proposals or self.tasks)


def news_of(events: Iterable[Event]) -> News:
    """The news in events, oldest first; of a run only its last end."""
    runs: dict[str, str] = {}
    proposals: Counter[str] = Counter()
    tasks: dict[str, None] = {}
    for event in events:
        if event.topic is EventTopic.RUNS and event.name in ENDED:
            runs[event.payload.get("run", "")] = event.name
        elif event.topic is EventTopic.PROPOSALS and event.name in SETTLED:
            proposals[event.name] += 1
        elif event.topic is EventTopic.TASKS:
            tasks[event.payload.get("task", "")] = None
    return News(tuple(runs.items()), dict(proposals), tuple(tasks))
