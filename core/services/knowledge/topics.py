"""Subjects kept in order by reviewers: renamed, merged, archived, brought back; nothing is deleted."""

from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.history import Change, Event, EventTopic
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Topic
from core.domain.person import Actor
from core.errors import BadText, NotFound
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.rights import ensure_reviewer
from core.services.showing.placing import Placing

NAME_LIMIT = 60
"""Characters of a name: it stands on buttons and in every line."""


@dataclass(frozen=True)
class TopicService:
    """Each change is a line of the subject's history and can be taken back."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing

    async def find(self, project_id: UUID, said: str) -> Topic:
        """The subject of that number, name or part of a name, one in use first; raises NotFound."""
        wanted = said.strip().casefold()
        async with self.transactions.reading() as tx:
            topics = await tx.knowledge.list_topics(project_id, only_live=False)
        topics.sort(key=lambda topic: (not topic.is_live, topic.number))
        numbered = [one for one in topics if wanted in (one.label.casefold(), str(one.number))]
        named = [one for one in topics if one.name.casefold() == wanted]
        alike = [one for one in topics if wanted in one.name.casefold()]
        if not wanted or not alike + numbered:
            raise NotFound("topic", said)
        return next(iter(numbered + named + alike))

    async def rename(self, topic_id: UUID, name: str, actor: Actor) -> Topic:
        """By another name; raises NotReviewer, BadText."""
        name = " ".join(name.split())
        if not 0 < len(name) <= NAME_LIMIT:
            raise BadText("name", NAME_LIMIT, len(name))
        async with self.transactions() as tx:
            topic = await self._topic(tx, topic_id, actor)
            renamed = topic.renamed(name)
            return await self._save(tx, renamed, self._change(topic, renamed, actor, "renamed"))

    async def merge(self, topic_id: UUID, number: int, actor: Actor) -> Topic:
        """Make it a part of the project's subject of that number, which holds its notes then.

        Raises NotReviewer, NotFound, WrongStep.
        """
        async with self.transactions() as tx:
            topic = await self._topic(tx, topic_id, actor)
            topics = await tx.knowledge.list_topics(topic.project_id, only_live=False)
            into = next((one for one in topics if one.number == number), None)
            if into is None:
                raise NotFound("topic", str(number))
            change = replace(self._change(topic, topic, actor, "joined"), after={"subject": into.name})
            merged = await self._save(tx, topic.merged(into), change)
            # Swapped too, so that two subjects never become parts of each other at once.
            await tx.knowledge.save_topic(into)
            await self.placing.touch(tx, into.id)
            return merged

    async def archive(self, topic_id: UUID, actor: Actor) -> Topic:
        """Lay it aside: its notes stay known, new ones do not go there. Raises NotReviewer, WrongStep."""
        async with self.transactions() as tx:
            topic = await self._topic(tx, topic_id, actor)
            change = self._change(topic, topic, actor, "archived")
            return await self._save(tx, topic.archived(self.clock.now()), change)

    async def bring_back(self, topic_id: UUID, actor: Actor) -> Topic:
        """By itself and in use again, with the notes that were its own. Raises NotReviewer, WrongStep."""
        async with self.transactions() as tx:
            topic = await self._topic(tx, topic_id, actor)
            await self.placing.touch(tx, topic.merged_into)
            return await self._save(tx, topic.brought_back(), self._change(topic, topic, actor, "restored"))

    async def _topic(self, tx: UnitOfWork, topic_id: UUID, actor: Actor) -> Topic:
        topic = await tx.knowledge.get_topic(topic_id)
        await ensure_reviewer(tx, topic.project_id, actor)
        return topic

    def _change(self, before: Topic, after: Topic, actor: Actor, what: str) -> Change:
        item, now = Ref(Kind.TOPIC, after.id), self.clock.now()
        was, is_now = {"title": before.name}, {"title": after.name}
        return Change(self.ids.new(), item, now, what, actor.name, actor.person_id, was, is_now)

    async def _save(self, tx: UnitOfWork, topic: Topic, change: Change) -> Topic:
        saved = await tx.knowledge.save_topic(topic)
        await tx.history.add(change)
        named = {"subject": topic.label}
        event = Event(self.ids.new(), topic.project_id, EventTopic.KNOWLEDGE, change.what, change.at, named)
        await tx.history.tell(event)
        await self.placing.touch(tx, topic.id, topic.project_id)
        return saved
