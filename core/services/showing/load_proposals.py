"""A proposal's and a task's card: what they show, loaded and already allowed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from core.domain.evidence import Evidence, Quote
from core.domain.history import Change
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom, AtomDraft
from core.domain.person import Person, Project
from core.domain.proposal import Proposal, ProposalStatus
from core.domain.showing.panel import Panel
from core.domain.showing.shown import Beside, Merged, ShownProposal, ShownTask, Withheld
from core.domain.showing.view import ProposalCard, TaskCard
from core.domain.similarity import Similar, SimilarType
from core.domain.task import Contribution, Gain, Task
from core.ports.unit_of_work import UnitOfWork
from core.services.access.rights import reviewed_projects
from core.services.showing.candidates import Candidates, name_and_title
from core.services.showing.sight import Picture, Sight, find_item, item_of
from core.settings import ReviewSettings

HISTORY = 20
"""Changes loaded for a history panel."""
_CHOOSING = frozenset({Panel.EDIT, Panel.OWNER})

ResultNames = Callable[[UnitOfWork, Proposal], Awaitable[str]]
"""Names what a settled proposal became (`core.services.review.review.name_of_result`)."""


class Gains(Protocol):
    """What a merge would give (`core.services.review.settling.Settling`)."""

    async def resolve(self, tx: UnitOfWork, target: Ref) -> Ref:
        """What a draft became."""
        ...

    async def follow(self, tx: UnitOfWork, target: Ref) -> Ref | None:
        """The same, None where it became nothing."""
        ...

    async def gain(self, tx: UnitOfWork, proposal: Proposal, target: Ref) -> tuple[Gain, Evidence]:
        """The difference a merge would make, and the evidence it brings."""
        ...


@dataclass(frozen=True)
class ProposalLoader:
    """Loads single cards."""

    candidates: Candidates
    gains: Gains
    result_name: ResultNames
    settings: ReviewSettings

    async def proposal(self, sight: Sight, view: ProposalCard) -> Picture:
        """A ProposalCard."""
        proposal = await sight.tx.proposals.get(view.proposal_id)
        project = await sight.tx.projects.get(proposal.project_id)
        if not await sight.sees(project, proposal.evidence):
            return Picture(Withheld((proposal.name,)), project)
        shown = await self.shown(sight, project, proposal, view)
        return Picture(shown, project, repaint_at=shown.undo_until or proposal.snoozed_until)

    async def shown(
        self, sight: Sight, project: Project, proposal: Proposal, view: ProposalCard
    ) -> ShownProposal:
        """A proposal the reader may see, as its card or within a session."""
        is_settled = proposal.status is not ProposalStatus.PENDING
        may_pick = not is_settled and view.panel in {Panel.MERGE, Panel.COMBINE, Panel.PREVIEW}
        opposed = None if is_settled else await self._opposed(sight, project, proposal)
        return ShownProposal(
            view=view,
            proposal=await self._without_unreadable(sight, project, proposal),
            chats=await sight.chats_of([proposal.evidence, *([opposed.evidence] if opposed else [])]),
            project_name=await sight.project_name(project),
            topic_name=await topic_name_of(sight.tx, proposal),
            result_name=await self.result_name(sight.tx, proposal) if is_settled else "",
            undo_until=sight.undo_until(proposal, self.settings.undo_minutes),
            candidates=await self._candidates(sight, project, proposal, view) if may_pick else (),
            preview=await self._preview(sight, project, proposal, view.target) if may_pick else None,
            history=await _history(sight, Ref(Kind.PROPOSAL, proposal.id), view.panel),
            people=await _people(sight, project, proposal.evidence, view.panel),
            projects=await _others(sight, project, view.panel),
            joined=0 if is_settled else len(await self._joined(sight, project, proposal)),
            beside=await _beside(sight, project, proposal, view.panel),
            opposed=opposed,
        )

    async def _opposed(self, sight: Sight, project: Project, proposal: Proposal) -> Atom | None:
        """The decision in force that keeping this one would put out of force, where it may be read here."""
        content = proposal.content
        for target in content.superseded if isinstance(content, AtomDraft) else ():
            kept = await self.gains.follow(sight.tx, target)
            if kept is not None and kept.kind is Kind.ATOM:
                atom = await sight.tx.knowledge.get_atom(kept.id)
                if atom.valid_until is None and await sight.sees(project, atom.evidence):
                    return atom
        return None

    async def _joined(self, sight: Sight, project: Project, proposal: Proposal) -> list[Contribution]:
        given = await sight.tx.tasks.contributions_to(Ref(Kind.PROPOSAL, proposal.id))
        return await sight.seen(
            project, [one for one in given if one.gain != Gain() or one.evidence.quotes]
        )

    async def task(self, sight: Sight, view: TaskCard) -> Picture:
        """A TaskCard."""
        task = await sight.tx.tasks.get(view.task_id)
        project = await sight.tx.projects.get(task.project_id)
        seen = await sight.seen_task(project, task)
        if seen is None:
            return Picture(Withheld((task.name,)), project)
        comments = await sight.seen(project, await sight.tx.comments.list_of(task.id))
        shown = ShownTask(
            view=view,
            task=seen,
            chats=await sight.chats_of([seen.whole_evidence, *(one.evidence for one in comments)]),
            project_name=await sight.project_name(project),
            history=await _history(sight, Ref(Kind.TASK, task.id), view.panel),
            people=await _people(sight, project, seen.whole_evidence, view.panel),
            merged=await _merged(sight, seen, view.panel),
            said=await _said(sight, project, view),
            comments=tuple(one.quote for one in comments),
        )
        return Picture(shown, project)

    async def _candidates(
        self, sight: Sight, project: Project, proposal: Proposal, view: ProposalCard
    ) -> tuple[Similar, ...]:
        only_pending = view.panel is Panel.COMBINE
        return await self.candidates.of(sight, project, proposal, view.query, only_pending=only_pending)

    async def _preview(
        self, sight: Sight, project: Project, proposal: Proposal, target: Ref | None
    ) -> Similar | None:
        if target is None:
            return None
        target = await self.gains.resolve(sight.tx, target)
        if not await sight.sees_item(project, target):
            return None
        name, title = name_and_title(await item_of(sight.tx, target))
        gain, _ = await self.gains.gain(sight.tx, proposal, target)
        known = proposal.similar
        is_known = known is not None and known.target == target
        return Similar(
            target=target,
            name=name,
            title=title,
            score=known.score if known is not None and is_known else 0.0,
            type=known.type if known is not None and is_known else SimilarType.NONE,
            gain=gain,
        )

    async def _without_unreadable(self, sight: Sight, project: Project, proposal: Proposal) -> Proposal:
        """The proposal without naming known items the reader may not read here."""
        similar = proposal.similar
        if similar is not None and not await sight.sees_item(project, similar.target):
            proposal = replace(proposal, similar=None)
        content = proposal.content
        if isinstance(content, AtomDraft) and content.replaces:
            seen = [await sight.sees_item(project, target) for target in content.superseded]
            if not all(seen):
                proposal = replace(proposal, content=replace(content, replaces=""))
        return proposal


async def topic_name_of(tx: UnitOfWork, proposal: Proposal) -> str:
    """The subject a note belongs to, or would; "" for none."""
    topic = proposal.content.topic if isinstance(proposal.content, AtomDraft) else None
    if topic is None:
        return ""
    if topic.kind is Kind.PROPOSAL:
        return (await tx.proposals.get(topic.id)).title
    topics = await tx.knowledge.list_topics(proposal.project_id, only_live=False)
    return next((one.name for one in topics if one.id == topic.id), "")


async def _history(sight: Sight, item: Ref, panel: Panel) -> tuple[Change, ...]:
    if panel is not Panel.HISTORY:
        return ()
    return tuple(await sight.tx.history.list_of(item, HISTORY))


async def _others(sight: Sight, project: Project, panel: Panel) -> tuple[Project, ...]:
    """The other projects the reader decides in, while one is chosen."""
    if panel is not Panel.PROJECT or sight.place.reader_id is None:
        return ()
    reviewed = await reviewed_projects(sight.tx, sight.place.reader_id)
    return tuple(one for one in reviewed if one.id != project.id)


async def _merged(sight: Sight, task: Task, panel: Panel) -> tuple[Merged, ...]:
    """What was merged into a task, oldest first, while that is looked at."""
    if panel is not Panel.MERGED:
        return ()
    givers = await sight.tx.proposals.list_ids(one.proposal_id for one in task.contributions)
    gains = {one.proposal_id: one.gain for one in task.contributions}
    return tuple(Merged(one, gains[one.id]) for one in givers if one.status is ProposalStatus.MERGED)


async def _said(sight: Sight, project: Project, view: TaskCard) -> Quote | None:
    """The answer a card asks about, where it is kept and may be read here."""
    if view.said is None or view.panel is not Panel.SAID:
        return None
    message = await sight.tx.messages.find(view.said.key)
    if message is None or not message.is_readable or not message.text:
        return None
    quote = Quote(message.key, message.text, message.author.name, message.sent_at, message.thread_id)
    return quote if await sight.sees(project, Evidence((quote,))) else None


async def _beside(sight: Sight, project: Project, proposal: Proposal, panel: Panel) -> Beside:
    """What the analyst was shown with the batch it is from; what is gone since is left out."""
    if panel is not Panel.SOURCES or proposal.batch_id is None or proposal.run_id is None:
        return Beside()
    run = await sight.tx.runs.get(proposal.run_id)
    given = (await sight.tx.runs.get_batch(proposal.batch_id)).given
    found = [await find_item(sight.tx, ref) for ref in given.items]
    seen = [item for item in found if item is not None and await sight.sees(project, item.evidence)]
    messages = await sight.tx.messages.list_keys(given.messages)
    return Beside(
        tuple(name_and_title(item) for item in seen), len(messages), is_bare=not run.snapshot.uses_context
    )


async def _people(sight: Sight, project: Project, evidence: Evidence, panel: Panel) -> tuple[Person, ...]:
    return await sight.people_for(project, evidence) if panel in _CHOOSING else ()
