"""The demo as a newcomer plays it: both stages with the buttons on the page."""

import re
from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Page, expect

from tests.journeys.browsing import CHROMIUM, SECONDS, browsed, button, message_with
from tests.journeys.conftest import talk
from tests.journeys.seats import Team
from tests.journeys.staging import Journey

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")


@pytest.fixture
async def page() -> AsyncGenerator[Page]:
    async with browsed() as made:
        expect.set_options(timeout=SECONDS * 1000)
        yield made


async def test_both_stages_are_played_with_the_buttons_on_the_page(
    stage: Journey, team: Team, page: Page
) -> None:
    await talk(team)
    await page.goto(f"{stage.url}/?as={team.ann.person.id}&chat={team.direct.chat}")
    await page.get_by_test_id("composer-input").fill("/review")
    await page.get_by_test_id("composer-input").press("Enter")
    await button(message_with(page, "Nothing waits"), "read and review").click()

    notes = message_with(page, "notes worth keeping")
    ticked = notes.locator('[data-button^="☑"]').first
    label = await ticked.get_attribute("data-button") or ""
    await ticked.click()
    await expect(notes.locator(f'[data-button="{label.replace("☑", "☐")}"]')).to_be_visible()
    number = await notes.get_attribute("data-message-id")
    await button(notes, "and find tasks").click()

    # The message of the notes goes on with the tasks.
    session = page.locator(f'[data-message-id="{number}"]')
    await expect(session).to_contain_text("surest first")
    [approved] = re.findall(r"P-\d+", await session.inner_text())
    await button(session, "Approve").click()
    await expect(page.get_by_test_id("toast").last).to_contain_text("Approved → T-1")
    # The answer comes before the edit: until then the buttons shown are the approved card's.
    await expect(session).not_to_contain_text(approved)
    await button(session, "Reject").click()
    await expect(page.get_by_test_id("toast").last).to_contain_text("Rejected")

    await page.get_by_test_id(f"chat-{team.group.id}").click()
    await page.get_by_test_id("composer-input").fill("/tasks")
    await page.get_by_test_id("composer-input").press("Enter")
    await expect(message_with(page, "1 open task")).to_contain_text("T-1")
