"""Stage 2 for one batch: study notes of one subject, check the tasks found, commit them with the mark."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

from core.domain.checking import check, check_sources
from core.domain.conversation import Finding, Recalled, Study, Suggestions
from core.domain.ids import MessageKey
from core.domain.knowledge import Atom
from core.domain.message import Message
from core.domain.person import Person
from core.domain.run import Batch, Run
from core.domain.task import TaskDraft
from core.ports.analysis import Embedder, Vector
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.services.agents.answering import Answering
from core.services.learning.learning import LearningService
from core.services.learning.taught import Taught
from core.services.money.embedding import charged_to
from core.services.money.paying import Paying
from core.services.runs.asking import call_for
from core.services.runs.judging import NO_OPINIONS, Judging, Opinions
from core.services.runs.likeness import Likeness
from core.services.runs.proposing import Analysed, Commit, Proposing, drafted_of, is_unsaid

_WORD = re.compile(r"[\w']{2,}")


@dataclass(frozen=True)
class Studied:
    """What one subject's notes gave after the check, and the versions of the notes that were read.

    `opinions` are on the tasks, in their order.
    """

    tasks: tuple[tuple[Finding[TaskDraft], Vector], ...]
    atoms: tuple[Atom, ...]
    dropped: Counter[str]
    shown: dict[MessageKey, Message]
    opinions: Opinions = NO_OPINIONS


@dataclass(frozen=True)
class StudyingStage:
    """Knowledge becomes task proposals."""

    transactions: Transactions
    answering: Answering
    embedder: Embedder
    likeness: Likeness
    proposing: Proposing
    paying: Paying
    learning: LearningService
    judging: Judging

    async def analyse(self, run: Run, batch: Batch) -> Analysed:
        """Study the notes; no transaction is open meanwhile. Raises AnalystFailed, BudgetReached."""
        analyst = self.answering.analyst_for(run)
        study = await self._study(run, batch, with_talk=analyst.reads_earlier_talk)
        suggestions = Suggestions()
        if study.atoms:
            call = call_for(run, batch, analyst, study)
            suggestions = await self.paying.answered(call, lambda: analyst.propose(study))
        taught = await self.learning.taught_in(run.project_id)
        studied = await self._checked(study, suggestions, taught)
        drafts = [drafted_of(run, finding, vector) for finding, vector in studied.tasks]
        studied = replace(studied, opinions=await self.judging.advised(run, batch, drafts))
        usage = suggestions.usage + studied.opinions.usage
        return Analysed(usage, studied.dropped, suggestions.given.given, partial(self._commit, studied))

    async def _checked(self, study: Study, suggestions: Suggestions, taught: Taught) -> Studied:
        shown = {message.key: message for message in study.messages}
        people = await self.proposing.named_in(study.project.id, suggestions.tasks)
        dropped: Counter[str] = Counter()
        tasks: list[Finding[TaskDraft]] = []
        for finding in suggestions.tasks:
            if not check_sources(finding, frozenset(atom.id for atom in study.atoms + study.others)):
                dropped["no_source"] += 1
                continue
            checked = check(finding, shown, frozenset(shown), people)
            dropped.update(checked.dropped)
            if checked.finding is None:
                continue
            wanted = taught.task(checked.finding)
            if wanted is None:
                dropped["unwanted"] += 1
            else:
                tasks.append(wanted)
        vectors = await self.proposing.vectors(study.project.id, tasks)
        return Studied(tuple(zip(tasks, vectors, strict=True)), study.atoms, dropped, shown)

    async def _commit(self, studied: Studied, tx: UnitOfWork, run: Run, batch: Batch) -> None:
        """Add the proposals and remember which version of each note was read."""
        commit = Commit(tx, run, batch, studied.dropped)
        gone = await self.proposing.unsaid(tx, studied.shown)
        for (finding, vector), advised in zip(studied.tasks, studied.opinions.by_draft, strict=True):
            if is_unsaid(finding, gone):
                commit.dropped["taken_back"] += 1
                continue
            await self.proposing.propose_task(commit, finding, vector, advised)
        await tx.knowledge.mark_studied({atom.id: atom.content_version for atom in studied.atoms})

    async def _study(self, run: Run, batch: Batch, *, with_talk: bool) -> Study:
        async with self.transactions.reading() as tx:
            project = run.snapshot.as_project(await tx.projects.get(run.project_id))
            everything = await tx.knowledge.list_atoms(run.project_id)
            wanted = set(batch.atoms)
            atoms = tuple(atom for atom in everything if atom.id in wanted)
            others = tuple(atom for atom in everything if atom.id not in wanted)
            keys = {quote.key for atom in (*atoms, *others) for quote in atom.evidence.quotes}
            said = (await tx.messages.list_keys(keys)).values()
            messages = tuple(sorted(said, key=lambda message: (message.sent_at, message.key)))
            topics = {
                topic.id: topic for topic in await tx.knowledge.list_topics(run.project_id, only_live=False)
            }
            first = atoms[0].topic if atoms else None
            study = Study(
                project=project,
                atoms=atoms,
                messages=messages,
                topic=topics.get(first.id) if first else None,
                others=others,
                people=await self._people(tx, run, messages),
                projects=tuple(await tx.projects.list_all()),
            )
        return await self._with_context(run, study, with_talk=with_talk)

    async def _people(self, tx: UnitOfWork, run: Run, messages: tuple[Message, ...]) -> tuple[Person, ...]:
        """Those who wrote the evidence and those it names."""
        writers = {message.author.person_id for message in messages if message.author.person_id}
        known = await tx.people.list_ids(writers)
        words = {word.casefold() for message in messages for word in _WORD.findall(message.text)}
        named = await tx.people.list_by_names(run.project_id, words)
        return tuple({person.id: person for person in (*known.values(), *named.values())}.values())

    async def _with_context(self, run: Run, study: Study, *, with_talk: bool) -> Study:
        if not run.snapshot.uses_context or not study.atoms:
            return study
        text = "\n".join(f"{atom.title}. {atom.content}" for atom in study.atoms)
        [vector] = await charged_to(self.embedder, run.project_id).embed([text])
        async with self.transactions.reading() as tx:
            recalled: Recalled = await self.likeness.recall(
                tx, run.project_id, text, vector, with_talk=with_talk
            )
        return replace(study, recalled=recalled)
