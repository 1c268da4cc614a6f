"""A browser before the sandbox's chat page, for journeys played with the mouse and for pictures."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
SECONDS = 40
"""How long a step on the page may take on a busy machine."""


@asynccontextmanager
async def browsed(width: int = 1280, height: int = 800, scale: float = 1) -> AsyncGenerator[Page]:
    """A page of this size in CSS pixels, light, `scale` device pixels to each."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        page = await browser.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=scale, color_scheme="light"
        )
        page.set_default_timeout(SECONDS * 1000)
        try:
            yield page
        finally:
            await browser.close()


def message_with(page: Page, text: str) -> Locator:
    """The newest message on the page with this text."""
    return page.get_by_test_id("message").filter(has_text=text).last


def button(message: Locator, label: str) -> Locator:
    """The first button of a message with this in its label."""
    return message.locator(f'[data-button*="{label}"]').first
