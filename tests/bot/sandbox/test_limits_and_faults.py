"""Flood limits, and the failures a test scripts."""

import asyncio
import time

import aiohttp
import pytest

from bot.sandbox.driver import Chat, Driver, Person
from bot.sandbox.rules.limits import CHAT_BURST, FloodLimits
from tests.bot.sandbox.conftest import Api


@pytest.fixture
async def ann(driver: Driver) -> Person:
    made = await driver.person("Ann Lee", "ann")
    await driver.private(made, start=True)
    return made


@pytest.fixture
async def team(driver: Driver, ann: Person) -> Chat:
    made = await driver.group("Team", [ann])
    await driver.add_bot(made)
    return made


def waits(limits: FloodLimits, chat: int, times: list[float]) -> list[int]:
    return [limits.seconds_to_wait(chat, is_group=chat < 0, now=now) for now in times]


def test_a_chat_bears_a_short_burst_and_then_one_a_second() -> None:
    limits = FloodLimits()
    assert waits(limits, 1, [0.0] * CHAT_BURST) == [0] * CHAT_BURST
    assert waits(limits, 1, [0.1, 1.0, 1.1, 2.1]) == [1, 0, 1, 0]


def test_a_group_bears_twenty_a_minute() -> None:
    limits = FloodLimits()
    assert waits(limits, -1, [float(i) for i in range(20)]) == [0] * 20
    assert waits(limits, -1, [20.0, 59.5, 60.0, 60.5]) == [40, 1, 0, 1]


def test_all_chats_together_bear_thirty_a_second() -> None:
    limits = FloodLimits()
    for chat in range(30):
        assert waits(limits, chat, [0.0]) == [0]
    assert waits(limits, 99, [0.5, 1.0]) == [1, 0]


async def test_sends_and_edits_count_and_answers_do_not(api: Api, driver: Driver, ann: Person) -> None:
    sent = await api.ok("sendMessage", chat_id=ann.id, text="0")
    edit = {"chat_id": ann.id, "message_id": sent["message_id"]}
    for i in range(CHAT_BURST - 1):
        await api.ok("editMessageText", **edit, text=f"{i + 1}")
    status, body = await api.call("editMessageText", **edit, text="more")
    assert (status, body["parameters"]["retry_after"]) == (429, 1)
    assert body["description"] == "Too Many Requests: retry after 1"
    query = await driver.press_raw(ann, ann, sent["message_id"], "d")
    await api.ok("answerCallbackQuery", callback_query_id=query)
    await api.ok("sendChatAction", chat_id=ann.id, action="typing")
    await driver.set_clock(advance=1)
    await api.ok("editMessageText", **edit, text="more")
    assert [c.status for c in await driver.calls("editMessageText")].count(429) == 1
    await driver.limits(on=False)
    for i in range(5):
        await api.ok("sendMessage", chat_id=ann.id, text=str(i))


@pytest.mark.parametrize(
    ("kind", "description"),
    [
        ("429", "Too Many Requests: retry after 7"),
        ("403", "Forbidden: bot was blocked by the user"),
        ("400", "Bad Request: scripted fault"),
    ],
)
async def test_scripted_refusals(
    api: Api, driver: Driver, ann: Person, kind: str, description: str
) -> None:
    await driver.fault(kind, method="sendMessage", times=2, after=1, retry_after=7)
    await api.ok("sendMessage", chat_id=ann.id, text="first")
    for _ in range(2):
        assert await api.refused("sendMessage", chat_id=ann.id, text="x") == (int(kind), description)
    assert await driver.faults_waiting() == 0
    await api.ok("sendMessage", chat_id=ann.id, text="last")
    assert [m.text for m in await driver.messages(ann)] == ["/start", "first", "last"]


async def test_faults_meet_only_the_calls_meant(api: Api, driver: Driver, ann: Person, team: Chat) -> None:
    await driver.fault("400", chat=team, description="Bad Request: told so")
    await api.ok("getUpdates")
    await api.ok("sendMessage", chat_id=ann.id, text="x")
    assert (await api.refused("sendMessage", chat_id=team.id, text="x"))[1] == ("Bad Request: told so")
    await driver.fault("400")
    await driver.clear_faults()
    await api.ok("sendMessage", chat_id=team.id, text="x")


async def test_a_gateway_fails_in_json_or_html(api: Api, driver: Driver) -> None:
    await driver.fault("502")
    assert await api.refused("getMe") == (502, "Bad Gateway")
    await driver.fault("502", description="<h1>Bad Gateway</h1>")
    async with api.session.post(f"{api.url}/bot{api.token}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")


async def test_a_dropped_call_is_not_done_and_a_lost_answer_is(
    api: Api, driver: Driver, ann: Person
) -> None:
    for kind in ("drop", "drop_after"):
        await driver.fault(kind)
        with pytest.raises(aiohttp.ClientConnectionError):
            await api.call("sendMessage", chat_id=ann.id, text=kind)
    assert [m.text for m in await driver.messages(ann)] == ["/start", "drop_after"]
    assert [c.status for c in await driver.calls("sendMessage")] == [0, 0]


async def test_a_hang_is_served_late_or_not_at_all(api: Api, driver: Driver, ann: Person) -> None:
    await driver.fault("hang", seconds=0.2, times=2)
    began = time.monotonic()
    await api.ok("sendMessage", chat_id=ann.id, text="late")
    assert time.monotonic() - began >= 0.2
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await api.call("sendMessage", chat_id=ann.id, text="never")
    await asyncio.sleep(0.3)
    assert [m.text for m in await driver.messages(ann)] == ["/start", "late"]


async def test_a_scripted_migration_is_a_real_one(api: Api, driver: Driver, team: Chat) -> None:
    await driver.fault("migrate", chat=team)
    status, body = await api.call("sendMessage", chat_id=team.id, text="x")
    assert status == 400
    await api.ok("sendMessage", chat_id=body["parameters"]["migrate_to_chat_id"], text="x")
