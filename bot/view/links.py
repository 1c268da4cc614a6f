"""Addresses inside Telegram: messages, and the bot itself with something to start on.

Shapes from https://core.telegram.org/api/links.
"""

from urllib.parse import quote

from core.domain.ids import ChatId, MessageId, ThreadId
from core.domain.person import Chat, ChatKind

REVIEW, EXPORT = "review", "export"
"""The words a deep link carries to open the session, or the ways to take tasks along, in direct chat."""
_CHANNEL_PREFIX = "-100"
_LINKED = frozenset({ChatKind.SUPERGROUP, ChatKind.CHANNEL})


def message_link(chat: Chat | None, message_id: MessageId, thread_id: ThreadId | None = None) -> str:
    """Where a message stands; "" where Telegram has no such address: basic groups, direct chats."""
    if chat is None or chat.kind not in _LINKED or not _is_channel_id(chat.id):
        return ""
    room = chat.username or f"c/{str(chat.id)[len(_CHANNEL_PREFIX) :]}"
    thread = f"/{thread_id}" if thread_id is not None else ""
    return f"https://t.me/{room}{thread}/{message_id}"


def _is_channel_id(chat_id: ChatId) -> bool:
    return str(chat_id).startswith(_CHANNEL_PREFIX)


def start_link(bot_username: str, payload: str) -> str:
    """Opens the direct chat with the bot and hands it `payload` (at most 64 of A-Z a-z 0-9 _ -)."""
    return f"https://t.me/{bot_username}?start={quote(payload, safe='')}"


def group_link(bot_username: str, token: str) -> str:
    """Adds the bot to a group as an administrator who may do least, and hands it `token` there."""
    return f"https://t.me/{bot_username}?startgroup={quote(token, safe='')}&admin=manage_chat"
