"""The token and the keys stay out of everything the bot writes, at DEBUG and while Telegram fails too."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
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
    listen: str
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
async def at_debug(folder: Path, mode: str) -> AsyncGenerator[Program]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    given = {
        "TRIAGRAM__TELEGRAM__MODE": mode,
        "TRIAGRAM__TELEGRAM__WEBHOOK_URL": f"http://{listen}/telegram",
        "TRIAGRAM__WEB__LISTEN": listen,
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
        program = Program(driver, listen)
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


async def _strangers(program: Program) -> None:
    """Others call: with a wrong secret that is nearly right, and to see how the bot is."""
    near = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK[:-1]}
    async with aiohttp.ClientSession() as session:

        async def served() -> bool | None:
            try:
                async with session.get(f"http://{program.listen}/readyz") as answer:
                    return answer.status == 200 or None
            except aiohttp.ClientConnectorError:
                return None

        await program.driver.wait_until(served, timeout=60)
        async with session.post(f"http://{program.listen}/telegram", data=b"{", headers=near) as answer:
            assert answer.status in {403, 404}
        async with session.get(f"http://{program.listen}/metrics") as answer:
            assert SECRET not in await answer.text()


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


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_a_days_debug_output_rows_and_answers_hold_no_secret(tmp_path: Path, mode: str) -> None:
    async with at_debug(tmp_path, mode) as program:
        await _strangers(program)
        await _a_day(program)
        calls = await program.driver.calls()
    # Telegram itself has to be told the webhook's secret, and nobody else.
    said = "\n".join(str(one.params) for one in calls if one.method != "setWebhook")
    stored = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert "DEBUG:httpcore" in program.text, "DEBUG was not on"
    assert "4711:***" in program.text, "the address with the token was never logged: nothing was tried"
    for secret in (SECRET, FERNET, WEBHOOK):
        assert secret not in program.text
        assert secret not in said
        assert secret.encode() not in stored


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("kind", ["error", "exception"])
def test_what_structlog_writes_is_masked_too(kind: str, *, as_json: bool) -> None:
    code = f"""
import structlog
from bot.speak.masking import write_lines
write_lines([{TOKEN!r}], as_json={as_json})
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


def test_lines_for_a_program_are_objects_that_say_what_they_are_about_without_secrets() -> None:
    code = f"""
import logging
import structlog
from bot.speak.masking import write_lines
write_lines([{TOKEN!r}, {WEBHOOK!r}, {FERNET!r}, "it's \\"pass\\" word"], as_json=True)
structlog.contextvars.bind_contextvars(update_id=7, proposal_id="p-1")
structlog.get_logger("ours").warning("a line", said="{WEBHOOK} it's \\"pass\\" word")
try:
    raise OSError("{FERNET}")
except OSError:
    logging.getLogger("uvicorn.error").exception("theirs %s", "{WEBHOOK}")
logging.getLogger("httpx").info("too much")
"""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    ours, theirs = (json.loads(text) for text in (done.stdout, done.stderr))
    shared = {"update_id": 7, "proposal_id": "p-1"}
    assert {name: ours[name] for name in ("event", "level", "said")} == {
        "event": "a line", "level": "warning", "said": "*** ***",
    }  # fmt: skip
    assert (theirs["event"].splitlines()[0], theirs["level"], theirs["logger"]) == (
        "theirs ***", "error", "uvicorn.error",
    )  # fmt: skip
    assert "OSError: ***" in str(theirs)
    assert [{name: line[name] for name in shared} for line in (ours, theirs)] == [shared, shared]
