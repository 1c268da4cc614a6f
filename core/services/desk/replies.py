"""Answers to a task's card: a step, where it stands, a change, or else a comment."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.comment import Comment
from core.domain.evidence import Quote
from core.domain.history import Change, Event, EventTopic
from core.domain.ids import Kind, Ref
from core.domain.message import Message
from core.domain.patch import Instruction, Patch
from core.domain.person import Actor, ChatState, Person, Role
from core.domain.showing.panel import Panel
from core.domain.showing.spot import Spot, place_of
from core.domain.showing.view import TaskCard
from core.domain.task import Task
from core.errors import NotFound, OldPress
from core.ports.analysis import Editor
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.readership import Readership
from core.services.access.rights import role_of
from core.services.daily.tasks import TaskService
from core.services.desk.statuses import StatusService
from core.services.showing.placing import Placing
from core.services.showing.sight import Sight


@dataclass(frozen=True)
class Answered:
    """An answer to the card at a spot, and by whom."""

    spot_id: UUID
    message: Message
    by: Person
    actor: Actor


@dataclass(frozen=True)
class TaskReplyService:
    """What people reply to a task's card: read first, outside of any transaction, for an editor is slow."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing
    editor: Editor
    readership: Readership
    tasks: TaskService
    statuses: StatusService

    async def read(self, answered: Answered) -> Patch | None:
        """What the answer asks to change, None for anything else. Raises BadText, AnalystFailed."""
        async with self.transactions.reading() as tx:
            spot = await tx.spots.get(answered.spot_id)
            asked = await self._instruction(tx, spot, answered)
        patch = None if asked is None else await self.editor.patch(asked)
        if patch is not None:
            patch.ensure_fits()
        return patch

    async def take(self, answered: Answered, patch: Patch | None) -> None:
        """Do what the answer means, as read: a step, its status, a change to confirm, a comment."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(answered.spot_id)
            view, said = _card(spot), answered.message
            if view.panel is Panel.STEPS:
                await self.tasks.add_step(view.task_id, said.text, answered.actor)
            elif not await self.statuses.answered(spot.id, said.text, said.key):
                if patch is None:
                    await self._comment(tx, view.task_id, answered)
                else:
                    changing = replace(view, panel=Panel.CHANGE, patch=patch)
                    await self.placing.turn(tx, spot, changing)

    async def apply(self, spot_id: UUID, actor: Actor, press_version: int) -> Task:
        """Make the change the card shows, and close it; raises OldPress, NotReviewer."""
        async with self.transactions() as tx:
            spot = await tx.spots.get(spot_id)
            view = _card(spot)
            if view.patch is None:
                raise OldPress("")
            changed = await self.tasks.change(view.task_id, view.patch, actor, press_version)
            await self.placing.turn(tx, spot, view.closed())
            return changed

    async def reword(self, message: Message) -> None:
        """An answer that was edited where it stands."""
        async with self.transactions() as tx:
            task_id = await tx.comments.reword(message.key, message.text)
            if task_id is not None:
                await self.placing.touch(tx, task_id)

    async def _instruction(self, tx: UnitOfWork, spot: Spot, answered: Answered) -> Instruction | None:
        """What the editor is asked; None for a step, and for whoever may not change the task."""
        view = _card(spot)
        if view.panel is Panel.STEPS:
            return None
        task = await tx.tasks.get(view.task_id)
        project = await tx.projects.get(task.project_id)
        if await role_of(tx, project, answered.by.id) is Role.MEMBER:
            return None
        now = self.clock.now()
        sight = Sight(tx, place_of(spot), now, self.readership)
        people = await sight.people_for(project, task.evidence)
        return Instruction(answered.message.text, task.draft, answered.by, people, now, project.timezone)

    async def _comment(self, tx: UnitOfWork, task_id: UUID, answered: Answered) -> None:
        """Keep it with the task, where what is said may be kept."""
        message = answered.message
        if not await _may_keep(tx, message, answered.by):
            return
        task = await tx.tasks.get(task_id)
        author, by_id = message.author.name, answered.by.id
        quote = Quote(message.key, message.text, author, message.sent_at, message.thread_id, by_id)
        await tx.comments.add(Comment(self.ids.new(), task_id, quote))
        now, by = self.clock.now(), answered.actor
        item, told = Ref(Kind.TASK, task_id), {"task": task.name}
        await tx.history.add(Change(self.ids.new(), item, now, "commented", by.name, by.person_id))
        await tx.history.tell(
            Event(self.ids.new(), task.project_id, EventTopic.TASKS, "commented", now, told)
        )
        await self.placing.touch(tx, task_id)


def _card(spot: Spot) -> TaskCard:
    if not isinstance(spot.view, TaskCard):
        raise NotFound("card", str(spot.id))
    return spot.view


async def _may_keep(tx: UnitOfWork, message: Message, by: Person) -> bool:
    """Whether words said there, by this person, are stored at all."""
    known = await tx.people.find(by.id) or by
    if known.keeps_out(message.sent_at):
        return False
    if message.key.chat_id == by.id:
        return True
    chat = await tx.chats.find(message.key.chat_id)
    return chat is not None and chat.state is ChatState.READING
