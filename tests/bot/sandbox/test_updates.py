"""What reaches the bot and how: long polls, one consumer, webhooks, privacy, presses."""

import asyncio
import time
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.driver import Driver, Missed, Person
from tests.bot.sandbox.conftest import Api, Json


@pytest.fixture
async def ann(driver: Driver) -> Person:
    await driver.limits(on=False)
    return await driver.person("Ann Lee", "ann")


async def test_an_offset_confirms_and_a_limit_limits(api: Api, driver: Driver, ann: Person) -> None:
    for text in "abc":
        await driver.say(ann, await driver.private(ann), text)
    first = await api.ok("getUpdates", limit=2)
    assert [u["message"]["text"] for u in first] == ["a", "b"]
    assert await api.ok("getUpdates", limit=2) == first
    rest = await api.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [u["message"]["text"] for u in rest] == ["c"]
    assert [u["message"]["text"] for u in await api.ok("getUpdates")] == ["c"]


async def test_a_negative_offset_forgets_all_but_the_last(api: Api, driver: Driver, ann: Person) -> None:
    for text in "abc":
        await driver.say(ann, await driver.private(ann), text)
    assert [u["message"]["text"] for u in await api.ok("getUpdates", offset=-1)] == ["c"]
    assert len(await api.ok("getUpdates")) == 1


async def test_a_long_poll_ends_with_the_first_update(api: Api, driver: Driver, ann: Person) -> None:
    began = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        poll = tasks.create_task(api.ok("getUpdates", timeout=20))
        await driver.wait_polling()
        await driver.say(ann, await driver.private(ann), "hi")
    assert poll.result()[0]["message"]["text"] == "hi"
    assert time.monotonic() - began < 5


