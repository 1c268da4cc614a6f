"""Health, readiness, metrics, and how serving begins and ends."""

import asyncio
import json
import socket
from datetime import timedelta

import aiohttp
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from bot.config import WebConfig
from bot.web.health import REMEMBERED, Probe, Remembered, Standing, standings
from bot.web.metrics import PrometheusMeter
from bot.web.serving import open_socket
from bot.web.site import Site, site_app
from core.domain.conversation import Usage
from core.domain.run import Stage
from core.errors import AnalystFailed, BadConfig, StorageFailed, TelegramAway, WorldFailed
from core.ports.backlog import Backlog
from core.ports.chat import Fate
from core.ports.meter import Part
from tests.bot.web.conftest import Called, Counted, at_a_port
from tests.fakes import FakeClock


async def _well() -> None:
    pass


async def _silent() -> None:
    await asyncio.Event().wait()


def _failing(error: WorldFailed | BadConfig) -> Probe:
    async def probe() -> None:
        raise error

    return probe


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (StorageFailed("full", "disk I/O"), "full disk I/O"),
        (TelegramAway("ConnectError at https://x"), "ConnectError at https://x"),
        (TelegramAway(), "no answer"),
        (BadConfig("telegram.token", "unknown", "copy it"), "telegram.token: unknown"),
    ],
)
async def test_readiness_names_what_is_not_well_and_why(error: WorldFailed | BadConfig, why: str) -> None:
    found = await standings({"database": _well, "queue": _failing(error)})
    assert found == [Standing("database", ""), Standing("queue", why)]


async def test_who_does_not_answer_in_time_is_not_ready() -> None:
    [found] = await standings({"telegram": _silent}, seconds=0.01)
    assert (found.is_well, found.why) == (False, "no answer within 0.01 s")


@pytest.mark.parametrize("is_well", [True, False])
async def test_the_answer_is_503_where_one_thing_is_not_well(*, is_well: bool) -> None:
    probe = _well if is_well else _failing(TelegramAway("gone"))
    site = Site(PrometheusMeter(), Counted(), FakeClock(), {"database": _well, "telegram": probe})
    async with (
        at_a_port(site_app(site)) as url,
        aiohttp.ClientSession() as session,
        session.get(f"{url}/readyz") as answer,
    ):
        body = json.loads(await answer.text())
        assert answer.status == (200 if is_well else 503)
    assert body == {
        "database": {"ok": True, "why": ""},
        "telegram": {"ok": is_well, "why": "" if is_well else "gone"},
    }


async def test_an_answer_from_elsewhere_is_remembered_for_a_while() -> None:
    asked, clock = list[int](), FakeClock()

    async def probe() -> None:
        asked.append(1)
        if len(asked) == 1:
            raise TelegramAway("gone")

    remembered = Remembered(probe, clock)
    for _ in range(3):
        with pytest.raises(TelegramAway):
            await remembered()
    assert len(asked) == 1
    clock.move(seconds=REMEMBERED.total_seconds() + 1)
    await remembered()
    await remembered()
    assert len(asked) == 2


async def test_a_program_that_lives_is_healthy_whatever_is_away(called: Called) -> None:
    called.counted.backlog = None
    assert await called.get("/healthz") == (200, '{"status":"ok"}')


def _numbers(text: str) -> dict[str, float]:
    """Each sample of an exposition by its name and the values of its labels."""
    return {
        " ".join([one.name, *one.labels.values()]): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


async def test_metrics_say_what_was_counted_and_what_waits(called: Called) -> None:
    clock, meter = FakeClock(), called.meter
    called.counted.backlog = Backlog(3, 2, 1, clock.now() - timedelta(seconds=40))
    meter.took(timedelta(seconds=2))
    meter.delivered(Fate.SENT, is_edit=False)
    meter.delivered(Fate.MESSAGE_GONE, is_edit=True)
    meter.limited()
    meter.read(Stage.KNOWLEDGE, 1.5, Usage(100, 20, 0.25))
    meter.read(Stage.TASKS, 1.0, Usage(10, 2, None))
    meter.failed(Part.WORKING, AnalystFailed("timeout", "a detail that differs each time"))
    status, text = await called.get("/metrics")
    found = _numbers(text)
    expected = {
        "triagram_update_lag_seconds_sum": 2.0,
        "triagram_deliveries_total send sent": 1.0,
        "triagram_deliveries_total edit message_gone": 1.0,
        "triagram_limits_hit_total": 1.0,
        "triagram_batch_seconds_sum knowledge": 1.5,
        "triagram_batch_seconds_count tasks": 1.0,
        "triagram_tokens_total in": 110.0,
        "triagram_tokens_total out": 22.0,
        "triagram_cost_usd_total": 0.25,
        "triagram_unpriced_batches_total": 1.0,
        "triagram_errors_total AnalystFailed:timeout working": 1.0,
        "triagram_inbox_waiting": 3.0,
        "triagram_inbox_oldest_seconds": 40.0,
        "triagram_queue_batches": 2.0,
        "triagram_spots_due": 1.0,
    }
    assert status == 200
    assert {name: found.get(name) for name in expected} == expected


async def test_metrics_are_told_while_the_database_does_not_answer(called: Called) -> None:
    called.counted.backlog = None
    called.meter.limited()
    status, text = await called.get("/metrics")
    assert (status, "triagram_limits_hit_total 1.0" in text) == (200, True)
    assert "triagram_inbox_waiting NaN" in text


async def test_what_is_being_answered_at_the_end_is_answered() -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    app = FastAPI()

    @app.get("/slow")
    async def slow() -> str:
        begun.set()
        await may_end.wait()
        return "done"

    async def asking(url: str) -> str:
        async with aiohttp.ClientSession() as session, session.get(f"{url}/slow") as answer:
            return await answer.text()

    async def ending(url_known: asyncio.Future[str]) -> None:
        async with at_a_port(app) as url:
            url_known.set_result(url)
            await asyncio.Event().wait()

    url_known: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    async with asyncio.TaskGroup() as group:
        serving = group.create_task(ending(url_known))
        asked = group.create_task(asking(await url_known))
        await begun.wait()
        serving.cancel()
        await asyncio.sleep(0)
        may_end.set()
    assert asked.result() == '"done"'
    with pytest.raises(aiohttp.ClientConnectorError):
        await asking(url_known.result())


def test_a_taken_port_is_said_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(BadConfig) as said:
            open_socket(WebConfig(listen))
    assert said.value.where == "web.listen"
    assert listen in said.value.problem
    assert "name another port" in said.value.mend


@pytest.mark.parametrize("listen", ["192.0.2.7:8080", "no.such.host.invalid:8080"])
def test_an_address_that_is_not_ours_is_said_too(listen: str) -> None:
    with pytest.raises(BadConfig) as said:
        open_socket(WebConfig(listen))
    assert listen in said.value.problem
