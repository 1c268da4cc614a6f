"""A bot that Telegram calls: the same days as by polling, and what whoever runs it can see of them."""

import json
import socket
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.config import WebConfig
from bot.hear.stream.updates import ALLOWED_UPDATES
from bot.hear.stream.webhook import CONNECTIONS
from bot.sandbox.driver import Call
from bot.web.health import REMEMBERED
from tests.journeys.conftest import captured, joined, talk
from tests.journeys.staging import WEBHOOK_SECRET, Journey, called, staged


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncGenerator[Journey]:
    """A stage on which the bot is called."""
    async with staged(tmp_path, by=called) as journey:
        yield journey


async def seen(stage: Journey, path: str) -> tuple[int, str]:
    """What is answered at the bot's own address."""
    url = f"http://{stage.app.config.web.listen}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def ready(stage: Journey) -> bool | None:
    """Whether all is well."""
    return (await seen(stage, "/readyz"))[0] == 200 or None


async def unready(stage: Journey, name: str, why: str) -> bool | None:
    """Whether that one thing is not well, and for that reason."""
    status, told = await seen(stage, "/readyz")
    return (status == 503 and why in json.loads(told)[name]["why"]) or None


def samples(text: str) -> dict[str, float]:
    """The numbers of an exposition by their names with labels."""
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


async def test_a_called_bot_joins_reads_and_lets_decide(hooked: Journey) -> None:
    team = await joined(hooked)
    await talk(team)
    await team.ann.ask("/extract", "Cancel")
    notes = await team.direct.read("notes worth keeping")
    assert "Keep" in str(notes.labels)
    card = await captured(team)
    assert await team.direct.press(card, "Approve") == "Approved → T-1"

    assert await hooked.driver.calls("getUpdates") == []
    [setting] = await hooked.driver.calls("setWebhook")
    assert _of_webhook(setting) == (WEBHOOK_SECRET, set(ALLOWED_UPDATES), CONNECTIONS)

    status, ready = await seen(hooked, "/readyz")
    assert (status, [name for name, one in json.loads(ready).items() if one["ok"]]) == (
        200,
        ["database", "queue", "telegram"],
    )
    await hooked.settle()
    numbers = samples((await seen(hooked, "/metrics"))[1])
    [(updates,)] = hooked.rows("SELECT count(*) FROM incoming")
    [(batches,)] = hooked.rows("SELECT count(*) FROM batch WHERE attempts > 0")
    assert numbers["triagram_updates_total"] == updates
    assert numbers["triagram_update_lag_seconds_count"] == updates
    assert numbers["triagram_inbox_waiting"] == 0
    assert numbers['triagram_batch_seconds_count{stage="knowledge"}'] == batches > 0
    assert numbers['triagram_run_seconds_count{end="completed",stage="knowledge"}'] == 1
    sent = await hooked.driver.calls("sendMessage")
    assert numbers['triagram_deliveries_total{act="send",fate="sent"}'] == len(sent)
    assert not [name for name in numbers if "triagram_errors_total" in name]


def _of_webhook(call: Call) -> tuple[str, set[str], int]:
    allowed = call.params["allowed_updates"]
    names: list[str] = json.loads(allowed) if isinstance(allowed, str) else allowed
    return call.params["secret_token"], set(names), int(call.params["max_connections"])


async def test_what_is_said_while_the_database_is_locked_is_heard_once_afterwards(hooked: Journey) -> None:
    team = await joined(hooked)
    olya = team.seats["olya"]
    with closing(sqlite3.connect(hooked.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await olya.say("the login is broken since the last build")

        async def was_refused() -> bool | None:
            async with aiohttp.ClientSession() as session:
                info = f"{hooked.url}/bot{hooked.app.config.telegram.token}/getWebhookInfo"
                async with session.get(info) as answer:
                    said = (await answer.json())["result"].get("last_error_message", "")
            return True if "503" in said else None

        await hooked.driver.wait_until(was_refused, timeout=60)
        await hooked.driver.wait_until(lambda: unready(hooked, "database", "busy"), timeout=60)
        other.execute("ROLLBACK")
    await hooked.driver.wait_until(lambda: ready(hooked), timeout=60)
    await hooked.settle()
    assert hooked.rows("SELECT count(*) FROM message WHERE text LIKE 'the login is broken%'") == [(1,)]


async def test_readiness_sees_that_somebody_took_the_webhook_away(hooked: Journey) -> None:
    await hooked.driver.wait_until(lambda: ready(hooked), timeout=60)
    async with aiohttp.ClientSession() as session:
        url = f"{hooked.url}/bot{hooked.app.config.telegram.token}/deleteWebhook"
        async with session.post(url) as answer:
            assert answer.status == 200
    await hooked.move(seconds=REMEMBERED.total_seconds() + 1)
    await hooked.driver.wait_until(lambda: unready(hooked, "telegram", "does not call"), timeout=60)


async def test_a_bot_that_polls_serves_health_beside_it(tmp_path: Path) -> None:
    async with staged(tmp_path, by=lambda config: replace(config, web=called(config).web)) as stage:

        async def healthy() -> bool | None:
            try:
                return (await seen(stage, "/healthz"))[0] == 200 or None
            except aiohttp.ClientConnectorError:
                return None

        await stage.driver.wait_until(healthy, timeout=60)
        assert (await seen(stage, "/readyz"))[0] == 200
        async with aiohttp.ClientSession() as session:
            url = f"http://{stage.app.config.web.listen}/telegram"
            async with session.post(url, data=b'{"update_id": 1}') as answer:
                assert answer.status == 404


async def test_a_bot_that_polls_goes_on_where_the_port_is_taken_and_says_so(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        async with staged(tmp_path, by=lambda config: replace(config, web=WebConfig(listen))) as stage:

            def told() -> list[str]:
                return [one["why"] for one in stage.logs if one["event"].startswith("health and metrics")]

            await stage.driver.wait_until(told, timeout=60)
            assert listen in told()[0]
            ann = await stage.driver.person("Ann", "ann")
            await stage.driver.open_link(ann, await stage.app.owner_link() or "")
            await stage.driver.wait_message(
                await stage.driver.private(ann), lambda one: "yours now" in one.text, timeout=60
            )
