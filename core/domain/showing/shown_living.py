"""What a day reminds of, and what can be taken along, loaded for its reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from core.domain.daily.reminder import Agenda
from core.domain.ids import ChatId
from core.domain.person import Chat, Project
from core.domain.showing.view_living import ExportCard, ReminderCard


@dataclass(frozen=True)
class ShownReminder:
    """The reader's tasks that may be read here; `projects` are their names, none where it is one."""

    view: ReminderCard
    agenda: Agenda
    projects: Mapping[UUID, str]
    chats: Mapping[ChatId, Chat]
    is_on: bool = True


@dataclass(frozen=True)
class ShownExport:
    """The project whose tasks can be taken along."""

    view: ExportCard
    project: Project
