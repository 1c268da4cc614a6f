"""`Reading`: one pass over an export's messages, counting what it skips."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, Self, cast
from zoneinfo import ZoneInfo

from bot.archive.record import OWN_BUTTONS, VIA_BOT, Record, author_of, id_of, media_of, reply_of, text_of
from bot.archive.source import AS_JSON, EXPORT_AGAIN, JsonError, Source, broken, items
from bot.archive.threads import Threads
from bot.archive.times import Times, Unreadable
from core.domain.ids import ChatId, MessageId, MessageKey, PersonId
from core.domain.message import Author, Message, Origin
from core.errors import BadExport

MOST_AUTHORS_KEPT = 10_000
_MIGRATIONS = frozenset({"migrate_from_group", "migrate_to_supergroup"})


@dataclass(frozen=True)
class Migration:
    """A service message that says a basic group became a supergroup; `title` is the old group's."""

    message_id: MessageId
    action: str
    title: str


@dataclass(frozen=True)
class Place:
    """Where in a file one chat's messages are: values of `prefix`, `count` of them from `first` on."""

    path: Path
    prefix: str
    first: int = 0
    count: int | None = None


class Reading:
    """Iterates the messages of one chat in the export's order, once; its counts grow with it.

    Iterating raises BadExport where the file cannot be read, naming the message; nothing of that message
    is given. Memory does not grow with the file.

    Attributes:
        messages: How many were given.
        services: Service messages, skipped (joins, pins, topics, …).
        unsupported: Messages that Telegram Desktop itself could not export, skipped.
        migrations: The service messages about becoming a supergroup.
        threads: The forum topics seen so far.
    """

    def __init__(self, place: Place, chat_id: ChatId, timezone: ZoneInfo, bot_id: PersonId | None) -> None:
        self.messages = 0
        self.services = 0
        self.unsupported = 0
        self.migrations: list[Migration] = []
        self.threads = Threads()
        self._place = place
        self._chat_id = chat_id
        self._times = Times(timezone)
        self._bots = set[PersonId]() if bot_id is None else {bot_id}
        self._authors: dict[tuple[object, ...], Author] = {}
        self._source = Source(place.path)
        self._read = self._reading()

    @property
    def bytes_read(self) -> int:
        """How far into the file this is, to within a chunk."""
        return self._source.bytes_read

    @property
    def skipped(self) -> int:
        """Service messages passed over so far."""
        return self.services

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> Message:
        return next(self._read)

    def close(self) -> None:
        """Closes the file before its end."""
        self._read.close()

    def _reading(self) -> Generator[Message]:
        place, last = self._place, "before the first message"
        end = None if place.count is None else place.first + place.count
        with self._source as source:
            found = islice(items(source, place.prefix), place.first, end)
            while True:
                try:
                    record = next(found)
                except StopIteration:
                    break
                except (JsonError, UnicodeDecodeError) as error:
                    raise broken(place.path, source, error, last) from error
                message = self._message(record)
                last = f"after message {record['id']}"
                if message is not None:
                    self.messages += 1
                    yield message
        if not self.messages:
            raise BadExport(place.path.name, "it holds no messages", "export the chat with its messages")

    def _message(self, found: object) -> Message | None:
        number = self.messages + self.services + self.unsupported + 1
        if not isinstance(found, dict):
            where = f"{self._place.path.name}, number {number} of its messages"
            raise BadExport(where, "it is not an object", AS_JSON)
        record = cast("dict[str, Any]", found)
        try:
            return self._message_of(record)
        except Unreadable as error:
            where = f"{self._place.path.name}, message {record.get('id', f'number {number}')}"
            raise BadExport(f"{where}, near byte {self.bytes_read}", str(error), EXPORT_AGAIN) from error

    def _message_of(self, record: Record) -> Message | None:
        message_id, kind = id_of(record), record.get("type")
        if kind != "message":
            self._skip(record, message_id, kind)
            return None
        sent_at = self._times.sent_at(record.get("date_unixtime"), record.get("date"))
        text, mentions = text_of(record)
        thread_id, reply_to = self.threads.place(message_id, reply_of(record, self._chat_id))
        return Message(
            MessageKey(self._chat_id, message_id),
            self._author(record),
            text,
            sent_at,
            thread_id=thread_id,
            reply_to=reply_to,
            edited_at=self._times.edited_at(record.get("edited_unixtime"), record.get("edited"), sent_at),
            media=media_of(record),
            is_forwarded="forwarded_from" in record,
            origin=Origin.IMPORTED,
            mentions=mentions,
        )

    def _skip(self, record: Record, message_id: MessageId, kind: object) -> None:
        if not isinstance(kind, str):
            raise Unreadable("it has no type")
        if kind != "service":
            self.unsupported += 1
            return
        self.services += 1
        action, title = str(record.get("action")), str(record.get("title", ""))
        if action == "topic_created":
            self.threads.open(message_id, title)
        elif action in _MIGRATIONS:
            self.migrations.append(Migration(message_id, action, title))

    def _author(self, record: Record) -> Author:
        """Returns the author, one object for many messages; once a bot showed itself, always a bot."""
        traits = (record.get("from_id"), record.get("from"), VIA_BOT in record, OWN_BUTTONS in record)
        try:
            author = self._authors.get(traits)
        except TypeError as error:
            raise Unreadable("its author is not as Telegram writes it") from error
        if author is None:
            author = author_of(record)
            if len(self._authors) >= MOST_AUTHORS_KEPT:
                self._authors.clear()
            self._authors[traits] = author
            if author.is_bot and author.person_id is not None:
                self._bots.add(author.person_id)
        return replace(author, is_bot=True) if author.person_id in self._bots else author
