"""Plain talk in a group, told from everything else without aiogram: what a busy chat mostly brings."""

import re
from dataclasses import dataclass

from bot.hear.scene.convert import MEDIA_KEYS, Malformed, Raw, chat_of, message_of, object_in, person_of
from core.domain.message import Message
from core.domain.person import ChatKind, Person

_CONTENT = frozenset({"text", "caption"}) | MEDIA_KEYS
_FRAME = frozenset(
    {
        "message_id", "message_thread_id", "is_topic_message", "from", "sender_chat", "sender_boost_count",
        "sender_tag", "date", "chat", "forward_origin", "forward_date", "forward_from",
        "forward_from_chat", "forward_from_message_id", "forward_sender_name", "forward_signature",
        "is_automatic_forward", "reply_to_message", "quote", "via_bot", "has_protected_content",
        "is_from_offline", "media_group_id", "author_signature", "entities", "caption_entities",
        "link_preview_options", "effect_id", "show_caption_above_media", "has_media_spoiler",
    }
)  # fmt: skip
"""What may stand around content; a field of any other name makes its message go the whole way."""
_GROUPS = frozenset({ChatKind.GROUP, ChatKind.SUPERGROUP})
_COMMAND = re.compile(r"/[A-Za-z0-9_]")


@dataclass(frozen=True)
class Plain:
    """A message nobody expects an answer to, and who wrote it (None for a chat that speaks)."""

    message: Message
    person: Person | None


def plain_of(update: Raw) -> Plain | None:
    """The plain message an update is, None for anything that has to go the whole way."""
    raw = update.get("message")
    if set(update) != {"update_id", "message"} or not isinstance(raw, dict):
        return None
    return _plain_message(object_in(update, "message"))


def _plain_message(raw: Raw) -> Plain | None:
    present = {name for name, value in raw.items() if value}
    if not present <= _FRAME | _CONTENT or not present & _CONTENT:
        return None
    try:
        message = message_of(raw)
        kind = chat_of(object_in(raw, "chat")).kind
        is_person = raw.get("from") and not raw.get("sender_chat")
        person = person_of(object_in(raw, "from")) if is_person else None
        is_talk = kind in _GROUPS and not _COMMAND.match(message.text) and not answers_a_bot(raw)
    except Malformed:
        return None
    return Plain(message, person) if is_talk else None


def answers_a_bot(raw: Raw) -> bool:
    """Whether a message replies to a bot's: it may mean one of our cards."""
    if not raw.get("reply_to_message"):
        return False
    reply = object_in(raw, "reply_to_message")
    return bool(reply.get("from")) and bool(object_in(reply, "from").get("is_bot"))
