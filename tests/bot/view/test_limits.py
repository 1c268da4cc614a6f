import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.view.html import plain
from bot.view.painter import PAINTERS
from bot.view.texts import LANGUAGES
from core.domain.showing.shown import Shown
from tests.bot.view.checks import ensure_fits, ensure_parses
from tests.bot.view.gallery import CARDS, PROPOSALS
from tests.bot.view.samples import READER, paint

OURS = frozenset({"timezone", "language", "rule", "key", "button", "version", "colour", "what", "username"})
"""Fields that hold words of ours, checked before they are stored; and numbers of ours, by their shape."""
NUMBER = re.compile(r"[PTRSN]-\d+")
HOSTILE = (
    "<b>bold</b> & <script>alert('x')</script> &amp; &lt; \"quoted\"",
    "@everyone /forget https://evil.example t.me/joinchat evil.com tg://user?id=1",
    "שלום \u202e עולם مرحبا",
    "👨‍👩‍👧‍👦" * 400,
    "x" * 4000,
    "<" * 4000,
    "line\n" * 900,
    "</blockquote><blockquote expandable>",
    '{ $title } { nothing } $ { "" }',
    "\x00\u2060\ufeff\ud83d",
    "",
    " \n ",
)
texts = st.sampled_from(HOSTILE) | st.text(max_size=80) | st.text("<>&\"'@/@.:\n a", max_size=5000)


def spoiled(value: Any, text: str, name: str = "") -> Any:
    """The same value with every word of people or models replaced."""
    if isinstance(value, Enum) or (isinstance(value, str) and (name in OURS or NUMBER.fullmatch(value))):
        return value
    if isinstance(value, str):
        return text
    if is_dataclass(value) and not isinstance(value, type):
        changes = {one.name: spoiled(getattr(value, one.name), text, one.name) for one in fields(value)}
        return replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(spoiled(one, text, name) for one in value)  # pyright: ignore[reportUnknownVariableType] -- any value
    if isinstance(value, Mapping):
        return {key: spoiled(one, text, str(key)) for key, one in value.items()}  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType] -- any value
    return value


def test_there_is_a_painter_for_everything_that_can_be_shown_and_a_sample_of_it() -> None:
    assert set(PAINTERS) == set(get_args(Shown))
    assert {type(what) for what in CARDS.values()} == set(get_args(Shown))


@pytest.mark.parametrize("name", CARDS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts)
def test_no_words_break_a_card_or_its_limits(name: str, text: str) -> None:
    card = paint(spoiled(CARDS[name], text))
    ensure_fits(card)
    ensure_parses(card.html)


@pytest.mark.parametrize("name", [name for name in CARDS if not name.startswith("setup")])
@pytest.mark.parametrize("text", ["@everyone look", "see https://evil.example/x now", "evil.com"])
def test_words_of_people_call_nobody_and_lead_nowhere(name: str, text: str) -> None:
    card = paint(spoiled(CARDS[name], text))
    assert text not in card.html
    assert "tg://" not in card.html
    assert not re.search(r"@\w", plain(card.html))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", CARDS)
def test_every_card_fits_and_parses(name: str, language: str) -> None:
    card = paint(CARDS[name], replace(READER, language=language))
    ensure_fits(card)
    ensure_parses(card.html)


@pytest.mark.parametrize("name", [name for name in PROPOSALS if "task card" in name])
def test_a_task_card_has_at_most_nine_lines(name: str) -> None:
    assert 6 <= len(paint(CARDS[name]).html.split("\n")) <= 9


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["digest", "help", "help, no project", "status"])
def test_what_is_read_in_a_hurry_has_at_most_twelve_lines(name: str, language: str) -> None:
    card = paint(CARDS[name], replace(READER, language=language))
    assert len(card.html.split("\n")) <= 12


def test_an_unknown_language_is_answered_in_english() -> None:
    assert paint(CARDS["task card"], replace(READER, language="tlh")) == paint(CARDS["task card"])
