"""Control calls about people, chats and who is where."""

from bot.sandbox.acts import coming, links, rooms, starting
from bot.sandbox.control.body import Body, Unreadable
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.shape import Json
from bot.sandbox.world.model import Chat, Person
from bot.sandbox.world.shown import chat_shown, person_shown

ROOM_KINDS: dict[str, rooms.RoomKind] = {
    "group": "group",
    "supergroup": "supergroup",
    "forum": "forum",
    "channel": "channel",
}


def add_person(sandbox: Sandbox, body: Body) -> Json:
    """Adds a person; `id` may be given."""
    world = sandbox.world
    first, _, last = body.text("name").partition(" ")
    id_ = body.find_number("id")
    person = Person(
        world.next_person_id() if id_ is None else id_,
        first,
        last or None,
        body.find_text("username"),
        body.find_text("language"),
        body.flag("is_bot"),
    )
    world.people[person.id] = person
    sandbox.changes.publish("person", id=person.id)
    return person_shown(person)


def add_group(sandbox: Sandbox, body: Body) -> Json:
    """Opens a group, supergroup, forum or channel; the first member creates it."""
    kind = body.find_text("kind") or "group"
    if kind not in ROOM_KINDS:
        raise Unreadable(f"kind: one of {', '.join(ROOM_KINDS)}")
    plan = rooms.Plan(
        body.text("title"),
        tuple(body.numbers("members")),
        ROOM_KINDS[kind],
        body.find_number("chat_id"),
        body.find_text("username"),
    )
    return chat_shown(rooms.open_room(sandbox, plan))


def add_topic(sandbox: Sandbox, body: Body) -> Json:
    """Opens a forum topic."""
    chat = _chat(sandbox, body)
    if not chat.is_forum:
        raise Unreadable("chat: a forum expected")
    topic = rooms.open_topic(sandbox, chat, body.text("name"), by=_by(chat, body))
    return {"id": topic.id, "name": topic.name}


def link(sandbox: Sandbox, body: Body) -> None:
    """Links a channel to its discussion group."""
    rooms.link(sandbox, sandbox.world.chat(body.number("channel")), _chat(sandbox, body))


def migrate(sandbox: Sandbox, body: Body) -> Json:
    """Upgrades a basic group; returns the supergroup."""
    return chat_shown(rooms.migrate(sandbox, _chat(sandbox, body)))


def add_bot(sandbox: Sandbox, body: Body) -> None:
    """Adds the bot; with a payload as a `startgroup` link does."""
    chat = _chat(sandbox, body)
    rights = frozenset(body.texts("rights") or coming.BOT_ADMIN_RIGHTS)
    payload = body.find_text("payload")
    is_admin = body.flag("admin", default=True)
    if payload is None:
        coming.add_bot(sandbox, chat, by=_by(chat, body), rights=rights if is_admin else None)
        return
    names = "+".join(sorted(right.removeprefix("can_") for right in rights))
    username = sandbox.world.bot.person.username
    url = f"https://t.me/{username}?startgroup={payload}" + (f"&admin={names}" if is_admin else "")
    links.open_link(sandbox, _by(chat, body), url, chat)


def remove_bot(sandbox: Sandbox, body: Body) -> None:
    """Removes the bot."""
    chat = _chat(sandbox, body)
    coming.leave(sandbox, chat, sandbox.world.bot.person.id, by=_by(chat, body))


def promote(sandbox: Sandbox, body: Body) -> None:
    """Makes somebody an administrator, perhaps anonymous; the bot too."""
    chat = _chat(sandbox, body)
    rights = body.texts("rights")
    coming.promote(
        sandbox,
        chat,
        body.number("person"),
        by=_by(chat, body),
        rights=coming.PEOPLE_ADMIN_RIGHTS if rights is None else frozenset(rights),
        is_anonymous=body.flag("anonymous"),
        title=body.find_text("title"),
    )


def demote(sandbox: Sandbox, body: Body) -> None:
    """Makes an administrator a member."""
    chat = _chat(sandbox, body)
    coming.demote(sandbox, chat, body.number("person"), by=_by(chat, body))


def join(sandbox: Sandbox, body: Body) -> None:
    """Brings somebody in."""
    coming.join(sandbox, _chat(sandbox, body), body.number("person"), by=body.find_number("by"))


def leave(sandbox: Sandbox, body: Body) -> None:
    """Takes somebody out."""
    coming.leave(sandbox, _chat(sandbox, body), body.number("person"), by=body.find_number("by"))


def private(sandbox: Sandbox, body: Body) -> Json:
    """Opens a direct chat with the bot; `start` also sends /start."""
    person = body.number("person")
    if body.flag("start"):
        links.open_link(sandbox, person, "", None)
    return chat_shown(starting.open_private(sandbox, person))


def open_link(sandbox: Sandbox, body: Body) -> Json:
    """Follows a deep link."""
    group = body.find_number("chat")
    chat = None if group is None else sandbox.world.chat(group)
    return {"chat": links.open_link(sandbox, body.number("person"), body.text("link"), chat)}


def block(sandbox: Sandbox, body: Body) -> None:
    """Blocks the bot, or takes the block away."""
    person = sandbox.world.person(body.number("person"))
    act = starting.block if body.flag("blocked", default=True) else starting.unblock
    act(sandbox, person)


def _chat(sandbox: Sandbox, body: Body) -> Chat:
    return sandbox.world.chat(body.number("chat"))


def _by(chat: Chat, body: Body) -> int:
    by = body.find_number("by")
    if by is not None:
        return by
    creators = [id_ for id_, member in chat.members.items() if member.status == "creator"]
    if not creators:
        raise Unreadable("by is missing")
    return creators[0]
