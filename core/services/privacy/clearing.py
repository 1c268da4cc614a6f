"""Taking words out of everything that was made of them, inside the caller's transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from core.domain.evidence import Evidence
from core.domain.forgetting import Gone, telling_words
from core.domain.ids import ChatId, Kind, MessageKey, PersonId, Ref
from core.domain.knowledge import Atom, AtomDraft, TopicDraft
from core.domain.proposal import Content, Proposal, ProposalStatus, Reason, Review
from core.domain.showing.view import DigestCard, ProposalCard, SessionCard, TaskCard
from core.domain.showing.view_known import AnswerCard
from core.domain.showing.wording import NO_WORDING
from core.domain.similarity import Similar
from core.domain.task import Contribution, Task, TaskStatus
from core.ports.deletions import Cited
from core.ports.unit_of_work import UnitOfWork
from core.ports.world import Clock
from core.services.review.settling import Settling
from core.services.review.texts import index_proposal

WITHDRAWN = "evidence withdrawn"
"""How a proposal's history calls losing some of its quotes."""
_LIVE = frozenset({TaskStatus.OPEN, TaskStatus.IN_PROGRESS})


@dataclass
class Loss:
    """What goes, and what was changed by it: ids to repaint, old titles with the new, bare tasks."""

    keys: frozenset[MessageKey]
    texts: dict[MessageKey, tuple[str, ...]] = field(default_factory=dict[MessageKey, tuple[str, ...]])
    rare: frozenset[str] = frozenset()
    touched: set[UUID] = field(default_factory=set[UUID])
    renamed: dict[str, str] = field(default_factory=dict[str, str])
    bare: list[Task] = field(default_factory=list[Task])

    def learn(self, evidence: Evidence) -> None:
        """Remember the quotes that go: their messages may be gone already."""
        for quote in evidence.quotes:
            if quote.key in self.keys:
                self.texts[quote.key] = (*self.texts.get(quote.key, ()), quote.text)

    def of(self, evidence: Evidence) -> Gone:
        """What goes from an item that rests on this."""
        texts = tuple(text for key in evidence.keys & self.keys for text in self.texts.get(key, ()))
        return Gone(texts, self.rare, evidence.without(self.keys))

    def renames(self, old: str, new: str) -> None:
        """A title changed."""
        if old != new:
            self.renamed[old] = new


@dataclass
class _Found:
    """The items words are taken out of, each once."""

    proposals: dict[UUID, Proposal] = field(default_factory=dict[UUID, Proposal])
    atoms: dict[UUID, Atom] = field(default_factory=dict[UUID, Atom])
    tasks: dict[UUID, Task] = field(default_factory=dict[UUID, Task])
    contributions: dict[UUID, Contribution] = field(default_factory=dict[UUID, Contribution])

    @property
    def evidence(self) -> list[Evidence]:
        """All they rest on."""
        items = (*self.proposals.values(), *self.atoms.values(), *self.tasks.values())
        return [one.evidence for one in (*items, *self.contributions.values())]

    @property
    def projects(self) -> set[UUID]:
        """Whose they are: what these projects taught may have been learned from the words."""
        return {
            one.project_id for some in (self.proposals, self.atoms, self.tasks) for one in some.values()
        }


