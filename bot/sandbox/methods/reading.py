"""Reads what calls have in common: which chat, which text, which keyboard."""

import re
from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup, MessageEntity

from bot.sandbox.rules.errors import bad_request, forbidden, migrated
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.text.html import UnreadableEntities, parse_html
from bot.sandbox.text.plain import with_plain
from bot.sandbox.text.units import is_writable, trimmed, utf16_length
from bot.sandbox.world.model import Chat, Message
from bot.sandbox.world.wire import user_json

MOST_TEXT = 4096
"""After entities are parsed, counted in UTF-16 units; https://core.telegram.org/bots/api#sendmessage."""
MOST_CAPTION = 1024
MOST_ENTITIES = 100
"""The rest is dropped without a word; https://limits.tginfo.me ."""
MOST_DATA_BYTES = 64
"""https://core.telegram.org/bots/api#inlinekeyboardbutton."""
MOST_BUTTONS = 100
"""https://limits.tginfo.me : 100 inline buttons a message."""
MOST_IN_ROW = 8
_URL = re.compile(r"(?:(?:https?|tg)://[^\s]+|[\w-]+(?:\.[\w-]+)+\S*)$")
_BUTTON_KINDS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)


def chat_of(sandbox: Sandbox, chat_id: int | str) -> Chat:
    """Returns the chat of a call.

    Raises:
        Refused: "chat not found", or the group was upgraded.
    """
    chat = _find_chat(sandbox, str(chat_id))
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    return chat


def _find_chat(sandbox: Sandbox, chat_id: str) -> Chat | None:
    world = sandbox.world
    if chat_id.startswith("@"):
        return world.find_chat(chat_id[1:])
    if not chat_id.lstrip("-").isdecimal():
        return None
    if (found := world.chats.get(int(chat_id))) is not None:
        return found
    person = world.people.get(int(chat_id))
    return None if person is None or person.id == world.bot.person.id else Chat(person.id, "private")


def ensure_in(sandbox: Sandbox, chat: Chat) -> None:
    """Raises `Refused` when the bot is not in the chat and so sees nothing of it."""
    if chat.kind == "private":
        return
    member = chat.member(sandbox.world.bot.person.id)
    kind = chat.kind if chat.kind == "group" else f"{chat.kind}"
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if not member.is_present:
        raise forbidden(f"bot is not a member of the {kind} chat")


def ensure_may_write(sandbox: Sandbox, chat: Chat) -> None:
    """Raises `Refused` when the bot may not write to the chat."""
    if chat.kind != "private":
        ensure_in(sandbox, chat)
        if chat.kind == "channel" and not chat.member(sandbox.world.bot.person.id).is_admin:
            raise bad_request("need administrator rights in the channel chat")
        return
    person = sandbox.world.people[chat.id]
    if person.is_bot:
        raise forbidden("bot can't send messages to bots")
    if person.has_blocked:
        raise forbidden("bot was blocked by the user")
    if not person.has_started:
        raise forbidden("bot can't initiate conversation with a user")


def text_of(
    sandbox: Sandbox,
    text: str | None,
    parse_mode: object,
    entities: Sequence[MessageEntity] | None,
    *,
    most: int = MOST_TEXT,
) -> tuple[str, list[Json]]:
    """Returns plain text and entities of a text or caption.

    Raises:
        Refused: Entities that do not parse, an empty text (not for captions), too long.
    """
    if not is_writable(text or ""):
        raise bad_request("strings must be encoded in UTF-8")
    plain, marks = _parsed(sandbox, text or "", parse_mode, entities)
    if not plain and most == MOST_TEXT:
        raise bad_request("message text is empty")
    if utf16_length(plain) > most:
        kind = "message" if most == MOST_TEXT else "message caption"
        raise bad_request(f"{kind} is too long")
    return plain, with_plain(plain, marks)[:MOST_ENTITIES]


def _parsed(
    sandbox: Sandbox, text: str, parse_mode: object, entities: Sequence[MessageEntity] | None
) -> tuple[str, list[Json]]:
    mode = parse_mode.lower() if isinstance(parse_mode, str) else ""
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    if not mode:
        given = [e.model_dump(exclude_none=True, mode="json") for e in entities or ()]
        return trimmed(text, given)
    people = sandbox.world.people
    try:
        plain, marks = parse_html(text, frozenset(people))
    except UnreadableEntities as unreadable:
        raise bad_request(f"can't parse entities: {unreadable}") from unreadable
    for mark in marks:
        if mark["type"] == "text_mention":
            mark["user"] = user_json(people[mark["user"]])
    return plain, marks


def keyboard_of(markup: object) -> list[list[Json]]:
    """Returns the inline keyboard of a call, empty when it has none.

    Raises:
        Refused: A button without an action, a payload over 64 bytes, a bad link, too many.
    """
    if not isinstance(markup, InlineKeyboardMarkup):
        return []
    dumped: Json = markup.model_dump(exclude_none=True, mode="json")
    rows: list[list[Json]] = [row for row in dumped["inline_keyboard"] if row]
    for row in rows:
        for button in row:
            _check_button(button)
    if sum(len(row) for row in rows) > MOST_BUTTONS or any(len(row) > MOST_IN_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if not _BUTTON_KINDS & button.keys():
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not _URL.match(url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def message_of(chat: Chat, message_id: int | None, purpose: str) -> Message:
    """Returns a message or raises `Refused` "message to <purpose> not found"."""
    found = chat.messages.get(message_id or 0)
    if found is None:
        raise bad_request(f"message to {purpose} not found")
    return found
