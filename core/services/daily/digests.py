"""The digest: a day in one card, told once, only when something happened."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.daily.digest import OPEN_QUESTION_HOURS, Digest, DigestKey
from core.domain.daily.schedule import Job
from core.domain.history import Event, EventTopic
from core.domain.ids import ChatId
from core.domain.knowledge import Atom, AtomType, LinkType
from core.domain.person import Actor, ChatState, Project, Role
from core.domain.proposal import DECIDED_ON
from core.domain.run import Batch, BatchStatus, Window
from core.domain.showing.spot import Place, Urgency
from core.domain.showing.view import DigestCard
from core.domain.showing.view_following import WeekCard
from core.domain.task import TaskStatus
from core.domain.watching import Watched
from core.errors import Anonymous, NotOwner
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock, Ids
from core.services.access.readership import Readership
from core.services.access.rights import ensure_reviewer, review_places, reviewers_of, role_of
from core.services.daily.days import MORNING, Rhythm, hour_of
from core.services.daily.watching import with_followers
from core.services.showing.placing import Placing
from core.services.tuning.configuring import Configuring
from core.settings import ScheduleSettings

PAUSE = timedelta(days=7)
VOTES_FOR = timedelta(days=7)
VOTES_AGAINST = 3
"""So many people's 👎 within a week move the digest to direct chats (product section 3)."""
RUNS_LOOKED_AT = 50
"""Runs of one day are among the latest so many."""
_WEEK = "week"
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

    async def digest_of(self, project: Project, day: date) -> Digest:
        """What one day brought a project."""
        async with self.transactions.reading() as tx:
            return await self.digest_in(tx, project, day)

    async def digest_in(self, tx: UnitOfWork, project: Project, day: date) -> Digest:
        """The same within the caller's transaction; tasks and notes oldest first."""
        window = (await self._rhythm(tx, project)).window(day)
        return await self._over(tx, project, day, window)

    async def week_in(self, tx: UnitOfWork, project: Project, monday: date) -> tuple[Digest, int]:
        """What the working days from that Monday on brought, and how many tasks were done in them."""
        rhythm = await self._rhythm(tx, project)
        window = rhythm.week(monday)
        moved = await tx.history.list_events(project.id, (EventTopic.TASKS,), window)
        done = {one.payload.get("task") for one in moved if one.payload.get("status") == TaskStatus.DONE}
        return await self._over(tx, project, monday, window), len(done)

    async def _over(self, tx: UnitOfWork, project: Project, day: date, window: Window) -> Digest:
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
        now = self.clock.now()
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            if project.digest_paused_until is not None and now < project.digest_paused_until:
                return False
            day = day or (await self._rhythm(tx, project)).due_day(now)
            digest = await self.digest_in(tx, project, day)
            places = [
                place
                for place in await self._places(tx, project, Watched.DIGEST)
                if await self._is_worth_it(tx, place, digest)
            ]
            if digest.is_empty or not places:
                return False
            if not await tx.digests.claim(DigestKey(project.id, day), now):
                return False
            for place in places:
                await self._show(tx, digest, place, unasked_in=project.rest)
            return True

    async def send_week(self, project_id: UUID) -> bool:
        """Tell last week once, unless digests are paused or nothing happened."""
        now = self.clock.now()
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            if project.digest_paused_until is not None and now < project.digest_paused_until:
                return False
            today = now.astimezone(ZoneInfo(project.timezone)).date()
            monday = today - timedelta(days=today.weekday() + 7)
            digest, done = await self.week_in(tx, project, monday)
            told = f"{_WEEK}-{monday}"
            if (digest.is_empty and not done) or await self._count(tx, project, told):
                return False
            await self._tell(tx, project, told)
            for place in await self._places(tx, project, Watched.WEEKLY):
                if done or await self._is_worth_it(tx, place, digest):
                    await self.placing.show(
                        tx, WeekCard(project.id, monday), place,
                        about={project.id}, urgency=Urgency.CARD, unasked_in=project.rest,
                    )  # fmt: skip
            return True

    async def now(self, project_id: UUID, place: Place) -> None:
        """Show the day so far, for whoever asks."""
        async with self.transactions() as tx:
            project = await tx.projects.get(project_id)
            day = (await self._rhythm(tx, project)).day_at(self.clock.now())
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

    async def _places(self, tx: UnitOfWork, project: Project, what: Watched) -> list[Place]:
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

    async def _is_worth_it(self, tx: UnitOfWork, place: Place, digest: Digest) -> bool:
        """Whether anything is left of it in a group, where what was said elsewhere is withheld."""
        if place.reader_id is not None:
            return True
        items = (*digest.decided, *digest.tasks, *digest.questions)
        seen = [await self.readership.sees(tx, place, digest.project, one.evidence) for one in items]
        return any(seen)

    async def _show(self, tx: UnitOfWork, digest: Digest, place: Place, *, unasked_in: str = "") -> None:
        about = {one.id for one in (*digest.decided, *digest.questions)} | {one.id for one in digest.tasks}
        view = DigestCard(digest.project.id, digest.day)
        urgency = Urgency.CARD if unasked_in else Urgency.ANSWER
        await self.placing.show(tx, view, place, about=about, urgency=urgency, unasked_in=unasked_in)

    async def _rhythm(self, tx: UnitOfWork, project: Project) -> Rhythm:
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
