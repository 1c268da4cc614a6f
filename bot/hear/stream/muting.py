"""Muting: what may not be stored loses its words before the update itself is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from bot.hear.scene.convert import MEDIA_KEYS, Raw
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.person import Person
from core.ports.unit_of_work import Transactions

_WORDS = frozenset({"text", "caption", "entities", "caption_entities", "quote"}) | MEDIA_KEYS
_FRAME = frozenset({"message_id", "chat", "date"})
"""What makes an object of an update a message, https://core.telegram.org/bots/api#message."""


@dataclass(frozen=True)
class Muting:
    """Knows who is left out, and what was forgotten; their commands still reach the bot."""

    transactions: Transactions

    async def muted(self, updates: Sequence[Raw]) -> Sequence[Raw]:
        """The same updates; words of messages that may not be stored are gone, also where others reply."""
        messages = [one for update in updates for one in _messages_in(update)]
        authors = {PersonId(id_) for one in messages for id_ in (_author(one), _first_author(one)) if id_}
        new = [update.get("message") for update in updates]
        old = [one for one in messages if not any(one is message for message in new)]
        keys = {key for one in old if (key := _key(one)) is not None}
        async with self.transactions.reading() as tx:
            people = await tx.people.list_ids(authors)
            forgotten = await tx.deletions.forgotten_among(keys) if keys else frozenset[MessageKey]()
        silent = {id_: one for id_, one in people.items() if one.is_left_out or one.forgotten_at}
        for one in messages:
            if _key(one) in forgotten or _is_silent(one, silent):
                for name in _WORDS & one.keys():
                    del cast("dict[str, Any]", one)[name]
            elif isinstance(one.get("reply_to_message"), dict):
                _drop_quote(one, silent, forgotten)
        return updates


def _messages_in(value: object) -> Iterator[Raw]:
    """Every message an update holds, those replied to and pinned included."""
    if isinstance(value, dict):
        holder = cast("Raw", value)
        if holder.keys() >= _FRAME:
            yield holder
        for inner in holder.values():
            yield from _messages_in(inner)


def _author(message: Raw) -> int | None:
    sender: Any = message.get("from")
    number: object = cast("Raw", sender).get("id") if isinstance(sender, dict) else None
    return number if isinstance(number, int) else None


def _first_author(message: Raw) -> int | None:
    """Who said what is forwarded; not told of accounts that hide it."""
    origin: Any = message.get("forward_origin")
    sender: object = cast("Raw", origin).get("sender_user") if isinstance(origin, dict) else None
    number: object = cast("Raw", sender).get("id") if isinstance(sender, dict) else None
    return number if isinstance(number, int) else None


def _key(message: Raw) -> MessageKey | None:
    chat: Any = message.get("chat")
    number: object = cast("Raw", chat).get("id") if isinstance(chat, dict) else None
    id_: object = message.get("message_id")
    if not isinstance(number, int) or not isinstance(id_, int):
        return None
    return MessageKey(ChatId(number), MessageId(id_))


def _is_silent(message: Raw, silent: Mapping[PersonId, Person]) -> bool:
    first = silent.get(PersonId(_first_author(message) or 0))
    if first is not None:
        origin: Any = message["forward_origin"]
        return first.is_left_out or _was_forgotten(first, cast("Raw", origin).get("date"))
    person, date = silent.get(PersonId(_author(message) or 0)), message.get("date")
    if person is None or not isinstance(date, int):
        return False
    is_command = str(message.get("text", "")).startswith("/")
    return _was_forgotten(person, date) or (person.is_left_out and not is_command)


def _was_forgotten(person: Person, date: object) -> bool:
    """Whether it was said before its author was forgotten."""
    if person.forgotten_at is None or not isinstance(date, int):
        return False
    return datetime.fromtimestamp(date, UTC) < person.forgotten_at


def _drop_quote(message: Raw, silent: Mapping[PersonId, Person], forgotten: frozenset[MessageKey]) -> None:
    """A reply may carry a piece of what it answers."""
    answered = cast("Raw", message["reply_to_message"])
    if _is_silent(answered, silent) or _key(answered) in forgotten:
        cast("dict[str, Any]", message).pop("quote", None)
