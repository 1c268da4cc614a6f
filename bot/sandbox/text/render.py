"""Writes text and entities back as HTML, every character escaped: for the page and for tests."""

from html import escape

from bot.sandbox.shape import Json
from bot.sandbox.text.units import sort_key, utf16_slice

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}
_SAFE_LINKS = ("http://", "https://", "tg://", "mailto:", "tel:")


def html_of(text: str, entities: list[Json]) -> str:
    """Returns HTML that `parse_html` reads back to the same text and entities.

    Found entities (url, mention…) come as `<a>` with an empty or derived target only where the
    text itself is a link; commands and mentions stay plain text.
    """
    raw = text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []
    for order, entity in enumerate(sorted(entities, key=sort_key)):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        opening, closing = _tags(text, entity)
        if opening and end > start:
            marks.append((start, 1, order, opening))
            marks.append((end, 0, -order, closing))
    pieces: list[str] = []
    last = 0
    for at, _, _, tag in sorted(marks, key=lambda mark: mark[:3]):
        pieces.append(escape(raw[last * 2 : at * 2].decode("utf-16-le", "replace"), quote=False))
        pieces.append(tag)
        last = at
    pieces.append(escape(raw[last * 2 :].decode("utf-16-le", "replace"), quote=False))
    return "".join(pieces)


def _tags(text: str, entity: Json) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _TAGS:
        return f"<{_TAGS[kind]}>", f"</{_TAGS[kind]}>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "pre":
        return _block(entity.get("language"))
    return _anchor(_target(text, entity))


def _block(language: str | None) -> tuple[str, str]:
    if not language:
        return "<pre>", "</pre>"
    return f'<pre><code class="language-{escape(language)}">', "</code></pre>"


def _target(text: str, entity: Json) -> str:
    match entity["type"]:
        case "text_link":
            return entity["url"]
        case "text_mention":
            return f"tg://user?id={entity['user']['id']}"
        case "url":
            return _with_scheme(utf16_slice(text, entity))
        case _:
            return ""


def _with_scheme(link: str) -> str:
    return link if "://" in link else f"http://{link}"


def _anchor(target: str) -> tuple[str, str]:
    if not target.lower().startswith(_SAFE_LINKS):
        return "", ""
    return f'<a href="{escape(target)}">', "</a>"
