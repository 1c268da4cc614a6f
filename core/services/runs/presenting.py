"""What a completed run shows, and where: the notes list, cards one by one, or the session."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from core.domain.ids import Kind, PersonId
from core.domain.knowledge import AtomDraft
from core.domain.person import Project
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.run import Run, Stage, Trigger
from core.domain.showing.spot import Place, Spot, Urgency
from core.domain.showing.view import NotesList, ProposalCard, RunCard, SessionCard, View
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock
from core.services.access.rights import review_places
from core.services.showing.placing import Placing
from core.services.showing.queues import queue_in
from core.services.showing.reviewing import places_for_review
from core.services.tuning.chosen import tuned
from core.settings import ReviewSettings


@dataclass(frozen=True)
class Presenting:
    """Places what reviewers shall decide on, each thing once a place."""

    clock: Clock
    placing: Placing
    settings: ReviewSettings

    async def present(self, tx: UnitOfWork, run: Run) -> None:
        """Show a run's pending proposals where its project's reviewers decide.

        Whoever started it waits for them, and a group sees them come; all others are told in a good moment.
        """
        project = await tx.projects.get(run.project_id)
        going_on = await self._go_on(tx, run)
        pending = await tx.proposals.list_of_run(run.id, status=ProposalStatus.PENDING)
        for place in await places_for_review(tx, project, self.placing):
            if (place.chat_id, place.thread_id) not in going_on:
                is_asked = run.trigger is Trigger.MANUAL and place.reader_id in {None, run.started_by_id}
                await self._show(tx, run, pending, place, "" if is_asked else project.rest)

    async def _go_on(self, tx: UnitOfWork, run: Run) -> set[tuple[int, int | None]]:
        """The message in which notes were kept goes on with the tasks; return where that is."""
        places: set[tuple[int, int | None]] = set()
        for spot in await tx.spots.list_about(run.id):
            if isinstance(spot.view, RunCard) and spot.view.kept_act_id is not None:
                await self._turn_to_session(tx, run, spot, spot.view)
                places.add((spot.chat_id, spot.thread_id))
        return places

    async def _turn_to_session(self, tx: UnitOfWork, run: Run, spot: Spot, view: RunCard) -> None:
        session = await self._session(tx, run, spot.reader_id)
        session = replace(session, kept_act_id=view.kept_act_id)
        await self.placing.turn(tx, spot, session, about={run.project_id})

    async def _show(
        self, tx: UnitOfWork, run: Run, pending: list[Proposal], place: Place, unasked_in: str
    ) -> None:
        """Up to `cards_per_run` tasks one by one; what nobody asked for is one message however many."""
        most = 1 if unasked_in else await self._most(tx, run)
        if run.stage is Stage.KNOWLEDGE:
            view: View = NotesList(run.id)
            about = run.id
        elif len(pending) > most:
            view = await self._session(tx, run, place.reader_id)
            about = run.project_id
        else:
            for proposal in pending:
                if proposal.kind is Kind.TASK:
                    await self.show_card(tx, proposal, place, unasked_in=unasked_in)
            return
        await self.placing.show(tx, view, place, about={about}, urgency=Urgency.CARD, unasked_in=unasked_in)
        if run.stage is Stage.KNOWLEDGE and not unasked_in:
            # Unasked they are lines of the list alone: beside it they would make a bundle of it.
            for proposal in _changing(pending)[:most]:
                await self.show_card(tx, proposal, place)

    async def _most(self, tx: UnitOfWork, run: Run) -> int:
        project = await tx.projects.get(run.project_id)
        return tuned(self.settings, project.knobs).cards_per_run

    async def _session(self, tx: UnitOfWork, run: Run, reader: PersonId | None) -> SessionCard:
        view = SessionCard(project_id=run.project_id, stage=Stage.TASKS)
        queue = await queue_in(tx, view, reader, self.clock.now())
        return replace(view, at=queue[0].id if queue else None)

    async def show_card(
        self, tx: UnitOfWork, proposal: Proposal, place: Place, *, unasked_in: str = ""
    ) -> None:
        """One proposal's card at one place."""
        await self.placing.show(
            tx, ProposalCard(proposal.id), place,
            about={proposal.id}, urgency=Urgency.CARD, unasked_in=unasked_in,
        )  # fmt: skip

    async def pause(self, tx: UnitOfWork, project: Project, now: datetime, pending: int) -> None:
        """Pause scheduled runs and say so once, to the reviewers."""
        await tx.projects.save(replace(project, runs_paused_at=now))
        for place in await review_places(tx, project):
            args: dict[str, str | int] = {"project": project.name, "pending": pending}
            await self.placing.say(tx, place, "runs-paused", args, "review", unasked_in=project.rest)

    async def say_carried(self, tx: UnitOfWork, project: Project, run: Run) -> None:
        """Say that a run was closed by itself and how much of it was left for later."""
        carried = run.accuracy.outcomes.carried if run.accuracy else 0
        for place in await review_places(tx, project):
            args: dict[str, str | int] = {"run": run.name, "project": project.name, "carried": carried}
            await self.placing.say(tx, place, "closed-by-itself", args, "review", unasked_in=project.rest)


def _changing(pending: Iterable[Proposal]) -> list[Proposal]:
    """Decisions that contradict one kept already."""
    return [
        one
        for one in pending
        if isinstance(one.content, AtomDraft)
        and any(target.kind is Kind.ATOM for target in one.content.superseded)
    ]
