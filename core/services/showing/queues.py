"""What a review session goes through, for the one who decides and for the one who paints."""

from datetime import datetime

from core.domain.ids import Kind, PersonId
from core.domain.person import Project
from core.domain.proposal import Proposal
from core.domain.run import Stage
from core.domain.showing.queue import queue_of
from core.domain.showing.view import SessionCard
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
    """The session's pending, awake notes and tasks in its order; subjects go with their notes."""
    waiting: list[Proposal] = []
    for project in await projects_in(tx, view, reader):
        waiting += await tx.proposals.list_pending(project.id, kinds=_KINDS[view.stage], awake_at=now)
    return queue_of(waiting, view)
