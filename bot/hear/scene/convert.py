"""What Telegram sends becomes ours: messages, authors, people, chats.

There is one conversion, from the raw JSON object; an aiogram object is turned back into one first.
Each function raises `Malformed` for what is not as https://core.telegram.org/bots/api has it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiogram.types import ChatMemberAdministrator, ChatMemberRestricted, TelegramObject

from core.domain.ids import ChatId, MessageId, MessageKey, PersonId, ThreadId
from core.domain.message import Author, MediaKind, Message, Origin
from core.domain.person import Chat, ChatKind, Person
from core.services.chats.imports import SentFile

Raw = Mapping[str, Any]
"""A JSON object as Telegram sent it."""

_MEDIA: Mapping[str, MediaKind] = {
    # An animation also comes as a document, a venue as a location: the telling name goes first.
    "animation": MediaKind.ANIMATION,
    "photo": MediaKind.PHOTO,
    "live_photo": MediaKind.PHOTO,
    "video": MediaKind.VIDEO,
    "video_note": MediaKind.VIDEO,
    "voice": MediaKind.VOICE,
    "audio": MediaKind.AUDIO,
    "document": MediaKind.DOCUMENT,
    "sticker": MediaKind.STICKER,
    "poll": MediaKind.POLL,
    "location": MediaKind.LOCATION,
    "contact": MediaKind.CONTACT,
}
OTHER_MEDIA = frozenset({"dice", "game", "story", "paid_media", "checklist", "venue", "invoice"})
MEDIA_KEYS = frozenset(_MEDIA) | OTHER_MEDIA
"""The fields of a message that are its content beside text."""
_RIGHTS = {
    name: False
    for kind in (ChatMemberAdministrator, ChatMemberRestricted)
    for name, field in kind.model_fields.items()
    if field.is_required() and field.annotation is bool
}
_FORWARDED = ("forward_origin", "forward_date", "forward_from", "forward_from_chat", "forward_sender_name")


class Malformed(Exception):
    """A field is missing or of another type than Telegram documents."""


def raw_of(event: TelegramObject) -> Raw:
    """An aiogram object as the JSON object it came from, fields without a value left out."""
    return event.model_dump(mode="python", by_alias=True, exclude_none=True, warnings=False)


def completed(update: Raw) -> Raw:
    """The update with every right of a member named: a server of another version leaves some out."""
    event = next((name for name in ("my_chat_member", "chat_member") if update.get(name)), None)
    if event is None:
        return update
    change = dict(object_in(update, event))
    for side in ("old_chat_member", "new_chat_member"):
        change[side] = {**_RIGHTS, **object_in(change, side)}
    return {**update, event: change}


def message_of(raw: Raw) -> Message:
    """A message; a caption is its text."""
    text = _text(raw, "text") or _text(raw, "caption")
    thread = _number(raw, "message_thread_id") if raw.get("is_topic_message") else None
    edited = raw.get("edit_date")
    return Message(
        key=key_of(raw),
        author=author_of(raw),
        text=text,
        sent_at=moment_of(raw.get("date")),
        thread_id=None if thread is None else ThreadId(thread),
        reply_to=_reply_to(raw, thread),
        edited_at=moment_of(edited) if edited else None,
        media=media_of(raw),
        is_forwarded=any(raw.get(name) for name in _FORWARDED) and not raw.get("is_automatic_forward"),
        mentions=_mentions(raw, text),
    )


def original_of(raw: Raw) -> Message | None:
    """What a forward was before: its author and time as Telegram tells them; None for no forward.

    The key stays the forward's own. https://core.telegram.org/bots/api#messageorigin
    """
    if not raw.get("forward_origin"):
        return None
    origin = object_in(raw, "forward_origin")
    return replace(
        message_of(raw),
        author=_origin_author(origin),
        sent_at=moment_of(origin.get("date")),
        thread_id=None,
        reply_to=None,
        edited_at=None,
        origin=Origin.IMPORTED,
    )


def document_of(raw: Raw) -> SentFile | None:
    """The file a message carries; None for pictures, voices and films."""
    if media_of(raw) is not MediaKind.DOCUMENT:
        return None
    document = object_in(raw, "document")
    return SentFile(
        _text(document, "file_id"), _text(document, "file_name"), _number(document, "file_size") or 0
    )


def origin_key_of(raw: Raw) -> MessageKey | None:
    """What names the message that was forwarded; told only of posts in channels."""
    if not raw.get("forward_origin"):
        return None
    origin = object_in(raw, "forward_origin")
    return key_of(origin) if origin.get("type") == "channel" else None


def _origin_author(origin: Raw) -> Author:
    for holder in ("chat", "sender_chat"):
        if origin.get(holder):
            return _chat_author(object_in(origin, holder))
    if origin.get("sender_user"):
        return author_of_user(object_in(origin, "sender_user"))
    return Author(_text(origin, "sender_user_name"))


def key_of(raw: Raw) -> MessageKey:
    """What names a message; also of one that is no longer accessible."""
    return MessageKey(ChatId(_id(object_in(raw, "chat"), "id")), MessageId(_id(raw, "message_id")))


def author_of(raw: Raw) -> Author:
    """Who speaks: the chat it speaks as, else the person, else the chat it stands in."""
    if raw.get("sender_chat"):
        return _chat_author(object_in(raw, "sender_chat"))
    if raw.get("from"):
        return author_of_user(object_in(raw, "from"))
    return _chat_author(object_in(raw, "chat"))


def author_of_user(user: Raw) -> Author:
    """A person, or a bot, as an author."""
    return Author(
        name=_name(user),
        person_id=PersonId(_id(user, "id")),
        username=_text(user, "username") or None,
        is_bot=bool(user.get("is_bot")),
    )


def person_of(user: Raw) -> Person:
    """A person as they are now; language "" where Telegram does not tell it."""
    return Person(
        id=PersonId(_id(user, "id")),
        name=_name(user),
        username=_text(user, "username") or None,
        language=_text(user, "language_code"),
    )


def chat_of(raw: Raw) -> Chat:
    """A chat as it is now; a direct chat is titled by the person's name."""
    kind = _text(raw, "type")
    if kind not in frozenset(ChatKind):
        raise Malformed("chat.type", kind)
    return Chat(
        id=ChatId(_id(raw, "id")),
        kind=ChatKind(kind),
        title=_text(raw, "title") or _name(raw),
        username=_text(raw, "username") or None,
        is_forum=bool(raw.get("is_forum")),
    )


