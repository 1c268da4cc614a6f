"""What is known: answers, what a search found, subjects and notes, as far as they may be read here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from core.domain.evidence import Evidence, Quote
from core.domain.history import Change
from core.domain.ids import ChatId, Kind, MessageId, MessageKey, Ref
from core.domain.knowledge import Atom, Topic
from core.domain.message import Message
from core.domain.person import Project, Role
from core.domain.showing.shown import Withheld
from core.domain.showing.shown_known import (
    Linked,
    ShownAnswer,
    ShownFound,
    ShownNote,
    ShownTopic,
    Worded,
)
from core.domain.showing.shown_lists import ShownTopics
from core.domain.showing.view import TopicList
from core.domain.showing.view_known import AnswerCard, FoundList, KnownPanel, NoteCard, TopicCard
from core.domain.showing.wording import Wording
from core.domain.similarity import fused
from core.domain.task import Task
from core.errors import NotFound
from core.ports.analysis import Noise
from core.services.showing.load_proposals import HISTORY
from core.services.showing.sight import Picture, Sight, find_known, page_of

FOUND_ITEMS, FOUND_MESSAGES = 50, 100
"""What a search brings at most: who needs more asks for more words."""


@dataclass(frozen=True)
class KnownLoader:
    """Loads what is known; `noise` tells the sensitive matters no search shows in a group."""

    noise: Noise

    async def answer(self, sight: Sight, view: AnswerCard) -> Picture:
        """An AnswerCard; what may no longer be read here is not cited, nor worded."""
        project = await sight.tx.projects.get(view.project_id)
        cited = await _readable(sight, project, view.cited)
        chats = await sight.chats_of(_evidence(one) for one in cited)
        sentences = await sentences_for(sight, project, view.wording)
        return Picture(ShownAnswer(view, project, tuple(cited), chats, sentences), project)

    async def found(self, sight: Sight, view: FoundList) -> Picture:
        """A FoundList: notes and tasks before messages, each best first."""
        project = await sight.tx.projects.get(view.project_id)
        search = sight.tx.search
        ranked = [
            await search.by_words(project.id, kind, view.query, FOUND_ITEMS)
            for kind in (Kind.ATOM, Kind.TASK)
        ]
        items = await _readable(sight, project, fused(ranked))
        messages = await self._messages(sight, project, view.query)
        entries: list[Atom | Task | Message] = [*items, *messages]
        present, page, pages = page_of(entries, view.page)
        chats = await sight.chats_of(_evidence(one) for one in present)
        shown = ShownFound(replace(view, page=page), project, present, len(entries), pages, chats)
        return Picture(shown, project)

    async def topics(self, sight: Sight, view: TopicList) -> Picture:
        """A TopicList: the subjects something readable here is about, with how many such notes."""
        project = await sight.tx.projects.get(view.project_id)
        notes = await _notes(sight, project)
        held = Counter(note.topic.id for note in notes if note.topic is not None)
        topics = [one for one in await sight.tx.knowledge.list_topics(project.id) if held[one.id]]
        rows = [(topic.number, topic.icon, topic.name, held[topic.id]) for topic in topics]
        present, page, pages = page_of(rows, view.page)
        return Picture(ShownTopics(replace(view, page=page), project, present, pages), project)

    async def topic(self, sight: Sight, view: TopicCard) -> Picture:
        """A TopicCard; withheld where none of its notes may be read."""
        topic = await sight.tx.knowledge.get_topic(view.topic_id)
        project = await sight.tx.projects.get(topic.project_id)
        notes = await _notes(sight, project)
        about = [note for note in notes if note.topic == Ref(Kind.TOPIC, topic.id)]
        if not about and not await _may_name(sight, project, topic):
            return Picture(Withheld((topic.label,)), project)
        present, page, pages = page_of(about, view.page)
        named = {note.topic.id for note in notes if note.topic is not None}
        shown = ShownTopic(
            view=replace(view, page=page),
            project=project,
            topic=topic,
            notes=present,
            total=len(about),
            pages=pages,
            chats=await sight.chats_of(note.evidence for note in present),
            may_change=await _may_change(sight, project),
            others=await _others(sight, topic, named) if view.panel is KnownPanel.MERGE else (),
            merged_into=await _merged_into(sight, topic, named),
            history=await _changes(sight, Ref(Kind.TOPIC, topic.id), view.panel),
        )
        return Picture(shown, project)

    async def note(self, sight: Sight, view: NoteCard) -> Picture:
        """A NoteCard with those of its links that may be read here."""
        atom = await sight.tx.knowledge.get_atom(view.atom_id)
        project = await sight.tx.projects.get(atom.project_id)
        if not await sight.sees(project, atom.evidence):
            return Picture(Withheld((atom.name,)), project)
        links = _links(atom, await _notes(sight, project))
        topic = atom.topic
        is_known = topic is not None and topic.kind is Kind.TOPIC
        shown = ShownNote(
            view=view,
            atom=atom,
            chats=await sight.chats_of([atom.evidence]),
            topic_name=(await sight.tx.knowledge.get_topic(topic.id)).name if topic and is_known else "",
            links=links,
            history=await _changes(sight, Ref(Kind.ATOM, atom.id), view.panel),
        )
        return Picture(shown, project)

    async def _messages(self, sight: Sight, project: Project, query: str) -> list[Message]:
        hits = await sight.tx.search.messages_by_words(project.id, query, FOUND_MESSAGES)
        keys = [MessageKey(ChatId(chat), MessageId(message)) for chat, message in hits]
        known = await sight.tx.messages.list_keys(keys)
        found = [known[key] for key in keys if key in known]
        readable = {
            chat: await sight.sees(project, _evidence(one))
            for chat, one in {one.key.chat_id: one for one in found}.items()
        }
        is_group = sight.place.reader_id is None
        return [
            one
            for one in found
            if readable[one.key.chat_id] and not (is_group and self.noise.withholds(one))
        ]


async def _readable(sight: Sight, project: Project, refs: Iterable[Ref]) -> list[Atom | Task]:
    """Those of the project that are still there and may be read here, in their order."""
    found = [item for ref in refs if (item := await find_known(sight.tx, ref)) is not None]
    seen = [await _as_seen(sight, project, item) for item in found if item.project_id == project.id]
    return [item for item in seen if item is not None]


async def sentences_for(sight: Sight, project: Project, wording: Wording) -> tuple[Worded, ...]:
    """The sentences where all they were made from may be read here, else none."""
    given = await _readable(sight, project, wording.given)
    if len(given) < len(wording.given):
        return ()
    by_id = {one.id: one for one in given}
    return tuple(
        Worded(sentence.text, by_id[sentence.ref.id])
        for sentence in wording.sentences
        if sentence.ref.id in by_id
    )


async def _as_seen(sight: Sight, project: Project, item: Atom | Task) -> Atom | Task | None:
    if isinstance(item, Task):
        return await sight.seen_task(project, item)
    return item if await sight.sees(project, item.evidence) else None


def _evidence(item: Atom | Task | Message) -> Evidence:
    if isinstance(item, Task):
        return item.whole_evidence
    if isinstance(item, Atom):
        return item.evidence
    return Evidence((Quote(item.key, item.text, item.author.name, item.sent_at, item.thread_id),))


async def _notes(sight: Sight, project: Project) -> list[Atom]:
    """All notes readable here, in force or not, newest first."""
    atoms = await sight.tx.knowledge.list_atoms(project.id, only_in_force=False)
    return await sight.seen(project, atoms[::-1])


async def _may_name(sight: Sight, project: Project, topic: Topic) -> bool:
    """Whether an empty subject may be named here: to whom it was put up, or who put it up."""
    if topic.proposal_id is None:
        return True
    try:
        proposal = await sight.tx.proposals.get(topic.proposal_id)
    except NotFound:
        return False
    return await sight.sees(project, proposal.evidence)


async def _may_change(sight: Sight, project: Project) -> bool:
    """Whether its buttons are shown: to a reviewer, and in a group, where who presses is looked at."""
    return sight.place.reader_id is None or await sight.role(project) is not Role.MEMBER


async def _others(sight: Sight, topic: Topic, named: set[UUID]) -> tuple[Topic, ...]:
    topics = await sight.tx.knowledge.list_topics(topic.project_id)
    return tuple(one for one in topics if one.id != topic.id and one.id in named)


async def _merged_into(sight: Sight, topic: Topic, named: set[UUID]) -> str:
    """The name of the subject it became part of, where that may be named here."""
    if topic.merged_into is None or topic.merged_into not in named:
        return ""
    return (await sight.tx.knowledge.get_topic(topic.merged_into)).name


def _links(atom: Atom, notes: Sequence[Atom]) -> tuple[Linked, ...]:
    """Its own links, then those other notes have to it."""
    by_id = {note.id: note for note in notes}
    own = [
        Linked(link.type, by_id[link.target.id], is_from_here=True)
        for link in atom.links
        if link.target.id in by_id
    ]
    here = Ref(Kind.ATOM, atom.id)
    others = [
        Linked(link.type, note, is_from_here=False)
        for note in notes
        for link in note.links
        if link.target == here
    ]
    return (*own, *others)


async def _changes(sight: Sight, item: Ref, panel: KnownPanel) -> tuple[Change, ...]:
    return tuple(await sight.tx.history.list_of(item, HISTORY)) if panel is KnownPanel.HISTORY else ()
