"""Each thing the doctor looks at, once well and once wrong; Telegram is the sandbox."""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest

from bot import databases, main
from bot.config import Config, TelegramConfig, load_config
from bot.doctor.checks import (
    LEAST_FREE_BYTES,
    Line,
    Seen,
    backup_line,
    carrier_line,
    chat_line,
    clock_line,
    config_line,
    consumer_line,
    database_line,
    disk_line,
    inbox_line,
    model_line,
    queue_line,
    token_line,
    vectors_line,
    webhook_line,
)
from bot.doctor.looking import examine, look, telegram_lines
from bot.doctor.models import agent_line, budget_line, keys_line, search_line
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from bot.speak.asking import Reply
from bot.world import SystemClock
from core.domain.agent import Agent
from core.domain.daily.schedule import Job, Schedule
from core.domain.ids import ChatId, UpdateId
from core.domain.money import Budget, Spent
from core.domain.person import Binding, Chat, ChatKind, ChatState
from core.domain.run import Batch
from core.errors import BadConfig, StorageFailed
from core.ports.agents import CredentialNote
from core.ports.inbox import Incoming
from tests.builders import PROJECT, START, a_project
from tests.fakes import FakeClock

TOKEN = "4711:AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
CAREFUL = Agent("careful", "openai:gpt-5-mini")
CHAT = Chat(ChatId(-1001), ChatKind.SUPERGROUP, "Mobile", state=ChatState.READING, last_heard_at=START)
HEARS = Seen(is_administrator=True, reads_everything=False)


@pytest.fixture(autouse=True)
def _asking_leaves_no_trace() -> Generator[None]:
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)


@dataclass(frozen=True)
class World:
    """A sandbox, and how it is reached."""

    driver: Driver
    config: TelegramConfig

    async def lines(self, clock: SystemClock | FakeClock | None = None) -> dict[str, Line]:
        asked = telegram_lines(self.config, clock or SystemClock(), is_ours_listening=False, poll_seconds=1)
        return {line.what: line async for line in asked}

    async def call(self, method: str, **params: object) -> None:
        url = f"{self.config.api_base}/bot{self.config.token}/{method}"
        async with aiohttp.ClientSession() as session, session.post(url, json=params) as response:
            await response.read()


@pytest.fixture
async def world() -> AsyncGenerator[World]:
    async with serve(token=TOKEN) as address, Driver(address.url) as driver:
        yield World(driver, TelegramConfig(token=TOKEN, api_base=address.url))


async def test_a_good_token_alone_is_all_fine(world: World) -> None:
    lines = await world.lines()
    assert list(lines) == ["token", "clock", "webhook", "listener"]
    assert all(line.is_fine for line in lines.values()), lines
    assert "@triagram_bot" in lines["token"].says


async def test_a_token_nobody_has_is_wrong_and_ends_the_questions(world: World) -> None:
    lines = await replace(world, config=replace(world.config, token="1:other")).lines()  # noqa: S106 - no secret
    assert "webhook" not in lines
    assert "@BotFather" in lines["token"].mend


async def test_a_clock_off_by_a_minute_is_told_with_its_side(world: World) -> None:
    fast = FakeClock(SystemClock().now() + timedelta(seconds=90))
    line = (await world.lines(fast))["clock"]
    assert not line.is_fine
    assert "fast" in line.says


async def test_a_second_program_that_polls_is_found(world: World) -> None:
    async def poll_again_and_again() -> None:
        while True:
            await world.call("getUpdates", timeout=2)

    async with asyncio.TaskGroup() as group:
        other = group.create_task(poll_again_and_again())
        await world.driver.wait_polling()
        line = (await world.lines())["listener"]
        other.cancel()
    assert not line.is_fine
    assert "another program" in line.says


async def test_a_leftover_webhook_is_found_and_told_by_its_host_alone(world: World) -> None:
    await world.call("setWebhook", url="https://old.example.org/secret-path")
    lines = await world.lines()
    assert not lines["webhook"].is_fine
    assert "old.example.org" in lines["webhook"].says
    assert "secret-path" not in "".join(line.says + line.mend for line in lines.values())


async def test_silence_of_telegram_is_one_line(world: World) -> None:
    away = replace(world.config, api_base="http://127.0.0.1:1")
    assert list(await replace(world, config=away).lines()) == ["Telegram"]


async def test_a_page_of_html_is_not_taken_for_telegram(world: World) -> None:
    await world.driver.fault("502", method="getMe", description="<html>Bad Gateway</html>")
    assert not (await world.lines())["Telegram"].is_fine


async def test_the_token_is_in_no_line_and_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        lines = await world.lines()
    assert TOKEN not in caplog.text
    assert TOKEN not in str(lines)


def an_update(minutes_ago: float) -> Incoming:
    return Incoming(UpdateId(1), 0, "{}", START - timedelta(minutes=minutes_ago))