def media_of(raw: Raw) -> MediaKind:
    """What the message carries beside its text."""
    if raw.get("venue"):
        return MediaKind.LOCATION
    known = next((kind for name, kind in _MEDIA.items() if raw.get(name)), None)
    if known is not None:
        return known
    return MediaKind.OTHER if any(raw.get(name) for name in OTHER_MEDIA) else MediaKind.NONE


def moment_of(value: object) -> datetime:
    """A Unix time, or aiogram's datetime, aware and UTC."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed("date", str(value))
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError) as error:
        raise Malformed("date", str(value)) from error


def _reply_to(raw: Raw, thread: int | None) -> MessageId | None:
    """What it replies to; a forum topic's first message is where it stands, not a reply."""
    if not raw.get("reply_to_message"):
        return None
    number = _id(object_in(raw, "reply_to_message"), "message_id")
    return None if number == thread else MessageId(number)


def _mentions(raw: Raw, text: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    wide = text.encode("utf-16-le")
    for entity in raw.get("entities") or raw.get("caption_entities") or ():
        if entity.get("type") == "mention":
            # Offsets count UTF-16 code units, https://core.telegram.org/bots/api#messageentity.
            start, length = _id(entity, "offset") * 2, _id(entity, "length") * 2
            name = wide[start : start + length].decode("utf-16-le", "ignore")
            found[name.removeprefix("@").lower()] = None
        elif entity.get("type") == "text_mention" and entity.get("user"):
            found[_name(object_in(entity, "user")).lower()] = None
    return tuple(name for name in found if name)


def _chat_author(chat: Raw) -> Author:
    return Author(
        name=_text(chat, "title") or _name(chat),
        chat_id=ChatId(_id(chat, "id")),
        username=_text(chat, "username") or None,
    )


def _name(user: Raw) -> str:
    return f"{_text(user, 'first_name')} {_text(user, 'last_name')}".strip()


def object_in(raw: Raw, name: str) -> Raw:
    """The JSON object in a field; raises Malformed for anything else."""
    value = raw.get(name)
    if not isinstance(value, Mapping):
        raise Malformed(name, str(value))
    return value  # pyright: ignore[reportUnknownVariableType] -- JSON's keys are strings


def _id(raw: Raw, name: str) -> int:
    value = _number(raw, name)
    if value is None:
        raise Malformed(name)
    return value


def _number(raw: Raw, name: str) -> int | None:
    value = raw.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise Malformed(name, str(value))
    return value


def _text(raw: Raw, name: str) -> str:
    value = raw.get(name)
    if value is not None and not isinstance(value, str):
        raise Malformed(name, str(value))
    return value or ""
