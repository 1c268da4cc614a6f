"""A project's settings in one message: which page is open, which knob on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from core.domain.knobs import Knob


class SettingsPage(StrEnum):
    """What the settings have open."""

    MAIN = "main"
    ABOUT = "about"
    RHYTHM = "rhythm"
    REVIEW = "review"
    QUIET = "quiet"
    HISTORY = "history"


PAGES: Mapping[SettingsPage, tuple[Knob, ...]] = {
    SettingsPage.ABOUT: (Knob.NAME, Knob.DESCRIPTION, Knob.KEYWORDS, Knob.COMPONENTS, Knob.GLOSSARY),
    SettingsPage.RHYTHM: (
        Knob.LANGUAGE, Knob.TIMEZONE, Knob.EXTRACT, Knob.ANALYSE, Knob.DIGEST, Knob.WEEKLY,
        Knob.DIGEST_IN_GROUP,
    ),
    SettingsPage.REVIEW: (
        Knob.CARDS_PER_RUN, Knob.TICK_CONFIDENCE, Knob.PROPOSE_FROM, Knob.AUTO_APPROVE, Knob.QUEUE_LIMIT,
        Knob.EXPIRE_DAYS, Knob.REJECTION_MEMORY_DAYS,
    ),
    SettingsPage.QUIET: (
        Knob.QUIET_FROM, Knob.QUIET_UNTIL, Knob.WEEKENDS, Knob.MESSAGES_PER_DAY, Knob.RETENTION_DAYS,
    ),
}  # fmt: skip
"""The knobs of each page, in order; where reviewers decide is turned on the first page itself."""


@dataclass(frozen=True)
class ProjectCard:
    """A project's settings: a page, a knob that is being turned, and the history's page from 0."""

    project_id: UUID
    page: SettingsPage = SettingsPage.MAIN
    knob: Knob | None = None
    at: int = 0

    def opened(self, page: SettingsPage) -> "ProjectCard":
        """Another page."""
        return ProjectCard(self.project_id, page)

    def asking(self, knob: Knob | None) -> "ProjectCard":
        """The same page with a knob to be turned, or none."""
        return replace(self, knob=knob)
