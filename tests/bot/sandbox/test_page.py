"""The chat page in a real browser: type, press, see the toast and the edit."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from bot.sandbox.driver import Driver
from bot.sandbox.server import Address
from tests.bot.sandbox.conftest import Api, Json

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CARD = (
    "<b>Login</b> &lt;img src=x onerror=alert(1)&gt; <tg-spoiler>hidden</tg-spoiler>\n"
    "<blockquote expandable>one\ntwo\nthree\nfour\nfive</blockquote>"
)

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no chromium on this machine")


@pytest.fixture
async def browser() -> AsyncGenerator[Browser, None]:
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield made
        await made.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncGenerator[Page, None]:
    """A page on which no script fails and nothing outside is asked for."""
    made = await browser.new_page(viewport={"width": 1280, "height": 800})
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.on(
        "request",
        lambda asked: (
            None if asked.url.startswith(("http://127.0.0.1", "data:")) else wrong.append(asked.url)
        ),
    )
    yield made
    await made.close()
    assert wrong == []


async def send_card(api: Api, chat: int, keys: list[list[Json]], **more: Any) -> int:
    sent = await api.ok(
        "sendMessage",
        chat_id=chat,
        text=CARD,
        parse_mode="HTML",
        disable_notification=True,
        reply_markup={"inline_keyboard": keys},
        **more,
    )
    return sent["message_id"]


async def answer_press(api: Api, **answer: Any) -> None:
    [update] = await api.updates(timeout=5)
    query = update["callback_query"]
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], **answer)


async def test_a_person_types_presses_and_sees_the_edit(
    sandbox: Address, driver: Driver, api: Api, page: Page
) -> None:
    ann = await driver.person("Ann Lee", "ann")
    forum = await driver.group("Mobile", [ann], "forum")
    bugs = await driver.topic(forum, "Bugs")
    await driver.add_bot(forum)
    await api.updates()
    await page.goto(f"{sandbox.url}/?as={ann.id}&chat={forum.id}&thread={bugs}")
    await page.get_by_test_id("composer-input").fill("login is dead")
    await page.get_by_test_id("composer-input").press("Enter")
    said = page.get_by_test_id("message").filter(has_text="login is dead")
    await expect(said).to_be_visible()
    [update] = await api.updates(timeout=5)
    assert update["message"]["message_thread_id"] == bugs

    keys = [[{"text": "✅ Approve", "callback_data": "ok"}, {"text": "⋯", "callback_data": "m"}]]
    id_ = await send_card(api, forum.id, keys, message_thread_id=bugs)
    card = page.locator(f'[data-message-id="{id_}"]')
    await card.locator('[data-button="✅ Approve"]').click()
    await answer_press(api, text="Approved → T-42")
    await expect(page.get_by_test_id("toast")).to_have_text("Approved → T-42")
    await api.ok("editMessageText", chat_id=forum.id, message_id=id_, text="Approved by Ann")
    await expect(card.get_by_test_id("message-text")).to_have_text("Approved by Ann")
    await expect(card.get_by_test_id("edited")).to_be_visible()
    await expect(card.get_by_test_id("button")).to_have_count(0)


async def test_formatting_is_drawn_and_never_run(
    sandbox: Address, driver: Driver, api: Api, page: Page
) -> None:
    ann = await driver.person("Ann Lee", "ann")
    await driver.private(ann, start=True)
    card = page.locator(f'[data-message-id="{await send_card(api, ann.id, [])}"]')
    await page.goto(f"{sandbox.url}/?as={ann.id}&chat={ann.id}")
    await expect(card.locator("b", has_text="Login")).to_be_visible()
    await expect(card.locator("img")).to_have_count(0)
    await expect(card.get_by_test_id("silent")).to_be_visible()
    quote = card.locator("blockquote")
    folded = (await quote.bounding_box() or {"height": 0})["height"]
    await quote.click()
    assert (await quote.bounding_box() or {"height": 0})["height"] > folded
    await card.locator("tg-spoiler").click()
    await expect(card.locator("tg-spoiler")).to_have_class("open")


async def test_alerts_links_and_deep_links(sandbox: Address, driver: Driver, api: Api, page: Page) -> None:
    ann = await driver.person("Ann Lee", "ann")
    team = await driver.group("Team", [ann], "supergroup")
    await driver.add_bot(team)
    old = await driver.say(ann, team, "the first thing")
    keys = [
        {"text": "Alert", "callback_data": "a"},
        {"text": "Open", "url": "https://t.me/triagram_bot?start=p-1"},
        {"text": "Jump", "url": f"https://t.me/c/{str(team.id).removeprefix('-100')}/{old}"},
    ]
    await send_card(api, team.id, [keys])
    await api.updates()
    await page.goto(f"{sandbox.url}/?as={ann.id}&chat={team.id}")
    await page.locator('[data-button="Alert"]').click()
    await answer_press(api, text="Only reviewers decide here", show_alert=True)
    await expect(page.get_by_test_id("alert")).to_contain_text("Only reviewers decide here")
    await page.get_by_test_id("alert-ok").click()
    await page.locator('[data-button="Jump"]').click()
    await expect(page.locator(f'[data-message-id="{old}"]')).to_have_class(re.compile("flash"))
    await page.locator('[data-button="Open"]').click()
    await expect(page.get_by_test_id("room-title")).to_have_text("Triagram")
    await expect(page.get_by_test_id("message").filter(has_text="/start p-1")).to_be_visible()


async def test_people_react_reply_and_use_the_menu(
    sandbox: Address, driver: Driver, api: Api, page: Page
) -> None:
    ann, bob = await driver.person("Ann Lee", "ann"), await driver.person("Bob")
    team = await driver.group("Team", [ann, bob])
    await api.ok("setMyCommands", commands=[{"command": "bug", "description": "Report a bug"}])
    old = await driver.say(bob, team, "the first thing")
    await page.goto(f"{sandbox.url}/?as={ann.id}&chat={team.id}")
    first = page.locator(f'[data-message-id="{old}"]')
    await first.hover()
    await first.get_by_test_id("react-✍").click()
    await expect(first.get_by_test_id("reaction")).to_have_text("✍ 1")
    await first.hover()
    await first.get_by_test_id("reply").click()
    await page.get_by_test_id("menu").click()
    await page.get_by_test_id("command-bug").click()
    sent = page.get_by_test_id("message").filter(has_text="/bug")
    await expect(sent.locator(".quote")).to_contain_text("the first thing")
    await page.get_by_test_id(f"person-{bob.id}").click()
    await expect(page.get_by_test_id("acting-as")).to_have_text("Bob")


async def test_a_narrow_screen_shows_one_column(sandbox: Address, driver: Driver, page: Page) -> None:
    ann = await driver.person("Ann Lee", "ann")
    team = await driver.group("Team", [ann])
    await page.set_viewport_size({"width": 380, "height": 700})
    await page.goto(f"{sandbox.url}/?as={ann.id}")
    await expect(page.get_by_test_id("composer")).not_to_be_visible()
    await page.get_by_test_id(f"chat-{team.id}").click()
    await page.get_by_test_id("composer-input").fill("hi")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("message").filter(has_text="hi")).to_be_visible()
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 380
    await page.get_by_test_id("back").click()
    await expect(page.get_by_test_id(f"chat-{team.id}")).to_be_visible()
