"""`Driver`: people talking, pressing and reading in a running sandbox."""

import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from inspect import isawaitable
from typing import TypeVar, cast

from bot.sandbox.driver.machine import DEFAULT_SECONDS
from bot.sandbox.driver.rooms import RoomsDriver
from bot.sandbox.driver.shown import (
    Answer,
    Chat,
    Json,
    Missed,
    Person,
    Saying,
    ShownMessage,
    id_of,
    message_of,
)

T = TypeVar("T")
WAIT_STEP_SECONDS = 1.0
SHOWN_ON_MISS = 5


class Driver(RoomsDriver):
    """Plays the people of a sandbox over HTTP; an async context manager.

    People and chats may be given as objects or ids everywhere.

    Args:
        base_url: The sandbox's address, `http://127.0.0.1:<port>`.
    """

    async def say(
        self,
        person: int | Person,
        chat: int | Chat | Person,
        text: str,
        *,
        reply_to: int | None = None,
        thread: int | None = None,
        at: datetime | float | None = None,
        media: Json | None = None,
        forward_from: int | str | None = None,
        as_chat: int | None = None,
    ) -> int:
        """Says something; returns the message id.

        Args:
            person: Who.
            chat: Where; a person's own id is their direct chat with the bot.
            text: Plain text; commands, mentions and links are marked as Telegram does.
            reply_to: Message id answered.
            thread: Forum topic.
            at: When, for talk of the past; Unix seconds or an aware datetime.
            media: `{"kind": "document" | "photo" | "voice" | …, "file_name", "mime",
                "content": base64, "size"}`; the text becomes the caption. Content shorter than `size`
                bytes is filled up with spaces.
            forward_from: A person's or chat's id, or a hidden user's name.
            as_chat: The group's own id (anonymous administrator) or a channel's.

        Raises:
            Refusal: They are not a member, the text is empty or too long.
        """
        saying = Saying(person, id_of(chat), text, reply_to, thread, at, media, forward_from, as_chat)
        return (await self.control("say", **saying.to_json()))["id"]

    async def say_many(self, sayings: Sequence[Saying]) -> list[int]:
        """Says many things in one request; returns the message ids."""
        bodies = [one.to_json() for one in sayings]
        return (await self.control("say_many", sayings=bodies))["ids"]

    async def forward(
        self,
        person: int | Person,
        chat: int | Chat | Person,
        source: int | Chat | Person,
        messages: Sequence[int],
        *,
        hidden: bool = False,
    ) -> list[int]:
        """Forwards up to 100 messages of one chat to another; returns the copies' ids.

        Args:
            person: Who; a member of both.
            chat: Where to; a person's own id is their direct chat with the bot.
            source: Where from.
            messages: Their ids there.
            hidden: Whether the authors' accounts are not linked, only named.
        """
        found = await self.control(
            "forward", person=id_of(person), chat=id_of(chat), source=id_of(source),
            messages=list(messages), is_hidden=hidden,
        )  # fmt: skip
        return found["ids"]

    async def edit(
        self, person: int | Person, chat: int | Chat | Person, message_id: int, text: str
    ) -> None:
        """Edits one's own message."""
        await self.control("edit", **_target(person, chat, message_id), text=text)

    async def delete(self, person: int | Person, chat: int | Chat | Person, message_id: int) -> None:
        """Deletes a message; the bot is not told, as in Telegram."""
        await self.control("delete", **_target(person, chat, message_id))

    async def react(
        self,
        person: int | Person,
        chat: int | Chat | Person,
        message_id: int,
        emoji: str | None,
    ) -> None:
        """Sets one's reaction, or takes it away with None."""
        await self.control("react", **_target(person, chat, message_id), emoji=emoji)

    async def press(
        self,
        person: int | Person,
        chat: int | Chat | Person,
        message_id: int,
        button: str | None = None,
        *,
        data: str | None = None,
        timeout: float = DEFAULT_SECONDS,  # noqa: ASYNC109 - how long a person waits
    ) -> Answer:
        """Presses a button and waits for the bot's answer; a link button only gives its url.

        Args:
            person: Who.
            chat: Where.
            message_id: The message with the button.
            button: Its text, or a part of it.
            data: Its payload instead.
            timeout: Seconds to wait; then `answered` is False.

        Raises:
            Refusal: There is no such button; the message names those there are.
        """
        answer = await self.control(
            "press", **_target(person, chat, message_id), text=button, data=data, timeout=timeout
        )
        return Answer(answer["text"], answer["show_alert"], answer["url"], answer["answered"])

    async def press_raw(
        self, person: int | Person, chat: int | Chat | Person, message_id: int, data: str
    ) -> str:
        """Sends a callback query with any data, shown or not; returns its id, waits for nothing."""
        return (await self.control("raw_press", **_target(person, chat, message_id), data=data))["query"]

    async def messages(
        self,
        chat: int | Chat | Person,
        thread: int | None = None,
        *,
        last: int | None = None,
        after: int = 0,
        from_bot: bool = False,
    ) -> list[ShownMessage]:
        """Returns a chat's messages in order.

        Args:
            chat: Where.
            thread: Only this topic (General is 1).
            last: Only that many of the newest.
            after: Only message ids above this.
            from_bot: Only the bot's own.
        """
        found = await self.control(
            "messages",
            chat=id_of(chat),
            thread=thread,
            last=last,
            after=after,
            from_bot=from_bot,
        )
        return [message_of(one) for one in found["messages"]]

    async def message(self, chat: int | Chat | Person, message_id: int) -> ShownMessage:
        """Returns one message as it stands now.

        Raises:
            Missed: There is none.
        """
        found = [m for m in await self.messages(chat) if m.id == message_id]
        if not found:
            raise Missed(f"no message {message_id} in {id_of(chat)}")
        return found[0]

    async def wait_message(
        self,
        chat: int | Chat | Person,
        predicate: Callable[[ShownMessage], bool] | None = None,
        *,
        containing: str | None = None,
        thread: int | None = None,
        after: int = 0,
        from_bot: bool = True,
        timeout: float = DEFAULT_SECONDS,  # noqa: ASYNC109 - how long a test waits
    ) -> ShownMessage:
        """Waits for a message and returns the newest that fits.

        Args:
            chat: Where.
            predicate: What it must be.
            containing: A text it must have in it.
            thread: Only in this topic.
            after: Only message ids above this.
            from_bot: Only the bot's messages.
            timeout: Seconds.

        Raises:
            Missed: None came; shows the last messages there were.
        """

        def fits(shown: ShownMessage) -> bool:
            has_text = containing is None or containing in shown.text
            return has_text and (predicate is None or predicate(shown))

        async def look() -> ShownMessage | None:
            found = await self.messages(chat, thread, after=after, from_bot=from_bot)
            return next((one for one in reversed(found) if fits(one)), None)

        try:
            return await self.wait_until(look, timeout=timeout)
        except Missed:
            seen = [m.text or m.service for m in await self.messages(chat, last=SHOWN_ON_MISS)]
            raise Missed(f"no message {containing or ''!r} in {timeout} s; last: {seen}") from None

    async def wait_until(
        self,
        look: Callable[[], T | Awaitable[T | None] | None],
        *,
        timeout: float = DEFAULT_SECONDS,  # noqa: ASYNC109 - how long a test waits
    ) -> T:
        """Looks after each change until something true comes, and returns it.

        Raises:
            Missed: Nothing came in `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        while True:
            revision = (await self.bot())["revision"]
            found = look()
            value = cast("T | None", await found if isawaitable(found) else found)
            if value:
                return value
            left = deadline - time.monotonic()
            if left <= 0:
                raise Missed(f"nothing came in {timeout} s")
            step = min(left, WAIT_STEP_SECONDS)
            await self.control("wait", revision=revision, timeout=step)


def _target(person: int | Person, chat: int | Chat | Person, message_id: int) -> Json:
    return {"person": id_of(person), "chat": id_of(chat), "message": message_id}
