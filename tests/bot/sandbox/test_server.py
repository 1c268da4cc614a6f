"""The server and the driver themselves: starting, stopping, saying what is wrong."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.driver import Driver, Missed, Refusal, ShownMessage
from bot.sandbox.server import Address, serve
from tests.bot.sandbox.conftest import Api


async def test_an_error_in_the_block_comes_out_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError):
        async with serve():
            _ = 1 / 0


async def test_stopping_ends_polls_and_streams_at_once() -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(5):
        async with serve() as address:
            stream = await session.get(f"{address.url}/control/events")
            assert await stream.content.readline() == b": open\n"
        rest = await stream.read()
    assert b"data" not in rest


async def test_two_sandboxes_know_nothing_of_each_other() -> None:
    async with (
        serve() as one,
        serve(token="77:x", username="other_bot") as two,  # noqa: S106 - nothing is behind it
        Driver(one.url) as first,
        Driver(two.url) as second,
    ):
        await first.person("Ann")
        assert (await second.bot())["id"] == 77
        with pytest.raises(Refusal, match="no such person"):
            await second.private(5000001)


async def test_a_taken_port_is_said(sandbox: Address) -> None:
    with pytest.raises(OSError, match="in use"):
        async with serve(port=sandbox.port):
            pass


async def test_the_page_needs_nothing_from_outside(api: Api) -> None:
    async with api.session.get(f"{api.url}/") as response:
        page = await response.text()
    outside = [part for part in page.split('"') if part.startswith(("http:", "https:", "//"))]
    assert outside == []


@pytest.mark.parametrize(
    ("name", "body", "status", "why"),
    [
        ("odd", {}, 404, "no control 'odd'"),
        ("person", {}, 422, "name is missing"),
        ("person", {"name": 5}, 422, "name: str expected"),
        ("messages", {"chat": 5}, 404, "no such chat 5"),
        ("messages", {"chat": True}, 422, "chat: int expected"),
        ("group", {"title": "x", "kind": "odd"}, 422, "kind: one of"),
        ("fault", {"kind": "odd"}, 422, "kind: one of"),
        ("say", {"person": 1, "chat": 2, "media": {"content": "?"}}, 422, "base64"),
    ],
)
async def test_control_calls_say_what_is_wrong(
    api: Api, name: str, body: object, status: int, why: str
) -> None:
    async with api.session.post(f"{api.url}/control/{name}", json=body) as response:
        assert response.status == status
        assert why in (await response.json())["error"]


async def test_another_site_can_not_post_forms_to_the_controls(api: Api) -> None:
    async with api.session.post(f"{api.url}/control/limits", data=b'{"on":false}') as response:
        assert response.status == 422


async def test_the_driver_shows_what_it_saw_instead(driver: Driver, api: Api) -> None:
    ann = await driver.person("Ann")
    await driver.private(ann, start=True)
    keys = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    sent = await api.ok("sendMessage", chat_id=ann.id, text="card", reply_markup=keys)
    with pytest.raises(Missed, match=r"last: .*card"):
        await driver.wait_message(ann, containing="never", timeout=0.05)
    with pytest.raises(Missed, match="no message 999"):
        await driver.message(ann, 999)
    with pytest.raises(Missed, match="does not listen"):
        await driver.wait_polling(0.05)
    with pytest.raises(Refusal, match=r"no such button: 'No'; there are \['Yes'\]"):
        await driver.press(ann, ann, sent["message_id"], "No")
    with pytest.raises(RuntimeError, match="async with"):
        await Driver("http://127.0.0.1:1").bot()


async def test_waiting_ends_when_the_message_comes(driver: Driver, api: Api) -> None:
    ann = await driver.person("Ann")
    await driver.private(ann, start=True)

    def is_second(shown: ShownMessage) -> bool:
        return shown.text == "second"

    async with asyncio.TaskGroup() as tasks, asyncio.timeout(5):
        waiting = tasks.create_task(driver.wait_message(ann, is_second))
        for text in ("first", "second"):
            await api.ok("sendMessage", chat_id=ann.id, text=text)
    assert waiting.result().is_from_bot
    edited = waiting.result().id
    await api.ok("editMessageText", chat_id=ann.id, message_id=edited, text="third")

    async def look() -> bool:
        return (await driver.message(ann, edited)).text == "third"

    assert await driver.wait_until(look)
