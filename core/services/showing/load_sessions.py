"""The review session in one message: the card in front, what is left, what it could be narrowed to."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus, decided_on
from core.domain.showing.panel import Panel
from core.domain.showing.queue import chosen_of
from core.domain.showing.shown import ShownProposal, ShownSession, SieveChoice
from core.domain.showing.sieve import Age, Band, Sieve, age_of, band_of, type_of
from core.domain.showing.view import Bulk, ProposalCard, SessionCard
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.load_proposals import ProposalLoader
from core.services.showing.queues import projects_in, queue_in, subjects_of, waiting_in
from core.services.showing.sight import Picture, Sight
from core.settings import ReviewSettings

SUBJECTS = 6
"""So many subjects are offered, those with most waiting."""


@dataclass(frozen=True)
class SessionLoader:
    """Loads sessions."""

    cards: ProposalLoader
    settings: ReviewSettings

    async def session(self, sight: Sight, view: SessionCard) -> Picture:
        """A SessionCard; it never rests on a card that may not be shown here."""
        tx, reader = sight.tx, sight.place.reader_id
        projects = {one.id: one for one in await projects_in(tx, view, reader)}
        fitting = await queue_in(tx, view, reader, sight.now)
        queue = await _readable(sight, projects, fitting)
        current = await self._in_front(sight, view, queue)
        if current is None and queue:
            return Picture(_empty(view), turn_to=replace(view, at=queue[0].id))
        act, undo_until = await sight.act_undo(view.act_id or view.kept_act_id, self.settings.undo_minutes)
        settled = [one for one in decided_on(act) if one.status is not ProposalStatus.PENDING]
        position, total = _position(queue, current)
        waiting = fitting if view.sieve.is_open else await waiting_in(tx, view, reader, sight.now)
        shown = ShownSession(
            view=view,
            position=position,
            total=total,
            current=current,
            confident=chosen_of(queue, Bulk.SURE),
            chosen=chosen_of(queue, view.bulk),
            choices=await self._choices(sight, view, waiting, projects),
            alike=await self._alike(sight, view, queue),
            twins=len(chosen_of(queue, Bulk.MERGE)),
            beyond=len(waiting) - len(fitting),
            withheld=len(fitting) - len(queue),
            unread=sum([await tx.messages.count_unread(one) for one in projects]),
            project_names=tuple(project.name for project in projects.values()),
            rejected=await self._rejected(sight, view),
            bulk_settled=len(settled) if view.act_id is not None else 0,
            bulk_status=settled[0].status if settled else ProposalStatus.APPROVED,
            undo_until=undo_until,
        )
        in_front = projects.get(current.proposal.project_id) if current else None
        project = in_front or next(iter(projects.values()), None)
        return Picture(shown, project, repaint_at=_earliest(shown))

    async def _alike(self, sight: Sight, view: SessionCard, queue: list[Proposal]) -> int:
        """How many of the queue look like the card in front; not asked while they are gone through."""
        front = next((one for one in queue if one.id == view.at), None)
        if front is None or view.sieve.among:
            return 0
        return len(await self.cards.candidates.alike_among(sight.tx, front, queue))

    async def _choices(
        self, sight: Sight, view: SessionCard, waiting: list[Proposal], projects: dict[UUID, Project]
    ) -> tuple[SieveChoice, ...]:
        """What the session could be narrowed to, while that is asked for."""
        if view.panel is not Panel.SIEVE:
            return ()
        seen = await _readable(sight, projects, waiting)
        now, chosen = sight.now, view.sieve
        types = Counter(type_of(one) for one in seen)
        bands = Counter(band_of(one) for one in seen)
        ages = Counter(age_of(one, now) for one in seen)
        by_id = await subjects_of(sight.tx, seen)
        subjects = Counter(by_id[one.id] for one in seen if one.id in by_id)
        names = await _names(sight.tx, projects, subjects)
        return (
            *(
                SieveChoice(Sieve(type=one), n, one == chosen.type)
                for one, n in types.most_common()
                if one is not None
            ),
            *(
                SieveChoice(Sieve(subject=one), n, one == chosen.subject, names[one])
                for one, n in subjects.most_common(SUBJECTS)
                if names.get(one)
            ),
            *(SieveChoice(Sieve(band=one), bands[one], one == chosen.band) for one in Band if bands[one]),
            *(SieveChoice(Sieve(age=one), ages[one], one == chosen.age) for one in Age if ages[one]),
        )

    async def _in_front(
        self, sight: Sight, view: SessionCard, queue: list[Proposal]
    ) -> ShownProposal | None:
        """The card the session rests on: waiting, or settled meanwhile by somebody else."""
        if view.at is None:
            return None
        proposal = await sight.tx.proposals.get(view.at)
        project = await sight.tx.projects.get(proposal.project_id)
        is_waiting = any(one.id == proposal.id for one in queue)
        is_settled = proposal.status is not ProposalStatus.PENDING
        if not (is_waiting or (is_settled and await sight.sees(project, proposal.evidence))):
            return None
        panel = Panel.MAIN if view.panel is Panel.REASONS and view.rejected else view.panel
        card = ProposalCard(proposal.id, panel, view.target, view.query, view.patch, view.left_out)
        return await self.cards.shown(sight, project, proposal, card)

    async def _rejected(self, sight: Sight, view: SessionCard) -> ShownProposal | None:
        """What the last tap rejected, as long as that stands."""
        if view.rejected is None:
            return None
        proposal = await sight.tx.proposals.get(view.rejected)
        project = await sight.tx.projects.get(proposal.project_id)
        is_rejected = proposal.status is ProposalStatus.REJECTED
        if not (is_rejected and await sight.sees(project, proposal.evidence)):
            return None
        return await self.cards.shown(sight, project, proposal, ProposalCard(proposal.id, view.panel))


async def _readable(
    sight: Sight, projects: dict[UUID, Project], proposals: list[Proposal]
) -> list[Proposal]:
    """Those that may be shown here, in their order."""
    seen: set[UUID] = set()
    for project in projects.values():
        own = [one for one in proposals if one.project_id == project.id]
        seen |= {one.id for one in await sight.seen(project, own)}
    return [one for one in proposals if one.id in seen]


async def _names(tx: UnitOfWork, projects: dict[UUID, Project], subjects: Counter[UUID]) -> dict[UUID, str]:
    """What subjects are called, known ones and those only proposed."""
    proposed = await tx.proposals.list_ids(subjects)
    names = {one.id: one.title for one in proposed}
    for project_id in projects:
        names |= {topic.id: topic.name for topic in await tx.knowledge.list_topics(project_id)}
    return names


def _position(queue: list[Proposal], current: ShownProposal | None) -> tuple[int, int]:
    """Where the card in front stands, from 1, of how many; one settled meanwhile stands before the rest."""
    if current is None:
        return 0, len(queue)
    ids = [one.id for one in queue]
    if current.proposal.id in ids:
        return ids.index(current.proposal.id) + 1, len(queue)
    return 1, len(queue) + 1


def _empty(view: SessionCard) -> ShownSession:
    return ShownSession(view, position=0, total=0, current=None)


def _earliest(shown: ShownSession) -> datetime | None:
    """When an Undo in the session ends, its own or that of a card."""
    cards = [card for card in (shown.current, shown.rejected) if card is not None]
    ends = [shown.undo_until, *(card.undo_until for card in cards)]
    return min((end for end in ends if end is not None), default=None)
