"""The webhook: who may call it, what it keeps, and what Telegram is answered."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from aiogram import Bot
from structlog.testing import capture_logs

from bot.hear.scene.convert import Raw
from bot.hear.stream.arrivals import Arrivals
from bot.hear.stream.connection import open_session
from bot.hear.stream.webhook import set_webhook
from bot.sandbox.driver import Driver
from bot.sandbox.server import serve
from core.errors import BadConfig
from tests.bot.web.conftest import SECRET, Called
from tests.fakes import FakeClock, FakeWakeups

UPDATE = json.dumps({"update_id": 7, "message": {"chat": {"id": -5}, "text": "ü"}}).encode()


async def test_an_update_is_kept_before_telegram_is_answered(called: Called) -> None:
    assert await called.call(UPDATE) == 200
    [kept] = await called.inbox.waiting(10)
    assert (kept.update_id, kept.lane, json.loads(kept.payload)) == (7, -5, json.loads(UPDATE))


@pytest.mark.parametrize("secret", [None, "", "x", SECRET[:-1], f"{SECRET}x", SECRET.upper(), "sécret"])
async def test_a_call_without_the_secret_is_refused_and_nothing_is_kept(
    called: Called, secret: str | None
) -> None:
    with capture_logs() as logs:
        assert await called.call(UPDATE, secret) == 403
    assert await called.kept() == []
    assert [one["log_level"] for one in logs] == ["warning"]
    assert SECRET[:-1] not in str(logs)


MALFORMED = [
    b"",
    b"{",
    b"[]",
    b"7",
    b"null",
    b"\xff\xfe",
    b"{}",
    b'{"update_id": "7"}',
    b'{"update_id": true}',
    b'{"update_id": 9223372036854775808}',
    b'{"update_id": 7, "message": {"chat": {"id": 99999999999999999999}}}',
    b'{"update_id": ' + b"9" * 5000 + b"}",
    b"[" * 100_000,
]
"""Bodies that are no update."""


@pytest.mark.parametrize("body", MALFORMED, ids=[repr(one[:40]) for one in MALFORMED])
async def test_a_malformed_body_is_logged_and_never_asked_for_again(called: Called, body: bytes) -> None:
    with capture_logs() as logs:
        assert await called.call(body) == 200
    assert [one["log_level"] for one in logs] == ["warning"]
    assert await called.kept() == []
    assert await called.call(UPDATE) == 200
    assert await called.kept() == [7]


async def test_half_a_pair_of_surrogates_can_be_kept(called: Called) -> None:
    assert await called.call(rb'{"update_id": 7, "message": {"text": "a\ud83d"}}') == 200
    assert await called.kept() == [7]


async def test_a_repeated_update_is_kept_once(called: Called) -> None:
    assert [await called.call(UPDATE) for _ in range(3)] == [200, 200, 200]
    assert await called.kept() == [7]
    assert "triagram_updates_total 1.0" in (await called.get("/metrics"))[1]


async def test_what_could_not_be_kept_is_asked_for_again(called: Called) -> None:
    called.failing.failures = 1
    assert await called.call(UPDATE) == 503
    assert await called.kept() == []
    assert await called.call(UPDATE) == 200
    assert await called.kept() == [7]
    metrics = (await called.get("/metrics"))[1]
    assert 'triagram_errors_total{kind="StorageFailed:busy",part="hearing"} 1.0' in metrics


async def test_the_webhook_is_posted_to_and_nothing_else_is_served(called: Called) -> None:
    statuses = [(await called.get(path))[0] for path in ("/telegram", "/", "/docs", "/openapi.json")]
    assert statuses == [405, 404, 404, 404]


async def test_many_calls_at_once_are_all_kept(called: Called) -> None:
    bodies = [json.dumps({"update_id": number}).encode() for number in range(1, 61)]
    assert set(await asyncio.gather(*map(called.call, bodies))) == {200}
    assert sorted(await called.kept()) == list(range(1, 61))


async def test_telegram_is_told_where_to_call_until_it_agrees() -> None:
    async with serve() as address, Driver(address.url) as driver:
        await driver.fault("502", method="setWebhook", times=2)
        session = open_session(address.url, "")
        try:
            with capture_logs() as logs:
                bot = Bot(address.token, session=session)
                await set_webhook(bot, "http://127.0.0.1:9/telegram", SECRET, retry_seconds=0.01)
                info = await bot.get_webhook_info()
        finally:
            await session.close()
    assert (info.url, info.pending_update_count) == ("http://127.0.0.1:9/telegram", 0)
    assert [one["log_level"] for one in logs] == ["error", "error"]
    assert SECRET not in str(logs)


@pytest.mark.parametrize(
    ("fault", "said"), [("400", "port 443"), ("502", "could not be told"), ("drop", "could not be told")]
)
async def test_why_the_webhook_could_not_be_set_is_said_as_it_is(fault: str, said: str) -> None:
    async with serve() as address, Driver(address.url) as driver:
        await driver.fault(fault, method="setWebhook")
        session = open_session(address.url, "")
        try:
            with capture_logs() as logs:
                bot = Bot(address.token, session=session)
                await set_webhook(bot, "http://127.0.0.1:9/telegram", SECRET, retry_seconds=0.01)
        finally:
            await session.close()
    assert [said in one["event"] for one in logs] == [True]


async def test_a_revoked_token_ends_the_setting_of_the_webhook() -> None:
    async def ask() -> None:
        raise BadConfig("telegram.token", "Telegram knows no bot with it", "copy it whole")

    async with serve() as address:
        session = open_session(address.url, "")
        try:
            with pytest.raises(BadConfig):
                await set_webhook(Bot("1:revoked", session=session), "http://127.0.0.1:9/", SECRET, ask)
        finally:
            await session.close()


@dataclass
class SlowForTheFirst:
    """Muting that takes longer the earlier it is asked."""

    turns: list[int] = field(default_factory=lambda: list(range(10)))

    async def muted(self, updates: Sequence[Raw]) -> Sequence[Raw]:
        for _ in range(20 * self.turns.pop()):
            await asyncio.sleep(0)
        return updates


async def test_updates_of_overlapping_calls_are_kept_in_the_order_in_which_they_came(
    called: Called,
) -> None:
    arrivals = Arrivals(called.inbox, FakeWakeups(), FakeClock(), SlowForTheFirst())  # pyright: ignore[reportArgumentType] -- it mutes nothing
    await asyncio.gather(*(arrivals.keep([{"update_id": number}]) for number in range(1, 11)))
    assert await called.kept() == list(range(1, 11))
