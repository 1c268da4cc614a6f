"""Where people say a task stands: "done", "fixed in #42". Somebody is asked; nothing happens by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.ids import MessageKey
from core.domain.message import Message
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Urgency
from core.domain.showing.view import StatusSaid, TaskCard
from core.domain.task import Task, TaskStatus
from core.ports.analysis import Editor
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.showing.placing import Placing
from core.services.showing.reviewing import places_for_review

_WORTH_ASKING = frozenset({TaskStatus.DONE, TaskStatus.DROPPED})
"""What is asked about unasked; that somebody is at it is worth no message."""


@dataclass(frozen=True)
class StatusService:
    """Proposes a task's next status where an answer says it; one tap confirms."""

    transactions: Transactions
    placing: Placing
    editor: Editor

    async def hear(self, tx: UnitOfWork, messages: Iterable[Message]) -> None:
        """Ask those who decide, once a task and status, at their next good moment."""
        for message in messages:
            if message.reply_to is None:
                continue
            status = self.editor.status_said(message.text)
            if status is not None and status in _WORTH_ASKING:
                answered = replace(message.key, message_id=message.reply_to)
                await self._ask(tx, answered, StatusSaid(status, message.key))

    async def answered(self, spot_id: UUID, text: str, key: MessageKey) -> bool:
        """Ask on the task's own card, when the answer to it says where the task stands; else False."""
        status = self.editor.status_said(text)
        if status is None:
            return False
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            if not isinstance(spot.view, TaskCard):
                return False
            task = await tx.tasks.get(spot.view.task_id)
            if task.may_become(status):
                said = StatusSaid(status, key)
                await self.placing.turn(tx, spot, replace(spot.view, panel=Panel.SAID, said=said))
            return task.may_become(status)

    async def _ask(self, tx: UnitOfWork, answered: MessageKey, said: StatusSaid) -> None:
        for task in await tx.tasks.resting_on(answered):
            if not task.may_become(said.status) or await self._is_asked(tx, task, said):
                continue
            project = await tx.projects.get(task.project_id)
            for place in await places_for_review(tx, project, self.placing):
                await self.placing.show(
                    tx, TaskCard(task.id, Panel.SAID, said), place,
                    about={task.id}, urgency=Urgency.CARD, unasked_in=project.rest,
                )  # fmt: skip

    async def _is_asked(self, tx: UnitOfWork, task: Task, said: StatusSaid) -> bool:
        cards = [spot.view for spot in await tx.spots.list_about(task.id)]
        return any(
            isinstance(card, TaskCard) and card.said is not None and card.said.status is said.status
            for card in cards
        )
