"""Chats themselves: opening groups and channels, topics, links, the upgrade to a supergroup."""

from dataclasses import dataclass
from typing import Literal

from bot.sandbox.acts.coming import PEOPLE_ADMIN_RIGHTS, copy_members
from bot.sandbox.acts.posting import post, post_service
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world.model import GENERAL_THREAD, Chat, Kind, Member, Message, Topic

RoomKind = Literal["group", "supergroup", "forum", "channel"]


@dataclass(slots=True, frozen=True)
class Plan:
    """A chat to open; its first member creates it."""

    title: str
    members: tuple[int, ...]
    kind: RoomKind = "group"
    chat_id: int | None = None
    username: str | None = None


def open_room(sandbox: Sandbox, plan: Plan) -> Chat:
    """Opens a group, supergroup, forum or channel without the bot."""
    world = sandbox.world
    for person in plan.members:
        world.person(person)
    kind: Kind = "supergroup" if plan.kind == "forum" else plan.kind
    id_ = world.next_chat_id(kind) if plan.chat_id is None else plan.chat_id
    chat = Chat(id_, kind, plan.title, plan.username, is_forum=plan.kind == "forum")
    for place, person in enumerate(plan.members):
        chat.members[person] = Member("member") if place else Member("creator", PEOPLE_ADMIN_RIGHTS)
    # Message 1 of a supergroup is its creation, so that no topic ever has General's id.
    chat.last_message_id = GENERAL_THREAD if kind == "supergroup" else 0
    world.chats[id_] = chat
    sandbox.changes.publish("chat", chat=id_)
    return chat


def link(sandbox: Sandbox, channel: Chat, group: Chat) -> None:
    """Makes a group the discussion group of a channel."""
    channel.linked, group.linked = group.id, channel.id
    sandbox.changes.publish("chat", chat=group.id)


def open_topic(sandbox: Sandbox, chat: Chat, name: str, *, by: int, color: int = 7322096) -> Topic:
    """Opens a forum topic; its id is the id of its first, service, message."""
    world = sandbox.world
    id_ = world.next_message_id(chat)
    topic = Topic(id_, name, color)
    chat.topics[id_] = topic
    service = {"forum_topic_created": {"name": name, "icon_color": color}}
    post(sandbox, Message(id_, chat.id, int(world.now()), by, service=service, thread=id_))
    sandbox.changes.publish("chat", chat=chat.id)
    return topic


def migrate(sandbox: Sandbox, old: Chat) -> Chat:
    """Upgrades a basic group: a new chat with the same members, and a service message in each."""
    world = sandbox.world
    if old.migrated_to is not None:
        return world.chat(old.migrated_to)
    new = Chat(world.next_chat_id("supergroup"), "supergroup", old.title)
    new.last_message_id = GENERAL_THREAD
    copy_members(old, new)
    world.chats[new.id] = new
    creator = next((id_ for id_, m in old.members.items() if m.status == "creator"), None)
    by = creator if creator is not None else next(iter(old.members))
    post_service(sandbox, old.id, by, {"migrate_to_chat_id": new.id})
    old.migrated_to = new.id
    post_service(sandbox, new.id, by, {"migrate_from_chat_id": old.id})
    sandbox.changes.publish("chat", chat=new.id)
    return new
