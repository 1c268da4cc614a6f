"""The speaking room against a sandbox over HTTP, and a clock that moves by hand."""

import logging
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass

import pytest
from telegram.ext import ExtBot

from bot.sandbox.driver import Driver, Person
from bot.sandbox.server import Address, serve
from bot.speak.connection import open_bot
from bot.speak.facts import PtbChatFacts
from bot.speak.messenger import PtbMessenger
from bot.speak.pacing import Pacing
from core.domain.ids import ChatId

TOKEN = "4711:AAH-a_secret_of_thirty-five_characters"  # noqa: S105 - nothing is behind it
READ_SECONDS = 0.5


@dataclass
class HandClock:
    """Monotonic seconds that move only when told."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Room:
    """Everything a test of speaking needs: the sandbox's people and what speaks to them."""

    driver: Driver
    address: Address
    bot: ExtBot[None]
    messenger: PtbMessenger
    clock: HandClock
    facts: PtbChatFacts
    ann: Person
    group: ChatId
    forum: ChatId
    topic: int


@pytest.fixture(autouse=True)
def _speaking_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    factory = logging.getLogRecordFactory()
    yield
    logging.setLogRecordFactory(factory)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def pacing(clock: HandClock) -> Pacing:
    return Pacing(clock)


@pytest.fixture
async def room(clock: HandClock, pacing: Pacing) -> AsyncGenerator[Room]:
    async with (
        serve(token=TOKEN) as address,
        Driver(address.url) as driver,
        open_bot(TOKEN, api_base=address.url, read_seconds=READ_SECONDS) as bot,
    ):
        ann = await driver.person("Ann Lee", "ann")
        await driver.private(ann, start=True)
        group = await driver.group("Old group", [ann], "group")
        forum = await driver.group("Forum", [ann], "forum")
        for chat in (group, forum):
            await driver.add_bot(chat, by=ann)
        topic = await driver.topic(forum, "Releases", by=ann)
        yield Room(
            driver,
            address,
            bot,
            PtbMessenger(bot, pacing),
            clock,
            PtbChatFacts(bot),
            ann,
            ChatId(group.id),
            ChatId(forum.id),
            topic,
        )