@dataclass(frozen=True)
class Clearing:
    """Removes messages for good, and every text that was theirs from what people made of them."""

    clock: Clock
    settling: Settling

    async def clear(
        self,
        tx: UnitOfWork,
        keys: Iterable[MessageKey],
        *,
        person_id: PersonId | None = None,
        chat_id: ChatId | None = None,
    ) -> list[Task]:
        """Blank messages and what they left behind; return the live tasks that now rest on nothing.

        `person_id` is whose they all are, where they are one person's; `chat_id` the chat that goes whole,
        of which no empty message is kept either.
        """
        loss = Loss(frozenset(keys))
        said = await tx.messages.list_keys(loss.keys)
        loss.texts = {key: (message.text,) for key, message in said.items()}
        found = _Found()
        await self._find(tx, found, await tx.deletions.cited(loss.keys))
        for evidence in found.evidence:
            loss.learn(evidence)
        if chat_id is not None:
            await tx.messages.purge_chat(chat_id)
        loss.touched |= await tx.comments.remove(loss.keys)
        await tx.deletions.blank(loss.keys)
        texts = [text for some in loss.texts.values() for text in some]
        loss.rare = await tx.deletions.only_theirs(telling_words(texts))
        await self._find(tx, found, await tx.deletions.holding(loss.rare))
        await self._clear_all(tx, found, loss)
        await tx.lessons.forget(found.projects)
        await self._follow(tx, loss)
        talks = [] if person_id is None else [ChatId(person_id)]
        await tx.deletions.forget_shown([*loss.renamed, *_few(texts)], talks)
        await tx.deletions.blank_updates(person_id, loss.keys)
        await tx.history.forget_words(loss.touched)
        await self._drop_made(tx, loss.touched)
        await tx.deletions.repaint(loss.touched)
        await self.settling.placing.touch(tx)
        return loss.bare

    async def _drop_made(self, tx: UnitOfWork, touched: Iterable[UUID]) -> None:
        """What somebody was about to make of a text that changed, and what a model made of it, goes."""
        for about in touched:
            for spot in await tx.spots.list_about(about):
                view = spot.view
                if isinstance(view, ProposalCard | SessionCard | TaskCard) and view.patch is not None:
                    await self.settling.placing.turn(tx, spot, view.closed())
                elif isinstance(view, AnswerCard | DigestCard) and view.wording.sentences:
                    await self.settling.placing.turn(tx, spot, replace(view, wording=NO_WORDING))

    async def _find(self, tx: UnitOfWork, found: _Found, cited: Cited) -> None:
        """Load what was found, and with each draft what it became, with each item the draft it was."""
        atoms, tasks = set(cited.atoms), set(cited.tasks)
        asked = cited.proposals | cited.contributions
        items = [*await self._atoms(tx, atoms), *await self._tasks(tx, tasks)]
        asked |= {one.proposal_id for one in items if one.proposal_id is not None}
        for proposal in await tx.proposals.list_ids(asked):
            found.proposals[proposal.id] = proposal
            result = proposal.review.result if proposal.review else None
            if result is not None and proposal.status is ProposalStatus.APPROVED:
                atoms |= {result.id} if result.kind is Kind.ATOM else set()
                tasks |= {result.id} if result.kind is Kind.TASK else set()
        found.atoms |= {one.id: one for one in await self._atoms(tx, atoms)}
        found.tasks |= {one.id: one for one in await self._tasks(tx, tasks)}
        given = await tx.tasks.list_contributions(found.proposals)
        found.contributions |= {one.id: one for one in given}

    async def _atoms(self, tx: UnitOfWork, ids: Iterable[UUID]) -> list[Atom]:
        return [await tx.knowledge.get_atom(id_) for id_ in sorted(ids)]

    async def _tasks(self, tx: UnitOfWork, ids: Iterable[UUID]) -> list[Task]:
        return [await tx.tasks.get(id_) for id_ in sorted(ids)]

    async def _clear_all(self, tx: UnitOfWork, found: _Found, loss: Loss) -> None:
        for given in found.contributions.values():
            await self._contribution(tx, given, loss)
        for proposal in found.proposals.values():
            await self._proposal(tx, proposal, loss)
        for atom in found.atoms.values():
            await self._atom(tx, atom, loss)
        for task in found.tasks.values():
            await self._task(tx, task, loss)

    async def _contribution(self, tx: UnitOfWork, given: Contribution, loss: Loss) -> None:
        gone = loss.of(given.evidence)
        cleared = replace(given, gain=gone.gain(given.gain), evidence=gone.left)
        if cleared == given:
            return
        await tx.tasks.withdraw_contribution(given.proposal_id)
        await tx.tasks.contribute(cleared)
        loss.touched.add(given.target.id)
        target = await self.settling.resolve(tx, given.target)
        loss.touched.add(target.id)
        if target.kind is Kind.TASK:
            self._note_bare(await tx.tasks.get(target.id), loss)

    async def _proposal(self, tx: UnitOfWork, proposal: Proposal, loss: Loss) -> None:
        cleared = _cleared(proposal, loss.of(proposal.evidence))
        if cleared == proposal:
            return
        loss.renames(proposal.title, cleared.title)
        loss.touched |= {one for one in (proposal.id, proposal.run_id, proposal.project_id) if one}
        cleared = replace(cleared, content_version=proposal.content_version + 1)
        await index_proposal(tx, cleared)
        await self._topic(tx, cleared)
        by = self.settling.nobody()
        if proposal.status is not ProposalStatus.PENDING:
            await tx.proposals.save(cleared)
        elif cleared.evidence.quotes or not proposal.evidence.quotes:
            await self.settling.save(tx, cleared, WITHDRAWN, by)
        else:
            saved = await tx.proposals.save(cleared)
            await self.settling.expire(tx, saved, by, Reason.NO_EVIDENCE_LEFT)

    async def _topic(self, tx: UnitOfWork, proposal: Proposal) -> None:
        """A subject goes by the words of the draft it was."""
        result = proposal.review.result if proposal.review else None
        draft = proposal.content
        if isinstance(draft, TopicDraft) and result is not None and result.kind is Kind.TOPIC:
            topic = await tx.knowledge.get_topic(result.id)
            await tx.knowledge.save_topic(replace(topic, name=draft.name, description=draft.description))

    async def _atom(self, tx: UnitOfWork, atom: Atom, loss: Loss) -> None:
        gone = loss.of(atom.evidence)
        cleared = replace(
            atom, title=gone.title(atom.title), content=gone.text(atom.content), evidence=gone.left
        )
        if cleared == atom:
            return
        loss.renames(atom.title, cleared.title)
        loss.touched |= {atom.id, atom.project_id}
        if atom.evidence.quotes and not gone.left.quotes and atom.valid_until is None:
            cleared = cleared.superseded(max(self.clock.now(), atom.valid_from))
        else:
            cleared = replace(cleared, content_version=atom.content_version + 1)
        await tx.knowledge.save_atom(cleared)
        await tx.search.put_text(Ref(Kind.ATOM, atom.id), atom.project_id, cleared.title, cleared.content)

    async def _task(self, tx: UnitOfWork, task: Task, loss: Loss) -> None:
        gone = loss.of(task.evidence)
        cleared = replace(task, draft=gone.draft(task.draft), evidence=gone.left)
        if cleared == task:
            return
        loss.renames(task.draft.title, cleared.draft.title)
        loss.touched |= {task.id, task.project_id}
        await tx.tasks.save(cleared)
        draft = cleared.draft
        await tx.search.put_text(Ref(Kind.TASK, task.id), task.project_id, draft.title, draft.description)
        if task.evidence != gone.left:
            self._note_bare(await tx.tasks.get(task.id), loss)

    def _note_bare(self, task: Task, loss: Loss) -> None:
        known = {one.id for one in loss.bare}
        if task.status in _LIVE and not task.whole_evidence.quotes and task.id not in known:
            loss.bare.append(task)

    async def _follow(self, tx: UnitOfWork, loss: Loss) -> None:
        """Proposals that name a title that changed go by the new one."""
        naming = await tx.deletions.quoting(loss.renamed)
        for proposal in await tx.proposals.list_ids(naming):
            renamed = _renamed(proposal, loss.renamed)
            if renamed != proposal:
                await tx.proposals.save(renamed)
                loss.touched.add(proposal.id)