def a_batch(minutes_ago: float | None) -> Batch:
    """A batch whose lease ended so many minutes ago; None for one nobody took."""
    lease = None if minutes_ago is None else START - timedelta(minutes=minutes_ago)
    return Batch(UUID(int=1), UUID(int=2), 0, lease_until=lease)


def a_webhook(url: str, error: str = "") -> Reply:
    return Reply(200, {"url": url} | ({"last_error_message": error} if error else {}))


def clock_off(seconds: float) -> Line:
    return clock_line(START, START + timedelta(seconds=seconds))


def heard(days_ago: float | None) -> Chat:
    at: datetime | None = None if days_ago is None else START - timedelta(days=days_ago)
    return replace(CHAT, last_heard_at=at)


FINE = {
    "config": config_line(None),
    "token": token_line(Reply(200, {"username": "x"})),
    "clock": clock_off(-29),
    "clock untold": clock_line(None, START),
    "no webhook when polling": webhook_line(a_webhook(""), "polling", ""),
    "the wanted webhook": webhook_line(a_webhook("https://a/b"), "webhook", "https://a/b"),
    "nobody listens yet": consumer_line(Reply(200, [])),
    "we listen": consumer_line(None),
    "webhook listens": consumer_line(Reply(409, description="Conflict: … webhook is active")),
    "database": database_line(None),
    "disk": disk_line(LEAST_FREE_BYTES),
    "vectors": vectors_line("wordllama", b"\x00\x01"),
    "inbox": inbox_line([], START),
    "young updates": inbox_line([an_update(1)], START),
    "backup": backup_line(START - timedelta(hours=47), START),
    "model": model_line("rules", ""),
    "models": model_line("llm", "openai:gpt-5-mini"),
    "keys": keys_line([CredentialNote("openai", "", START, is_readable=True)]),
    "agent": agent_line(CAREFUL, ["Mobile"], ""),
    "budget": budget_line(a_project(), Budget(5.0, Spent(4.99, 2, 9))),
    "search": search_line("openai:text-embedding-3-small", (1, 9), ""),
    "queue": queue_line([], START),
    "carrier": carrier_line(""),
    "queue at work": queue_line([a_batch(None), a_batch(-1)], START),
    "chat": chat_line(heard(1), HEARS, START),
}
WRONG = {
    "config": config_line(BadConfig("review.undo_minutes", "-1 is not 0 or more", "give 0 or more")),
    "token": token_line(Reply(401, description="Unauthorized")),
    "token for now": token_line(Reply(429, description="Too Many Requests")),
    "clock slow": clock_off(-31),
    "clock fast": clock_off(3700),
    "leftover webhook": webhook_line(a_webhook("https://a/b"), "polling", ""),
    "webhook missing": webhook_line(a_webhook(""), "webhook", "https://a/b"),
    "webhook elsewhere": webhook_line(a_webhook("https://c/d"), "webhook", "https://a/b"),
    "webhook failing": webhook_line(a_webhook("https://a/b", "502"), "webhook", "https://a/b"),
    "second listener": consumer_line(Reply(409, description="Conflict: terminated by other getUpdates")),
    "database behind": database_line(BadConfig("database", "it is behind", "`triagram db upgrade`")),
    "database full": database_line(StorageFailed("full")),
    "database odd": database_line(StorageFailed("io", "disk I/O error")),
    "disk": disk_line(LEAST_FREE_BYTES - 1),
    "vectors": vectors_line("wordllama", b"\x00\x00"),
    "old updates": inbox_line([an_update(6), an_update(0)], START),
    "no backup": backup_line(None, START),
    "old backup": backup_line(START - timedelta(hours=49), START),
    "lost key": keys_line([CredentialNote("openai", "", START, is_readable=False)]),
    "no key": agent_line(CAREFUL, ["Mobile"], "OPENAI_API_KEY"),
    "budget spent": budget_line(a_project(), Budget(5.0, Spent(5.0, calls=9))),
    "search": search_line("openai:text-embedding-3-small", (1, 9), "key: openai"),
    "carrier away": carrier_line("NoServersError"),
    "queue left behind": queue_line([a_batch(6), a_batch(None)], START),
    "chat gone": chat_line(CHAT, Seen(None, reads_everything=False), START),
    "no administrator": chat_line(CHAT, Seen(is_administrator=False, reads_everything=False), START),
    "no reactions": chat_line(CHAT, Seen(is_administrator=False, reads_everything=True), START),
    "never heard": chat_line(heard(None), HEARS, START),
    "silent for long": chat_line(heard(8), HEARS, START),
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_well_asks_for_nothing(name: str) -> None:
    assert FINE[name].is_fine, FINE[name]


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_says_how_to_mend_it(name: str) -> None:
    assert WRONG[name].mend
    assert WRONG[name].says


def test_a_chat_without_rights_is_told_what_it_misses() -> None:
    assert "commands only" in WRONG["no administrator"].says
    assert "no reactions" in WRONG["no reactions"].says


@pytest.fixture
def installed(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A folder in which the sandbox's bot is set up, its database made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRIAGRAM__TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("TRIAGRAM__TELEGRAM__API_BASE", world.config.api_base)
    return load_config(None, os.environ)


async def looked() -> dict[str, Line]:
    return {line.what: line async for line in look(None, poll_seconds=1)}


async def a_group(world: World, config: Config, *, is_admin: bool) -> None:
    """A group the bot is in and reads, with one thing said in it just now."""
    ann = await world.driver.person("Ann", "ann")
    group = await world.driver.group("Mobile", [ann], "supergroup")
    await world.driver.add_bot(group, by=ann, admin=is_admin)
    chat = replace(CHAT, id=ChatId(group.id), last_heard_at=SystemClock().now())
    async with main.open_app(config) as app, app.transactions() as tx:
        await tx.projects.add(a_project())
        await tx.chats.put(chat)
        await tx.chats.bind(Binding(chat.id, PROJECT))


async def test_an_installation_in_order_ends_with_0(
    world: World, installed: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    await databases.upgrade(installed)
    await a_group(world, installed, is_admin=True)
    await databases.copies_of(installed).keep()
    assert await examine(None, poll_seconds=1) == 0
    told = capsys.readouterr().out
    assert [line.split(":")[0] for line in told.splitlines()] == [
        "✓ config", "✓ disk", "✓ vectors", "✓ model", "✓ database", "✓ backup", "✓ inbox", "✓ queue",
        "✓ keys", "✓ token", "✓ clock", "✓ webhook", "✓ listener", "✓ chat “Mobile”",
    ]  # fmt: skip


async def test_one_thing_wrong_ends_with_1_and_says_how_to_mend_it(
    world: World, installed: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    await a_group(world, installed, is_admin=False)
    assert await examine(None, poll_seconds=1) == 1
    told = capsys.readouterr().out
    assert "✗ chat “Mobile”: hears commands only" in told
    assert "    → make the bot an administrator" in told


async def test_a_wrong_configuration_is_the_only_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("[review]\nundo_minutes = -1\n", "utf-8")
    lines = await looked()
    assert list(lines) == ["config"]
    assert not lines["config"].is_fine


async def test_without_a_token_all_else_is_looked_at(
    installed: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    await databases.upgrade(installed)
    monkeypatch.delenv("TRIAGRAM__TELEGRAM__TOKEN")
    lines = await looked()
    assert list(lines) == [
        "config",
        "disk",
        "vectors",
        "model",
        "database",
        "backup",
        "inbox",
        "queue",
        "keys",
        "token",
    ]
    assert "triagram setup" in lines["token"].mend


@pytest.mark.usefixtures("installed")
async def test_a_missing_database_is_told_and_not_made(tmp_path: Path) -> None:
    line = (await looked())["database"]
    assert not line.is_fine
    assert not (tmp_path / "data").exists()


async def test_a_damaged_database_is_told(installed: Config, tmp_path: Path) -> None:
    await databases.upgrade(installed)
    file = tmp_path / "data" / "triagram.db"
    file.write_bytes(b"this is no database" * 1000)
    line = (await looked())["database"]
    assert line.says.startswith("corrupt")


async def test_a_bot_that_runs_here_is_not_disturbed(world: World, installed: Config) -> None:
    in_time = Schedule(Job.SNOOZE, "every 30", SystemClock().now() + timedelta(seconds=20))
    async with main.open_app(installed) as app, app.transactions() as tx:
        await tx.schedules.put(in_time)
    assert "triagram run" in (await looked())["listener"].says
    assert await world.driver.calls("getUpdates") == []


async def test_a_chat_that_is_gone_is_told(world: World, installed: Config) -> None:
    await a_group(world, installed, is_admin=True)
    async with main.open_app(installed) as app, app.transactions() as tx:
        await tx.chats.put(replace(CHAT, id=ChatId(-1009999), title="Old"))
        await tx.chats.bind(Binding(ChatId(-1009999), PROJECT))
    lines = await looked()
    assert "not in it" in lines["chat “Old”"].says
    assert lines["chat “Mobile”"].is_fine


async def test_a_page_that_was_overwritten_is_found(installed: Config, tmp_path: Path) -> None:
    await databases.upgrade(installed)
    file = tmp_path / "data" / "triagram.db"
    # The last page is a table's or an index's: the schema is read before anything is looked at.
    with file.open("r+b") as opened:
        opened.seek(-4096, os.SEEK_END)
        opened.write(b"\xff" * 4096)
    assert (await looked())["database"].says.startswith("corrupt")
