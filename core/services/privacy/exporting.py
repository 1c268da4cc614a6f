"""What a person may take along: all that is kept of them, as one JSON document."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.domain.ids import ChatId, PersonId
from core.domain.message import Message
from core.ports.chat import Fate, Messenger
from core.ports.unit_of_work import Transactions, UnitOfWork
from core.ports.world import Clock

FILE_NAME = "my-data.json"


@dataclass(frozen=True)
class ExportService:
    """Reads, then sends; nothing is stored."""

    transactions: Transactions
    clock: Clock
    messenger: Messenger

    async def send(self, person_id: PersonId) -> bool:
        """Send the document to the person's direct chat; False when Telegram did not take it now."""
        data = json.dumps(await self.collect(person_id), ensure_ascii=False, indent=1).encode()
        outcome = await self.messenger.send_document(ChatId(person_id), FILE_NAME, data)
        return outcome.fate is Fate.SENT

    async def collect(self, person_id: PersonId) -> dict[str, Any]:
        """Name, roles, messages, quotes and decisions of a person, oldest first; times as ISO 8601, UTC."""
        now = self.clock.now()
        async with self.transactions.reading() as tx:
            person = await tx.people.find(person_id)
            messages = await tx.messages.list_keys(await tx.deletions.keys_of(person_id, now))
            return {
                "exported_at": _iso(now),
                "person": {
                    "id": person_id,
                    "name": person.name if person else "",
                    "username": person.username if person else None,
                    "is_left_out": person is not None and person.is_left_out,
                },
                "is_reminded": await tx.reminders.find(person_id) is not None,
                "roles": await _roles(tx, person_id),
                "messages": [_told(one) for one in sorted(messages.values(), key=lambda one: one.sent_at)],
                "quotes": [
                    {"chat": quote.key.chat_id, "message": quote.key.message_id, "text": quote.text}
                    for quote in await tx.deletions.quotes_of(person_id)
                ],
                "decisions": [
                    {"number": one.name, "status": one.status.value, "at": _iso(one.review.at)}
                    for one in await tx.proposals.list_ids(await tx.deletions.decided_by(person_id))
                    if one.review is not None
                ],
            }


async def _roles(tx: UnitOfWork, person_id: PersonId) -> dict[str, str]:
    roles: dict[str, str] = {}
    for project in await tx.projects.list_all():
        role = (await tx.people.roles_of(project.id)).get(person_id)
        if role is not None:
            roles[project.name] = role.value
    return roles


def _told(message: Message) -> dict[str, Any]:
    return {
        "chat": message.key.chat_id,
        "message": message.key.message_id,
        "sent_at": _iso(message.sent_at),
        "edited_at": None if message.edited_at is None else _iso(message.edited_at),
        "text": message.text,
    }


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
