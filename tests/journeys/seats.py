"""People of a journey: they write, press what they see, and read; nothing of the bot's insides."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox.driver import Chat, Missed, Person, ShownMessage
from tests.journeys.staging import Journey

PATIENCE_SECONDS = 40.0
"""How long a person of a journey waits; a busy machine needs it, a good one never."""


@dataclass(frozen=True)
class Seat:
    """One person looking at one chat, or at one forum topic of it."""

    stage: Journey
    person: Person
    chat: int
    thread: int | None = None

    def at(self, chat: int | Chat, thread: int | None = None) -> "Seat":
        """The same person in another chat."""
        return Seat(self.stage, self.person, chat if isinstance(chat, int) else chat.id, thread)

    async def say(self, text: str, *, reply_to: int | None = None) -> int:
        """Write something; return the message's id."""
        return await self.stage.driver.say(
            self.person, self.chat, text, reply_to=reply_to, thread=self.thread
        )

    async def ask(self, text: str, containing: str = "", *, reply_to: int | None = None) -> ShownMessage:
        """Write something and read the bot's next message here."""
        said = await self.say(text, reply_to=reply_to)
        return await self.read(containing, after=said)

    async def read(self, containing: str = "", *, after: int = 0) -> ShownMessage:
        """The bot's newest message here with this in its text or on a button."""
        return await self.stage.driver.wait_message(
            self.chat,
            lambda one: has(one, containing),
            thread=self.thread,
            after=after,
            timeout=PATIENCE_SECONDS,
        )

    async def see(self, message: ShownMessage, containing: str) -> ShownMessage:
        """The same message, once it has this in its text or on a button."""

        async def look() -> ShownMessage | None:
            now = await self.stage.driver.message(self.chat, message.id)
            return now if has(now, containing) else None

        try:
            return await self.stage.driver.wait_until(look, timeout=PATIENCE_SECONDS)
        except Missed as missed:
            now = await self.stage.driver.message(self.chat, message.id)
            raise Missed(f"no {containing!r}; it stands: {told(now)}") from missed

    async def press(self, message: ShownMessage, button: str) -> str:
        """Press the button with this on it as the message stands now; return the toast or the link."""
        now = await self.stage.driver.message(self.chat, message.id)
        answer = await self.stage.driver.press(
            self.person, self.chat, now.id, button, timeout=PATIENCE_SECONDS
        )
        assert answer.answered, f"{button} was not answered on: {told(now)}"
        return answer.url or answer.text

    async def press_data(self, message: ShownMessage, button: str) -> str:
        """Press a button as it was shown, though the message may have another one by now."""
        shown = message.find_button(button)
        assert shown is not None, told(message)
        raw = await self.stage.driver.press_raw(self.person, self.chat, message.id, shown.data or "")
        return await self.answered(raw)

    async def answered(self, query: str) -> str:
        """The toast a raw press got."""

        async def look() -> list[str]:
            calls = await self.stage.driver.calls("answerCallbackQuery")
            return [
                str(one.params.get("text") or one.params.get("url") or " ")
                for one in calls
                if one.params["callback_query_id"] == query
            ]

        [toast] = await self.stage.driver.wait_until(look, timeout=PATIENCE_SECONDS)
        return toast

    async def follow(self, message: ShownMessage, button: str) -> str:
        """The address behind a button that is a link."""
        answer = await self.stage.driver.press(self.person, self.chat, message.id, button)
        assert answer.url, f"{button} leads nowhere on: {told(message)}"
        return answer.url

    async def tap(self, message: ShownMessage, button: str, then: str) -> ShownMessage:
        """Press a button and watch the same message become one that has `then` on it."""
        await self.press(message, button)
        return await self.see(message, then)

    async def open_chat(self, place: str, then: str) -> ShownMessage:
        """Tap through the setup card of this chat: start reading, UTC, reviewers, the place."""
        setup = await self.read("May I read along in ")
        setup = await self.tap(setup, "Start reading", "1 of 3")
        setup = await self.tap(setup, "UTC", "2 of 3")
        setup = await self.tap(setup, "Done", "3 of 3")
        return await self.tap(setup, place, then)


def has(message: ShownMessage, part: str) -> bool:
    """Whether a person would find this in a message or on its buttons."""
    return part in message.text or any(part in label for label in message.labels)


def told(message: ShownMessage) -> str:
    """A message as one would read it aloud."""
    return f"{message.text}\n{message.labels}"


@dataclass(frozen=True)
class Team:
    """A group that is read, its owner's two seats, and everybody's seat in the group by user name."""

    group: Chat
    ann: Seat
    direct: Seat
    seats: Mapping[str, Seat]
