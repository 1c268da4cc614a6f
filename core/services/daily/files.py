"""Taking tasks along: a file in the direct chat of whoever asks, of what they may read there."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.ids import ChatId
from core.domain.person import Person
from core.domain.showing.spot import Place
from core.ports.chat import Fate, Messenger
from core.ports.files import FileFormat, TaskSheet, TaskWriter
from core.ports.unit_of_work import Transactions
from core.ports.world import Clock
from core.services.access.readership import Readership
from core.services.showing.sight import Sight


@dataclass(frozen=True)
class TaskFileService:
    """Reads, then sends; nothing is stored."""

    transactions: Transactions
    clock: Clock
    readership: Readership
    writer: TaskWriter
    messenger: Messenger

    async def send(self, project_id: UUID, person: Person, form: FileFormat) -> bool:
        """Send a project's tasks to a person; False when Telegram did not take the file now."""
        sheet, unasked = await self._sheet(project_id, person)
        if unasked:
            await self.readership.refresh(person.id, unasked)
            sheet, _ = await self._sheet(project_id, person)
        day = sheet.at.astimezone(ZoneInfo(sheet.project.timezone)).date()
        name = f"tasks-{day.isoformat()}.{form}"
        data = self.writer.write(sheet, form)
        outcome = await self.messenger.send_document(ChatId(person.id), name, data)
        return outcome.fate is Fate.SENT

    async def _sheet(self, project_id: UUID, person: Person) -> tuple[TaskSheet, frozenset[ChatId]]:
        """What may be read, and whose members Telegram must be asked for first."""
        now = self.clock.now()
        async with self.transactions.reading() as tx:
            project = await tx.projects.get(project_id)
            sight = Sight(tx, Place(ChatId(person.id), person.id), now, self.readership)
            tasks = await sight.seen_tasks(project, await tx.tasks.list_of(project_id))
            chats = await sight.chats_of(task.whole_evidence for task in tasks)
        sheet = TaskSheet(project, tuple(tasks), chats, person.language, now)
        return sheet, frozenset(sight.unasked)
