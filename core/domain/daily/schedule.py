"""What is due when: one row a job, claimed by moving its next time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Job(StrEnum):
    """What fires by the clock."""

    EXTRACT = "extract"
    ANALYSE = "analyse"
    DIGEST = "digest"
    SNOOZE = "snooze"
    REDELIVER = "redeliver"
    CLOSE_REVIEWED = "close_reviewed"
    EXPIRE = "expire"
    RETENTION = "retention"
    PURGE = "purge"
    THRESHOLD = "threshold"
    LEARN = "learn"
    WEEKLY = "weekly"
    HINT = "hint"
    WATCH = "watch"
    REMIND = "remind"


@dataclass(frozen=True)
class Schedule:
    """A job's rule and next time. `rule` is cron, `HH:MM` or `every N` seconds; "" is off.

    Project jobs have a project and its time zone; the installation's own have none and UTC.
    """

    job: Job
    rule: str
    next_at: datetime | None
    project_id: UUID | None = None
    timezone: str = "UTC"
