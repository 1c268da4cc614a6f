"""Tasks and contributions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from core.domain.evidence import Evidence
from core.domain.ids import Kind, MessageKey, PersonId, Ref
from core.domain.run import Window
from core.domain.task import Contribution, Task, TaskStatus
from core.errors import NotFound
from storage.mapping.work import contribution_columns, contribution_of, task_columns, task_of
from storage.repositories.contributions import contributions_by_task, contributions_to
from storage.repositories.evidence import (
    CONTRIBUTION,
    add_evidence,
    evidence_by_owner,
    remove_evidence,
    replace_evidence,
)
from storage.repositories.following import followed
from storage.repositories.rows import (
    Repository,
    all_rows,
    insert,
    row_where,
    rows_among,
    rows_where,
    swap,
)
from storage.tables import ContributionRow, EvidenceRow, TaskRow, table_of


@dataclass(eq=False)
class SqlTasks(Repository):
    """Tasks, always with their contributions; a parent leads to what became of the draft it was.

    `_added` has the numbers of those added in this transaction.
    """

    _added: dict[UUID, int] = field(default_factory=dict[UUID, int])

    async def get(self, task_id: UUID) -> Task:
        """The task; raises NotFound."""
        tasks = await self._whole(await rows_where(self.connection, TaskRow, id=task_id))
        if not tasks:
            raise NotFound("task", str(task_id))
        return tasks[0]

    async def number_of(self, task_id: UUID) -> int:
        """Its number; raises NotFound."""
        if task_id in self._added:
            return self._added[task_id]
        row = await row_where(self.connection, TaskRow, id=task_id)
        if row is None:
            raise NotFound("task", str(task_id))
        return row.number

    async def find_by_number(self, project_id: UUID, number: int) -> Task | None:
        """The project's task of that number."""
        numbered = sa.select(TaskRow).where(
            col(TaskRow.project_id) == project_id, col(TaskRow.number) == number
        )
        return next(iter(await self._tasks(numbered)), None)

    async def list_of(
        self,
        project_id: UUID,
        *,
        statuses: frozenset[TaskStatus] | None = None,
        assignee: PersonId | None = None,
        due_before: date | None = None,
        created: Window | None = None,
    ) -> list[Task]:
        """Newest first; each filter narrows."""
        which = [col(TaskRow.project_id) == project_id]
        if statuses is not None:
            which.append(col(TaskRow.status).in_(sorted(one.value for one in statuses)))
        if assignee is not None:
            which.append(col(TaskRow.assignee_id) == assignee)
        if due_before is not None:
            which.append(col(TaskRow.due_on) < due_before)
        if created is not None:
            which += [col(TaskRow.created_at) >= created.start, col(TaskRow.created_at) < created.end]
        newest_first = (col(TaskRow.created_at).desc(), col(TaskRow.number).desc())
        return await self._tasks(sa.select(TaskRow).where(*which).order_by(*newest_first))

    async def resting_on(self, key: MessageKey) -> list[Task]:
        """Tasks with evidence from this message, their own or what a merge brought them, oldest first."""
        owners = sa.select(col(EvidenceRow.owner_id)).where(
            col(EvidenceRow.chat_id) == key.chat_id, col(EvidenceRow.message_id) == key.message_id
        )
        given = sa.select(col(ContributionRow.target_id)).where(col(ContributionRow.id).in_(owners))
        resting = (
            sa.select(TaskRow)
            .where(sa.or_(col(TaskRow.id).in_(owners), col(TaskRow.id).in_(given)))
            .order_by(col(TaskRow.created_at), col(TaskRow.number))
        )
        return await self._tasks(resting)

    async def add(self, task: Task) -> None:
        """Store a new task, its contributions apart."""
        await insert(self.connection, TaskRow, task_columns(task))
        await add_evidence(self.connection, Kind.TASK.value, task.id, task.evidence)
        self._added[task.id] = task.number

    async def save(self, task: Task) -> Task:
        """Swap by revision, contributions apart; raises Stale, NotFound.

        A parent that was only followed to what became of it stays stored as it was given.
        """
        row = await row_where(self.connection, TaskRow, id=task.id)
        if row is None:
            raise NotFound("task", str(task.id))
        given = task_of(row, Evidence(), ())
        (read,) = await self._followed([given])
        is_same = task.draft.parent == read.draft.parent
        parent = given.draft.parent if is_same else task.draft.parent
        stored = replace(task, draft=replace(task.draft, parent=parent))
        await swap(self.connection, TaskRow, "task", task_columns(stored))
        await replace_evidence(self.connection, Kind.TASK.value, task.id, task.evidence)
        return replace(task, revision=task.revision + 1)

    async def remove(self, task_id: UUID) -> None:
        """Take a task away with its evidence; what merges gave it is theirs to withdraw."""
        self._added.pop(task_id, None)
        await self.connection.execute(sa.delete(table_of(TaskRow)).where(col(TaskRow.id) == task_id))
        await remove_evidence(self.connection, task_id)

    async def contribute(self, contribution: Contribution) -> None:
        """Store what a merge gives its target."""
        await insert(self.connection, ContributionRow, contribution_columns(contribution))
        await add_evidence(self.connection, CONTRIBUTION, contribution.id, contribution.evidence)

    async def contributions_to(self, target: Ref) -> list[Contribution]:
        """What it was given itself, as the draft it was, or through drafts merged into it; oldest first."""
        return await contributions_to(self.connection, target)

    async def list_contributions(self, proposal_ids: Iterable[UUID]) -> list[Contribution]:
        """What the merges of these proposals gave, in any order."""
        rows = await rows_among(self.connection, ContributionRow, "proposal_id", proposal_ids)
        evidence = await evidence_by_owner(self.connection, (row.id for row in rows))
        return [contribution_of(row, evidence.get(row.id, Evidence())) for row in rows]

    async def withdraw_contribution(self, proposal_id: UUID) -> None:
        """Take away what the merge of this proposal gave."""
        statement = (
            sa.delete(table_of(ContributionRow))
            .where(col(ContributionRow.proposal_id) == proposal_id)
            .returning(col(ContributionRow.id))
        )
        for id_ in (await self.connection.execute(statement)).scalars().all():
            await remove_evidence(self.connection, id_)

    async def _tasks(self, statement: sa.Select[TaskRow]) -> list[Task]:
        return await self._whole(await all_rows(self.connection, statement))

    async def _whole(self, rows: Sequence[TaskRow]) -> list[Task]:
        ids = [row.id for row in rows]
        evidence = await evidence_by_owner(self.connection, ids)
        given = await contributions_by_task(self.connection, ids)
        return await self._followed(
            [task_of(row, evidence.get(row.id, Evidence()), given.get(row.id, ())) for row in rows]
        )

    async def _followed(self, tasks: Sequence[Task]) -> list[Task]:
        parents = {task.draft.parent for task in tasks if task.draft.parent is not None}
        if not any(parent.kind is Kind.PROPOSAL for parent in parents):
            return list(tasks)
        leads = await followed(self.connection, parents)
        return [
            task
            if task.draft.parent is None
            else replace(task, draft=replace(task.draft, parent=leads[task.draft.parent]))
            for task in tasks
        ]
