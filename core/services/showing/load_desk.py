"""The review desk's messages: the list of notes, and the session."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.domain.conversation import Estimate
from core.domain.ids import Kind
from core.domain.knowledge import AtomDraft
from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus, decided_on, version_of
from core.domain.run import Run, Stage, Window
from core.domain.showing.queue import confident_of
from core.domain.showing.shown import NoteLine, ShownNotes, ShownProposal, ShownSession
from core.domain.showing.ticks import is_doubtful, notes_of, ticked
from core.domain.showing.view import NotesList, Panel, ProposalCard, SessionCard
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.load_proposals import ProposalLoader
from core.services.showing.queues import projects_in, queue_in
from core.services.showing.sight import Picture, Sight, page_of
from core.settings import ReviewSettings

LINES = 8
"""Notes on a page of the list."""


class Estimates(Protocol):
    """What a run would cost (`core.services.runs.planning.Planning`)."""

    async def estimate(self, project: Project, stage: Stage, window: Window | None) -> Estimate:
        """What a run would do now."""
        ...


@dataclass(frozen=True)
class DeskLoader:
    """Loads notes lists and sessions."""

    cards: ProposalLoader
    estimates: Estimates
    settings: ReviewSettings

    async def notes(self, sight: Sight, view: NotesList) -> Picture:
        """A NotesList; notes of another chat than may be read here are no lines of it."""
        run = await sight.tx.runs.get(view.run_id)
        project = await sight.tx.projects.get(run.project_id)
        pending = await sight.tx.proposals.list_of_run(run.id, status=ProposalStatus.PENDING)
        listed = notes_of(pending)
        notes = await sight.seen(project, listed)
        act, undo_until = await sight.act_undo(view.act_id, self.settings.undo_minutes)
        shown = await self._listed(sight, view, run, project, notes)
        shown = replace(
            shown,
            may_find_tasks_free=(await self.estimates.estimate(project, Stage.TASKS, None)).is_free,
            kept=_count(act, ProposalStatus.APPROVED),
            dropped=_count(act, ProposalStatus.REJECTED),
            left=len(notes),
            withheld=len(listed) - len(notes),
            undo_until=undo_until,
        )
        return Picture(shown, project, repaint_at=undo_until)

    async def _listed(
        self, sight: Sight, view: NotesList, run: Run, project: Project, notes: list[Proposal]
    ) -> ShownNotes:
        names = await _subjects(sight.tx, project.id, notes)
        chosen = ticked(notes, view, self.settings.tick_confidence)
        lines = [NoteLine(one, one.id in chosen, is_doubtful(one)) for one in _by_subject(notes, names)]
        present, page, pages = page_of(lines, view.page, LINES)
        return ShownNotes(
            view=replace(view, page=page),
            run=run,
            project=project,
            groups=_grouped(present, names),
            chats=await sight.chats_of(line.proposal.evidence for line in present),
            pages=pages,
            pending=len(notes),
            ticked=len(chosen),
            version=version_of(notes),
        )

    async def session(self, sight: Sight, view: SessionCard) -> Picture:
        """A SessionCard; it never rests on a card that may not be shown here."""
        tx, reader = sight.tx, sight.place.reader_id
        projects = {one.id: one for one in await projects_in(tx, view, reader)}
        waiting = await queue_in(tx, view, reader, sight.now)
        seen: set[UUID] = set()
        for project in projects.values():
            own = [one for one in waiting if one.project_id == project.id]
            seen |= {one.id for one in await sight.seen(project, own)}
        queue = [one for one in waiting if one.id in seen]
        current = await self._in_front(sight, view, queue)
        act, undo_until = await sight.act_undo(view.act_id or view.kept_act_id, self.settings.undo_minutes)
        if current is None and queue:
            return Picture(_empty(view), turn_to=replace(view, at=queue[0].id))
        position, total = _position(queue, current)
        shown = ShownSession(
            view=view,
            position=position,
            total=total,
            current=current,
            confident=confident_of(queue),
            withheld=len(waiting) - len(queue),
            unread=sum([await tx.messages.count_unread(one) for one in projects]),
            project_names=tuple(project.name for project in projects.values()),
            rejected=await self._rejected(sight, view),
            bulk_settled=_count(act, ProposalStatus.APPROVED) if view.act_id is not None else 0,
            undo_until=undo_until,
        )
        in_front = projects.get(current.proposal.project_id) if current else None
        return Picture(shown, in_front or _first(projects), repaint_at=_earliest(shown))

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
        card = ProposalCard(proposal.id, panel, view.target, view.query)
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


def _first(projects: dict[UUID, Project]) -> Project | None:
    return next(iter(projects.values()), None)


def _count(act: list[Proposal], status: ProposalStatus) -> int:
    """How many notes and tasks of an act came to this."""
    return sum(1 for one in decided_on(act) if one.status is status)


async def _subjects(tx: UnitOfWork, project_id: UUID, notes: list[Proposal]) -> dict[UUID, str]:
    """The name of each note's subject, known or proposed, by the note's id."""
    topics = {topic.id: topic.name for topic in await tx.knowledge.list_topics(project_id, only_live=False)}
    drafts = {one.id: one.content.topic for one in notes if isinstance(one.content, AtomDraft)}
    proposed = [ref.id for ref in drafts.values() if ref is not None and ref.kind is Kind.PROPOSAL]
    names = topics | {one.id: one.title for one in await tx.proposals.list_ids(proposed)}
    return {note: names.get(ref.id, "") if ref is not None else "" for note, ref in drafts.items()}


def _by_subject(notes: list[Proposal], names: dict[UUID, str]) -> list[Proposal]:
    """Notes of one subject together, subjects in the order they first come up."""
    order: dict[str, int] = {}
    for note in notes:
        order.setdefault(names.get(note.id, ""), len(order))
    return sorted(notes, key=lambda note: order[names.get(note.id, "")])


def _grouped(
    lines: tuple[NoteLine, ...], names: dict[UUID, str]
) -> tuple[tuple[str, tuple[NoteLine, ...]], ...]:
    groups: dict[str, list[NoteLine]] = {}
    for line in lines:
        groups.setdefault(names.get(line.proposal.id, ""), []).append(line)
    return tuple((name, tuple(group)) for name, group in groups.items())
