"""Coming and going: members, administrators, the bot itself."""

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.acts.posting import post_service
from bot.sandbox.rules.hearing import sees_members
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world.model import RIGHTS, Chat, Member
from bot.sandbox.world.wire import chat_json, member_json, user_json

if TYPE_CHECKING:
    from bot.sandbox.shape import Json

BOT_ADMIN_RIGHTS = frozenset({"can_manage_chat"})
"""What `&admin=manage_chat` grants; https://core.telegram.org/api/links#group-channel-bot-links."""
PEOPLE_ADMIN_RIGHTS = frozenset(RIGHTS) | {"can_pin_messages", "can_manage_topics"}


def set_member(sandbox: Sandbox, chat: Chat, person: int, member: Member, *, by: int) -> None:
    """Changes somebody's place in a chat and tells the bot what it may know."""
    world = sandbox.world
    before = member_json(world, chat, person)
    was_telling = sees_members(world, chat)
    chat.members[person] = member
    update: Json = {
        "chat": chat_json(world, chat),
        "from": user_json(world.person(by)),
        "date": int(world.now()),
        "old_chat_member": before,
        "new_chat_member": member_json(world, chat, person),
    }
    if person == world.bot.person.id:
        sandbox.queue.put("my_chat_member", update)
    elif was_telling:
        sandbox.queue.put("chat_member", update)
    sandbox.changes.publish("chat", chat=chat.id)


def join(sandbox: Sandbox, chat: Chat, person: int, *, by: int | None = None) -> None:
    """Somebody comes in, by themselves or brought by another."""
    adder = person if by is None else by
    set_member(sandbox, chat, person, Member("member"), by=adder)
    _say_joined(sandbox, chat, person, adder)


def leave(sandbox: Sandbox, chat: Chat, person: int, *, by: int | None = None) -> None:
    """Somebody leaves, or is removed by another.

    The service message comes before the change for the bot itself: removed, it hears nothing.
    """
    remover = person if by is None else by
    status = "left" if remover == person else "kicked"
    service: Json = {"left_chat_member": user_json(sandbox.world.person(person))}
    if chat.kind != "channel":
        post_service(sandbox, chat.id, remover, service)
    set_member(sandbox, chat, person, Member(status), by=remover)


def add_bot(sandbox: Sandbox, chat: Chat, *, by: int, rights: frozenset[str] | None) -> None:
    """Somebody adds the bot, as an administrator when rights are given."""
    bot = sandbox.world.bot.person.id
    member = Member("member") if rights is None else Member("administrator", rights)
    was_present = chat.member(bot).is_present
    set_member(sandbox, chat, bot, member, by=by)
    if not was_present:
        _say_joined(sandbox, chat, bot, by)


def promote(
    sandbox: Sandbox,
    chat: Chat,
    person: int,
    *,
    by: int,
    rights: frozenset[str],
    is_anonymous: bool = False,
    title: str | None = None,
) -> None:
    """Somebody becomes an administrator, or an administrator's rights change."""
    status = "creator" if chat.member(person).status == "creator" else "administrator"
    set_member(sandbox, chat, person, Member(status, rights, is_anonymous, title), by=by)


def demote(sandbox: Sandbox, chat: Chat, person: int, *, by: int) -> None:
    """An administrator becomes a member."""
    set_member(sandbox, chat, person, Member("member"), by=by)


def copy_members(old: Chat, new: Chat) -> None:
    """Gives a chat the members of another."""
    new.members = {id_: replace(member) for id_, member in old.members.items()}


def _say_joined(sandbox: Sandbox, chat: Chat, person: int, by: int) -> None:
    if chat.kind != "channel":
        users = [user_json(sandbox.world.person(person))]
        post_service(sandbox, chat.id, by, {"new_chat_members": users})
