"""`python -m tests.journeys.gallery`: the pictures of docs/experience.md, in light and dark."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.async_api import Page

from bot.demo.cast import sample_script
from bot.sandbox.driver import ShownMessage
from tests.journeys.browsing import browsed
from tests.journeys.conftest import joined, talk
from tests.journeys.picture import IMAGES, picture, shown, tasks_of_the_first_day
from tests.journeys.seats import Seat, Team
from tests.journeys.staging import staged

FOLDER = IMAGES / "experience"
WIDTH, HEIGHT = 760, 1600
SETTLED_MS = 700
"""The page draws all messages anew once its pictures have come."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


async def take() -> None:
    """Play the sample chat, open each card, and picture it in both schemes."""
    with TemporaryDirectory(prefix="triagram-gallery-") as folder:
        async with staged(Path(folder)) as stage, browsed(WIDTH, HEIGHT, scale=1) as page:
            team = await joined(stage)
            lines = sample_script(stage.clock.now()).lines
            first = [line for line in lines if line.at.date() == lines[0].at.date()]
            await talk(team, first)
            card = await tasks_of_the_first_day(team)
            await taken(page, team.direct, {"session": card})
            await team.direct.press(card, "Approve")
            await team.direct.press(card, "Reject")
            await talk(team, lines[len(first) :])
            await stage.move(hours=4)
            await taken(page, team.direct, await _cards(team, card))


async def _cards(team: Team, after: ShownMessage) -> dict[str, ShownMessage]:
    ann = team.direct
    notes = await ann.read("find tasks", after=after.id)
    bug = await ann.ask("/bug the map is blank in Lyon", "by hand")
    stats = await ann.ask("/stats", "How I am doing")
    digest = await ann.ask("/digest", "📬")
    settings = await ann.tap(await ann.ask("/settings", "Review"), "🗳 Review", "Ticked from")
    watch = await ann.ask("/watch", "What you follow")
    return {
        "list": notes, "card": bug, "stats": stats, "digest": digest, "settings": settings, "watch": watch,
    }  # fmt: skip


async def taken(page: Page, seat: Seat, messages: dict[str, ShownMessage]) -> None:
    """A picture of each message as it stands, light and dark."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    await seat.stage.settle()
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        await page.goto(f"{seat.stage.url}/?as={seat.person.id}&chat={seat.chat}")
        for name, message in messages.items():
            found = shown(page, message)
            await found.wait_for()
            await page.wait_for_timeout(SETTLED_MS)
            await found.evaluate("it => it.scrollIntoView({block: 'end'})")
            await picture(page, found, FOLDER / f"{name}-{scheme}.png")


if __name__ == "__main__":
    asyncio.run(take())
