"""`python -m tests.judging EXPORT --month 2019-06`: what the built-in analyst proposes, to be read as a PM.

Reads one month of a Telegram export through the same prefilter, conversations, stages and checks as the
product, takes every note as kept, and prints as many proposals as asked for with their evidence.
"""

import argparse
import asyncio
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import typer

from bot.archive.archive import open_archive
from core.domain.checking import check
from core.domain.conversation import Conversation, Finding, Reading, Recalled, Study
from core.domain.evidence import Evidence
from core.domain.ids import Kind, MessageKey, Ref
from core.domain.knowledge import Atom, AtomDraft, Link, LinkType, Topic
from core.domain.message import Message
from core.domain.person import Person, Project
from core.domain.task import TaskDraft
from core.rules.analyst import RuleAnalyst
from core.rules.conversations import RuleConversations
from core.rules.embedding import WordVectors
from core.rules.matching import RuleMatcher
from core.rules.noise import RuleNoise
from core.settings import AnalysisSettings

TEXT_SHOWN = 160
"""Characters of a quote or content printed."""
_RECALLED = 5
_RUSSIAN = re.compile("[а-я]")
Note = Finding[AtomDraft]
Work = Finding[TaskDraft]


@dataclass
class Judged:
    """One month as the product would read it, every note kept."""

    project: Project
    messages: Sequence[Message]
    topics: dict[str, Topic] = field(default_factory=dict[str, Topic])
    notes: list[Note] = field(default_factory=list[Note])
    atoms: list[Atom] = field(default_factory=list[Atom])
    tasks: list[Work] = field(default_factory=list[Work])

    async def read(self, analyst: RuleAnalyst) -> None:
        """Stage 1 over the conversations, then stage 2 over the notes of each subject."""
        settings = AnalysisSettings()
        for conversation in RuleConversations(settings).split(self._kept(settings)):
            await self._extract(analyst, conversation)
        self._supersede()
        for topic in self.topics.values():
            await self._propose(analyst, topic)

    def _kept(self, settings: AnalysisSettings) -> list[Message]:
        noise = RuleNoise()
        kept: dict[MessageKey, Message] = {}
        for message, signal in zip(self.messages, noise.signal(self.messages, self.project), strict=True):
            is_answer = message.reply_to is not None and (
                MessageKey(message.key.chat_id, message.reply_to) in kept
            )
            is_kept = len(message.text) >= settings.min_length and signal >= settings.noise_below
            if (is_kept or is_answer) and not noise.withholds(message):
                kept[message.key] = message
        return list(kept.values())

    async def _extract(self, analyst: RuleAnalyst, conversation: Conversation) -> None:
        recalled = Recalled(atoms=tuple(self.atoms[-_RECALLED:]))
        reading = Reading(self.project, conversation, tuple(self.topics.values()), recalled)
        shown = {message.key: message for message in (*conversation.context, *conversation.messages)}
        new = frozenset(message.key for message in conversation.messages)
        for finding in (await analyst.extract(reading)).atoms:
            checked = check(finding, shown, new).finding
            if checked is not None:
                self.notes.append(checked)
                self.atoms.append(self._atom(checked))

    def _atom(self, note: Note) -> Atom:
        at = note.quotes[0].sent_at
        number = len(self.atoms) + 1
        topic = self.topics.setdefault(
            note.topic,
            Topic(UUID(int=len(self.topics) + 1), self.project.id, len(self.topics) + 1, note.topic, at),
        )
        draft = note.content
        return Atom(
            UUID(int=number), self.project.id, number, draft.type, draft.title, draft.content,
            note.confidence, at, at,
            topic=Ref(Kind.TOPIC, topic.id), evidence=Evidence(note.quotes),
            links=tuple(Link(type_, Ref(Kind.ATOM, target)) for type_, target in note.links),
        )  # fmt: skip

    def _supersede(self) -> None:
        links = [link for atom in self.atoms for link in atom.links]
        over = {link.target.id for link in links if link.type is LinkType.CONTRADICTS}
        self.atoms = [
            replace(atom, valid_until=atom.valid_from) if atom.id in over else atom for atom in self.atoms
        ]

    async def _propose(self, analyst: RuleAnalyst, topic: Topic) -> None:
        mine = [atom for atom in self.atoms if atom.topic is not None and atom.topic.id == topic.id]
        keys = {key for atom in mine for key in atom.evidence.keys}
        shown = tuple(message for message in self.messages if message.key in keys)
        others = tuple(atom for atom in self.atoms if atom not in mine)
        study = Study(self.project, tuple(mine), shown, topic, others, _people(self.messages))
        by_key = {message.key: message for message in shown}
        checked = [
            check(one, by_key, frozenset(by_key)).finding for one in (await analyst.propose(study)).tasks
        ]
        self.tasks += [one for one in checked if one is not None]


