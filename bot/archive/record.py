"""One message of an export, from its JSON object: author, text, media, what it replies to."""

import re
from collections.abc import Mapping
from typing import Any, cast

from bot.archive.times import Unreadable
from core.domain.ids import ChatId, MessageId, PersonId
from core.domain.message import Author, MediaKind

Record = Mapping[str, Any]

DELETED_ACCOUNT = "Deleted Account"
"""What Telegram's clients show where an export has no name."""
CHANNEL_SHIFT = 1_000_000_000_000
"""https://core.telegram.org/api/bots/ids: supergroups and channels are -100… in the Bot API."""
ID_LIMIT = 1 << 53
"""https://core.telegram.org/bots/api#chat: ids have at most 52 significant bits."""
_PEER = re.compile(r"(user|chat|channel)(\d+)")
_BOT_NAME = re.compile(r"(?:^|[\s_.-])(?i:bot|бот)$|[a-z0-9]Bot$")
VIA_BOT = "via_bot"
OWN_BUTTONS = "inline_bot_buttons"
"""The keys that, with the name, tell whether a bot speaks."""
_MEDIA_TYPES = {
    "sticker": MediaKind.STICKER,
    "video_file": MediaKind.VIDEO,
    "video_message": MediaKind.VIDEO,
    "voice_message": MediaKind.VOICE,
    "audio_file": MediaKind.AUDIO,
    "animation": MediaKind.ANIMATION,
}
_MEDIA_KEYS = {
    "photo": MediaKind.PHOTO,
    "file": MediaKind.DOCUMENT,
    "poll": MediaKind.POLL,
    "location_information": MediaKind.LOCATION,
    "place_name": MediaKind.LOCATION,
    "contact_information": MediaKind.CONTACT,
    "game_title": MediaKind.OTHER,
    "invoice_information": MediaKind.OTHER,
    "giveaway_information": MediaKind.OTHER,
    "todo_list": MediaKind.OTHER,
    "paid_media": MediaKind.OTHER,
}
_NAMING = frozenset({"mention", "mention_name"})


def id_of(record: Record) -> MessageId:
    """Returns a message's id; it is negative in what a supergroup brought along from its old group.

    Raises:
        Unreadable: It has none.
    """
    found = record.get("id")
    if not isinstance(found, int) or isinstance(found, bool) or abs(found) >= ID_LIMIT:
        raise Unreadable("it has no message id")
    return MessageId(found)


def peer_of(text: object) -> PersonId | ChatId | None:
    """Returns the Bot API's id of an export's `user1`, `chat1` or `channel1`; None of anything else.

    Exports of before 2021 have people's bare numbers.
    """
    if isinstance(text, int):
        return PersonId(text)
    found = _PEER.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    kind, number = found[1], int(found[2])
    if kind == "user":
        return PersonId(number)
    return ChatId(-number if kind == "chat" else -CHANNEL_SHIFT - number)


def author_of(record: Record) -> Author:
    """Returns who wrote a message.

    An export does not say who is a bot. Taken as one: who sends buttons of their own, and whose name says
    it as a word (`Rose Bot`, `ci_bot`, `BuildBot`; not `Talbot`). `via_bot` is a person's message.
    """
    name = record.get("from")
    shown = name if isinstance(name, str) and name else DELETED_ACCOUNT
    peer = peer_of(record.get("from_id"))
    if peer is not None and peer < 0:
        return Author(shown, chat_id=ChatId(peer))
    is_bot = VIA_BOT not in record and (OWN_BUTTONS in record or bool(_BOT_NAME.search(shown)))
    return Author(shown, person_id=None if peer is None else PersonId(peer), is_bot=is_bot)


def text_of(record: Record) -> tuple[str, tuple[str, ...]]:
    """Returns a message's text and whom it mentions: lower case, without @, in order.

    Raises:
        Unreadable: It is neither text nor a list of parts.
    """
    parts: object = record.get("text_entities") or record.get("text", "")
    if isinstance(parts, str):
        return parts, ()
    if not isinstance(parts, list):
        raise Unreadable("its text is neither text nor a list")
    listed = cast("list[Any]", parts)
    try:
        marked = [part for part in listed if not isinstance(part, str)]
        text = "".join([part if isinstance(part, str) else part["text"] for part in listed])
        naming = [part["text"] for part in marked if part["type"] in _NAMING]
        return text, tuple([name.removeprefix("@").lower() for name in naming])
    except (TypeError, KeyError, AttributeError) as error:
        raise Unreadable("a part of its text is not as Telegram writes it") from error


def media_of(record: Record) -> MediaKind:
    """Returns what a message carries beside its text."""
    if isinstance(kind := record.get("media_type"), str):
        return _MEDIA_TYPES.get(kind, MediaKind.OTHER)
    if _MEDIA_KEYS.keys().isdisjoint(record):
        return MediaKind.NONE
    return next(media for key, media in _MEDIA_KEYS.items() if key in record)


def reply_of(record: Record, chat_id: ChatId) -> MessageId | None:
    """Returns the id of the message replied to in this chat; a reply to another chat's is none."""
    found = record.get("reply_to_message_id")
    elsewhere = record.get("reply_to_peer_id")
    if not isinstance(found, int) or (elsewhere is not None and peer_of(elsewhere) != chat_id):
        return None
    return MessageId(found)
