"""Chats, members and forum topics as the bot asks for them."""

from aiogram.methods import (
    CreateForumTopic,
    GetChat,
    GetChatAdministrators,
    GetChatMember,
    GetChatMemberCount,
    LeaveChat,
)

from bot.sandbox.acts.coming import leave
from bot.sandbox.acts.rooms import open_topic
from bot.sandbox.methods.reading import chat_of, ensure_in
from bot.sandbox.rules.errors import bad_request
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.wire import full_chat_json, member_json


def get_chat(sandbox: Sandbox, call: GetChat) -> Json:
    """https://core.telegram.org/bots/api#getchat."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    return full_chat_json(sandbox.world, chat)


def get_chat_administrators(sandbox: Sandbox, call: GetChatAdministrators) -> list[Json]:
    """https://core.telegram.org/bots/api#getchatadministrators: other bots only on request."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    world = sandbox.world
    wants_bots = bool((call.model_extra or {}).get("return_bots"))
    return [
        member_json(world, chat, id_)
        for id_, member in chat.members.items()
        if member.is_admin and (wants_bots or not world.person(id_).is_bot or id_ == world.bot.person.id)
    ]


def get_chat_member(sandbox: Sandbox, call: GetChatMember) -> Json:
    """https://core.telegram.org/bots/api#getchatmember."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    if call.user_id not in sandbox.world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.kind == "private":
        chat.members.setdefault(call.user_id, chat.member(call.user_id))
    return member_json(sandbox.world, chat, call.user_id)


def get_chat_member_count(sandbox: Sandbox, call: GetChatMemberCount) -> int:
    """https://core.telegram.org/bots/api#getchatmembercount."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    if chat.kind == "private":
        return 2
    return sum(1 for member in chat.members.values() if member.is_present)


def leave_chat(sandbox: Sandbox, call: LeaveChat) -> bool:
    """https://core.telegram.org/bots/api#leavechat."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    leave(sandbox, chat, sandbox.world.bot.person.id)
    return True


def create_forum_topic(sandbox: Sandbox, call: CreateForumTopic) -> Json:
    """https://core.telegram.org/bots/api#createforumtopic."""
    chat = chat_of(sandbox, call.chat_id)
    ensure_in(sandbox, chat)
    bot = sandbox.world.bot.person.id
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.member(bot).may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    topic = open_topic(sandbox, chat, call.name, by=bot, color=call.icon_color or 7322096)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}
