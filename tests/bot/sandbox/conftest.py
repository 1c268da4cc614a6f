"""Fixtures: a running sandbox, its driver, a bare HTTP client and both libraries against it."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import aiogram.methods
import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from pydantic import TypeAdapter
from telegram.ext import ExtBot

from bot.sandbox.driver import Driver
from bot.sandbox.server import Address, serve
from tests.bot.sandbox.spec import faults_of, has_spec, load_spec

Json = dict[str, Any]
KNOWN_AHEAD = "can_send_welcome_messages"
"""A right of Bot API 10.3, which aiogram 3.31 needs and the 10.1 specification lacks."""


@dataclass
class Api:
    """A Bot API client without opinions."""

    url: str
    token: str
    session: aiohttp.ClientSession

    async def call(self, method: str, **params: Any) -> tuple[int, Json]:
        """Posts JSON; returns HTTP status and body."""
        address = f"{self.url}/bot{self.token}/{method}"
        async with self.session.post(address, json=params) as response:
            return response.status, await response.json()

    async def ok(self, method: str, **params: Any) -> Any:
        status, body = await self.call(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> tuple[int, str]:
        status, body = await self.call(method, **params)
        assert body["ok"] is False
        assert body["error_code"] == status
        return status, body["description"]

    async def updates(self, **params: Any) -> list[Json]:
        """Returns what waits, and confirms it."""
        found = await self.ok("getUpdates", **params)
        if found:
            await self.ok("getUpdates", offset=found[-1]["update_id"] + 1)
        return found


@pytest.fixture
async def sandbox() -> AsyncGenerator[Address, None]:
    async with serve() as address:
        yield address


@pytest.fixture
async def driver(sandbox: Address) -> AsyncGenerator[Driver, None]:
    """The driver; when the test ends, every answer the bot got is checked by two oracles."""
    async with Driver(sandbox.url) as made:
        yield made
        for call in await made.calls():
            if call.status == 200 and has_spec():
                assert_as_specified(call.method, call.result)


@pytest.fixture
async def api(sandbox: Address) -> AsyncGenerator[Api, None]:
    async with aiohttp.ClientSession() as session:
        yield Api(sandbox.url, sandbox.token, session)


@pytest.fixture
async def hear(sandbox: Address) -> AsyncGenerator[Bot, None]:
    server = TelegramAPIServer.from_base(sandbox.url)
    async with Bot(sandbox.token, session=AiohttpSession(api=server)) as made:
        yield made


@pytest.fixture
async def speak(sandbox: Address) -> AsyncGenerator[ExtBot[None], None]:
    made: ExtBot[None] = ExtBot(
        sandbox.token, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot"
    )
    async with made:
        yield made


def assert_as_specified(method: str, result: object) -> None:
    """Checks a result with the specification and with aiogram's result type."""
    wrong = faults_of(result, load_spec()["methods"][method]["returns"], method)
    assert [fault for fault in wrong if KNOWN_AHEAD not in fault] == []
    model = getattr(aiogram.methods, method[0].upper() + method[1:])
    TypeAdapter(model.__returning__).validate_python(result)