def _cleared(proposal: Proposal, gone: Gone) -> Proposal:
    review = proposal.review
    return replace(
        proposal,
        content=gone.content(proposal.content),
        reasoning=gone.text(proposal.reasoning),
        similar=None if proposal.similar is None else _unlike(proposal.similar, gone),
        evidence=gone.left,
        review=None if review is None else _reviewed(review, gone),
    )


def _reviewed(review: Review, gone: Gone) -> Review:
    before = review.unedited
    if before is not None:
        before = replace(before, content=gone.content(before.content))
    return replace(review, note=gone.text(review.note), unedited=before)


def _unlike(similar: Similar, gone: Gone) -> Similar:
    return replace(similar, title=gone.title(similar.title), gain=gone.gain(similar.gain))


def _renamed(proposal: Proposal, names: Mapping[str, str]) -> Proposal:
    similar, content = proposal.similar, proposal.content
    if similar is not None:
        gain = similar.gain
        gain = replace(gain, description=names.get(gain.description, gain.description))
        similar = replace(similar, title=names.get(similar.title, similar.title), gain=gain)
    review = proposal.review
    if review is not None and review.unedited is not None:
        before = replace(review.unedited, content=_replacing(review.unedited.content, names))
        review = replace(review, unedited=before)
    return replace(proposal, similar=similar, content=_replacing(content, names), review=review)


def _replacing(content: Content, names: Mapping[str, str]) -> Content:
    if not isinstance(content, AtomDraft):
        return content
    return replace(content, replaces=names.get(content.replaces, content.replaces))


def _few(texts: Iterable[str]) -> list[str]:
    """Texts worth looking for in sentences on show: those of several words."""
    return [text for text in texts if len(text.split()) > 1]