def _people(messages: Sequence[Message]) -> tuple[Person, ...]:
    authors = {message.author.person_id: message.author.name for message in messages}
    return tuple(Person(id_, name) for id_, name in authors.items() if id_ is not None)


def month_of(path: Path, month: str) -> Judged:
    """The messages with text of one month, `YYYY-MM` in UTC, or of a year, `YYYY`."""
    every = open_archive(path, "UTC").messages()
    messages = [one for one in every if f"{one.sent_at:%Y-%m}".startswith(month) and one.text.strip()]
    is_russian = sum(_RUSSIAN.search(one.text) is not None for one in messages) * 2 > len(messages)
    language = "ru" if is_russian else "en"
    return Judged(Project(UUID(int=1), path.stem, language=language), messages)


def _short(text: str) -> str:
    flat = " / ".join(text.split("\n"))
    return flat if len(flat) <= TEXT_SHOWN else f"{flat[:TEXT_SHOWN]}…"


def _told(finding: Note | Work) -> str:
    """A proposal with what a reviewer would look at, a line each."""
    draft = finding.content
    if isinstance(draft, AtomDraft):
        lines = [f"{finding.confidence:.2f} {draft.type} [{finding.topic}] {draft.title}"]
        lines += [f"    {_short(draft.content)}"] if draft.content != draft.title else []
    else:
        owner = f"{draft.assignee.name} agreed={draft.assignee.has_agreed}" if draft.assignee else "nobody"
        due = f"{draft.due.on} “{draft.due.phrase}”" if draft.due else "no date"
        kind = f"{draft.category}/{draft.priority}"
        lines = [f"{finding.confidence:.2f} TASK {kind} {draft.title} · {owner} · {due}"]
        lines += [f"    - {_short(part)}" for part in draft.sub_tasks]
    return "\n".join([*lines, *(f"    > {quote.author}: {_short(quote.text)}" for quote in finding.quotes)])


def main() -> None:
    """Prints how much was read, and a sample of notes and of tasks."""
    parser = argparse.ArgumentParser(prog="python -m tests.judging", description=__doc__)
    parser.add_argument("export", type=Path, help="A Telegram export (result.json).")
    parser.add_argument("--month", required=True, help="YYYY-MM, or YYYY for a year; in UTC.")
    parser.add_argument("--notes", type=int, default=30, help="How many notes to print.")
    parser.add_argument("--tasks", type=int, default=20, help="How many tasks to print.")
    parser.add_argument("--seed", type=int, default=1, help="Another seed prints others.")
    wanted = parser.parse_args()
    judged = month_of(wanted.export, wanted.month)
    asyncio.run(judged.read(RuleAnalyst(WordVectors(), RuleMatcher())))
    typer.echo(f"{len(judged.messages)} messages, {len(judged.notes)} notes, {len(judged.tasks)} tasks")
    pick = random.Random(wanted.seed)  # noqa: S311 - a sample to read, nothing secret
    for findings, many in ((judged.notes, wanted.notes), (judged.tasks, wanted.tasks)):
        for finding in pick.sample(list[Note | Work](findings), min(many, len(findings))):
            typer.echo(_told(finding))


if __name__ == "__main__":
    main()
