"""The driver's people and chats: who exists, who is where, with which rights."""

from collections.abc import Sequence
from typing import Literal

from bot.sandbox.driver.machine import MachineDriver
from bot.sandbox.driver.shown import Chat, Json, Person, id_of


class RoomsDriver(MachineDriver):
    """What happens to people and chats."""

    async def person(
        self,
        name: str,
        username: str | None = None,
        language: str | None = "en",
        *,
        id: int | None = None,  # noqa: A002 - Telegram's word
        is_bot: bool = False,
    ) -> Person:
        """Adds a person ("First Last"), or another bot."""
        made = await self.control(
            "person", name=name, username=username, language=language, id=id, is_bot=is_bot
        )
        return Person(made["id"], made["name"], made["username"], made["language"])

    async def group(
        self,
        title: str,
        members: Sequence[int | Person],
        kind: Literal["group", "supergroup", "forum"] = "group",
        chat_id: int | None = None,
        *,
        username: str | None = None,
    ) -> Chat:
        """Opens a group without the bot; the first member creates it."""
        ids = [id_of(one) for one in members]
        return _chat(
            await self.control(
                "group", title=title, members=ids, kind=kind, chat_id=chat_id, username=username
            )
        )

    async def channel(
        self, title: str, owner: int | Person, *, linked_to: int | Chat | None = None
    ) -> Chat:
        """Opens a channel, perhaps linked to a discussion group; its owner posts with `say`."""
        made = await self.control("group", title=title, members=[id_of(owner)], kind="channel")
        if linked_to is not None:
            await self.control("link", channel=made["id"], chat=id_of(linked_to))
        return _chat(made)

    async def topic(self, chat: int | Chat, name: str, *, by: int | Person | None = None) -> int:
        """Opens a forum topic; returns its thread id."""
        return (await self.control("topic", chat=id_of(chat), name=name, by=_maybe(by)))["id"]

    async def add_bot(
        self,
        chat: int | Chat,
        by: int | Person | None = None,
        *,
        admin: bool = True,
        payload: str | None = None,
        rights: Sequence[str] | None = None,
    ) -> None:
        """Adds the bot; `by` is the creator when None.

        Args:
            chat: Where.
            by: Who adds it.
            admin: As an administrator, with `rights` (`can_manage_chat` when None).
            payload: As a `startgroup` link does: `/start@bot <payload>` follows.
            rights: Administrator rights, e.g. `["can_manage_chat", "can_pin_messages"]`.
        """
        await self.control(
            "add_bot",
            chat=id_of(chat),
            by=_maybe(by),
            admin=admin,
            payload=payload,
            rights=None if rights is None else list(rights),
        )

    async def remove_bot(self, chat: int | Chat, by: int | Person | None = None) -> None:
        """Kicks the bot."""
        await self.control("remove_bot", chat=id_of(chat), by=_maybe(by))

    async def promote(
        self,
        chat: int | Chat,
        person: int | Person,
        *,
        by: int | Person | None = None,
        rights: Sequence[str] | None = None,
        anonymous: bool = False,
        title: str | None = None,
    ) -> None:
        """Makes somebody (or the bot, by its id) an administrator; all rights when None."""
        await self.control(
            "promote",
            chat=id_of(chat),
            person=id_of(person),
            by=_maybe(by),
            rights=None if rights is None else list(rights),
            anonymous=anonymous,
            title=title,
        )

    async def demote(
        self, chat: int | Chat, person: int | Person, *, by: int | Person | None = None
    ) -> None:
        """Makes an administrator a plain member."""
        await self.control("demote", chat=id_of(chat), person=id_of(person), by=_maybe(by))

    async def join(self, chat: int | Chat, person: int | Person, *, by: int | Person | None = None) -> None:
        """Somebody comes in."""
        await self.control("join", chat=id_of(chat), person=id_of(person), by=_maybe(by))

    async def leave(
        self, chat: int | Chat, person: int | Person, *, by: int | Person | None = None
    ) -> None:
        """Somebody leaves, or is removed `by` another."""
        await self.control("leave", chat=id_of(chat), person=id_of(person), by=_maybe(by))

    async def migrate(self, chat: int | Chat) -> Chat:
        """Upgrades a basic group; returns the supergroup."""
        return _chat(await self.control("migrate", chat=id_of(chat)))

    async def private(self, person: int | Person, *, start: bool = False) -> int:
        """Opens the direct chat with the bot and returns its id; `start` sends /start."""
        return (await self.control("private", person=id_of(person), start=start))["id"]

    async def open_link(self, person: int | Person, link: str, *, chat: int | Chat | None = None) -> int:
        """Follows a t.me link to the bot, or starts it with a bare payload.

        `chat` is where a `startgroup` link adds the bot. Returns the id of the chat that opens.
        """
        found = await self.control("open_link", person=id_of(person), link=link, chat=_maybe(chat))
        return found["chat"]

    async def block_bot(self, person: int | Person, *, blocked: bool = True) -> None:
        """Blocks the bot, or takes the block away."""
        await self.control("block", person=id_of(person), blocked=blocked)


def _maybe(one: int | Person | Chat | None) -> int | None:
    return None if one is None else id_of(one)


def _chat(made: Json) -> Chat:
    return Chat(made["id"], made["title"], made["kind"], made["is_forum"])
