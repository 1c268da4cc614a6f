"""The token and the keys stay out of everything the bot writes, at DEBUG and while Telegram fails too."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.sandbox.driver import Driver, Person, ShownMessage
from bot.sandbox.server import serve

ROOT = Path(__file__).parents[2]
SECRET = "AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
TOKEN = f"4711:{SECRET}"
FERNET = "x4ysUZgrMRnbbc5gmXmDFvMxLSQvYCFfcVXRs8m8k6k="
WEBHOOK = "a-webhook-secret-of-some-length"
AT_DEBUG = """
import logging
logging.basicConfig(level=logging.DEBUG)
from bot.cli import main
main(["run"])
"""


@dataclass
class Program:
    """The bot in a process of its own, and all it has printed."""

    driver: Driver
    folder: Path
    printed: list[bytes] = field(default_factory=list[bytes])

    @property
    def text(self) -> str:
        return b"".join(self.printed).decode()

    async def tap(self, person: Person, chat: int, label: str, *, text: str = "") -> None:
        """Press the first button of that label that comes into the chat."""

        def has_it(one: ShownMessage) -> bool:
            return text in one.text and data_of(one, label) is not None

        shown = await self.driver.wait_message(chat, has_it, timeout=60)
        await self.driver.press(person, chat, shown.id, data=data_of(shown, label), timeout=60)


def data_of(message: ShownMessage, label: str) -> str | None:
    buttons = (button for row in message.buttons for button in row)
    return next((button.data for button in buttons if label in button.text), None)


@asynccontextmanager
async def at_debug(folder: Path) -> AsyncGenerator[Program]:
    given = {
        "TRIAGRAM__TELEGRAM__TOKEN": TOKEN,
        "TRIAGRAM__TELEGRAM__WEBHOOK_SECRET": WEBHOOK,
        "TRIAGRAM__SECRETS__KEYS": FERNET,
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    async with serve(token=TOKEN) as address, Driver(address.url) as driver:
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-c", AT_DEBUG,
            cwd=folder, env={**os.environ, **given, "TRIAGRAM__TELEGRAM__API_BASE": address.url},
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        program = Program(driver, folder)
        async with asyncio.TaskGroup() as group:
            group.create_task(_read(bot, program.printed))
            try:
                await driver.wait_polling(60)
                yield program
            finally:
                bot.terminate()
                await asyncio.wait_for(bot.wait(), 30)


async def _read(bot: asyncio.subprocess.Process, printed: list[bytes]) -> None:
    assert bot.stdout is not None
    while data := await bot.stdout.read(65536):
        printed.append(data)


async def _a_day(program: Program) -> None:
    """Owned, joined, talked to, read, decided; Telegram fails now and then."""
    driver = program.driver
    ann, olya = await driver.person("Ann", "ann"), await driver.person("Olya", "olya")
    direct = await driver.private(ann)
    link = await driver.wait_until(
        lambda: re.search(r"https://t\.me/\S+start=\S+", program.text), timeout=60
    )
    assert link is not None
    await driver.open_link(ann, link[0])
    await driver.wait_message(direct, lambda one: "yours now" in one.text, timeout=60)
    group = await driver.group("Mobile", [ann, olya], "supergroup")
    await driver.add_bot(group, by=ann, payload="new")
    await program.tap(ann, group.id, "Start reading")
    await driver.fault("502", method="sendMessage")
    await driver.fault("drop", method="getUpdates")
    await driver.say(olya, group.id, f"my login is dead, and this is my key: {FERNET[:10]}")
    await driver.say(olya, group.id, "/bug the map is blank in Lyon")
    await program.tap(ann, direct, "Approve", text="map is blank")
    await driver.fault("502", method="editMessageText")
    await driver.say(ann, direct, "/tasks")
    await driver.wait_message(direct, lambda one: "T-1" in one.text, timeout=60)


async def test_a_days_debug_output_rows_and_answers_hold_no_secret(tmp_path: Path) -> None:
    async with at_debug(tmp_path) as program:
        await _a_day(program)
        calls = await program.driver.calls()
    said = "\n".join(str(one.params) for one in calls)
    stored = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert "DEBUG:httpcore" in program.text, "DEBUG was not on"
    assert "4711:***" in program.text, "the address with the token was never logged: nothing was tried"
    for secret in (SECRET, FERNET, WEBHOOK):
        assert secret not in program.text
        assert secret not in said
        assert secret.encode() not in stored


@pytest.mark.parametrize("kind", ["error", "exception"])
def test_what_structlog_writes_is_masked_too(kind: str) -> None:
    code = f"""
import structlog
from bot.speak.masking import mask_lines
mask_lines({TOKEN!r})
try:
    raise OSError("POST /bot{TOKEN}/getMe")
except OSError as error:
    structlog.get_logger().{kind}("it failed at {TOKEN}", error=repr(error), url="/bot{TOKEN}")
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (SECRET in done.stdout, "4711:***" in done.stdout) == (False, True)
