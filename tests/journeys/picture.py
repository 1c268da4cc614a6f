"""`python -m tests.journeys.picture`: takes the pictures of the README from the sandbox's chat page."""

import asyncio
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import FloatRect, Locator, Page

from bot.demo.cast import sample_script
from bot.sandbox.driver import ShownMessage
from tests.journeys.browsing import browsed
from tests.journeys.conftest import joined, talk
from tests.journeys.seats import Team
from tests.journeys.staging import staged

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WIDTH, HEIGHT = 1000, 2000
"""The page is laid out this tall, then cut to what the pictures are about."""
MARGIN, GAP = 12, 3
"""Around a picture of one message; between two messages on the page."""


async def take() -> None:
    """Play the sample chat until a task card and a list of notes stand on the page, and picture them."""
    with TemporaryDirectory(prefix="triagram-picture-") as folder:
        async with staged(Path(folder)) as stage, browsed(WIDTH, HEIGHT, scale=2) as page:
            team = await joined(stage)
            lines = sample_script(stage.clock.now()).lines
            first = [line for line in lines if line.at.date() == lines[0].at.date()]
            await talk(team, first)
            card = await tasks_of_the_first_day(team)
            await talk(team, lines[len(first) :])
            await stage.move(hours=4)
            notes = await team.direct.read("find tasks", after=card.id)
            await page.goto(f"{stage.url}/?as={team.ann.person.id}&chat={team.direct.chat}")
            await _cut_above(page, shown(page, card))
            await page.screenshot(path=IMAGES / "card.png")
            await picture(page, shown(page, notes), IMAGES / "notes.png")


async def tasks_of_the_first_day(team: Team) -> ShownMessage:
    """Every note is kept, so that no run is left open, and the tasks follow."""
    await team.direct.say("/extract")
    notes = await team.direct.read("find tasks")
    pages = next((one for one in notes.labels if re.fullmatch(r"1/\d+", one)), "1/1")
    for page in range(2, int(pages[2:]) + 2):
        while label := next((one for one in notes.labels if one.startswith("☐")), None):
            notes = await team.direct.tap(notes, label, label.replace("☐", "☑"))
        if "▸" in notes.labels:
            notes = await team.direct.tap(notes, "▸", f"{page}/")
    return await team.direct.tap(notes, "and find tasks", "surest first")


def shown(page: Page, message: ShownMessage) -> Locator:
    """A message on the page."""
    return page.locator(f'[data-message-id="{message.id}"]')


async def _cut_above(page: Page, first: Locator) -> None:
    """Make the page so low that this message is the first on it."""
    await first.wait_for()
    head, box = await page.get_by_test_id("room-head").bounding_box(), await first.bounding_box()
    if head is None or box is None:
        raise RuntimeError("the page does not show the card")
    above = box["y"] - (head["y"] + head["height"] + GAP)
    await page.set_viewport_size({"width": WIDTH, "height": HEIGHT - int(above)})
    await page.get_by_test_id("messages").evaluate("box => { box.scrollTop = box.scrollHeight; }")


async def picture(page: Page, message: Locator, file: Path) -> None:
    """One message with its buttons and a margin around."""
    box = await message.bounding_box()
    if box is None:
        raise RuntimeError(f"{file.name}: the page does not show it")
    clip = FloatRect(
        x=box["x"] - MARGIN,
        y=box["y"] - MARGIN / 2,
        width=box["width"] + 2 * MARGIN,
        height=box["height"] + MARGIN,
    )
    await page.screenshot(path=file, clip=clip)


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    asyncio.run(take())