async def test_a_long_poll_without_news_ends_empty(api: Api) -> None:
    began = time.monotonic()
    assert await api.ok("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - began < 3


async def test_there_is_one_consumer(api: Api, driver: Driver, ann: Person) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(api.call("getUpdates", timeout=20))
        await driver.wait_polling()
        second = tasks.create_task(api.call("getUpdates", timeout=20))
        status, body = await first
        await driver.say(ann, await driver.private(ann), "hi")
    assert (status, body["error_code"]) == (409, 409)
    assert body["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    assert len(second.result()[1]["result"]) == 1


async def test_updates_wait_24_hours(api: Api, driver: Driver, ann: Person) -> None:
    await driver.say(ann, await driver.private(ann), "old")
    await driver.set_clock(advance=25 * 3600)
    assert await api.ok("getUpdates") == []


async def test_allowed_updates_are_remembered(api: Api, driver: Driver, ann: Person) -> None:
    await api.ok("getUpdates", allowed_updates=["edited_message"])
    said = await driver.say(ann, await driver.private(ann), "hi")
    await driver.edit(ann, ann, said, "hello")
    assert [sorted(u) for u in await api.updates()] == [["edited_message", "update_id"]]
    await api.ok("getUpdates", allowed_updates=[])
    await driver.say(ann, ann, "again")
    assert len(await api.updates()) == 1


async def test_reactions_and_members_come_only_when_listed_and_to_administrators(
    api: Api, driver: Driver, ann: Person
) -> None:
    bob = await driver.person("Bob")
    group = await driver.group("Team", [ann], "supergroup")
    await driver.add_bot(group, admin=False)
    said = await driver.say(ann, group, "hi")

    async def kinds() -> set[str]:
        await driver.join(group, bob)
        await driver.react(ann, group, said, "👍")
        await driver.react(ann, group, said, None)
        await driver.leave(group, bob)
        return {key for u in await api.updates() for key in u} - {"update_id", "message"}

    await api.updates()
    assert await kinds() == set()
    bot = (await driver.bot())["id"]
    await driver.promote(group, bot, rights=["can_manage_chat"])
    assert await kinds() == {"my_chat_member"}
    await api.ok("getUpdates", allowed_updates=["chat_member", "message_reaction"])
    assert await kinds() == {"chat_member", "message_reaction"}


async def test_privacy_mode_hides_talk_from_a_bot_that_is_no_administrator(
    api: Api, driver: Driver, ann: Person
) -> None:
    group = await driver.group("Team", [ann, await driver.person("B", "b_bot", is_bot=True)])
    await driver.add_bot(group, admin=False)
    bots = await api.ok("sendMessage", chat_id=group.id, text="I am here")
    await api.updates()

    async def heard(text: str, **more: Any) -> bool:
        await driver.say(ann, group, text, **more)
        return bool(await api.updates())

    assert not await heard("small talk")
    assert not await heard("/run@other_bot")
    assert not await heard("hi @other_bot")
    assert await heard("/run")
    assert await heard("/run@triagram_bot")
    assert await heard("hi @Triagram_Bot")
    assert await heard("yes", reply_to=bots["message_id"])
    await driver.set_privacy(on=False)
    assert await heard("small talk")
    await driver.set_privacy(on=True)
    await driver.promote(group, (await driver.bot())["id"], rights=["can_manage_chat"])
    await api.updates()
    assert await heard("small talk")


async def test_a_bot_never_sees_bots(api: Api, driver: Driver, ann: Person) -> None:
    other = await driver.person("Other", "other_bot", is_bot=True)
    group = await driver.group("Team", [ann, other])
    await driver.add_bot(group)
    await driver.set_privacy(on=False)
    await api.updates()
    await driver.say(other, group, "/run@triagram_bot")
    await api.ok("sendMessage", chat_id=group.id, text="mine")
    assert await api.updates() == []


async def test_a_press_waits_for_its_answer(api: Api, driver: Driver, ann: Person) -> None:
    await driver.private(ann, start=True)
    markup = {"inline_keyboard": [[{"text": "Yes ✅", "callback_data": "y"}]]}
    sent = await api.ok("sendMessage", chat_id=ann.id, text="?", reply_markup=markup)
    await api.updates()
    async with asyncio.TaskGroup() as tasks:
        press = tasks.create_task(driver.press(ann, ann, sent["message_id"], "Yes"))
        [update] = await api.ok("getUpdates", timeout=5)
        query = update["callback_query"]
        assert (query["data"], query["from"]["id"]) == ("y", ann.id)
        assert query["message"]["message_id"] == sent["message_id"]
        long = await api.refused("answerCallbackQuery", callback_query_id=query["id"], text="x" * 201)
        assert long == (400, "Bad Request: MESSAGE_TOO_LONG")
        odd = await api.refused("answerCallbackQuery", callback_query_id=query["id"], url="https://x.y")
        assert odd == (400, "Bad Request: URL_INVALID")
        link = "https://t.me/triagram_bot?start=x"
        answer = {"callback_query_id": query["id"], "text": "x" * 200, "show_alert": True}
        assert await api.ok("answerCallbackQuery", **answer, url=link) is True
    found = press.result()
    assert (found.answered, found.show_alert, found.url) == (True, True, link)
    again = await api.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert again == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


async def test_a_query_grows_too_old(api: Api, driver: Driver, ann: Person) -> None:
    await driver.private(ann, start=True)
    sent = await api.ok("sendMessage", chat_id=ann.id, text="?")
    query = await driver.press_raw(ann, ann, sent["message_id"], "any data")
    await driver.set_clock(advance=60)
    status, why = await api.refused("answerCallbackQuery", callback_query_id=query)
    assert (status, why.startswith("Bad Request: query is too old")) == (400, True)


async def test_a_press_on_an_old_message_names_only_the_message(
    api: Api, driver: Driver, ann: Person
) -> None:
    await driver.private(ann, start=True)
    await driver.set_inaccessible_after(60)
    sent = await api.ok("sendMessage", chat_id=ann.id, text="?")
    await driver.set_clock(advance=120)
    await api.updates()
    await driver.press_raw(ann, ann, sent["message_id"], "d")
    [update] = await api.updates()
    message = update["callback_query"]["message"]
    assert (message["date"], sorted(message)) == (0, ["chat", "date", "message_id"])


async def test_a_press_nobody_answers_is_said_so(api: Api, driver: Driver, ann: Person) -> None:
    await driver.private(ann, start=True)
    row = [{"text": "A", "callback_data": "a"}, {"text": "L", "url": "https://x.y/"}]
    markup = {"inline_keyboard": [row]}
    sent = await api.ok("sendMessage", chat_id=ann.id, text="?", reply_markup=markup)
    assert not (await driver.press(ann, ann, sent["message_id"], "A", timeout=0.05)).answered
    assert (await driver.press(ann, ann, sent["message_id"], "L")).url == "https://x.y/"


async def test_raw_updates_get_fresh_ids(api: Api, driver: Driver) -> None:
    ids = await driver.updates_raw([{"message": {"odd": 1}}, {"update_id": 3, "x": None}])
    found = await api.call("getUpdates")
    assert [u["update_id"] for u in found[1]["result"]] == ids
    assert found[1]["result"][0]["message"] == {"odd": 1}
    await driver.clear_calls()


class Hook:
    """A bot's webhook that keeps what it got and answers as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[tuple[str | None, Json]] = []
        self.statuses: list[int] = []

    async def receive(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.got.append((secret, await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def wait(self, count: int) -> None:
        deadline = time.monotonic() + 5
        while len(self.got) < count:
            if time.monotonic() > deadline:
                raise Missed(str(self.got))
            await asyncio.sleep(0.01)


@pytest.fixture
async def hook() -> AsyncGenerator[Hook, None]:
    made = Hook()
    app = web.Application()
    app.router.add_post("/hook", made.receive)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_the_secret_until_it_says_yes(
    api: Api, driver: Driver, ann: Person, hook: Hook
) -> None:
    hook.statuses = [500, 503]
    hooked = {"url": hook.url, "secret_token": "s-1", "allowed_updates": ["message"]}
    await api.ok("setWebhook", **hooked)
    await driver.wait_polling()
    for text in ("a", "b"):
        await driver.say(ann, await driver.private(ann), text)
    await hook.wait(4)
    assert [update["message"]["text"] for _, update in hook.got] == ["a", "a", "a", "b"]
    assert {secret for secret, _ in hook.got} == {"s-1"}
    info = await api.ok("getWebhookInfo")
    assert info["url"] == hook.url
    assert info["allowed_updates"] == ["message"]
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")
    await driver.wait_quiet(0.05)


async def test_no_poll_while_a_webhook_is_set(api: Api, hook: Hook) -> None:
    await api.ok("setWebhook", url=hook.url)
    status, why = await api.refused("getUpdates")
    assert (status, why.startswith("Conflict: can't use getUpdates method while webhook")) == (
        409,
        True,
    )
    await api.ok("deleteWebhook")
    assert await api.ok("getUpdates") == []
    assert (await api.ok("getWebhookInfo"))["url"] == ""


async def test_set_webhook_ends_an_open_poll_and_checks_its_parameters(
    api: Api, driver: Driver, ann: Person, hook: Hook
) -> None:
    await driver.say(ann, await driver.private(ann), "dropped")
    async with asyncio.TaskGroup() as tasks:
        offset = (await api.ok("getUpdates"))[0]["update_id"] + 1
        poll = tasks.create_task(api.call("getUpdates", timeout=20, offset=offset))
        await driver.wait_polling()
        await api.ok("setWebhook", url=hook.url, drop_pending_updates=True)
    assert poll.result()[1]["description"] == "Conflict: terminated by setWebhook request"
    assert (await api.refused("setWebhook", url="ftp://x"))[0] == 400
    odd = {"url": hook.url, "secret_token": "a b"}
    assert (await api.refused("setWebhook", **odd))[0] == 400
    await api.ok("deleteWebhook", drop_pending_updates=True)
    assert hook.got == []
