"""`telegram.proxy`: hearing, speaking and asking all go through it, and nothing goes around it."""

import asyncio
import logging
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import main
from bot.config import Config, TelegramConfig, demo_config
from bot.running import running
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from bot.speak.asking import asking_as
from core.errors import TelegramAway
from tests.bot.proxies import proxy
from tests.databases import fresh_database, migrated_database

SCHEMES = ("http", "socks5")


@pytest.fixture(autouse=True)
def _leaves_no_trace() -> Generator[None]:
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_the_bot_hears_and_speaks_through_a_proxy(scheme: str, tmp_path: Path) -> None:
    fresh_database(migrated_database(), tmp_path)
    async with proxy(scheme) as between, serve() as address, Driver(address.url) as driver:
        config = demo_config(address.url, address.token, tmp_path)
        config = replace(config, telegram=replace(config.telegram, proxy=between.url))
        async with main.open_app(config) as app, running(app):
            await driver.wait_polling(30)
            ann = await driver.person("Ann", "ann")
            direct = await driver.private(ann)
            await driver.open_link(ann, await app.owner_link() or "")
            said = await driver.wait_message(direct, lambda one: "yours now" in one.text, timeout=30)
        calls = {one.method for one in await driver.calls()}
    assert said.is_from_bot
    assert {"getMe", "getUpdates", "sendMessage"} <= calls
    port = address.url.rpartition(":")[2]
    assert set(between.asked) == {f"127.0.0.1:{port}"}
    # Three libraries, a connection each at least.
    assert len(between.asked) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
async def test_without_its_proxy_nothing_is_reached(scheme: str, tmp_path: Path) -> None:
    async with proxy(scheme) as gone:
        pass
    fresh_database(migrated_database(), tmp_path)
    async with serve() as address, Driver(address.url) as driver:
        telegram = TelegramConfig(address.token, address.url, proxy=gone.url)
        with pytest.raises(TelegramAway):
            await asking_as(telegram).bot_name()
        config = demo_config(address.url, address.token, tmp_path)
        async with main.open_app(replace(config, telegram=telegram)) as app, running(app):
            await asyncio.sleep(0.5)
        assert await driver.calls() == []


def test_a_password_in_a_proxy_is_never_shown() -> None:
    telegram = TelegramConfig("1:x", proxy="socks5://me:hush@h:1080")
    assert "hush" not in repr(replace(Config(), telegram=telegram))
