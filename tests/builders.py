"""Plain values of the domain, with what a test does not care about filled in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from core.domain.evidence import Evidence, Quote
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.knowledge import AtomDraft, AtomType
from core.domain.message import Author, Message
from core.domain.person import Actor, Person, Project
from core.domain.proposal import Proposal, Review, Source
from core.domain.run import Run, Snapshot, Stage, Trigger, Window
from core.domain.task import Category, Priority, TaskDraft

START = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
GROUP = ChatId(-1001)
PROJECT = UUID(int=10**30)


def a_message(number: int = 1, text: str = "Login is dead on my iPhone again", **more: Any) -> Message:
    author = more.pop("author", Author("Olya", PersonId(7), username="olya"))
    key = MessageKey(more.pop("chat_id", GROUP), MessageId(number))
    sent_at = more.pop("sent_at", START - timedelta(hours=1) + timedelta(minutes=number))
    return Message(key=key, author=author, text=text, sent_at=sent_at, **more)


def a_quote(message: Message | None = None, text: str | None = None) -> Quote:
    message = message or a_message()
    author = message.author
    return Quote(
        message.key, text or message.text, author.name, message.sent_at, author_id=author.person_id
    )


def a_project(**more: Any) -> Project:
    return replace(Project(id=PROJECT, name="Mobile"), **more)


def a_person(number: int = 7, name: str = "Olya", **more: Any) -> Person:
    return Person(id=PersonId(number), name=name, **more)


def an_actor(number: int = 7, name: str = "@olya") -> Actor:
    return Actor(PersonId(number), name)


def a_review(**more: Any) -> Review:
    return replace(Review(act_id=UUID(int=5), at=START, by="@ann", by_id=PersonId(1)), **more)


def a_task_draft(**more: Any) -> TaskDraft:
    plain = TaskDraft("Mend the login", "Nothing happens", Priority.HIGH, Category.BUG)
    return replace(plain, **more)


def a_note_draft(**more: Any) -> AtomDraft:
    return replace(AtomDraft(AtomType.PROBLEM, "Login is dead", "Login is dead on iOS"), **more)


def a_proposal(number: int = 1, **more: Any) -> Proposal:
    plain = Proposal(
        id=UUID(int=100 + number),
        project_id=PROJECT,
        number=number,
        content=a_task_draft(),
        source=Source.KNOWLEDGE,
        created_at=START,
        confidence=0.8,
        evidence=Evidence((a_quote(),)),
    )
    return replace(plain, **more)


def a_run(number: int = 1, **more: Any) -> Run:
    plain = Run(
        id=UUID(int=1000 + number),
        project_id=PROJECT,
        number=number,
        stage=Stage.KNOWLEDGE,
        window=Window(START - timedelta(days=1), START),
        trigger=Trigger.MANUAL,
        started_by="@ann",
        snapshot=Snapshot("built-in", "built-in", "1.0", {}),
        created_at=START,
    )
    return replace(plain, **more)
