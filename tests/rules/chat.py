"""Builders of chat for the rules' tests: a script of who said what becomes messages."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from core.domain.conversation import Conversation, Finding, Reading, Recalled
from core.domain.evidence import Evidence, Quote
from core.domain.ids import ChatId, Kind, MessageId, MessageKey, PersonId, Ref, ThreadId
from core.domain.knowledge import Atom, AtomDraft, AtomType, Link, Topic
from core.domain.message import Author, Message
from core.domain.person import Person, Project

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "bot" / "demo" / "sample_chat.json"
DATA = ROOT.parent / "shared" / "data"
CHAT = ChatId(-1001)
TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
PROJECT = Project(UUID(int=1), "Mobile", timezone="Europe/Berlin")
PEOPLE = tuple(
    Person(PersonId(index), name, name.casefold()) for index, name in enumerate(("Olya", "Max", "Lena"), 1)
)


@dataclass(frozen=True)
class Line:
    """One line of a script; `after` in minutes since the first day's start."""

    who: str
    text: str
    reply_to: int | None = None
    thread: int | None = None
    after: float | None = None
    chat: int = CHAT


def said(*lines: Line) -> list[Message]:
    """Messages numbered from 1, a minute apart unless told."""
    return [_message(number, line) for number, line in enumerate(lines, 1)]


def one(text: str, who: str = "Olya") -> Message:
    """A single message."""
    return said(Line(who, text))[0]


def _message(number: int, line: Line) -> Message:
    person = next((person for person in PEOPLE if person.name == line.who), None)
    minutes = line.after if line.after is not None else float(number)
    return Message(
        key=MessageKey(ChatId(line.chat), MessageId(number)),
        author=Author(line.who, person.id if person else PersonId(1000 + sum(line.who.encode()))),
        text=line.text,
        sent_at=TUESDAY + timedelta(minutes=minutes),
        thread_id=None if line.thread is None else ThreadId(line.thread),
        reply_to=None if line.reply_to is None else MessageId(line.reply_to),
    )


def reading(
    messages: Sequence[Message], *, topics: Sequence[Topic] = (), atoms: Sequence[Atom] = ()
) -> Reading:
    """The messages as one conversation of the project."""
    return Reading(PROJECT, Conversation(tuple(messages)), tuple(topics), Recalled(atoms=tuple(atoms)))


def topic(number: int, name: str) -> Topic:
    """A subject the project has."""
    return Topic(UUID(int=900 + number), PROJECT.id, number, name, TUESDAY)


def kept(findings: Iterable[Finding[AtomDraft]], of: Topic, first: int = 1) -> list[Atom]:
    """Notes as a reviewer kept them."""
    return [
        Atom(
            id=UUID(int=first + index),
            project_id=PROJECT.id,
            number=first + index,
            type=finding.content.type,
            title=finding.content.title,
            content=finding.content.content,
            confidence=finding.confidence,
            valid_from=finding.quotes[0].sent_at,
            created_at=finding.quotes[0].sent_at,
            topic=Ref(Kind.TOPIC, of.id),
            links=tuple(Link(type_, Ref(Kind.ATOM, target)) for type_, target in finding.links),
            evidence=Evidence(finding.quotes),
        )
        for index, finding in enumerate(findings)
    ]


def note(number: int, type_: AtomType, title: str, messages: Sequence[Message], content: str = "") -> Atom:
    """A kept note that quotes whole messages."""
    draft = AtomDraft(type_, title, content or title)
    finding = Finding(draft, 0.7, "", tuple(quote_whole(message) for message in messages))
    return kept([finding], topic(1, "Login"), first=number)[0]


def quote_whole(message: Message) -> Quote:
    """The whole message as a quote."""
    return Quote(message.key, message.text, message.author.name, message.sent_at, message.thread_id)


@dataclass(frozen=True)
class Sample:
    """The demo's chat as the product would have it, from Tuesday 10 November 2026 on."""

    project: Project
    people: tuple[Person, ...]
    messages: tuple[Message, ...]


def sample(change: Mapping[int, str] | None = None) -> Sample:
    """The demo's chat, some messages' texts changed, "" taken out."""
    table = json.loads(SAMPLE.read_text(encoding="utf-8"))
    told = table["project"]
    project = Project(
        UUID(int=1), told["name"], timezone=told["timezone"], keywords=tuple(told["keywords"])
    )
    people = tuple(
        Person(PersonId(index), person["name"], person["username"])
        for index, person in enumerate(table["people"], 1)
    )
    by_name = {person.name: person for person in people}
    changed = change or {}
    start = datetime(2026, 11, 10, 9, 0, tzinfo=ZoneInfo(told["timezone"])).astimezone(UTC)
    messages = [
        Message(
            key=MessageKey(CHAT, MessageId(row["id"])),
            author=Author(row["from"], by_name[row["from"]].id, username=by_name[row["from"]].username),
            text=changed.get(row["id"], str(row["text"])),
            sent_at=start + timedelta(minutes=row["at_offset_minutes"]),
            reply_to=MessageId(row["reply_to"]) if "reply_to" in row else None,
        )
        for row in table["messages"]
    ]
    return Sample(project, people, tuple(message for message in messages if message.text))
