"""Forgetting on request: a person, some messages, a chat; and again on an older copy of the database."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from core.domain.forgetting import Deletion, DeletionKind
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.person import Person, Project
from core.domain.showing.spot import Urgency
from core.domain.showing.view import TaskCard, TaskList, View
from core.domain.task import Task
from core.ports.deletions import DeletionLog
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids, Lane, Wakeups
from core.services.access.rights import review_places
from core.services.privacy.clearing import Clearing
from core.services.tuning.chosen import tuned
from core.settings import ReviewSettings

Redo = Callable[[UnitOfWork, Deletion], Awaitable[int]]


@dataclass(frozen=True)
class ForgettingService:
    """Each deletion is written down as ids in the transaction that makes it; none can be undone.

    Once it has committed it is noted outside of the database too, for `catch_up` after a restore.
    """

    transactions: Transactions
    clock: Clock
    ids: Ids
    wakeups: Wakeups
    log: DeletionLog
    clearing: Clearing
    settings: ReviewSettings

    async def forget_person(self, person_id: PersonId) -> int:
        """Forget all a person said until now; return how many messages. Later words are read again."""
        deletion = Deletion(self.ids.new(), DeletionKind.PERSON, self.clock.now(), person_id)
        return await self._do(deletion)

    async def forget_messages(self, keys: Iterable[MessageKey]) -> int:
        """Forget some messages, whoever wrote them; return how many."""
        by_chat: dict[ChatId, list[MessageId]] = {}
        for key in sorted(keys):
            by_chat.setdefault(key.chat_id, []).append(key.message_id)
        async with self.transactions():
            counts = [
                await self._do(
                    Deletion(
                        self.ids.new(), DeletionKind.MESSAGES, self.clock.now(),
                        chat_id=chat_id, message_ids=tuple(message_ids),
                    )
                )
                for chat_id, message_ids in by_chat.items()
            ]  # fmt: skip
            return sum(counts)

    async def remove_words(self, item: UUID, person_id: PersonId) -> int:
        """Forget what a person is quoted with on one proposal or task; return how many messages."""
        async with self.transactions() as tx:
            return await self.forget_messages(await tx.deletions.quoted_on(item, person_id))

    async def is_quoted(self, item: UUID, person_id: PersonId) -> bool:
        """Whether a proposal or task quotes a person."""
        async with self.transactions.reading() as tx:
            return bool(await tx.deletions.quoted_on(item, person_id))

    async def forget_chat(self, chat_id: ChatId) -> int:
        """Forget all that was said in a chat; return how many messages."""
        return await self._do(
            Deletion(self.ids.new(), DeletionKind.CHAT, self.clock.now(), chat_id=chat_id)
        )

    async def leave_out(self, person: Person) -> bool:
        """Take somebody out of what is read, or back in; return whether they are out now."""
        async with self.transactions() as tx:
            known = await tx.people.find(person.id) or person
            kind = DeletionKind.TAKEN_IN if known.is_left_out else DeletionKind.LEFT_OUT
            await tx.people.put(replace(known, name=person.name))
            await self._do(Deletion(self.ids.new(), kind, self.clock.now(), person.id))
            return kind is DeletionKind.LEFT_OUT

    async def forget_again(self, deletions: Sequence[Deletion]) -> int:
        """Do on an older copy what was deleted after it was made; return how many messages went.

        One transaction; deletions the copy knows already are done again, which changes nothing.
        """
        async with self.transactions() as tx:
            return sum([await self._apply(tx, deletion) for deletion in deletions])

    async def catch_up(self, noted: Sequence[Deletion]) -> int:
        """Do again what a database that was put back knows nothing of; return how many deletions.

        Args:
            noted: All of the log, oldest first.
        """
        if not noted:
            return 0
        async with self.transactions.reading() as tx:
            known = {one.id for one in await tx.deletions.list_since(min(one.at for one in noted))}
        lost = [one for one in noted if one.id not in known]
        if lost:
            await self.forget_again(lost)
        return len(lost)

    async def _do(self, deletion: Deletion) -> int:
        async with self.transactions() as tx:
            self.transactions.after_commit(partial(self.log.note, deletion))
            return await self._apply(tx, deletion)

    async def _apply(self, tx: UnitOfWork, deletion: Deletion) -> int:
        await tx.deletions.add(deletion)
        self.transactions.after_commit(lambda: self.wakeups.wake(Lane.DELETIONS))
        return await self._ways[deletion.kind](tx, deletion)

    @property
    def _ways(self) -> Mapping[DeletionKind, Redo]:
        return {
            DeletionKind.PERSON: self._person,
            DeletionKind.MESSAGES: self._messages,
            DeletionKind.CHAT: self._chat,
            DeletionKind.LEFT_OUT: self._choose,
            DeletionKind.TAKEN_IN: self._choose,
        }

    async def _person(self, tx: UnitOfWork, deletion: Deletion) -> int:
        person_id = deletion.person_id or PersonId(0)
        keys = await tx.deletions.keys_of(person_id, deletion.at)
        await tx.deletions.blank_notes(person_id)
        bare = await self.clearing.clear(tx, keys, person_id=person_id)
        known = await tx.people.find(person_id) or Person(person_id, "")
        forgotten_at = max(deletion.at, known.forgotten_at or deletion.at)
        await tx.people.put(replace(known, forgotten_at=forgotten_at))
        await self._back_to_reviewers(tx, bare)
        return len(keys)

    async def _messages(self, tx: UnitOfWork, deletion: Deletion) -> int:
        bare = await self.clearing.clear(tx, deletion.keys)
        await self._back_to_reviewers(tx, bare)
        return len(deletion.keys)

    async def _chat(self, tx: UnitOfWork, deletion: Deletion) -> int:
        chat_id = deletion.chat_id or ChatId(0)
        keys = await tx.deletions.keys_in(chat_id, deletion.at)
        bare = await self.clearing.clear(tx, keys, chat_id=chat_id)
        await self._back_to_reviewers(tx, bare)
        return len(keys)

    async def _choose(self, tx: UnitOfWork, deletion: Deletion) -> int:
        person_id = deletion.person_id or PersonId(0)
        known = await tx.people.find(person_id) or Person(person_id, "")
        await tx.people.put(replace(known, is_left_out=deletion.kind is DeletionKind.LEFT_OUT))
        return 0

    async def _back_to_reviewers(self, tx: UnitOfWork, bare: Sequence[Task]) -> None:
        """Show each task that rests on nothing any more, or their list when they are many."""
        for project_id in sorted({task.project_id for task in bare}):
            tasks = [task for task in bare if task.project_id == project_id]
            project = await tx.projects.get(project_id)
            views: list[tuple[View, UUID]] = [(TaskCard(task.id), task.id) for task in tasks]
            if len(tasks) > tuned(self.settings, project.knobs).cards_per_run:
                views = [(TaskList(project_id), project_id)]
            await self._show(tx, project, views)

    async def _show(self, tx: UnitOfWork, project: Project, views: Sequence[tuple[View, UUID]]) -> None:
        placing, rest = self.clearing.settling.placing, project.rest
        for place in await review_places(tx, project):
            for view, about in views:
                await placing.show(tx, view, place, about={about}, urgency=Urgency.CARD, unasked_in=rest)
