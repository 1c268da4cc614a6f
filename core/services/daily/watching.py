"""Following a project: who follows what, and news of it in one's direct chat."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID

from core.domain.ids import ChatId, PersonId
from core.domain.person import Actor, Person, Project, Role
from core.domain.run import Window
from core.domain.showing.spot import Place, Urgency
from core.domain.showing.view_following import NewsCard, WatchesCard
from core.domain.watching import TOPICS, Watch, Watched, news_of
from core.errors import Anonymous, NoProject
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import projects_of_person, role_of
from core.services.showing.placing import Placing

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
REVIEWERS_FOLLOW = frozenset({Watched.DIGEST, Watched.WEEKLY})
"""What reviewers get in direct chat until they say otherwise."""


@dataclass(frozen=True)
class WatchService:
    """`/watch`: each for oneself; what is told waits for a good moment and comes together."""

    transactions: Transactions
    clock: Clock
    placing: Placing

    async def toggle(self, project_id: UUID, what: Watched, actor: Actor) -> bool:
        """Begin to follow something, or stop; return whether it is followed now.

        Raises Anonymous, and NoProject for who has nothing to do with the project.
        """
        if actor.is_anonymous:
            raise Anonymous
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            if project not in await projects_of_person(tx, actor.person_id):
                raise NoProject
            known = await find_watch(tx, project, what, actor.person_id)
            turned = known.turned(self.clock.now())
            await tx.watches.put(turned)
            await self.placing.touch(tx, project_id)
            return turned.is_on

    async def toggle_and_show(self, project_id: UUID, what: Watched, actor: Actor, place: Place) -> None:
        """The same, answered with what is followed now."""
        async with self.transactions() as tx:
            await self.toggle(project_id, what, actor)
            await self.placing.show(tx, WatchesCard(project_id), place, about={project_id})

    async def tell_due(self) -> int:
        """Have everybody told what happened to what they follow; return how many."""
        told = 0
        async with self.transactions() as tx:
            for project in await tx.projects.list_all():
                watches = [one for one in await tx.watches.list_of(project.id, TOPICS) if one.is_on]
                for person_id, theirs in groupby(watches, lambda one: one.person_id):
                    told += await self._tell(tx, project, person_id, list(theirs))
        return told

    async def _tell(
        self, tx: UnitOfWork, project: Project, person_id: PersonId, watches: list[Watch]
    ) -> bool:
        now = self.clock.now()
        person = await tx.people.find(person_id)
        if person is None or not await _may_hear(tx, person, project):
            return False
        since = min(one.told_at for one in watches)
        topics = [TOPICS[one.what] for one in watches]
        begins = {TOPICS[one.what]: one.told_at for one in watches}
        events = await tx.history.list_events(project.id, topics, Window(since, now))
        if news_of(one for one in events if one.at >= begins[one.topic]).is_empty:
            return False
        view = NewsCard(project.id, tuple(one.what for one in watches), since, now)
        await self._show(tx, project, view, person)
        for watch in watches:
            await tx.watches.put(replace(watch, told_at=now))
        return True

    async def _show(self, tx: UnitOfWork, project: Project, view: NewsCard, person: Person) -> None:
        """A message of its own, or more in the one that still waits for its moment."""
        chat_id = ChatId(person.id)
        for spot in await tx.spots.list_unsaid(chat_id, self.clock.now()):
            if isinstance(spot.view, NewsCard) and spot.view.project_id == project.id:
                await self.placing.turn(tx, spot, replace(view, since=spot.view.since))
                return
        await self.placing.show(
            tx, view, Place(chat_id, reader_id=person.id),
            about={project.id}, urgency=Urgency.CARD, unasked_in=project.rest,
        )  # fmt: skip


async def find_watch(tx: UnitOfWork, project: Project, what: Watched, person_id: PersonId) -> Watch:
    """What a person chose, or how it is until they choose."""
    for one in await tx.watches.list_of(project.id, (what,)):
        if one.person_id == person_id:
            return one
    decides = await role_of(tx, project, person_id) is not Role.MEMBER
    return Watch(project.id, person_id, what, decides and what in REVIEWERS_FOLLOW, _NEVER)


async def followed(tx: UnitOfWork, project: Project, person_id: PersonId) -> frozenset[Watched]:
    """All a person follows of a project."""
    return frozenset([one for one in Watched if (await find_watch(tx, project, one, person_id)).is_on])


async def with_followers(
    tx: UnitOfWork, project: Project, what: Watched, places: Iterable[Place]
) -> list[Place]:
    """These places without the direct chats of who does not want it, and with those of who does."""
    chosen = {one.person_id: one.is_on for one in await tx.watches.list_of(project.id, (what,))}
    kept = [one for one in places if one.reader_id is None or chosen.get(one.reader_id, True)]
    known = {one.reader_id for one in kept}
    people = await tx.people.list_ids(person for person, is_on in chosen.items() if is_on)
    return kept + [
        Place(ChatId(one.id), reader_id=one.id)
        for one in people.values()
        if one.id not in known and await _may_hear(tx, one, project)
    ]


async def _may_hear(tx: UnitOfWork, person: Person, project: Project) -> bool:
    """Whether they can be written to, and still have to do with the project."""
    return person.has_direct_chat and project in await projects_of_person(tx, person.id)
