from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.view.html import (
    Markup,
    bold,
    cleaned,
    clip,
    inert,
    joined,
    link,
    plain,
    said,
    said_long,
    units,
    width,
)
from tests.bot.view.checks import ensure_parses

texts = st.text(st.characters(), max_size=300)


@given(texts, st.integers(1, 100))
def test_clipped_text_is_short_enough_and_a_beginning(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert units(clipped) <= limit
    assert clipped == text or text.startswith(clipped.removesuffix("…").rstrip())


def test_clipping_prefers_the_end_of_a_word() -> None:
    assert clip("login is dead on my iPhone", 15) == "login is dead…"


@pytest.mark.parametrize("text", ["ab👨‍👩‍👧", "abe\u0301e\u0301", "ab❤️❤️"])
def test_clipping_cuts_no_sign_in_two(text: str) -> None:
    clipped = clip(text, units(text) - 1).removesuffix("…")
    assert not clipped.endswith("\u200d")
    assert not text[len(clipped) :].startswith(("\u200d", "\u0301", "\ufe0f"))


@given(texts)
def test_whatever_people_write_is_safe_on_a_line(text: str) -> None:
    markup = said(text)
    ensure_parses(markup)
    assert width(markup) <= 160
    assert "\n" not in markup


@given(texts)
def test_whatever_people_write_is_safe_over_several_lines(text: str) -> None:
    markup = said_long(text, 200)
    ensure_parses(markup)
    assert width(markup) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "@ann",
        "ask @ann_k",
        "/close",
        "now /close@bot",
        "https://evil.com/x",
        "tg://user?id=1",
        "t.me/evil",
        "evil.com",
        "evil.example/x",
    ],
)
def test_words_of_people_neither_call_nor_link(text: str) -> None:
    done = inert(text)
    assert done != text
    assert done.replace("\u2060", "") == text


@pytest.mark.parametrize(
    "text", ["Ship 2.4 on Thu", "and/or", "a@ b", "1/2", "config.toml", "e.g. this", "10:44: yes"]
)
def test_words_that_call_nothing_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize("shown", [said, said_long])
def test_a_secret_in_what_people_wrote_is_never_shown(shown: Callable[[str, int], str]) -> None:
    assert shown("the key is sk-abcdefghijklmnop1234, ok?", 160) == "the key is •••, ok?"
    assert "sk-abc" not in shown("x" * 140 + " sk-abcdefghijklmnop1234", 160)


def test_direction_marks_and_control_characters_go() -> None:
    assert cleaned("a\u202eb\x00c\ud800d") == "abcd"


@pytest.mark.parametrize(
    ("markup", "count"), [("a&lt;b", 3), ("<b>x</b>", 1), ("👍", 2), ('<a href="https://t.me/x">↗</a>', 1)]
)
def test_width_is_counted_as_telegram_does(markup: str, count: int) -> None:
    assert width(markup) == count


def test_markup_is_built_from_safe_parts() -> None:
    assert bold(said("a<b")) == "<b>a&lt;b</b>"
    assert link('https://t.me/x?a=1&b="', Markup("↗")) == '<a href="https://t.me/x?a=1&amp;b=&quot;">↗</a>'
    assert joined(" · ", (Markup("a"), Markup(""), Markup("b"))) == "a · b"
    assert plain("<b>a &amp; b</b>") == "a & b"
