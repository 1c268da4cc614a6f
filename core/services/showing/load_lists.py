"""Lists people page through, and the digest."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.daily.digest import Digest
from core.domain.ids import Kind
from core.domain.knowledge import Atom, LinkType
from core.domain.person import Project, Role
from core.domain.proposal import DECIDED_ON, Proposal, ProposalStatus
from core.domain.showing.shown import ShownDigest
from core.domain.showing.shown_lists import ShownPending, ShownTasks
from core.domain.showing.view import DigestCard, PendingList, TaskFilter, TaskList
from core.domain.task import Task
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.load_known import sentences_for
from core.services.showing.load_living import is_reminded
from core.services.showing.load_runs import OPEN_TASKS
from core.services.showing.sight import Picture, Sight, page_of

EXPIRED_FOR = timedelta(days=90)
"""What was let go longer ago is no longer offered to be brought back."""


class Days(Protocol):
    """Tells a day (`core.services.daily.digests.DigestService`)."""

    async def digest_in(self, tx: UnitOfWork, project: Project, day: date) -> Digest:
        """What one day brought a project."""
        ...


@dataclass(frozen=True)
class ListLoader:
    """Loads lists and digests; what may not be read here is left out of them."""

    days: Days

    async def tasks(self, sight: Sight, view: TaskList) -> Picture:
        """A TaskList."""
        project = await sight.tx.projects.get(view.project_id)
        seen = await sight.seen_tasks(project, await _tasks(sight, view, project))
        present, page, pages = page_of(seen, view.page)
        shown = ShownTasks(replace(view, page=page), project, present, len(seen), pages)
        if view.filter is TaskFilter.MINE and sight.place.reader_id is not None:
            shown = replace(shown, is_reminded=await is_reminded(sight, sight.place.reader_id))
        return Picture(shown, project)

    async def pending(self, sight: Sight, view: PendingList) -> Picture:
        """A PendingList."""
        project = await sight.tx.projects.get(view.project_id)
        found = await _waiting(sight, view)
        seen = await sight.seen(project, found)
        present, page, pages = page_of(seen, view.page)
        shown = ShownPending(
            replace(view, page=page), project, present, len(seen), pages, len(found) - len(seen)
        )
        return Picture(shown, project)

    async def digest(self, sight: Sight, view: DigestCard) -> Picture:
        """A DigestCard; Waiting and Left out only where reviewers decide."""
        project = await sight.tx.projects.get(view.project_id)
        digest = await self.days.digest_in(sight.tx, project, view.day)
        digest = replace(
            digest,
            decided=tuple(await sight.seen(project, digest.decided)),
            tasks=tuple(await sight.seen_tasks(project, digest.tasks)),
            questions=tuple(await sight.seen(project, digest.questions)),
        )
        is_for_reviewers = await sight.readership.decide_here(sight.tx, sight.place, project)
        is_owner = await sight.role(project) is Role.OWNER
        may_press = is_owner or (sight.place.reader_id is None and is_for_reviewers)
        rests = (*digest.decided, *digest.tasks, *digest.questions)
        shown = ShownDigest(
            view=view,
            digest=digest,
            chats=await sight.chats_of(one.evidence for one in rests),
            is_for_reviewers=is_for_reviewers,
            may_share=may_press and not project.digest_in_group,
            replaced=await replaced_by(sight, project, digest.decided),
            sentences=await sentences_for(sight, project, view.wording),
        )
        return Picture(shown, project)


async def _tasks(sight: Sight, view: TaskList, project: Project) -> list[Task]:
    tasks = sight.tx.tasks
    if view.filter is TaskFilter.MINE:
        mine = sight.place.reader_id or view.asker
        return [] if mine is None else await tasks.list_of(project.id, statuses=OPEN_TASKS, assignee=mine)
    if view.filter is TaskFilter.OVERDUE:
        today = sight.now.astimezone(ZoneInfo(project.timezone)).date()
        return await tasks.list_of(project.id, statuses=OPEN_TASKS, due_before=today)
    found = await tasks.list_of(project.id, statuses=OPEN_TASKS)
    if view.filter is TaskFilter.UNOWNED:
        return [one for one in found if one.draft.assignee is None or not one.draft.assignee.has_agreed]
    return found


async def _waiting(sight: Sight, view: PendingList) -> list[Proposal]:
    proposals = sight.tx.proposals
    if not view.is_expired:
        return await proposals.list_pending(view.project_id, kinds=DECIDED_ON)
    since = sight.now - EXPIRED_FOR
    return await proposals.list_settled(view.project_id, ProposalStatus.EXPIRED, since, DECIDED_ON)


async def replaced_by(sight: Sight, project: Project, decided: tuple[Atom, ...]) -> Mapping[UUID, str]:
    """The title of what each decision put out of force, where the reader may read that."""
    found: dict[UUID, str] = {}
    for decision in decided:
        for link in decision.links:
            if link.type is LinkType.CONTRADICTS and link.target.kind is Kind.ATOM:
                old = await sight.tx.knowledge.get_atom(link.target.id)
                if old.valid_until is not None and await sight.sees(project, old.evidence):
                    found[decision.id] = old.title
    return found
