"""`open_archive`: one chat of an export, by its name, kind and id in the Bot API's form."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.archive.reading import Place, Reading
from bot.archive.record import CHANNEL_SHIFT
from bot.archive.source import AS_JSON, JsonError, Source, broken, ends_whole, ensure_export, events
from core.domain.ids import ChatId, PersonId
from core.domain.person import Chat, ChatKind
from core.errors import BadExport

BEYOND_TELEGRAM = 10**16
"""Added to ids of chats whose messages each account numbers by itself: no live chat has such an id
(https://core.telegram.org/api/bots/ids)."""
_FILE_IN_FOLDER = "result.json"
_LISTS = ("chats.list.item", "left_chats.list.item")
"""Where an export of a whole account has its chats."""
_ENDS = frozenset({"end_map", "end_array", "map_key"})
_MOST_NAMED = 10


class ArchiveKind(StrEnum):
    """Telegram Desktop's kinds of chat (writeDialogStart in its export_output_json.cpp)."""

    SAVED_MESSAGES = "saved_messages"
    REPLIES = "replies"
    VERIFICATION_CODES = "verification_codes"
    PERSONAL_CHAT = "personal_chat"
    BOT_CHAT = "bot_chat"
    PRIVATE_GROUP = "private_group"
    PRIVATE_SUPERGROUP = "private_supergroup"
    PUBLIC_SUPERGROUP = "public_supergroup"
    PRIVATE_CHANNEL = "private_channel"
    PUBLIC_CHANNEL = "public_channel"

    @property
    def is_channel_like(self) -> bool:
        """Whether its ids, the chat's and the messages', are everybody's: supergroups and channels."""
        return self.value.endswith(("_supergroup", "_channel"))


@dataclass(frozen=True)
class Archive:
    """One chat of an export file.

    Attributes:
        path: The JSON file.
        name: The chat's name; "" where the export has none.
        kind: What kind of chat it is.
        chat_id: The Bot API's id: -100… for supergroups and channels, negative for basic groups.
        timezone: Where it was made, for exports that have local time only.
        total_bytes: The file's size; `Reading.bytes_read` goes up to it.
    """

    path: Path
    name: str
    kind: ArchiveKind
    chat_id: ChatId
    timezone: ZoneInfo
    total_bytes: int
    place: Place = field(repr=False)

    @property
    def chat(self) -> Chat:
        """The chat as it is stored: under an id of its own where message ids are not the live chat's."""
        chat_id = self.chat_id if self.shares_ids else ChatId(-BEYOND_TELEGRAM - abs(self.chat_id))
        kind = next((kind for kind in ChatKind if self.kind.endswith(f"_{kind}")), ChatKind.PRIVATE)
        return Chat(chat_id, kind, self.name, is_imported=True)

    @property
    def shares_ids(self) -> bool:
        """Whether its message ids are the live chat's, so that the two may be joined.

        In basic groups and direct chats each account numbers the messages by itself.
        """
        return self.kind.is_channel_like

    def messages(self) -> Reading:
        """Returns a fresh pass over the messages, from the first, in the export's order."""
        bot = PersonId(self.chat_id) if self.kind is ArchiveKind.BOT_CHAT else None
        return Reading(self.place, self.chat_id, self.timezone, bot)

    def survey(self) -> Reading:
        """Reads everything once without keeping it, and returns the pass with its counts.

        Raises:
            BadExport: Some message cannot be read; so it is known before the first is stored.
        """
        reading = self.messages()
        for _ in reading:
            pass
        return reading


@dataclass
class _Heading:
    """What the walk learnt of one chat so far."""

    prefix: str
    first: int
    name: str = ""
    kind: str | None = None
    id: int | None = None
    count: int = 0
    has_messages: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is a chat with an id, of a kind there is."""
        return self.id is not None and self.kind in {kind.value for kind in ArchiveKind}

    def take(self, key: str, kind: str, value: object) -> None:
        if key == "name" and kind == "string":
            self.name = str(value)
        elif key == "type" and kind == "string":
            self.kind = str(value)
        elif key == "id" and isinstance(value, int) and kind == "number":
            self.id = value
        elif key == "messages" and kind == "start_array":
            self.has_messages = True
        elif key == "messages.item" and kind not in _ENDS:
            self.count += 1


def open_archive(path: Path, timezone: str, chat: str | None = None) -> Archive:
    """Returns the chat of an export file; of a whole account's export, the one asked for.

    Args:
        path: `result.json`, or the folder Telegram Desktop made with it in.
        timezone: Where the export was made, such as `Europe/Kyiv`: for exports without Unix time.
        chat: A name, or an id as the export or the Bot API has it; needed where there are several.

    Raises:
        BadExport: The file is no usable export, is cut off, or has several chats and none was named.
    """
    archives = list_archives(path, timezone)
    chosen = archives if chat is None else [one for one in archives if _is_called(one, chat)]
    if len(chosen) != 1:
        names = ", ".join(f"“{one.name}” ({one.chat_id})" for one in archives[:_MOST_NAMED])
        problem = f"it holds {len(archives)} chats: {names}" + (" …" if len(archives) > _MOST_NAMED else "")
        raise BadExport(path.name, problem, "name one of them, by its id if two have one name")
    if not ends_whole(chosen[0].path):
        # Reading it through finds where it ends, and says so.
        chosen[0].survey()
    return chosen[0]


def list_archives(path: Path, timezone: str) -> list[Archive]:
    """Returns the chats of an export in its order: one, or all of a whole account's that have messages.

    A whole account's export is read through once for this, a single chat's only to its first message.

    Raises:
        BadExport: The file is no usable export, or the time zone is unknown.
    """
    file = path / _FILE_IN_FOLDER if path.is_dir() else path
    zone = _zone(timezone)
    ensure_export(file)
    headings = _headings(file)
    if not any(heading.has_messages for heading in headings):
        raise BadExport(file.name, "it has no list of messages", AS_JSON)
    filled = [heading for heading in headings if heading.count and (heading.is_known or not heading.prefix)]
    if not filled:
        raise BadExport(file.name, "it holds no messages", "export the chat with its messages")
    return [_archive_of(file, heading, zone) for heading in filled]


def _headings(path: Path) -> list[_Heading]:
    """Walks the file as far as needed; a single chat's count is only 0 or 1."""
    single = _Heading("", 0)
    listed: list[_Heading] = []
    with Source(path) as source:
        try:
            for prefix, kind, value in events(source):
                _note(single, listed, prefix, kind, value)
                if single.count and single.kind and single.id is not None:
                    break
        except (JsonError, UnicodeDecodeError) as error:
            raise broken(path, source, error, "before its messages") from error
    return [*([single] if single.has_messages else []), *listed]


def _note(single: _Heading, listed: list[_Heading], prefix: str, kind: str, value: object) -> None:
    root = next((root for root in _LISTS if prefix.startswith(root)), "")
    if not root:
        single.take(prefix, kind, value)
    elif prefix == root and kind == "start_map":
        first = sum(heading.count for heading in listed if heading.prefix == root)
        listed.append(_Heading(root, first))
    elif listed:
        listed[-1].take(prefix[len(root) + 1 :], kind, value)


def _archive_of(path: Path, heading: _Heading, timezone: ZoneInfo) -> Archive:
    if heading.id is None or not heading.is_known:
        problem = f"it has no id of a chat, or its type ({heading.kind!r}) is no kind of chat"
        raise BadExport(f"{path.name}, chat “{heading.name}”", problem, AS_JSON)
    kind = ArchiveKind(heading.kind)
    prefix = f"{heading.prefix}.messages.item".lstrip(".")
    place = Place(path, prefix, heading.first, heading.count if heading.prefix else None)
    chat_id = _chat_id(kind, heading.id)
    return Archive(path, heading.name, kind, chat_id, timezone, path.stat().st_size, place)


def _chat_id(kind: ArchiveKind, bare: int) -> ChatId:
    if bare < 0:
        return ChatId(bare)
    if kind.is_channel_like:
        return ChatId(-CHANNEL_SHIFT - bare)
    return ChatId(-bare if kind is ArchiveKind.PRIVATE_GROUP else bare)


def _is_called(archive: Archive, chat: str) -> bool:
    bare = abs(archive.chat_id) - (CHANNEL_SHIFT if archive.shares_ids else 0)
    return chat in {archive.name, str(archive.chat_id), str(bare)}


def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadExport(
            f"time zone {timezone!r}", "there is none of that name", "use one such as Europe/Kyiv"
        ) from error
