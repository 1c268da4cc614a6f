"""Messages and evidence."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from core.domain.evidence import Evidence, Quote
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId, ThreadId
from core.domain.message import Author, MediaKind, Message, Origin
from core.ports.inbox import Incoming, UpdateId
from storage.mapping.packing import Columns
from storage.tables import EvidenceRow, IncomingRow, MessageRow


def _optional(kind: Any, number: int | None) -> Any:
    return None if number is None else kind(number)


def message_of(row: MessageRow) -> Message:
    """The message of a row."""
    return Message(
        key=MessageKey(ChatId(row.chat_id), MessageId(row.message_id)),
        author=Author(
            name=row.author_name,
            person_id=_optional(PersonId, row.author_id),
            chat_id=_optional(ChatId, row.author_chat_id),
            username=row.author_username,
            is_bot=row.author_is_bot,
        ),
        text=row.text,
        sent_at=row.sent_at,
        thread_id=_optional(ThreadId, row.thread_id),
        reply_to=_optional(MessageId, row.reply_to),
        edited_at=row.edited_at,
        media=MediaKind(row.media),
        is_forwarded=row.is_forwarded,
        origin=Origin(row.origin),
        mentions=tuple(row.mentions),
        is_excluded=row.is_excluded,
        batch_id=row.batch_id,
    )


def message_columns(message: Message) -> Columns:
    """The columns of a message."""
    author = message.author
    return {
        "chat_id": message.key.chat_id,
        "message_id": message.key.message_id,
        "author_name": author.name,
        "author_id": author.person_id,
        "author_chat_id": author.chat_id,
        "author_username": author.username,
        "author_is_bot": author.is_bot,
        "text": message.text,
        "sent_at": message.sent_at,
        "thread_id": message.thread_id,
        "reply_to": message.reply_to,
        "edited_at": message.edited_at,
        "media": message.media.value,
        "is_forwarded": message.is_forwarded,
        "origin": message.origin.value,
        "mentions": list(message.mentions),
        "is_excluded": message.is_excluded,
        "is_readable": message.is_readable,
        "is_forgotten": False,
        "batch_id": message.batch_id,
    }


def evidence_of(rows: Iterable[EvidenceRow]) -> Evidence:
    """The evidence of its rows, which come by position."""
    return Evidence(
        tuple(
            Quote(
                key=MessageKey(ChatId(row.chat_id), MessageId(row.message_id)),
                text=row.quote,
                author=row.author,
                sent_at=row.sent_at,
                thread_id=_optional(ThreadId, row.thread_id),
                author_id=_optional(PersonId, row.author_id),
            )
            for row in rows
        )
    )


def evidence_columns(evidence: Evidence, owner_kind: str, owner_id: UUID) -> list[Columns]:
    """A row's columns for each quote."""
    return [
        {
            "owner_id": owner_id,
            "position": position,
            "owner_kind": owner_kind,
            "chat_id": quote.key.chat_id,
            "message_id": quote.key.message_id,
            "quote": quote.text,
            "author": quote.author,
            "sent_at": quote.sent_at,
            "thread_id": quote.thread_id,
            "author_id": quote.author_id,
        }
        for position, quote in enumerate(evidence.quotes)
    ]


def incoming_of(row: IncomingRow) -> Incoming:
    """The update of a row."""
    return Incoming(
        update_id=UpdateId(row.update_id),
        lane=row.lane,
        payload=row.payload,
        received_at=row.received_at,
        attempts=row.attempts,
    )


def incoming_columns(incoming: Incoming) -> Columns:
    """The columns of an update without effect yet."""
    return {
        "update_id": incoming.update_id,
        "lane": incoming.lane,
        "payload": incoming.payload,
        "received_at": incoming.received_at,
        "attempts": incoming.attempts,
        "status": "waiting",
        "error": "",
    }
