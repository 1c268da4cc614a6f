"""The digest: a day in one card, told once, only when something happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from core.domain.advice import Material
from core.domain.daily.digest import OPEN_QUESTION_HOURS, Digest, DigestKey
from core.domain.daily.schedule import Job
from core.domain.history import Event, EventTopic
from core.domain.ids import ChatId, Ref
from core.domain.knowledge import Atom, AtomType, LinkType
from core.domain.person import Actor, ChatState, Project, Role
from core.domain.proposal import DECIDED_ON
from core.domain.run import Batch, BatchStatus, Window
from core.domain.showing.spot import Place, Urgency
from core.domain.showing.view import DigestCard
from core.domain.showing.wording import NO_WORDING, Wording
from core.domain.watching import Watched
from core.errors import Anonymous, NotOwner
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.readership import Readership
from core.services.access.rights import ensure_reviewer, review_places, reviewers_of, role_of
from core.services.daily.days import MORNING, Rhythm, hour_of
from core.services.daily.watching import with_followers
from core.services.knowledge.wording import WordingService, evidence_of, items_of
from core.services.showing.placing import Placing
from core.services.tuning.configuring import Configuring
from core.settings import ScheduleSettings

PAUSE = timedelta(days=7)
VOTES_FOR = timedelta(days=7)
VOTES_AGAINST = 3
"""So many people's 👎 within a week move the digest to direct chats (product section 3)."""
RUNS_LOOKED_AT = 50
"""Runs of one day are among the latest so many."""
_UP, _DOWN, _TO_DIRECT = "digest-up", "digest-down", "digest-to-direct"
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_ANSWERS = frozenset({AtomType.SOLUTION, AtomType.DECISION})


