"""Keeps what exists, hands out ids as Telegram does, and tells the sandbox's time."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.shape import Json
from bot.sandbox.world.model import (
    ANONYMOUS_ADMIN,
    CHANNEL_SENDER,
    TELEGRAM_SERVICE,
    Chat,
    Kind,
    Message,
    Person,
)

SUPERGROUP_BASE = 1_000_000_000_000
"""Supergroups and channels are -(10^12 + n); https://core.telegram.org/api/bots/ids."""
SUPERGROUP_FIRST = 1_500_000_000
GROUP_FIRST = 4_000_000
PERSON_FIRST = 5_000_000


class Missing(LookupError):
    """Something asked for does not exist; holds what and its id.

    Nobody but `acts` and `control` meets it: the Bot API has its own answers.
    """


@dataclass(slots=True)
class BotProfile:
    """The bot whose API this is."""

    token: str
    person: Person
    privacy: bool = True
    """Privacy mode: https://core.telegram.org/bots/features#privacy-mode."""
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict[tuple[str, str], list[Json]])
    """Commands by (scope as canonical JSON, language code)."""
    texts: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    """Name, description and short description by (which, language code)."""


class World:
    """All people and chats.

    Args:
        bot: The bot whose API is served.
        clock: Returns Unix seconds; the sandbox may be offset from it.
    """

    def __init__(self, bot: BotProfile, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.clock_offset = 0.0
        self.inaccessible_after = 48 * 3600.0
        self._clock = clock
        self.people: dict[int, Person] = {bot.person.id: bot.person}
        self.chats: dict[int, Chat] = {}
        self._account_messages = 0
        for id_, name, username, is_bot in (
            (ANONYMOUS_ADMIN, "Group", "GroupAnonymousBot", True),
            (CHANNEL_SENDER, "Channel", "Channel_Bot", True),
            (TELEGRAM_SERVICE, "Telegram", None, False),
        ):
            self.people[id_] = Person(id_, name, username=username, is_bot=is_bot)

    def now(self) -> float:
        """Returns the sandbox's time in Unix seconds."""
        return self._clock() + self.clock_offset

    def person(self, id_: int) -> Person:
        """Returns a person or raises `Missing`."""
        if id_ not in self.people:
            raise Missing("person", id_)
        return self.people[id_]

    def chat(self, id_: int) -> Chat:
        """Returns a chat or raises `Missing`."""
        if id_ not in self.chats:
            raise Missing("chat", id_)
        return self.chats[id_]

    def message(self, chat: int, id_: int) -> Message:
        """Returns a message or raises `Missing`."""
        messages = self.chat(chat).messages
        if id_ not in messages:
            raise Missing("message", id_)
        return messages[id_]

    def find_elsewhere(self, answer: Message) -> Message | None:
        """Returns the message of another chat that `answer` answers; None for none, or when it is gone."""
        if answer.reply_elsewhere is None:
            return None
        chat, id_ = answer.reply_elsewhere
        found = self.chats.get(chat)
        return found.messages.get(id_) if found else None

    def find_chat(self, username: str) -> Chat | None:
        """Returns the public chat of a username (without @, any case) or None."""
        wanted = username.lower()
        return next((c for c in self.chats.values() if (c.username or "").lower() == wanted), None)

    def next_person_id(self) -> int:
        """Returns an id no person has."""
        special = {ANONYMOUS_ADMIN, CHANNEL_SENDER, TELEGRAM_SERVICE}
        return max([PERSON_FIRST, *(self.people.keys() - special)]) + 1

    def next_chat_id(self, kind: Kind) -> int:
        """Returns an id no chat has: -n for a basic group, -100… for the large kinds."""
        if kind == "group":
            return -(max([GROUP_FIRST, *(-c for c in self.chats if -c < SUPERGROUP_BASE)]) + 1)
        taken = (-c - SUPERGROUP_BASE for c in self.chats if -c > SUPERGROUP_BASE)
        return -(SUPERGROUP_BASE + max([SUPERGROUP_FIRST, *taken]) + 1)

    def next_message_id(self, chat: Chat) -> int:
        """Returns the next message id.

        Supergroups and channels count for themselves; direct chats and basic groups share the
        account's counter; https://core.telegram.org/api/messages-ids.
        """
        if chat.kind in {"supergroup", "channel"}:
            chat.last_message_id += 1
            return chat.last_message_id
        self._account_messages += 1
        return self._account_messages

    def bot_chat(self, person: int) -> Chat:
        """Returns the direct chat of a person with the bot, opened when there is none."""
        if person not in self.chats:
            self.chats[person] = Chat(person, "private", title=self.person(person).name)
        return self.chats[person]
