"""Values for storage tests: each has what it must, the rest as given."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from core.domain.evidence import Evidence, Quote
from core.domain.ids import ChatId, Kind, MessageId, MessageKey, PersonId, Ref
from core.domain.knowledge import Atom, AtomDraft, AtomType, Topic, TopicDraft
from core.domain.message import Author, Message
from core.domain.person import Binding, Chat, ChatKind, ChatState, Person, Project
from core.domain.proposal import Proposal, ProposalStatus, Review, Source
from core.domain.run import Batch, Run, Snapshot, Stage, Trigger, Window
from core.domain.showing.spot import Spot
from core.domain.showing.view import Notice
from core.domain.task import Contribution, Gain, Task, TaskDraft
from storage.unit_of_work import SqlTransactions, SqlUnitOfWork

NOON = datetime(2025, 11, 11, 12, tzinfo=UTC)
WINDOW = Window(NOON - timedelta(days=1), NOON)
CHAT = ChatId(-100123)
_numbers = count(1)


@dataclass
class StillClock:
    """Stands still until moved."""

    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def new_id() -> UUID:
    """Ids that rise, as UUIDv7 do."""
    return UUID(int=next(_numbers) << 64)


def key(message_id: int, chat_id: int = CHAT) -> MessageKey:
    return MessageKey(ChatId(chat_id), MessageId(message_id))


def evidence(*message_ids: int) -> Evidence:
    return Evidence(
        tuple(Quote(key(one), f"quote {one}", "Olya", NOON + minutes(one)) for one in message_ids)
    )


def a_project(**fields: Any) -> Project:
    id_ = new_id()
    defaults: dict[str, Any] = {"id": id_, "name": f"Project {id_.int >> 64}"}
    return Project(**{**defaults, **fields})


def a_chat(**fields: Any) -> Chat:
    defaults: dict[str, Any] = {
        "id": CHAT, "kind": ChatKind.SUPERGROUP, "title": "Team", "state": ChatState.READING,
    }  # fmt: skip
    return Chat(**{**defaults, **fields})


def a_person(id_: int, name: str = "Olya", **fields: Any) -> Person:
    return Person(PersonId(id_), name, **fields)


def a_message(message_id: int, text: str = "Login does nothing", **fields: Any) -> Message:
    chat_id = fields.pop("chat_id", CHAT)
    defaults: dict[str, Any] = {
        "key": key(message_id, chat_id),
        "author": Author("Olya", PersonId(7)),
        "text": text,
        "sent_at": NOON + minutes(message_id),
    }
    return Message(**{**defaults, **fields})


def a_proposal(project: Project, number: int = 1, **fields: Any) -> Proposal:
    defaults: dict[str, Any] = {
        "id": new_id(),
        "project_id": project.id,
        "number": number,
        "content": TaskDraft("Mend the login"),
        "source": Source.KNOWLEDGE,
        "created_at": NOON,
        "confidence": 0.8,
    }
    return Proposal(**{**defaults, **fields})


def a_note(title: str = "Ship on Thursday", **fields: Any) -> AtomDraft:
    return AtomDraft(AtomType.DECISION, title, "content", **fields)


def a_subject(name: str = "Releases") -> TopicDraft:
    return TopicDraft(name)


def settled(
    proposal: Proposal, status: ProposalStatus, result: Ref | None = None, **fields: Any
) -> Proposal:
    """The proposal after a decision; saved, it has the next revision."""
    defaults: dict[str, Any] = {"act_id": new_id(), "at": NOON, "by": "@ann", "by_id": PersonId(1)}
    review = Review(result=result, **{**defaults, **fields})
    steps = {
        ProposalStatus.APPROVED: proposal.approve,
        ProposalStatus.REJECTED: proposal.reject,
        ProposalStatus.MERGED: proposal.merge,
        ProposalStatus.EXPIRED: proposal.expire,
        ProposalStatus.REPLACED: proposal.replaced,
    }
    return steps[status](review)


def a_topic(project: Project, number: int = 1, **fields: Any) -> Topic:
    defaults: dict[str, Any] = {"id": new_id(), "name": "Releases", "created_at": NOON}
    return Topic(project_id=project.id, number=number, **{**defaults, **fields})


def an_atom(project: Project, number: int = 1, **fields: Any) -> Atom:
    defaults: dict[str, Any] = {
        "id": new_id(),
        "type": AtomType.DECISION,
        "title": "Ship on Thursday",
        "content": "content",
        "confidence": 0.9,
        "valid_from": NOON,
        "created_at": NOON + minutes(number),
    }
    return Atom(project_id=project.id, number=number, **{**defaults, **fields})


def a_task(project: Project, number: int = 1, **fields: Any) -> Task:
    defaults: dict[str, Any] = {
        "id": new_id(), "draft": TaskDraft("Mend the login"), "created_at": NOON + minutes(number),
    }  # fmt: skip
    return Task(project_id=project.id, number=number, **{**defaults, **fields})


def a_contribution(proposal: Proposal, target: Ref, **fields: Any) -> Contribution:
    defaults: dict[str, Any] = {"id": new_id(), "gain": Gain("more"), "evidence": Evidence(), "at": NOON}
    return Contribution(proposal_id=proposal.id, target=target, **{**defaults, **fields})


def a_run(project: Project, number: int = 1, **fields: Any) -> Run:
    defaults: dict[str, Any] = {
        "id": new_id(),
        "stage": Stage.KNOWLEDGE,
        "window": WINDOW,
        "trigger": Trigger.MANUAL,
        "started_by": "@ann",
        "snapshot": Snapshot("rules", "built-in", "1.0", {"min_length": 10}),
        "created_at": NOON + minutes(number),
    }
    return Run(project_id=project.id, number=number, **{**defaults, **fields})


def a_batch(run: Run, index: int = 0, **fields: Any) -> Batch:
    return Batch(id=new_id(), run_id=run.id, index=index, **fields)


def a_spot(text: str = "hello", **fields: Any) -> Spot:
    defaults: dict[str, Any] = {
        "id": new_id(), "view": Notice(text), "chat_id": CHAT, "created_at": NOON,
    }  # fmt: skip
    return Spot(**{**defaults, **fields})


def of(item: Proposal | Topic | Atom | Task) -> Ref:
    kinds = {Proposal: Kind.PROPOSAL, Topic: Kind.TOPIC, Atom: Kind.ATOM, Task: Kind.TASK}
    return Ref(kinds[type(item)], item.id)


async def stored_project(transactions: SqlTransactions, **fields: Any) -> Project:
    project = a_project(**fields)
    async with transactions() as tx:
        await tx.projects.add(project)
    return project


async def listening(tx: SqlUnitOfWork, project: Project, chat: Chat | None = None) -> None:
    """Bind a whole chat to a project as source."""
    chat = chat or a_chat()
    await tx.chats.put(chat)
    await tx.chats.bind(Binding(chat.id, project.id))
