"""From a model's answer to findings: numbers become messages and notes again, and nothing is believed.

What a number stands for is looked up, words are looked for; the evidence check (core.domain.checking)
then drops what rests on nothing. Here the answer is only made comparable: it may err, lie, or obey
whoever wrote in the chat.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import UUID

from core.domain.conversation import Finding
from core.domain.evidence import Quote, is_quoted
from core.domain.ids import ChatId, MessageId, MessageKey
from core.domain.knowledge import AtomDraft, AtomType, LinkType, TopicDraft
from core.domain.message import Message
from core.domain.person import Person, Project
from core.domain.proposal import Recommendation
from core.domain.task import Assignee, Category, Due, Priority, TaskDraft
from core.llm.answers import Cited, FoundNote, FoundNotes, FoundTask, FoundTasks, PlainNotes, PlainTasks
from core.llm.laying import Laid, one_line
from core.ports.models import Days

PLAIN_CONFIDENCE = 0.6
"""The simplest form asks for no confidence; so it is ticked by nobody but the reviewer."""
_NOWHERE = ChatId(0)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_OTHER = "Other"


def notes_found(answer: FoundNotes | PlainNotes, laid: Laid) -> tuple[Finding[AtomDraft], ...]:
    """The notes of an answer, as they claim to be."""
    if isinstance(answer, PlainNotes):
        return tuple(
            Finding(
                AtomDraft(AtomType(one.kind), one_line(one.title), _whole(one.message, laid)),
                PLAIN_CONFIDENCE,
                "",
                (_quote(one.message, _whole(one.message, laid), laid),),
                topic=one_line(one.subject) or _OTHER,
            )
            for one in answer.notes
        )
    return tuple(_note(one, laid) for one in answer.notes)


def subjects_of(notes: Iterable[Finding[AtomDraft]]) -> tuple[Finding[TopicDraft], ...]:
    """A subject a name the notes use, resting on what its first note rests on."""
    first: dict[str, Finding[AtomDraft]] = {}
    for note in notes:
        first.setdefault(note.topic.casefold(), note)
    return tuple(
        Finding(TopicDraft(note.topic), note.confidence, note.reasoning, note.quotes)
        for note in first.values()
    )


def tasks_found(
    answer: FoundTasks | PlainTasks, laid: Laid, project: Project, people: Iterable[Person], days: Days
) -> tuple[Finding[TaskDraft], ...]:
    """The tasks of an answer, as they claim to be."""
    if isinstance(answer, PlainTasks):
        return tuple(
            Finding(
                TaskDraft(one_line(one.title), "", Priority(one.priority), Category(one.category)),
                PLAIN_CONFIDENCE,
                "",
                _quotes_of_notes([one.note], laid),
                sources=_sources([one.note], laid),
            )
            for one in answer.tasks
        )
    known = tuple(people)
    return tuple(_task(one, laid, project, known, days) for one in answer.tasks)


def _note(found: FoundNote, laid: Laid) -> Finding[AtomDraft]:
    links = [
        (LinkType(link.kind), laid.atoms[link.note].id) for link in found.links if link.note in laid.atoms
    ]
    quotes = _quotes(found.quotes, laid)
    return Finding(
        AtomDraft(AtomType(found.kind), one_line(found.title), found.content or one_line(found.title)),
        found.confidence,
        found.reasoning,
        quotes,
        topic=one_line(found.subject) or _OTHER,
        links=tuple(dict.fromkeys(links)),
    )


def _task(
    found: FoundTask, laid: Laid, project: Project, people: tuple[Person, ...], days: Days
) -> Finding[TaskDraft]:
    quotes = _quotes(found.quotes, laid) or _quotes_of_notes(found.notes, laid)
    draft = TaskDraft(
        title=one_line(found.title),
        description=found.description,
        priority=Priority(found.priority),
        category=Category(found.category),
        tags=tuple(dict.fromkeys(one_line(tag) for tag in found.tags if tag.strip())),
        assignee=_assignee(found, quotes, laid, people),
        due=_due(found, quotes, project, days),
        done_criterion=found.done_criterion,
        sub_tasks=tuple(one_line(one) for one in found.sub_tasks if one.strip()),
    )
    return Finding(
        draft,
        found.confidence,
        found.reasoning,
        quotes,
        Recommendation(found.recommendation),
        sources=_sources(found.notes, laid),
    )


def _sources(notes: Iterable[int], laid: Laid) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(laid.atoms[number].id for number in notes if number in laid.atoms))


def _quotes_of_notes(notes: Iterable[int], laid: Laid) -> tuple[Quote, ...]:
    shown = {message.key for message in laid.messages.values()}
    atoms = [laid.atoms[number] for number in notes if number in laid.atoms]
    return tuple(quote for atom in atoms for quote in atom.evidence.quotes if quote.key in shown)


def _quotes(cited: Iterable[Cited], laid: Laid) -> tuple[Quote, ...]:
    return tuple(_quote(one.message, one.words, laid) for one in cited)


def _quote(number: int, words: str, laid: Laid) -> Quote:
    message = laid.messages.get(number)
    if message is None:
        # Shown to nobody, so the check drops what rests on it, and counts it.
        return Quote(MessageKey(_NOWHERE, MessageId(number)), words, "", _NEVER)
    return Quote(
        message.key, as_said(words, message.text), message.author.name, message.sent_at, message.thread_id
    )


def as_said(words: str, text: str) -> str:
    """The words as they stand in the text where only case or punctuation differ; else as they are.

    "" where there are no words: a dot is quoted from anything.
    """
    parts = [re.escape(part) for part in re.findall(r"\w+", words)]
    if not parts or is_quoted(words, text):
        return words if parts else ""
    found = re.search(r"\W+".join(parts), text, re.IGNORECASE)
    return found.group() if found else words


def _whole(number: int, laid: Laid) -> str:
    message = laid.messages.get(number)
    return message.text.strip() if message else ""


def _assignee(
    found: FoundTask, quotes: Iterable[Quote], laid: Laid, people: tuple[Person, ...]
) -> Assignee | None:
    """Whom it names, known by id where we know them; that they agreed only where they are quoted."""
    name = one_line(found.assignee).lstrip("@")
    if not name:
        return None
    person = next((one for one in people if name.casefold() in _names_of(one)), None)
    quoted = {quote.key for quote in quotes}
    speaks = any(
        _is_by(message, name, person) for message in laid.messages.values() if message.key in quoted
    )
    shown = person.name if person else name
    return Assignee(shown, person.id if person else None, has_agreed=found.has_agreed and speaks)


def _names_of(person: Person) -> frozenset[str]:
    first = person.name.split(" ")[0]
    return frozenset(name.casefold() for name in (person.name, first, person.username or "") if name)


def _is_by(message: Message, name: str, person: Person | None) -> bool:
    if person is not None and message.author.person_id is not None:
        return message.author.person_id == person.id
    return message.author.name.casefold() == name.casefold()


def _due(found: FoundTask, quotes: Iterable[Quote], project: Project, days: Days) -> Due | None:
    """The day its words mean, as read without a model; the model's own where those words say none to us."""
    if not found.due_words.strip():
        return None
    said = next((quote for quote in quotes if is_quoted(found.due_words, quote.text)), None)
    said = said or next(iter(quotes), None)
    if said is None:
        return None
    day = days.find(found.due_words, said.sent_at, project.timezone) or _date(found.due)
    if day is None or day < said.sent_at.date():
        return None
    return Due(day, one_line(found.due_words))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
