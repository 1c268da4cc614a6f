"""The ids of things: Telegram's own, and references to ours."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

ChatId = NewType("ChatId", int)
"""A Telegram chat id; supergroups are -100…, direct chats equal the person's id."""
ThreadId = NewType("ThreadId", int)
"""A forum topic's message_thread_id."""
MessageId = NewType("MessageId", int)
PersonId = NewType("PersonId", int)
UpdateId = NewType("UpdateId", int)


@dataclass(frozen=True, order=True)
class MessageKey:
    """What names a message for ever: its chat's Telegram id and its message id."""

    chat_id: ChatId
    message_id: MessageId


class Kind(StrEnum):
    """The kinds of things that have numbers (`NUMBERED`) or can be pointed at."""

    PROPOSAL = "proposal"
    TOPIC = "topic"
    ATOM = "atom"
    TASK = "task"
    RUN = "run"
    PROJECT = "project"


@dataclass(frozen=True)
class Ref:
    """Points at one of our items, or at the proposal that may become it."""

    kind: Kind
    id: UUID


_PREFIX = {Kind.PROPOSAL: "P", Kind.TASK: "T", Kind.RUN: "R", Kind.TOPIC: "S", Kind.ATOM: "N"}
NUMBERED = frozenset(_PREFIX)
"""A project has a name instead."""


def number_of(kind: Kind, number: int) -> str:
    """`P-118`, `T-42`, `R-24`; S for subjects and N for notes."""
    return f"{_PREFIX[kind]}-{number}"