@dataclass(frozen=True)
class DigestService:
    """Puts days together and tells them."""

    transactions: Transactions
    clock: Clock
    ids: Ids
    placing: Placing
    readership: Readership
    configuring: Configuring
    settings: ScheduleSettings
    wordings: WordingService

    async def digest_of(self, project: Project, day: date) -> Digest:
        """What one day brought a project."""
        async with self.transactions.reading() as tx:
            return await self.digest_in(tx, project, day)

    async def digest_in(self, tx: UnitOfWork, project: Project, day: date) -> Digest:
        """The same within the caller's transaction; tasks and notes oldest first."""
        window = (await self.rhythm_of(tx, project)).window(day)
        return await self.over(tx, project, day, window)

    async def over(self, tx: UnitOfWork, project: Project, day: date, window: Window) -> Digest:
        """What a stretch of time brought a project, told as of a day."""
        atoms = await tx.knowledge.list_atoms(project.id)
        waiting = await tx.proposals.list_pending(project.id, kinds=DECIDED_ON)
        batches = await _batches_in(tx, project, window)
        return Digest(
            project=project,
            day=day,
            messages=await tx.messages.count_said(project.id, window),
            conversations=sum(1 for one in batches if one.messages and one.status is BatchStatus.DONE),
            decided=tuple(
                one for one in atoms if one.type is AtomType.DECISION and one.created_at in window
            ),
            tasks=tuple(reversed(await tx.tasks.list_of(project.id, created=window))),
            questions=tuple(_open_questions(atoms, window)),
            waiting=len(waiting),
            oldest_waiting=min((one.created_at for one in waiting), default=None),
            left_out=sum(len(one.left_out) for one in batches),
            unsure=sum(one.dropped.get("unsure", 0) for one in batches),
            already_known=sum(one.dropped.get("already_known", 0) for one in batches),
            rejected_before=sum(
                one.dropped.get("rejected_before", 0) + one.dropped.get("unwanted", 0) for one in batches
            ),
        )

    async def send_due(self, project_id: UUID, day: date | None = None) -> bool:
        """Tell a day (None: the latest complete one) once; False when told, paused, or nothing happened."""
        async with self.transactions.reading() as tx:
            due = await self._due(tx, project_id, day)
            is_told = due is None or await tx.digests.is_told(due.key)
            materials = {} if due is None or is_told else await self._materials(tx, due)
        # A model may take its time: what is due is looked at again when it has answered.
        worded = await self._worded(materials)
        async with self.transactions() as tx:
            due = await self._due(tx, project_id, day)
            if due is None or not await tx.digests.claim(due.key, self.clock.now()):
                return False
            for place in due.places:
                rest = due.digest.project.rest
                wording = worded.get(place, NO_WORDING)
                await self._show(tx, due.digest, place, wording, unasked_in=rest)
            return True

    async def _due(self, tx: UnitOfWork, project_id: UUID, day: date | None) -> "Due | None":
        """A day that is to be told and where; None while paused, or when there is nothing to tell."""
        now = self.clock.now()
        project = await tx.projects.get(project_id)
        if project.digest_paused_until is not None and now < project.digest_paused_until:
            return None
        day = day or (await self.rhythm_of(tx, project)).due_day(now)
        digest = await self.digest_in(tx, project, day)
        places = [
            place
            for place in await self.places(tx, project, Watched.DIGEST)
            if await self.is_worth_it(tx, place, digest)
        ]
        return None if digest.is_empty or not places else Due(digest, tuple(places))

    async def _materials(self, tx: UnitOfWork, due: "Due") -> dict[Place, Material]:
        """What of the day may be read at each place it is told at."""
        digest = due.digest
        items = (*digest.decided, *digest.questions, *digest.tasks)
        found: dict[Place, Material] = {}
        for place in due.places:
            seen = [
                one
                for one in items
                if await self.readership.sees(tx, place, digest.project, evidence_of(one))
            ]
            found[place] = Material(digest.project, items_of(seen))
        return found

    async def _worded(self, materials: Mapping[Place, Material]) -> dict[Place, Wording]:
        """The day in words, made once for all places where the same may be read."""
        texts: dict[tuple[Ref, ...], Wording] = {}
        for material in materials.values():
            if material.given not in texts:
                texts[material.given] = await self.wordings.day(material)
        return {place: texts[material.given] for place, material in materials.items()}

    async def now(self, project_id: UUID, place: Place) -> None:
        """Show the day so far, for whoever asks."""
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            day = (await self.rhythm_of(tx, project)).day_at(self.clock.now())
            await self._show(tx, await self.digest_in(tx, project, day), place)

    async def share(self, project_id: UUID, actor: Actor, *, spot_id: UUID | None = None) -> Project:
        """From now on in the group too; raises NotOwner. The card at `spot_id` is painted again."""
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            is_faceless = actor.is_anonymous
            if is_faceless or await role_of(tx, project, actor.person_id) is not Role.OWNER:
                raise NotOwner
            shared = await self.configuring.change(tx, project, actor.person_id, digest_in_group=True)
            await self._repaint(tx, spot_id)
            return shared

    async def pause_week(self, project_id: UUID, actor: Actor) -> datetime:
        """No digest for a week; return until when. Raises NotReviewer."""
        async with self.transactions() as tx:
            project = await ensure_reviewer(tx, project_id, actor)
            until = self.clock.now() + PAUSE
            await tx.projects.save(replace(project, digest_paused_until=until))
            return until

    async def vote(
        self, project_id: UUID, actor: Actor, *, is_good: bool, spot_id: UUID | None = None
    ) -> bool:
        """Count a person's thumb once a week; True when it moved the digest to direct chats."""
        if actor.is_anonymous:
            raise Anonymous
        name = _UP if is_good else _DOWN
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            own = f"{name}-{actor.person_id}"
            if await self._count(tx, project, own):
                return False
            await self._tell(tx, project, own)
            await self._tell(tx, project, name)
            if is_good or await self._count(tx, project, _DOWN) < VOTES_AGAINST:
                return False
            await self._tell(tx, project, _TO_DIRECT)
            await self.configuring.change(tx, project, None, digest_in_group=False)
            await self._repaint(tx, spot_id)
            return True

    async def places(self, tx: UnitOfWork, project: Project, what: Watched) -> list[Place]:
        """Where it goes, with the direct chats of who follows it and without those of who does not."""
        return await with_followers(tx, project, what, await self._usual_places(tx, project))

    async def _usual_places(self, tx: UnitOfWork, project: Project) -> list[Place]:
        """Where reviewers decide, and the groups once an owner shared it; voted out, direct chats alone."""
        if project.digest_in_group:
            places = await review_places(tx, project)
            taken = {place.chat_id for place in places}
            return places + [one for one in await _groups(tx, project) if one.chat_id not in taken]
        since = Window(_BEGINNING, self.clock.now() + timedelta(seconds=1))
        if await tx.history.count_events(project.id, _TO_DIRECT, since):
            people = await tx.people.list_ids(await reviewers_of(tx, project))
            started = [person for person in people.values() if person.has_direct_chat]
            return [Place(ChatId(person.id), reader_id=person.id) for person in started]
        return await review_places(tx, project)

    async def is_worth_it(self, tx: UnitOfWork, place: Place, digest: Digest) -> bool:
        """Whether anything is left of it in a group, where what was said elsewhere is withheld."""
        if place.reader_id is not None:
            return True
        items = (*digest.decided, *digest.tasks, *digest.questions)
        seen = [await self.readership.sees(tx, place, digest.project, one.evidence) for one in items]
        return any(seen)

    async def _show(
        self,
        tx: UnitOfWork,
        digest: Digest,
        place: Place,
        wording: Wording = NO_WORDING,
        *,
        unasked_in: str = "",
    ) -> None:
        about = {one.id for one in (*digest.decided, *digest.questions)} | {one.id for one in digest.tasks}
        view = DigestCard(digest.project.id, digest.day, wording)
        urgency = Urgency.CARD if unasked_in else Urgency.ANSWER
        await self.placing.show(tx, view, place, about=about, urgency=urgency, unasked_in=unasked_in)

    async def rhythm_of(self, tx: UnitOfWork, project: Project) -> Rhythm:
        """When its digest comes."""
        schedule = await tx.schedules.find(project.id, Job.DIGEST)
        usual = hour_of(self.settings.digest, MORNING)
        return Rhythm(project.timezone, hour_of(schedule.rule, usual) if schedule else usual)

    async def _repaint(self, tx: UnitOfWork, spot_id: UUID | None) -> None:
        spot = None if spot_id is None else await tx.spots.find(spot_id)
        if spot is not None:
            await self.placing.turn(tx, spot, spot.view)

    async def _count(self, tx: UnitOfWork, project: Project, name: str) -> int:
        now = self.clock.now()
        week = Window(now - VOTES_FOR, now + timedelta(seconds=1))
        return await tx.history.count_events(project.id, name, week)

    async def _tell(self, tx: UnitOfWork, project: Project, name: str) -> None:
        event = Event(self.ids.new(), project.id, EventTopic.NOISE, name, self.clock.now())
        await tx.history.tell(event)


