"""The bot itself: getMe, its commands, its names and descriptions."""

import json
import re
from typing import Any

from aiogram.methods import DeleteMyCommands, GetMe, GetMyCommands, SetMyCommands

from bot.sandbox.methods.reading import chat_of
from bot.sandbox.rules.errors import bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.model import Chat
from bot.sandbox.world.store import World
from bot.sandbox.world.wire import user_json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}$")
MOST_COMMANDS = 100
MOST_DESCRIPTION = 256
"""https://core.telegram.org/bots/api#botcommand."""
DEFAULT_SCOPE = '{"type": "default"}'


def get_me(sandbox: Sandbox, call: GetMe) -> Json:
    """https://core.telegram.org/bots/api#getme."""
    del call
    flags = (
        "can_connect_to_business has_main_web_app has_topics_enabled supports_guest_queries "
        "allows_users_to_create_topics can_manage_bots supports_join_request_queries"
    )
    return {
        **user_json(sandbox.world.bot.person),
        "can_join_groups": True,
        "can_read_all_group_messages": not sandbox.world.bot.privacy,
        "supports_inline_queries": False,
        **dict.fromkeys(flags.split(), False),
    }


def set_my_commands(sandbox: Sandbox, call: SetMyCommands) -> bool:
    """https://core.telegram.org/bots/api#setmycommands."""
    if len(call.commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in call.commands:
        if not _COMMAND.match(command.command.lstrip("/").lower()):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.description) <= MOST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    commands = [
        {"command": one.command.lstrip("/").lower(), "description": one.description}
        for one in call.commands
    ]
    sandbox.world.bot.commands[_key(sandbox, call)] = commands
    sandbox.changes.publish("commands")
    return True


def get_my_commands(sandbox: Sandbox, call: GetMyCommands) -> list[Json]:
    """https://core.telegram.org/bots/api#getmycommands."""
    return sandbox.world.bot.commands.get(_key(sandbox, call), [])


def delete_my_commands(sandbox: Sandbox, call: DeleteMyCommands) -> bool:
    """https://core.telegram.org/bots/api#deletemycommands."""
    sandbox.world.bot.commands.pop(_key(sandbox, call), None)
    sandbox.changes.publish("commands")
    return True


def _key(sandbox: Sandbox, call: SetMyCommands | GetMyCommands | DeleteMyCommands) -> tuple[str, str]:
    fields: Json = {"type": "default"}
    if call.scope is not None:
        fields = call.scope.model_dump(exclude_none=True, mode="json")
    if "chat_id" in fields:
        fields["chat_id"] = chat_of(sandbox, fields["chat_id"]).id
    return scope_key(fields), call.language_code or ""


def scope_key(fields: Json) -> str:
    """Returns a scope as canonical JSON."""
    return json.dumps(fields, sort_keys=True)


def commands_for(world: World, chat: Chat, person: int) -> list[Json]:
    """Returns the menu a person sees, the narrowest scope first.

    https://core.telegram.org/bots/api#determining-list-of-commands
    """
    language = world.person(person).language or ""
    for scope in _scopes(chat, person):
        for code in (language, ""):
            if found := world.bot.commands.get((scope_key(scope), code)):
                return found
    return []


def _scopes(chat: Chat, person: int) -> list[Json]:
    here: Json = {"chat_id": chat.id}
    if chat.kind == "private":
        names: list[Json] = [{"type": "chat", **here}, {"type": "all_private_chats"}]
        return [*names, {"type": "default"}]
    is_admin = chat.member(person).is_admin
    scopes: list[Json | None] = [
        {"type": "chat_member", **here, "user_id": person},
        {"type": "chat_administrators", **here} if is_admin else None,
        {"type": "chat", **here},
        {"type": "all_chat_administrators"} if is_admin else None,
        {"type": "all_group_chats"},
        {"type": "default"},
    ]
    return [scope for scope in scopes if scope]


def set_text(sandbox: Sandbox, call: Any) -> bool:
    """setMyName, setMyDescription and setMyShortDescription."""
    field, value = _text_field(call)
    sandbox.world.bot.texts[field, call.language_code or ""] = value
    return True


def _text_field(call: Any) -> tuple[str, str]:
    for field in ("name", "description", "short_description"):
        if hasattr(call, field):
            return field, getattr(call, field) or ""
    raise AssertionError(call)


def get_text(field: str, sandbox: Sandbox, call: Any) -> Json:
    """getMyName, getMyDescription and getMyShortDescription."""
    texts = sandbox.world.bot.texts
    default = sandbox.world.bot.person.first_name if field == "name" else ""
    return {field: texts.get((field, call.language_code or ""), default)}
