"""What a review session goes through, for the one who decides and for the one who paints."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from core.domain.ids import Kind, PersonId
from core.domain.knowledge import AtomDraft
from core.domain.person import Project
from core.domain.proposal import Proposal
from core.domain.run import Stage
from core.domain.showing.queue import queue_of
from core.domain.showing.view import SessionCard
from core.domain.task import TaskDraft
from core.ports.unit_of_work import UnitOfWork
from core.services.access.rights import reviewed_projects

_KINDS = {
    Stage.KNOWLEDGE: frozenset({Kind.ATOM}),
    Stage.TASKS: frozenset({Kind.TASK}),
    None: frozenset({Kind.ATOM, Kind.TASK}),
}


async def projects_in(tx: UnitOfWork, view: SessionCard, reader: PersonId | None) -> list[Project]:
    """The session's one project, or all the reader reviews."""
    if view.project_id is not None:
        return [await tx.projects.get(view.project_id)]
    return [] if reader is None else await reviewed_projects(tx, reader)


async def queue_in(
    tx: UnitOfWork, view: SessionCard, reader: PersonId | None, now: datetime
) -> list[Proposal]:
    """The session's pending, awake notes and tasks that fit its sieve, in its order."""
    waiting = await waiting_in(tx, view, reader, now)
    if view.sieve.is_open:
        return queue_of(waiting, view)
    subjects = await subjects_of(tx, waiting)
    fitting = [one for one in waiting if view.sieve.lets(one, subjects.get(one.id), now)]
    return queue_of(fitting, view)


async def waiting_in(
    tx: UnitOfWork, view: SessionCard, reader: PersonId | None, now: datetime
) -> list[Proposal]:
    """The session's pending, awake notes and tasks, whatever its sieve; subjects go with their notes."""
    waiting: list[Proposal] = []
    for project in await projects_in(tx, view, reader):
        waiting += await tx.proposals.list_pending(project.id, kinds=_KINDS[view.stage], awake_at=now)
    return waiting


async def subjects_of(tx: UnitOfWork, proposals: Iterable[Proposal]) -> dict[UUID, UUID]:
    """What each is about, by its id: a note's subject; a task's, by the first note it stands on."""
    given = list(proposals)
    tasks = [one for one in given if isinstance(one.content, TaskDraft) and one.sources]
    known: dict[UUID, UUID] = {}
    for project_id in {one.project_id for one in tasks}:
        atoms = await tx.knowledge.list_atoms(project_id, only_in_force=False)
        known |= {atom.id: atom.topic.id for atom in atoms if atom.topic is not None}
    found = {one.id: known[one.sources[0]] for one in tasks if one.sources[0] in known}
    for one in given:
        if isinstance(one.content, AtomDraft) and one.content.topic is not None:
            found[one.id] = one.content.topic.id
    return found
