"""What happened: changes of items, and events others may follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from core.domain.ids import PersonId, Ref


@dataclass(frozen=True)
class Change:
    """One change of a proposal, task, topic or atom: who, when, what was, what is."""

    id: UUID
    item: Ref
    at: datetime
    what: str
    by: str
    by_id: PersonId | None = None
    before: Mapping[str, str] = field(default_factory=dict[str, str])
    after: Mapping[str, str] = field(default_factory=dict[str, str])


class EventTopic(StrEnum):
    """What an event is about."""

    MESSAGES = "messages"
    KNOWLEDGE = "knowledge"
    RUNS = "runs"
    PROPOSALS = "proposals"
    TASKS = "tasks"
    AGENTS = "agents"
    NOISE = "noise"


@dataclass(frozen=True)
class Event:
    """Something others may follow: topic, name, what with, when."""

    id: UUID
    project_id: UUID
    topic: EventTopic
    name: str
    at: datetime
    payload: Mapping[str, str] = field(default_factory=dict[str, str])
