"""Polling: kept before it is acknowledged; nothing outside stops it."""

import asyncio
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import DeleteWebhook, TelegramMethod
from structlog.testing import capture_logs

from bot.hear.stream.arrivals import Arrivals, lane_of
from bot.hear.stream.updates import ALLOWED_UPDATES, LONGEST_WAIT, Poller, RawUpdates
from core.domain.ids import UpdateId
from core.errors import StorageFailed
from core.ports.inbox import Incoming
from core.ports.world import Lane
from tests.bot.hear.conftest import ANN, GROUP, MOBILE, Room
from tests.fakes import FakeClock, FakeWakeups

CONFLICT = "Conflict: terminated by other getUpdates request; only one bot instance may run"
LEFTOVER = "Conflict: can't use getUpdates method while webhook is active"


@dataclass
class Wire:
    """What Telegram answers, one a request; the last answer never comes."""

    answers: list[tuple[int, dict[str, Any]] | Exception]
    asked: list[TelegramMethod[Any]] = field(default_factory=list[TelegramMethod[Any]])
    silent: asyncio.Event = field(default_factory=asyncio.Event)


class WireSession(BaseSession):
    """aiogram's session over `Wire`, with its own checks of what comes back."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.wire = wire

    async def close(self) -> None:
        """Nothing to close."""

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109 # as aiogram has it
        self.wire.asked.append(method)
        if not self.wire.answers:
            self.wire.silent.set()
            await asyncio.Event().wait()
        answer = self.wire.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        return self.check_response(bot, method, status, json.dumps(body)).result

    async def stream_content(self, *args: Any, **more: Any) -> AsyncGenerator[bytes]:
        """Nobody downloads."""
        yield b""


@dataclass
class MemoryInbox:
    """Keeps what it is given; fails as told."""

    kept: list[Incoming] = field(default_factory=list[Incoming])
    failures: list[Exception] = field(default_factory=list[Exception])

    async def keep(self, updates: list[Incoming]) -> int:
        if self.failures:
            raise self.failures.pop(0)
        self.kept += updates
        return len(updates)

    async def last_offset(self) -> int:
        return max((one.update_id for one in self.kept), default=0)


def ok(*updates: Any) -> tuple[int, dict[str, Any]]:
    return 200, {"ok": True, "result": list(updates)}


def refused(status: int, text: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
    return status, {"ok": False, "error_code": status, "description": text, "parameters": parameters}


@dataclass
class Desk:
    wire: Wire
    inbox: MemoryInbox
    poller: Poller
    waits: list[float]
    wakeups: FakeWakeups

    async def poll(self) -> None:
        """Poll until every answer was given out."""
        running = asyncio.ensure_future(self.poller.run())
        await self.wire.silent.wait()
        running.cancel()

    @property
    def offsets(self) -> list[int]:
        return [method.offset for method in self.wire.asked if isinstance(method, RawUpdates)]


def desk(*answers: tuple[int, dict[str, Any]] | Exception, failures: list[Exception] | None = None) -> Desk:
    wire, inbox = Wire(list(answers)), MemoryInbox(failures=failures or [])
    waits, wakeups = list[float](), FakeWakeups()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    bot = Bot("42:TEST", session=WireSession(wire))
    arrivals = Arrivals(inbox, wakeups, FakeClock())  # pyright: ignore[reportArgumentType] -- the part of the port polling uses
    poller = Poller(bot, arrivals, sleep=sleep)
    return Desk(wire, inbox, poller, waits, wakeups)


async def test_updates_are_kept_as_they_came_and_only_then_acknowledged() -> None:
    one = {"update_id": 7, "message": {"chat": {"id": -5}, "anything": "1 < 2 “ü”"}}
    here = desk(ok(one, {"update_id": 9}), ok())
    await here.poll()
    assert [(kept.update_id, kept.lane) for kept in here.inbox.kept] == [(7, -5), (9, 0)]
    assert json.loads(here.inbox.kept[0].payload) == one
    assert here.offsets[:2] == [1, 10]
    assert here.wakeups.woken == [Lane.INBOX]


async def test_all_it_asks_for_is_one_constant() -> None:
    here = desk(ok())
    await here.poll()
    asked = here.wire.asked[0]
    assert isinstance(asked, RawUpdates)
    assert asked.allowed_updates == ALLOWED_UPDATES
    assert "message_reaction" in ALLOWED_UPDATES
    assert asked.timeout == 30


async def test_it_goes_on_where_it_stopped() -> None:
    here = desk(ok())
    here.inbox.kept.append(Incoming(UpdateId(41), 0, "{}", FakeClock().now()))
    await here.poll()
    assert here.offsets[0] == 42


async def test_an_update_without_a_number_is_logged_and_skipped() -> None:
    here = desk(ok({"message": {}}, {"update_id": "x"}, {"update_id": 3}), ok())
    with capture_logs() as logs:
        await here.poll()
    assert [kept.update_id for kept in here.inbox.kept] == [3]
    assert [log["event"] for log in logs] == ["update without a number"] * 2
    assert here.offsets[1] == 4


async def test_what_could_not_be_kept_is_not_acknowledged() -> None:
    here = desk(ok({"update_id": 5}), ok({"update_id": 5}), ok(), failures=[StorageFailed("full")])
    await here.poll()
    assert here.offsets[:3] == [1, 1, 6]
    assert len(here.inbox.kept) == 1


@pytest.mark.parametrize(
    "away",
    [
        TelegramNetworkError(RawUpdates(offset=1), "no route"),
        refused(502, "Bad Gateway"),
        refused(500, "restart"),
        (200, {"ok": True, "result": "no list"}),
        refused(401, "Unauthorized"),
    ],
)
async def test_telegram_away_is_waited_out_longer_and_longer_up_to_a_minute(away: Any) -> None:
    here = desk(*[away] * 9, ok({"update_id": 1}))
    await here.poll()
    assert here.waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, LONGEST_WAIT, LONGEST_WAIT, LONGEST_WAIT]
    assert len(here.inbox.kept) == 1


async def test_after_news_the_waits_begin_anew() -> None:
    away = TelegramNetworkError(RawUpdates(offset=1), "no route")
    here = desk(away, away, ok(), away, ok())
    await here.poll()
    assert here.waits == [1.0, 2.0, 1.0]


async def test_flood_control_waits_as_long_as_it_is_told() -> None:
    here = desk(refused(429, "Too Many Requests", retry_after=17), ok())
    await here.poll()
    assert here.waits == [17.0]


async def test_a_second_consumer_is_told_clearly() -> None:
    here = desk(refused(409, CONFLICT), ok())
    with capture_logs() as logs:
        await here.poll()
    assert [log["log_level"] for log in logs] == ["error"]
    assert "another program uses this bot's token" in logs[0]["event"]
    assert here.waits == [1.0]


async def test_a_second_consumer_of_our_own_is_no_reason_to_revoke_the_token() -> None:
    here = desk(refused(409, CONFLICT), ok())
    here.poller.has_others = lambda: True
    with capture_logs() as logs:
        await here.poll()
    assert [(log["log_level"], log["event"]) for log in logs] == [
        ("warning", "another process of this bot polled too")
    ]


async def test_a_webhook_left_behind_is_removed_with_its_updates_kept() -> None:
    here = desk(refused(409, LEFTOVER), (200, {"ok": True, "result": True}), ok({"update_id": 1}))
    await here.poll()
    removing = here.wire.asked[1]
    assert isinstance(removing, DeleteWebhook)
    assert removing.drop_pending_updates is False
    assert len(here.inbox.kept) == 1


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": -7}}}, -7),
        ({"edited_message": {"chat": {"id": -7}}}, -7),
        ({"callback_query": {"message": {"chat": {"id": 1}}}}, 1),
        ({"my_chat_member": {"chat": {"id": -7}}}, -7),
        ({"chat_member": {"chat": {"id": -7}}}, -7),
        ({"message_reaction": {"chat": {"id": -7}}}, -7),
        ({"callback_query": {"inline_message_id": "x"}}, 0),
        ({"poll": {"id": "1"}}, 0),
        ({"message": {"chat": {"id": "x"}}}, 0),
        ({"message": 5}, 0),
        ({"callback_query": None}, 0),
        ({}, 0),
    ],
)
def test_order_matters_within_a_chat(update: dict[str, Any], lane: int) -> None:
    assert lane_of(update) == lane


async def test_the_same_update_twice_has_one_effect(room: Room) -> None:
    update = room.update(message=room.message("/status", by=ANN, chat=MOBILE))
    await room.hear(update, update)
    await room.hear(update)
    spots = await room.spots()
    assert [spot.chat_id for spot in spots] == [GROUP]
