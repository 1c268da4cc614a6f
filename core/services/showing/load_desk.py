"""The list of notes of a run."""

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from core.domain.conversation import Estimate
from core.domain.ids import Kind
from core.domain.knowledge import AtomDraft
from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus, decided_on, version_of
from core.domain.run import Run, Stage, Window
from core.domain.showing.shown import NoteLine, ShownNotes
from core.domain.showing.ticks import is_doubtful, notes_of, ticked
from core.domain.showing.view import NotesList
from core.ports.unit_of_work import UnitOfWork
from core.services.showing.sight import Picture, Sight, page_of
from core.services.tuning.chosen import tuned
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
    """Loads notes lists."""

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
        confidence = tuned(self.settings, project.knobs).tick_confidence
        chosen = ticked(notes, view, confidence)
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
