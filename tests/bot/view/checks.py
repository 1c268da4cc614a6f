"""What Telegram would say to a card, checked without Telegram."""

import re
from html.parser import HTMLParser

from bot.view.html import width
from bot.view.payload import press_of
from core.ports.chat import CAPTION_LIMIT, PAYLOAD_LIMIT, TEXT_LIMIT, Card

ALLOWED = frozenset({"b", "i", "code", "a", "blockquote"})
"""The tags of https://core.telegram.org/bots/api#html-style that we use."""
ENTITIES = frozenset({"lt", "gt", "amp", "quot"})
BUTTONS = 100
"""More buttons are refused by Telegram."""
ROW = 8
"""Wider rows are drawn unreadably."""


class Strict(HTMLParser):
    """Refuses what Telegram's parser would: unknown tags, wrong nesting, stray entities and brackets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert tag not in self.open, f"{tag} in {tag}"
        names = [name for name, _ in attrs]
        assert names == {"a": ["href"], "blockquote": ["expandable"]}.get(tag, []), (tag, attrs)
        if tag == "a":
            assert (attrs[0][1] or "").startswith("https://t.me/"), attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_entityref(self, name: str) -> None:
        assert name in ENTITIES, name

    def handle_charref(self, name: str) -> None:
        raise AssertionError(name)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        assert not re.search(r"[<>&]", data), data


def ensure_parses(markup: str) -> None:
    parser = Strict()
    parser.feed(markup)
    parser.close()
    assert parser.open == []
    assert re.sub(r"&(?:lt|gt|amp|quot);", "", markup).count("&") == 0


def ensure_fits(card: Card) -> None:
    """Everything Telegram limits, and everything a press needs to find its way back."""
    assert 0 < width(card.html) <= (CAPTION_LIMIT if card.charts else TEXT_LIMIT)
    card.html.encode()
    assert sum(len(row) for row in card.buttons) <= BUTTONS
    for row in card.buttons:
        assert 0 < len(row) <= ROW
        for button in row:
            assert button.label.strip()
            assert bool(button.payload) != bool(button.url)
            assert len(button.payload.encode()) <= PAYLOAD_LIMIT
            assert button.url or press_of(button.payload) is not None
