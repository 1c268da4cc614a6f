"""What one load has in hand: the transaction, the place, and what may be read there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.ids import ChatId, Kind, PersonId, Ref
from core.domain.knowledge import Atom
from core.domain.person import Chat, Person, Project, Role
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.showing.shown import Shown
from core.domain.showing.shown_known import Merged
from core.domain.showing.spot import Place
from core.domain.showing.view import View
from core.domain.task import Contribution, Task
from core.errors import NotFound
from core.ports.unit_of_work import UnitOfWork
from core.services.access.readership import Readership
from core.services.access.rights import administrators_of, reviewed_projects, reviewers_of, role_of

PAGE = 10
"""Items on a page of a list."""


class Rests(Protocol):
    """Whatever rests on messages."""

    @property
    def evidence(self) -> Evidence:
        """The messages."""
        ...


Item = TypeVar("Item", bound=Rests)
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Picture:
    """What one View shows now.

    `project` gives the reader its time zone. `repaint_at` is when it changes by itself; `not_before` keeps
    progress slow. `turn_to` is the view the spot must have before anything can be shown.
    """

    shown: Shown
    project: Project | None = None
    repaint_at: datetime | None = None
    not_before: datetime | None = None
    turn_to: View | None = None


@dataclass(frozen=True)
class Sight:
    """One load at one place. `unasked` gathers chats whose members Telegram must be asked for."""

    tx: UnitOfWork
    place: Place
    now: datetime
    readership: Readership
    unasked: set[ChatId] = field(default_factory=set[ChatId])

    async def sees(self, project: Project, evidence: Evidence) -> bool:
        """Whether an item resting on this evidence may be shown here."""
        unasked = await self.readership.unasked(self.tx, self.place, evidence.chats)
        self.unasked.update(unasked)
        return await self.readership.sees(self.tx, self.place, project, evidence)

    async def seen(self, project: Project, items: Sequence[Item]) -> list[Item]:
        """Those items that may be shown here, in their order; each set of chats is looked up once."""
        answers: dict[frozenset[ChatId], bool] = {}
        for item in items:
            if item.evidence.chats not in answers:
                answers[item.evidence.chats] = await self.sees(project, item.evidence)
        return [item for item in items if answers[item.evidence.chats]]

    async def seen_task(self, project: Project, task: Task) -> Task | None:
        """A task without what it was given by words not readable here; None when it is withheld."""
        if not await self.sees(project, task.evidence):
            return None
        return replace(task, contributions=tuple(await self.seen(project, task.contributions)))

    async def seen_tasks(self, project: Project, tasks: Iterable[Task]) -> list[Task]:
        """Those tasks that may be shown here, each as `seen_task` has it."""
        found = [await self.seen_task(project, task) for task in tasks]
        return [task for task in found if task is not None]

    async def sees_item(self, project: Project, item: Ref) -> bool:
        """Whether an item that is only named here may be named."""
        return await self.sees(project, (await item_of(self.tx, item)).evidence)

    async def chats_of(self, evidences: Iterable[Evidence]) -> dict[ChatId, Chat]:
        """The chats something was said in, for links."""
        return await self.tx.chats.list_ids({chat for one in evidences for chat in one.chats})

    async def project_name(self, project: Project) -> str:
        """The project's name where the reader has several, else ""."""
        if self.place.reader_id is None:
            bound = await self.tx.chats.bindings_of_chat(self.place.chat_id)
            return project.name if len({one.project_id for one in bound}) > 1 else ""
        reviewed = await reviewed_projects(self.tx, self.place.reader_id)
        return project.name if len(reviewed) > 1 else ""

    async def role(self, project: Project | None) -> Role:
        """What the reader may do; a group's readers are members."""
        if project is None or self.place.reader_id is None:
            return Role.MEMBER
        return await role_of(self.tx, project, self.place.reader_id)

    async def people_for(self, project: Project, evidence: Evidence) -> tuple[Person, ...]:
        """Who may be given a task: those it was said by, the reader, the project's people."""
        names = [quote.author for quote in evidence.quotes]
        authors = await self.tx.people.list_by_names(project.id, names)
        ids = {*await self.tx.people.roles_of(project.id), *await administrators_of(self.tx, project.id)}
        ids |= {self.place.reader_id} if self.place.reader_id is not None else set[PersonId]()
        known = await self.tx.people.list_ids(ids)
        by_name = sorted(known.values(), key=lambda person: person.name.casefold())
        found = {person.id: person for person in (*authors.values(), *by_name)}
        return tuple(found.values())

    async def may_review(self, project: Project) -> tuple[tuple[Person, bool], ...]:
        """People who may be reviewers by name, each with whether they are."""
        reviewers = set(await reviewers_of(self.tx, project))
        ids = {*reviewers, *await self.tx.people.roles_of(project.id)}
        ids |= await administrators_of(self.tx, project.id)
        people = (await self.tx.people.list_ids(ids)).values()
        return tuple(
            (person, person.id in reviewers)
            for person in sorted(people, key=lambda person: (person.name.casefold(), person.id))
        )

    async def act_undo(self, act_id: UUID | None, minutes: int) -> tuple[list[Proposal], datetime | None]:
        """The proposals of one act, and until when it can be undone."""
        if act_id is None:
            return [], None
        act = await self.tx.proposals.list_act(act_id)
        ends = [end for one in act if (end := self.undo_until(one, minutes)) is not None]
        return act, max(ends, default=None)

    def undo_until(self, proposal: Proposal, minutes: int) -> datetime | None:
        """Until when a decision can be undone; None when it is pending or the window is over."""
        if proposal.review is None or proposal.status is ProposalStatus.PENDING:
            return None
        end = proposal.review.at + timedelta(minutes=minutes)
        return end if end > self.now else None


async def merged_in(sight: Sight, given: Iterable[Contribution]) -> tuple[Merged, ...]:
    """The proposals whose merges gave these, with what each gave."""
    gains = {one.proposal_id: one.gain for one in given}
    givers = await sight.tx.proposals.list_ids(gains)
    return tuple(Merged(one, gains[one.id]) for one in givers if one.status is ProposalStatus.MERGED)


async def item_of(tx: UnitOfWork, item: Ref) -> Task | Atom | Proposal:
    """A task, note or proposal by its reference; raises NotFound."""
    if item.kind is Kind.TASK:
        return await tx.tasks.get(item.id)
    if item.kind is Kind.ATOM:
        return await tx.knowledge.get_atom(item.id)
    return await tx.proposals.get(item.id)


async def find_item(tx: UnitOfWork, item: Ref) -> Task | Atom | Proposal | None:
    """The same, None where it is gone."""
    try:
        return await item_of(tx, item)
    except NotFound:
        return None


async def find_known(tx: UnitOfWork, item: Ref) -> Task | Atom | None:
    """A note or task; None when it is gone: the index may name what an undo has just taken away."""
    found = None if item.kind is Kind.PROPOSAL else await find_item(tx, item)
    return found if isinstance(found, Task | Atom) else None


def page_of(items: Sequence[Entry], page: int, size: int = PAGE) -> tuple[tuple[Entry, ...], int, int]:
    """The items of one page, that page's number from 0, and how many pages there are (at least 1).

    A page past the end is the last one: the list may have grown shorter since it was painted.
    """
    pages = max(1, -(-len(items) // size))
    present = min(max(0, page), pages - 1)
    return tuple(items[present * size : (present + 1) * size]), present, pages
