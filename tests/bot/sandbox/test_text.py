"""Telegram's HTML and the entities it finds by itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.text.html import UnreadableEntities, parse_html
from bot.sandbox.text.plain import plain_entities
from bot.sandbox.text.render import html_of
from bot.sandbox.text.units import utf16_length, utf16_slice


def marks(entities: list[dict[str, Any]]) -> list[tuple[str, int, int]]:
    return [(e["type"], e["offset"], e["length"]) for e in entities]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("<b>bold</b> x", "bold x", [("bold", 0, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<B>up</b>", "up", [("bold", 0, 2)]),
        ("<b>b<i>bi</i></b>", "bbi", [("bold", 0, 3), ("italic", 1, 2)]),
        ("&lt;x&gt; &amp;&quot; &#65;&#x42; &nbsp;", '<x> &" AB &nbsp;', []),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<a href='https://a.b/?x=1&amp;y=2'>l</a>", "l", [("text_link", 0, 1)]),
        ("<a>https://a.b</a>", "https://a.b", [("text_link", 0, 11)]),
        ("<a href='javascript:alert(1)'>l</a>", "l", []),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
        ("<tg-spoiler>s</tg-spoiler>", "s", [("spoiler", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<code><b>x</b></code>", "x", [("code", 0, 1)]),
        ("<b></b>x", "x", []),
        ("  <b> x </b>  ", "x", [("bold", 0, 1)]),
    ],
)
def test_html_becomes_text_and_entities(
    source: str, text: str, expected: list[tuple[str, int, int]]
) -> None:
    plain, entities = parse_html(source)
    assert (plain, marks(entities)) == (text, expected)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("é<p>", 'Unsupported start tag "p" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        (
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href=?>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_that_does_not_parse_is_named_as_tdlib_names_it(source: str, why: str) -> None:
    with pytest.raises(UnreadableEntities) as refused:
        parse_html(source)
    assert str(refused.value) == why


@given(st.text(alphabet="<>/&;abi \"'=#😀\n", max_size=40))
def test_any_html_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except UnreadableEntities:
        return
    assert all(e["offset"] + e["length"] <= utf16_length(text) for e in entities)


@given(st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "x", "&lt;", "😀", "\n"])))
def test_rendered_html_reads_back(pieces: list[str]) -> None:
    try:
        text, entities = parse_html("".join(pieces))
    except UnreadableEntities:
        return
    assert parse_html(html_of(text, entities)) == (text, entities)


def test_rendered_html_escapes_and_drops_unsafe_links() -> None:
    link = {"type": "text_link", "offset": 0, "length": 3, "url": "javascript:x"}
    assert html_of("<b>", [link]) == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/bug now", ["/bug"]),
        ("/bug@triagram_bot x", ["/bug@triagram_bot"]),
        ("a/b and 1/2", []),
        ("hi @ann and a@b.com", ["@ann", "a@b.com"]),
        ("see https://x.y/z, ok", ["https://x.y/z"]),
        ("see example.com/x.", ["example.com/x"]),
        ("#bug #12", ["#bug"]),
        ("😀 /go", ["/go"]),
    ],
)
def test_plain_text_marks_itself(text: str, expected: list[str]) -> None:
    assert [utf16_slice(text, e) for e in plain_entities(text)] == expected


@pytest.mark.parametrize(
    ("source", "rendered"),
    [
        ("<pre>x</pre>", "<pre>x</pre>"),
        (
            '<pre><code class="language-py">x</code></pre>',
            '<pre><code class="language-py">x</code></pre>',
        ),
        ("<a href='https://a.b/\"x'>l</a>", '<a href="https://a.b/&quot;x">l</a>'),
        ("<blockquote expandable>q</blockquote>", "<blockquote expandable>q</blockquote>"),
        ('<span class="tg-spoiler">s</span>', "<tg-spoiler>s</tg-spoiler>"),
        ("<b>a<i>b</i></b><u>c</u><s>d</s>", "<b>a<i>b</i></b><u>c</u><s>d</s>"),
        ("<a href='tg://user?id=7'>Ann</a>", "Ann"),
        ("<a href='example.com'>l</a>", '<a href="http://example.com/">l</a>'),
    ],
)
def test_what_was_sent_is_shown(source: str, rendered: str) -> None:
    assert html_of(*parse_html(source)) == rendered


def test_found_links_are_drawn_as_links() -> None:
    text = "see example.com and /go"
    drawn = 'see <a href="http://example.com">example.com</a> and /go'
    assert html_of(text, plain_entities(text)) == drawn


def test_only_known_people_can_be_mentioned() -> None:
    _, entities = parse_html("<a href='tg://user?id=7'>Ann</a>", frozenset({7}))
    assert entities == [{"type": "text_mention", "user": 7, "offset": 0, "length": 3}]
