"""The steps every decision is made of, inside the caller's transaction."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.history import Change, Event, EventTopic
from core.domain.ids import Kind, PersonId, Ref
from core.domain.knowledge import Atom, AtomDraft, AtomType, Topic, TopicDraft
from core.domain.patch import difference
from core.domain.person import Actor
from core.domain.proposal import Content, Proposal, ProposalStatus, Reason, Review
from core.domain.run import RunStatus, Window
from core.domain.task import Contribution, Gain, Task, TaskDraft, enriched, gain_of
from core.errors import MergeCycle, MergeIntoNothing
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock, Ids
from core.services.showing.placing import Placing


@dataclass(frozen=True)
class Decider:
    """Who decides in one act; a whole list is one act."""

    act_id: UUID
    name: str
    person_id: PersonId | None = None


@dataclass(frozen=True)
class Settling:
    """Settles one proposal with everything that follows from it."""

    clock: Clock
    ids: Ids
    placing: Placing

    def decider(self, actor: Actor) -> Decider:
        """A person's new act."""
        return Decider(self.ids.new(), actor.name, actor.person_id)

    def nobody(self) -> Decider:
        """An act of the clock or the rules."""
        return Decider(self.ids.new(), "Triagram")

    async def approve(self, tx: UnitOfWork, proposal: Proposal, by: Decider) -> Proposal:
        """Create the Topic, Atom or Task and settle; a note brings its pending subject with it."""
        result = Ref(proposal.kind, self.ids.new())
        settled = proposal.approve(self._review(proposal, by, result=result))
        if isinstance(proposal.content, AtomDraft):
            await self._approve_subject(tx, proposal.content, by)
            await self._add_atom(tx, proposal, proposal.content, result.id)
        elif isinstance(proposal.content, TopicDraft):
            await self._add_topic(tx, proposal, proposal.content, result.id)
        else:
            await self._add_task(tx, proposal, proposal.content, result.id)
        return await self.save(tx, settled, "approved", by)

    async def reject(
        self, tx: UnitOfWork, proposal: Proposal, by: Decider, reason: Reason | None = None
    ) -> Proposal:
        """Settle without creating; a subject none of whose notes is left goes too."""
        settled = proposal.reject(self._review(proposal, by, reason=reason))
        saved = await self.save(tx, settled, "rejected", by)
        await self._reject_empty_subject(tx, proposal, by)
        return saved

    async def expire(
        self, tx: UnitOfWork, proposal: Proposal, by: Decider, reason: Reason = Reason.AGE
    ) -> Proposal:
        """Let it go."""
        settled = proposal.expire(self._review(proposal, by, reason=reason))
        return await self.save(tx, settled, "expired", by)

    async def replace(self, tx: UnitOfWork, proposal: Proposal, new: Ref, by: Decider) -> Proposal:
        """Give it up for another proposal."""
        settled = proposal.replaced(self._review(proposal, by, result=new))
        return await self.save(tx, settled, "replaced", by)

    async def merge(self, tx: UnitOfWork, proposal: Proposal, target: Ref, by: Decider) -> Proposal:
        """Give the target a Contribution; raises MergeIntoNothing, MergeCycle."""
        target = await self.resolve(tx, target)
        if target == Ref(Kind.PROPOSAL, proposal.id):
            raise MergeCycle(proposal.name)
        settled = proposal.merge(self._review(proposal, by, result=target))
        gain, evidence = await self.gain(tx, proposal, target)
        contribution = Contribution(self.ids.new(), proposal.id, target, gain, evidence, self.clock.now())
        await tx.tasks.contribute(contribution)
        await self.placing.touch(tx, target.id)
        return await self.save(tx, settled, "merged", by)

    async def gain(self, tx: UnitOfWork, proposal: Proposal, target: Ref) -> tuple[Gain, Evidence]:
        """What merging would give a target, and the evidence it brings."""
        given = await tx.tasks.contributions_to(Ref(Kind.PROPOSAL, proposal.id))
        evidence = proposal.evidence
        for contribution in given:
            evidence = evidence.joined(contribution.evidence)
        if isinstance(proposal.content, TaskDraft) and target.kind is not Kind.ATOM:
            whole, has = await self._whole(tx, target)
            return gain_of(proposal.content, evidence, whole, has), evidence
        has, description = await self._described(tx, target, proposal)
        return Gain(description=description, messages=len(evidence.keys - has.keys)), evidence

    async def _whole(self, tx: UnitOfWork, target: Ref) -> tuple[TaskDraft, Evidence]:
        """A task, or what waits to become one, with all that was merged into it."""
        if target.kind is Kind.TASK:
            task = await tx.tasks.get(target.id)
            return task.whole, task.whole_evidence
        other = await tx.proposals.get(target.id)
        given = await tx.tasks.contributions_to(target)
        evidence = other.evidence
        for contribution in given:
            evidence = evidence.joined(contribution.evidence)
        draft = other.content if isinstance(other.content, TaskDraft) else TaskDraft(other.title)
        return enriched(draft, given), evidence

    async def _described(self, tx: UnitOfWork, target: Ref, proposal: Proposal) -> tuple[Evidence, str]:
        if target.kind is Kind.ATOM:
            atom = await tx.knowledge.get_atom(target.id)
            return atom.evidence, "" if atom.title == proposal.title else proposal.title
        other = await tx.proposals.get(target.id)
        return other.evidence, "" if other.title == proposal.title else proposal.title

    async def resolve(self, tx: UnitOfWork, target: Ref) -> Ref:
        """Follow a settled draft to what it became; raises MergeIntoNothing."""
        followed = await self.follow(tx, target)
        if followed is None:
            raise MergeIntoNothing((await tx.proposals.get(target.id)).name)
        return followed

    async def follow(self, tx: UnitOfWork, target: Ref) -> Ref | None:
        """What a draft became, itself while it is pending; None when it became nothing."""
        seen: set[Ref] = set()
        while target.kind is Kind.PROPOSAL:
            proposal = await tx.proposals.get(target.id)
            if proposal.status is ProposalStatus.PENDING:
                return target
            result = proposal.review.result if proposal.review else None
            if result is None or target in seen:
                return None
            seen.add(target)
            target = result
        return target

    async def save(
        self, tx: UnitOfWork, settled: Proposal, what: str, by: Decider, before: Content | None = None
    ) -> Proposal:
        """Store a changed proposal with its history and event, move its run on, repaint what shows it.

        With the content it had `before`, its history tells what was and what is.
        """
        saved = await tx.proposals.save(settled)
        now = self.clock.now()
        told = () if before is None else difference(before, settled.content)
        change = Change(
            self.ids.new(), Ref(Kind.PROPOSAL, settled.id), now, what, by.name, by.person_id,
            before={one.field.value: one.was for one in told},
            after={"status": settled.status.value, **{one.field.value: one.now for one in told}},
        )  # fmt: skip
        await tx.history.add(change)
        await tx.history.tell(
            Event(
                self.ids.new(),
                settled.project_id,
                EventTopic.PROPOSALS,
                what,
                now,
                {"proposal": settled.name},
            )
        )
        await self.settle_run(tx, settled.run_id)
        await self.placing.touch(tx, settled.id, summing_up=(settled.run_id, settled.project_id))
        return saved

    async def settle_run(self, tx: UnitOfWork, run_id: UUID | None) -> None:
        """`completed` becomes `reviewed` when nothing is pending, and back when something is again."""
        if run_id is None:
            return
        run = await tx.runs.get(run_id)
        pending = (await tx.proposals.tally(run_id)).pending
        if run.status is RunStatus.COMPLETED and not pending:
            await tx.runs.save(run.review(self.clock.now()))
        elif run.status is RunStatus.REVIEWED and pending:
            await tx.runs.save(run.reopen())

    def _review(
        self, proposal: Proposal, by: Decider, *, result: Ref | None = None, reason: Reason | None = None
    ) -> Review:
        return Review(
            act_id=by.act_id,
            at=self.clock.now(),
            by=by.name,
            by_id=by.person_id,
            reason=reason,
            result=result,
            was_edited=proposal.was_edited,
        )

    async def _approve_subject(self, tx: UnitOfWork, draft: AtomDraft, by: Decider) -> None:
        if draft.topic is None or draft.topic.kind is not Kind.PROPOSAL:
            return
        subject = await tx.proposals.get(draft.topic.id)
        if subject.status is ProposalStatus.PENDING:
            await self.approve(tx, subject, by)

    async def _reject_empty_subject(self, tx: UnitOfWork, proposal: Proposal, by: Decider) -> None:
        topic = proposal.content.topic if isinstance(proposal.content, AtomDraft) else None
        if topic is None or topic.kind is not Kind.PROPOSAL or proposal.run_id is None:
            return
        subject = await tx.proposals.get(topic.id)
        notes = await tx.proposals.list_of_run(proposal.run_id, status=ProposalStatus.PENDING)
        is_used = any(isinstance(one.content, AtomDraft) and one.content.topic == topic for one in notes)
        if subject.status is ProposalStatus.PENDING and not is_used:
            await self.save(tx, subject.reject(self._review(subject, by)), "rejected", by)

    async def _add_topic(self, tx: UnitOfWork, proposal: Proposal, draft: TopicDraft, id_: UUID) -> None:
        topic = Topic(
            id=id_,
            project_id=proposal.project_id,
            number=await tx.projects.next_number(proposal.project_id, Kind.TOPIC),
            name=draft.name,
            created_at=self.clock.now(),
            description=draft.description,
            icon=draft.icon,
            colour=draft.colour,
            proposal_id=proposal.id,
        )
        await tx.knowledge.add_topic(topic)

    async def _add_atom(self, tx: UnitOfWork, proposal: Proposal, draft: AtomDraft, id_: UUID) -> None:
        said = [quote.sent_at for quote in proposal.evidence.quotes]
        atom = Atom(
            id=id_,
            project_id=proposal.project_id,
            number=await tx.projects.next_number(proposal.project_id, Kind.ATOM),
            type=draft.type,
            title=draft.title,
            content=draft.content,
            confidence=proposal.confidence,
            valid_from=max(said, default=self.clock.now()),
            created_at=self.clock.now(),
            topic=draft.topic,
            links=draft.links,
            evidence=proposal.evidence,
            proposal_id=proposal.id,
        )
        await tx.knowledge.add_atom(atom)
        await tx.search.put_text(Ref(Kind.ATOM, id_), proposal.project_id, draft.title, draft.content)
        for target in draft.superseded:
            await self._supersede(tx, await self.follow(tx, target), atom)
        if draft.type is AtomType.DECISION:
            await self._yield_to_later(tx, proposal, Ref(Kind.ATOM, id_))

    async def _yield_to_later(self, tx: UnitOfWork, proposal: Proposal, kept: Ref) -> None:
        """Of two opposed decisions the later may have been kept first; it stays the one in force."""
        since = Window(proposal.created_at, self.clock.now() + timedelta(microseconds=1))
        for other in await tx.knowledge.list_atoms(proposal.project_id, created=since):
            if other.takes_back(Ref(Kind.PROPOSAL, proposal.id)):
                await self._supersede(tx, kept, other)

    async def _supersede(self, tx: UnitOfWork, old: Ref | None, by: Atom) -> None:
        if old is not None and old.kind is Kind.ATOM and old.id != by.id:
            atom = await tx.knowledge.get_atom(old.id)
            await tx.knowledge.save_atom(atom.superseded(max(by.valid_from, atom.valid_from)))

    async def _add_task(self, tx: UnitOfWork, proposal: Proposal, draft: TaskDraft, id_: UUID) -> None:
        task = Task(
            id=id_,
            project_id=proposal.project_id,
            number=await tx.projects.next_number(proposal.project_id, Kind.TASK),
            draft=draft,
            created_at=self.clock.now(),
            evidence=proposal.evidence,
            proposal_id=proposal.id,
        )
        await tx.tasks.add(task)
        told = {"task": task.name, "status": task.status.value}
        await tx.history.tell(
            Event(self.ids.new(), task.project_id, EventTopic.TASKS, "created", task.created_at, told)
        )
        await tx.search.put_text(Ref(Kind.TASK, id_), proposal.project_id, draft.title, draft.description)
