"""Who acts, and where: the scene of an update, made before any handler sees it."""

from dataclasses import dataclass, replace

from bot.hear.scene.convert import (
    Raw,
    author_of,
    author_of_user,
    chat_of,
    document_of,
    key_of,
    message_of,
    object_in,
    origin_key_of,
    original_of,
    person_of,
)
from bot.hear.scene.speech import Command, command_of
from bot.hear.services import Services
from bot.view.payload import Press, press_of
from core.domain.ids import ChatId, MessageKey, PersonId, ThreadId
from core.domain.message import Author, Message
from core.domain.person import Actor, Chat, ChatKind, ChatState, Person, Project
from core.domain.showing.spot import Place, Spot
from core.errors import Anonymous, NoProject
from core.services.chats.imports import SentFile

_EVENTS = (
    "message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction",
)  # fmt: skip


@dataclass(frozen=True)
class Scene:
    """One update, in our words.

    `seen` is the chat as Telegram describes it, its language guessed from who acts, `known` as stored;
    `person` is as stored or, where unknown, as seen (`is_met` tells which), and None for a chat that
    speaks. `spot` is the card a press was really made on. `forwarded` is what was handed over in direct
    chat, as it was said, `forwarded_key` its key there where Telegram tells it; it is no command,
    whatever it says. `document` is a file sent there.
    """

    update_id: int
    event: str
    seen: Chat
    known: Chat | None
    author: Author
    person: Person | None
    is_stranger: bool = False
    is_met: bool = False
    thread_id: ThreadId | None = None
    key: MessageKey | None = None
    message: Message | None = None
    replied: Message | None = None
    forwarded: Message | None = None
    forwarded_key: MessageKey | None = None
    document: SentFile | None = None
    command: Command | None = None
    press_id: str = ""
    press: Press | None = None
    spot: Spot | None = None
    language_code: str = ""

    @property
    def chat_id(self) -> ChatId:
        """Where it happened."""
        return self.seen.id

    @property
    def is_direct(self) -> bool:
        """Whether it is a talk between one person and the bot."""
        return self.seen.kind is ChatKind.PRIVATE

    @property
    def is_reading(self) -> bool:
        """Whether what is said here is stored."""
        return self.known is not None and self.known.state is ChatState.READING

    @property
    def place(self) -> Place:
        """Where an answer goes: in groups as a reply to the command."""
        reader = self.person.id if self.is_direct and self.person else None
        reply_to = None
        if self.key is not None and self.event == "message" and not self.is_direct:
            reply_to = self.key.message_id
        return Place(self.chat_id, reader, self.thread_id, reply_to)

    @property
    def actor(self) -> Actor:
        """Who acts, as the update has it: what they may is looked up by the use case they ask for."""
        author = self.author
        return Actor(
            person_id=author.person_id or PersonId(0),
            name=f"@{author.username}" if author.username else author.name,
            speaks_as=author.chat_id,
        )

    @property
    def named_actor(self) -> Actor:
        """Who acts, for what only a person may do; raises Anonymous."""
        _ = self.who
        return self.actor

    @property
    def language(self) -> str:
        """What to say a passing word in."""
        return self.person.language if self.person else "en"

    @property
    def who(self) -> Person:
        """The person who acts; raises Anonymous for an administrator without a face, or a channel."""
        if self.person is None:
            raise Anonymous
        return self.person


