"""Tasks as people live with them: found by number, moved, taken, given, dated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.domain.history import Change, Event, EventTopic
from core.domain.ids import Kind, PersonId, Ref, number_of
from core.domain.patch import Patch, difference
from core.domain.person import Actor
from core.domain.task import Assignee, Due, Task, TaskStatus
from core.errors import Ambiguous, Anonymous, NotAsked, NotFound, OldPress
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.rights import ensure_reviewer
from core.services.showing.placing import Placing


@dataclass(frozen=True)
class TaskService:
    """Anybody of the team moves and takes tasks; giving them to others and dating them needs a reviewer."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing

    async def find(self, project_ids: Iterable[UUID], number: int, *, current: UUID | None = None) -> Task:
        """The task of that number, the current project's where it has one.

        Raises NotFound, or Ambiguous naming the projects that have it.
        """
        found: dict[str, Task] = {}
        async with self.transactions.reading() as tx:
            for project_id in dict.fromkeys(project_ids):
                task = await tx.tasks.find_by_number(project_id, number)
                if task is not None and project_id == current:
                    return task
                if task is not None:
                    found[(await tx.projects.get(project_id)).name] = task
        name = number_of(Kind.TASK, number)
        if not found:
            raise NotFound("task", name)
        if len(found) > 1:
            raise Ambiguous(name, tuple(sorted(found)))
        return next(iter(found.values()))

    async def move(self, task_id: UUID, status: TaskStatus, actor: Actor) -> Task:
        """Another status; raises WrongStep, and Anonymous for who has no face."""
        _ensure_face(actor)
        async with self.transactions() as tx:
            task = await tx.tasks.get(task_id)
            moved = task.moved(status)
            return await self._save(tx, task, moved, actor, "moved")

    async def assign(self, task_id: UUID, person_id: PersonId | None, actor: Actor) -> Task:
        """Take it, give it back, or as a reviewer ask somebody else; raises NotReviewer, NotFound."""
        _ensure_face(actor)
        async with self.transactions() as tx:
            task = await tx.tasks.get(task_id)
            if not _is_own(task, person_id, actor):
                await ensure_reviewer(tx, task.project_id, actor)
            assignee = None if person_id is None else await _assignee(tx, person_id, actor)
            return await self._save(tx, task, task.assigned(assignee), actor, "assigned")

    async def due(self, task_id: UUID, on: date | None, actor: Actor) -> Task:
        """Another date or none; raises NotReviewer."""
        _ensure_face(actor)
        async with self.transactions() as tx:
            task = await tx.tasks.get(task_id)
            await ensure_reviewer(tx, task.project_id, actor)
            dated = task.due_on(None if on is None else Due(on))
            return await self._save(tx, task, dated, actor, "due")

    async def decline(self, task_id: UUID, actor: Actor) -> Task:
        """Not me: whoever was only asked gives it back; raises NotAsked."""
        _ensure_face(actor)
        async with self.transactions() as tx:
            task = await tx.tasks.get(task_id)
            if not task.is_asked(actor.person_id):
                raise NotAsked(task.name)
            return await self._save(tx, task, task.assigned(None), actor, "declined")

    async def tick(self, task_id: UUID, at: int, actor: Actor) -> Task:
        """One of its sub-tasks, by its place from 0, is done or is to be done again."""
        _ensure_face(actor)
        async with self.transactions() as tx:
            task = await tx.tasks.get(task_id)
            return await self._save(tx, task, task.stepped(at), actor, "ticked")

    async def add_step(self, task_id: UUID, text: str, actor: Actor) -> Task:
        """One more sub-task; raises BadText."""
        _ensure_face(actor)
        async with self.transactions() as tx:
            task = await tx.tasks.get(task_id)
            return await self._save(tx, task, task.with_step(text), actor, "step-added")

    async def change(self, task_id: UUID, patch: Patch, actor: Actor, press_version: int) -> Task:
        """Make the change that was shown; raises NotReviewer, OldPress when either is another by now."""
        _ensure_face(actor)
        async with self.transactions() as tx:
            task = await tx.tasks.get(task_id)
            await ensure_reviewer(tx, task.project_id, actor)
            if patch.task_version(task) != press_version:
                raise OldPress(task.name)
            changed = task.changed(patch.applied_to_task(task.draft))
            saved = await self._save(tx, task, changed, actor, "edited")
            draft = changed.draft
            await tx.search.put_text(
                Ref(Kind.TASK, task.id), task.project_id, draft.title, draft.description
            )
            return saved

    async def _save(self, tx: UnitOfWork, before: Task, after: Task, actor: Actor, what: str) -> Task:
        saved = await tx.tasks.save(after)
        now, told = self.clock.now(), difference(before.draft, after.draft)
        await tx.history.add(
            Change(
                self.ids.new(), Ref(Kind.TASK, after.id), now, what, actor.name, actor.person_id,
                before={"status": before.status.value, **{one.field.value: one.was for one in told}},
                after={"status": after.status.value, **{one.field.value: one.now for one in told}},
            )
        )  # fmt: skip
        payload = {"task": after.name, "status": after.status.value}
        await tx.history.tell(Event(self.ids.new(), after.project_id, EventTopic.TASKS, what, now, payload))
        await self.placing.touch(tx, after.id, summing_up=(after.project_id,))
        return saved


def _ensure_face(actor: Actor) -> None:
    if actor.is_anonymous:
        raise Anonymous


def _is_own(task: Task, person_id: PersonId | None, actor: Actor) -> bool:
    """Whether somebody takes it for themselves, or gives back what was theirs or asked of them."""
    if person_id is not None:
        return person_id == actor.person_id
    assignee = task.draft.assignee
    return assignee is not None and assignee.person_id == actor.person_id


async def _assignee(tx: UnitOfWork, person_id: PersonId, actor: Actor) -> Assignee:
    person = await tx.people.find(person_id)
    if person is None:
        raise NotFound("person", str(person_id))
    return Assignee(person.name, person_id, has_agreed=person_id == actor.person_id)
