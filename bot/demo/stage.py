"""The stage: a sandbox, the real bot polling it, people in their chats."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.config import demo_config
from bot.demo.transcript import Transcript
from bot.main import App, open_app
from bot.running import running
from bot.sandbox.driver.client import Driver
from bot.sandbox.driver.shown import Answer, Missed, Person, ShownMessage
from bot.sandbox.server import serve
from bot.view.payload import Verb

PATIENCE_SECONDS = 60.0
"""How long nothing may change before the play gives up; a big plan on a busy machine takes a minute."""


@dataclass
class Stage:
    """What the play acts on."""

    driver: Driver
    app: App
    url: str
    transcript: Transcript


@dataclass(frozen=True)
class Seat:
    """One person looking at one chat: says, taps, reads."""

    stage: Stage
    person: Person
    chat: int

    async def say(self, text: str, *, reply_to: int | None = None) -> int:
        """Write something; a command is told in the transcript."""
        self.stage.transcript.does(self.person.name, f"writes: {text}")
        return await self.stage.driver.say(self.person, self.chat, text, reply_to=reply_to)

    async def ask(self, text: str, *, reply_to: int | None = None) -> ShownMessage:
        """Write a command and read the bot's next message here."""
        said = await self.say(text, reply_to=reply_to)
        return await self.read(after=said)

    async def read(self, *, after: int = 0, verb: Verb | None = None) -> ShownMessage:
        """The bot's newest message here, with a button of that verb if one is named.

        Patience lasts as long as something changes here: a long export shows its progress.
        """

        def fits(message: ShownMessage) -> bool:
            return verb is None or payload_for(message, verb) is not None

        seen: list[ShownMessage] = []
        while True:
            try:
                message = await self.stage.driver.wait_message(
                    self.chat, fits, after=after, timeout=PATIENCE_SECONDS
                )
            except Missed:
                before, seen = seen, await self.stage.driver.messages(self.chat, after=after)
                if seen == before:
                    raise
            else:
                self.stage.transcript.card(message)
                return message

    async def tap(self, message: ShownMessage, verb: Verb, arg: str = "") -> Answer:
        """Press the button with this verb (and argument) and tell the toast."""
        data = payload_for(message, verb, arg)
        if data is None:
            raise Missed(f"no button {verb.name} on: {message.text[:200]}")
        label = next(b.text for row in message.buttons for b in row if b.data == data)
        self.stage.transcript.does(self.person.name, f"taps [{label}]")
        answer = await self.stage.driver.press(
            self.person, self.chat, message.id, data=data, timeout=PATIENCE_SECONDS
        )
        self.stage.transcript.toast(answer.text)
        return answer

    async def watch(self, message: ShownMessage, *verbs: Verb) -> ShownMessage:
        """Wait until the message was edited, and has one of these buttons if any are named."""

        async def look() -> ShownMessage | None:
            now = await self.stage.driver.message(self.chat, message.id)
            is_new = (now.text, now.buttons) != (message.text, message.buttons)
            has_button = not verbs or any(payload_for(now, verb) for verb in verbs)
            return now if is_new and has_button else None

        edited = await self.stage.driver.wait_until(look, timeout=PATIENCE_SECONDS)
        self.stage.transcript.card(edited)
        return edited


def payload_for(message: ShownMessage, verb: Verb, arg: str = "") -> str | None:
    """The payload of the first button with this verb and argument ("" for any)."""
    for row in message.buttons:
        for button in row:
            data = button.data or ""
            if data.split(".")[0] == verb.value and (not arg or argument_of(data) == arg):
                return data
    return None


def argument_of(payload: str) -> str:
    """The third part of verb, version, argument, spot; "" when there is none."""
    return (payload.split(".") + [""] * 3)[2]


@asynccontextmanager
async def staged(port: int, transcript: Transcript) -> AsyncGenerator[Stage, None]:
    """A fresh sandbox with the real bot listening to it, in a folder that goes with it."""
    with TemporaryDirectory(prefix="triagram-demo-") as folder:
        async with serve(port=port) as address, Driver(address.url) as driver:
            config = demo_config(address.url, address.token, Path(folder))
            async with open_app(config) as app, running(app):
                await driver.wait_polling()
                yield Stage(driver, app, address.url, transcript)