async def scene_of(raw: Raw, services: Services) -> Scene | None:
    """The scene of an update; None for a kind we did not ask for, or one in no chat. Raises Malformed."""
    event = next((name for name in _EVENTS if raw.get(name)), "")
    if not event:
        return None
    inner = object_in(raw, event)
    if event == "callback_query":
        return await _press_scene(raw, inner, services)
    author, user = _actor_of(inner)
    seen = chat_of(object_in(inner, "chat"))
    is_message = event in ("message", "edited_message")
    message = message_of(inner) if is_message else None
    replied = _replied(inner, seen) if message and message.reply_to else None
    is_handed = is_message and seen.kind is ChatKind.PRIVATE and bool(inner.get("forward_origin"))
    known = await _known(seen, user, None, services)
    code = person_of(user).language if user else ""
    return Scene(
        update_id=raw["update_id"],
        event=event,
        seen=replace(seen, language=code[:2] or seen.language),
        known=known.chat,
        author=author,
        person=known.person,
        is_stranger=known.is_stranger,
        is_met=known.is_met,
        thread_id=message.thread_id if message else None,
        key=key_of(inner) if inner.get("message_id") else None,
        message=message,
        replied=replied,
        forwarded=original_of(inner) if is_handed else None,
        forwarded_key=origin_key_of(inner) if is_handed else None,
        document=document_of(inner) if event == "message" and seen.kind is ChatKind.PRIVATE else None,
        command=command_of(message.text, services.bot_username()) if message and not is_handed else None,
        language_code=code,
    )


def _replied(inner: Raw, seen: Chat) -> Message:
    """The message replied to; in direct chat a forward counts as what was forwarded."""
    reply = object_in(inner, "reply_to_message")
    original = original_of(reply) if seen.kind is ChatKind.PRIVATE else None
    return original or message_of(reply)


async def _press_scene(raw: Raw, query: Raw, services: Services) -> Scene | None:
    """A press, also on a message that is no longer accessible: only its chat and id are needed."""
    if not query.get("message"):
        return None
    message = object_in(query, "message")
    user = object_in(query, "from")
    seen = chat_of(object_in(message, "chat"))
    key = key_of(message)
    data = query.get("data")
    press = press_of(data) if isinstance(data, str) else None
    known = await _known(seen, user, press, services)
    spot = None if known.spot is None else await services.acting.claimed(known.spot, key)
    thread = message.get("message_thread_id") if message.get("is_topic_message") else None
    return Scene(
        update_id=raw["update_id"],
        event="callback_query",
        seen=seen,
        known=known.chat,
        author=author_of_user(user),
        person=known.person,
        is_stranger=known.is_stranger,
        is_met=known.is_met,
        thread_id=spot.thread_id if spot else (ThreadId(thread) if isinstance(thread, int) else None),
        key=key,
        press_id=str(query.get("id", "")),
        press=press,
        spot=spot,
        language_code=person_of(user).language,
    )


def _actor_of(inner: Raw) -> tuple[Author, Raw | None]:
    """Who acts in a message, a reaction or a change of membership, and as a user where it is one."""
    for holder in ("actor_chat", "sender_chat"):
        if inner.get(holder):
            return author_of({"sender_chat": inner[holder]}), None
    for holder in ("user", "from"):
        if inner.get(holder):
            user = object_in(inner, holder)
            return author_of_user(user), user
    return author_of(inner), None


@dataclass(frozen=True)
class _Known:
    """What was stored before this update."""

    chat: Chat | None
    person: Person | None
    is_met: bool
    is_stranger: bool
    spot: Spot | None


async def _known(seen: Chat, user: Raw | None, press: Press | None, services: Services) -> _Known:
    """The chat, the person and the spot of a press, in one look."""
    now = None if user is None or user.get("is_bot") else person_of(user)
    async with services.transactions.reading() as tx:
        chat = await tx.chats.find(seen.id)
        stored = None if now is None else await tx.people.find(now.id)
        spot = None if press is None else await tx.spots.find(press.spot_id)
    is_met = stored is not None
    is_stranger = now is not None and not is_met and not await services.people.is_known(now.id)
    return _Known(chat, stored or now, is_met, is_stranger, spot)


async def project_in(services: Services, scene: Scene) -> Project:
    """The project this chat, topic or direct chat is about; raises NoProject, Ambiguous."""
    person_id = scene.person.id if scene.person else None
    return await services.projects.current(scene.chat_id, scene.thread_id, person_id)


async def projects_in(services: Services, scene: Scene) -> list[Project]:
    """All it may be about: in a group its one, in direct chat all of the person's; raises NoProject."""
    if not scene.is_direct:
        return [await project_in(services, scene)]
    projects = await services.projects.list_of(scene.who.id)
    if not projects:
        raise NoProject
    return projects
