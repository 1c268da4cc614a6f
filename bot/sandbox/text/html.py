"""Reads Telegram's HTML, with the errors of TDLib's `parse_html` word for word.

https://core.telegram.org/bots/api#html-style and
https://github.com/tdlib/td/blob/master/td/telegram/MessageEntity.cpp
"""

import re
from dataclasses import dataclass, field

from bot.sandbox.shape import Json
from bot.sandbox.text.units import sort_key, trimmed, utf16_length

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
TAGS = frozenset({*STYLES, "a", "tg-emoji"})
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(#\d{1,7}|#x[0-9a-fA-F]{1,6}|lt|gt|amp|quot);?")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")
_MENTION_LINK = re.compile(r"tg://user\?id=(\d+)$")


class UnreadableEntities(ValueError):
    """The HTML can not be read; the message is what Telegram says after "can't parse entities:"."""


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str | None
    offset: int
    start: int


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list[str])
    length: int = 0
    stack: list[_Open] = field(default_factory=list[_Open])
    entities: list[Json] = field(default_factory=list[Json])

    def byte(self, index: int) -> int:
        return len(self.source[:index].encode())

    def peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += utf16_length(piece)

    def skip_space(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def word(self, stops: str) -> str:
        start = self.at
        while (char := self.peek()) and not char.isspace() and char not in stops:
            self.at += 1
        return self.source[start : self.at]

    def reference(self) -> str:
        """Takes one character, decoding `&lt;` and its like; unknown names stay as written."""
        found = _REFERENCE.match(self.source, self.at)
        if found is None:
            self.at += 1
            return self.source[self.at - 1]
        self.at = found.end()
        return _decoded(found[1]) or found[0]

    def fail(self, why: str, index: int, more: str = "") -> UnreadableEntities:
        return UnreadableEntities(f"{why} at byte offset {self.byte(index)}{more}")


def _decoded(name: str) -> str | None:
    if name in NAMED:
        return NAMED[name]
    code = int("0" + name[1:], 0) if name[1] == "x" else int(name[1:])
    is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000  # noqa: PLR2004 - Unicode
    return chr(code) if is_character else None


def parse_html(source: str, mentionable: frozenset[int] = frozenset()) -> tuple[str, list[Json]]:
    """Returns the text without tags, stripped, and its entities (UTF-16 offsets).

    Args:
        source: HTML as a bot sends it.
        mentionable: Ids of people `tg://user?id=` may point at; other links are dropped.

    Raises:
        UnreadableEntities: The HTML is not Telegram's.
    """
    reader = _Reader(source)
    while char := reader.peek():
        if char == "&":
            reader.add(reader.reference())
        elif char != "<":
            reader.at += 1
            reader.add(char)
        elif reader.source[reader.at + 1 : reader.at + 2] == "/":
            _end_tag(reader, mentionable)
        else:
            _start_tag(reader)
    if reader.stack:
        tag = reader.stack[-1].tag
        raise UnreadableEntities(f'Can\'t find end tag corresponding to start tag "{tag}"')
    return trimmed("".join(reader.text), _tidied(reader.entities))


def _start_tag(reader: _Reader) -> None:
    begin = reader.at
    reader.at += 1
    tag = reader.word(">").lower()
    if not reader.peek():
        raise reader.fail("Unclosed start tag", begin)
    if tag not in TAGS:
        raise reader.fail(f'Unsupported start tag "{tag}"', begin)
    argument: str | None = None
    while reader.peek() != ">":
        reader.skip_space()
        if reader.peek() == ">":
            break
        name, value = _attribute(reader, tag, begin)
        argument = _argument(tag, name, value) or argument
    if tag == "span" and argument != "spoiler":
        raise reader.fail('Tag "span" must have class "tg-spoiler"', begin)
    reader.at += 1
    reader.stack.append(_Open(tag, argument, reader.length, len(reader.text)))


def _attribute(reader: _Reader, tag: str, begin: int) -> tuple[str, str]:
    name = reader.word("=>").lower()
    if not name:
        raise reader.fail(f'Empty attribute name in the tag "{tag}"', begin)
    reader.skip_space()
    if reader.peek() != "=":
        if not reader.peek():
            raise reader.fail("Unclosed start tag", begin)
        return name, ""
    reader.at += 1
    reader.skip_space()
    value = _quoted(reader) if reader.peek() in {'"', "'"} else _bare(reader)
    if not reader.peek():
        raise reader.fail("Unclosed start tag", begin)
    return name, value


def _quoted(reader: _Reader) -> str:
    quote = reader.peek()
    reader.at += 1
    value: list[str] = []
    while reader.peek() not in {quote, ""}:
        value.append(reader.reference())
    reader.at += 1
    return "".join(value)


def _bare(reader: _Reader) -> str:
    start = reader.at
    found = _NAME_TOKEN.match(reader.source, start)
    reader.at = found.end() if found else start
    if (char := reader.peek()) and not char.isspace() and char != ">":
        raise reader.fail("Unexpected end of name token", start)
    return reader.source[start : reader.at].lower()


def _argument(tag: str, name: str, value: str) -> str | None:
    match tag, name:
        case "a", "href":
            return value
        case "code", "class":
            return value.removeprefix("language-") if value.startswith("language-") else None
        case "span", "class":
            return value.removeprefix("tg-") if value.startswith("tg-") else None
        case "tg-emoji", "emoji-id":
            return value
        case "blockquote", "expandable":
            return "expandable"
        case _:
            return None


def _end_tag(reader: _Reader, mentionable: frozenset[int]) -> None:
    begin = reader.at
    if not reader.stack:
        raise reader.fail("Unexpected end tag", begin)
    reader.at += 2
    name = reader.word(">").lower()
    reader.skip_space()
    if reader.peek() != ">":
        raise reader.fail("Unclosed end tag", begin)
    opened = reader.stack[-1]
    if name and name != opened.tag:
        more = f', expected "</{opened.tag}>", found "</{name}>"'
        raise reader.fail("Unmatched end tag", begin, more)
    reader.at += 1
    reader.stack.pop()
    if reader.length > opened.offset:
        covered = "".join(reader.text[opened.start :])
        if entity := _entity(opened, covered, mentionable):
            span = {"offset": opened.offset, "length": reader.length - opened.offset}
            reader.entities.append({**span, **entity})


def _entity(opened: _Open, covered: str, mentionable: frozenset[int]) -> Json | None:
    match opened.tag:
        case "a":
            return _link(opened.argument or covered, mentionable)
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": opened.argument or ""}
        case "blockquote" if opened.argument:
            return {"type": "expandable_blockquote"}
        case "code" if opened.argument:
            return {"type": "code", "language": opened.argument}
        case tag:
            return {"type": STYLES[tag]}


def _link(target: str, mentionable: frozenset[int]) -> Json | None:
    if found := _MENTION_LINK.match(target):
        return {"type": "text_mention", "user": int(found[1])} if int(found[1]) in mentionable else None
    if re.match(r"(https?|tg|mailto|tel)://?\S+$", target):
        return {"type": "text_link", "url": target}
    if re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", target):
        return {"type": "text_link", "url": f"http://{target}/" if "/" not in target else target}
    return None


def _tidied(entities: list[Json]) -> list[Json]:
    """Joins `<pre><code class=…>` into one and drops what stands inside code."""
    code = [e for e in entities if e["type"] in {"pre", "code"}]
    kept: list[Json] = []
    for entity in entities:
        outer = [c for c in code if c is not entity and _covers(c, entity)]
        same = [c for c in outer if c["type"] == "pre" and c["length"] == entity["length"]]
        if same and "language" in entity:
            same[0]["language"] = entity["language"]
        elif not outer or "blockquote" in entity["type"]:
            kept.append(entity)
    for entity in kept:
        if entity["type"] == "code":
            entity.pop("language", None)
    return sorted(kept, key=sort_key)


def _covers(outer: Json, inner: Json) -> bool:
    if outer["type"] == "code" and inner["type"] in {"pre", "code"}:
        return False
    begins = outer["offset"] <= inner["offset"]
    ends = inner["offset"] + inner["length"] <= outer["offset"] + outer["length"]
    return begins and ends