@dataclass(frozen=True)
class Due:
    """A day that is to be told, and where."""

    digest: Digest
    places: tuple[Place, ...]

    @property
    def key(self) -> DigestKey:
        """What is claimed."""
        return DigestKey(self.digest.project.id, self.digest.day)


async def _groups(tx: UnitOfWork, project: Project) -> list[Place]:
    """The groups a project listens to, each once: in its general topic where that is bound."""
    places: dict[ChatId, Place] = {}
    bindings = await tx.chats.bindings_of_project(project.id)
    for binding in sorted(bindings, key=lambda one: (one.thread_id is not None, one.thread_id or 0)):
        chat = await tx.chats.find(binding.chat_id) if binding.is_source else None
        if chat is not None and chat.state is ChatState.READING and chat.id < 0:
            places.setdefault(chat.id, Place(chat.id, thread_id=binding.thread_id))
    return list(places.values())


async def _batches_in(tx: UnitOfWork, project: Project, window: Window) -> list[Batch]:
    """The batches of runs that ended within the window."""
    batches: list[Batch] = []
    for run in await tx.runs.list_of(project.id, RUNS_LOOKED_AT):
        if run.ended_at is not None and run.ended_at in window:
            batches += await tx.runs.list_batches(run.id)
    return batches


def _open_questions(atoms: Iterable[Atom], window: Window) -> list[Atom]:
    """Questions without an answer that were found in the window, or grew a day old in it."""
    known = list(atoms)
    answered = {link.target.id for one in known for link in one.links if _answers(one, link.type)}
    age = timedelta(hours=OPEN_QUESTION_HOURS)
    return [
        one
        for one in known
        if one.type is AtomType.QUESTION
        and one.id not in answered
        and (one.created_at in window or one.valid_from + age in window)
    ]


def _answers(atom: Atom, link: LinkType) -> bool:
    """Whether a note's link says that it settles what it points at."""
    return link is LinkType.SOLVES or (atom.type in _ANSWERS and link is LinkType.CONTINUES)
