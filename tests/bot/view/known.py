"""What is known, shown: an answer, what a search found, subjects and notes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from core.domain.history import Change
from core.domain.ids import Kind, Ref
from core.domain.knowledge import Atom, AtomType, LinkType, Topic
from core.domain.message import Author, Message
from core.domain.showing.shown import Shown
from core.domain.showing.shown_known import Linked, ShownAnswer, ShownFound, ShownNote, ShownTopic, Worded
from core.domain.showing.view_known import AnswerCard, FoundList, KnownPanel, NoteCard, TopicCard
from core.domain.task import Task, TaskDraft
from tests.bot.view.samples import CHATS, EVIDENCE, NOW, PROJECT, uid

TOPIC = Topic(uid(801), PROJECT.id, 1, "Releases <b>", NOW, "When we ship", "🚀")
OTHER = Topic(uid(802), PROJECT.id, 2, "Login", NOW)
NEW = Atom(
    uid(811), PROJECT.id, 11, AtomType.DECISION, "Ship 2.4 on Thursday <b>", "The store is ready by then",
    0.9, NOW - timedelta(days=2), NOW, Ref(Kind.TOPIC, TOPIC.id), evidence=EVIDENCE,
)  # fmt: skip
OLD = replace(
    NEW, id=uid(812), number=12, title="Ship 2.4 on Wednesday", valid_from=NOW - timedelta(days=9),
    valid_until=NOW - timedelta(days=2),
)  # fmt: skip
_QUOTE = EVIDENCE.quotes[0]
MESSAGE = Message(_QUOTE.key, Author("Olya <b>"), "we ship on Thursday & not before", NOW)
TASK = Task(uid(830), PROJECT.id, 42, TaskDraft("Mend the <login>"), NOW, evidence=EVIDENCE)
RENAMED = Change(
    uid(820), Ref(Kind.TOPIC, TOPIC.id), NOW, "renamed", "Ann", before={"title": "Ship"},
    after={"title": "Releases"},
)  # fmt: skip


def answer(*cited: Atom | Task, as_of: date | None = None) -> ShownAnswer:
    """An answer to one question."""
    view = AnswerCard(PROJECT.id, "when do we <ship>?", as_of=as_of)
    return ShownAnswer(view, PROJECT, cited, CHATS)


def topic(panel: KnownPanel = KnownPanel.MAIN, **more: object) -> ShownTopic:
    """A subject with two notes."""
    shown = ShownTopic(
        TopicCard(TOPIC.id, panel=panel), PROJECT, TOPIC, (NEW, OLD), 12, 2, CHATS, may_change=True
    )
    return replace(shown, **more)


def note(panel: KnownPanel = KnownPanel.MAIN, atom: Atom = NEW) -> ShownNote:
    """A note with every sort of link, both ways."""
    links = tuple(Linked(type_, OLD, is_from_here=side) for side in (True, False) for type_ in LinkType)
    return ShownNote(NoteCard(atom.id, panel), atom, CHATS, TOPIC.name, links)


KNOWN: Mapping[str, Shown] = {
    "answer": answer(NEW, TASK),
    "answer, as of a day": answer(OLD, as_of=date(2025, 11, 4)),
    "answer, unknown": answer(),
    "answer, in words": replace(answer(NEW), sentences=(Worded("On <b>Thursday</b> @ann", NEW),)),
    "answer, without a model": replace(answer(NEW), view=replace(answer().view, is_without_model=True)),
    "found": ShownFound(FoundList(PROJECT.id, "ship <b>"), PROJECT, (NEW, TASK, MESSAGE), 23, 3, CHATS),
    "found, nothing": ShownFound(FoundList(PROJECT.id, "zebra"), PROJECT, (), 0, 1, CHATS),
    "subject": topic(),
    "subject, a member": topic(may_change=False),
    "subject, part of another": topic(
        topic=replace(TOPIC, merged_into=OTHER.id), merged_into="Login <b>", notes=(), total=0, pages=1
    ),
    "subject, archived": topic(topic=replace(TOPIC, archived_at=NOW)),
    "subject, renaming": topic(KnownPanel.RENAME),
    "subject, merging": topic(KnownPanel.MERGE, others=(OTHER,)),
    "subject, nothing to merge into": topic(KnownPanel.MERGE),
    "subject, history": topic(KnownPanel.HISTORY, history=(RENAMED,)),
    "note": note(),
    "note, over": note(atom=OLD),
    "note, sources": note(KnownPanel.SOURCES),
    "note, history": note(KnownPanel.HISTORY),
}
