"""Safe HTML of Telegram's subset: what people wrote goes in escaped, harmless and short."""

import re
import unicodedata
from collections.abc import Iterable
from html import escape as _escape
from html import unescape as _unescape

from core.domain.masking import without_secrets

_BREAK = "\u2060"
"""WORD JOINER: unseen, and no part of a link, mention or command, TDLib MessageEntity.cpp."""
_CALLS = re.compile(
    r"""
    (?<=@)(?=\w)                                                 # a mention would ping
    | (?<=(?<![\w/<>])/)(?=[A-Za-z])                             # a command would be one tap away
    | (?<=:)(?=//)                                               # a link with its scheme
    | (?<=[^\W_]\.)(?=[a-z]{2,24}(?:/|:\d))                      # a bare domain with a path
    | (?<=[^\W_]\.)(?=(?:com|org|net|info|io|me|xyz|top|site|online|ru|ua)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")
_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Direction marks: an unclosed one would turn the rest of the card round."""
_JOINS = frozenset("\u200d\ufe0f\ufe0e")


class Markup(str):
    """HTML that is safe to send as it stands; any other text is escaped before it is joined to it."""

    __slots__ = ()


def units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def width(markup: str) -> int:
    """Length of HTML after its entities are parsed, in UTF-16 code units."""
    return units(_unescape(_TAG.sub("", markup)))


def plain(markup: str) -> str:
    """HTML without its tags and entities, for places that take no HTML."""
    return _unescape(_TAG.sub("", markup))


def cleaned(text: str) -> str:
    """Text without secrets, and without what cannot be sent or would disturb its neighbours.

    Line breaks stay.
    """
    kept: list[str] = []
    for character in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "):
        category = unicodedata.category(character)
        if character in _DIRECTIONS or (category in {"Cc", "Cs"} and character != "\n"):
            continue
        kept.append(character)
    return without_secrets("".join(kept))


def one_line(text: str) -> str:
    """Cleaned text with every run of white space made one space."""
    return " ".join(cleaned(text).split())


def inert(text: str) -> str:
    """Text that mentions, commands and links nothing; it looks the same."""
    return _CALLS.sub(_BREAK, text)


def without_mentions(text: str) -> str:
    """Our own sentence about people: its commands stay alive, nobody is called."""
    return re.sub(r"@(?=\w)", "@" + _BREAK, text)


def clip(text: str, limit: int) -> str:
    """At most `limit` UTF-16 code units, cut between words where one is near, ending in `…`."""
    if units(text) <= limit:
        return text
    kept = text
    while units(kept) > limit - 1:
        kept = kept[: min(len(kept) - 1, limit - 1)]
    while kept and _belongs_together(kept[-1], text[len(kept)]):
        kept = kept[:-1]
    space = kept.rfind(" ")
    if space > len(kept) * 2 // 3:
        kept = kept[:space]
    return kept.rstrip() + "…"


def _belongs_together(before: str, after: str) -> bool:
    return before in _JOINS or after in _JOINS or unicodedata.combining(after) > 0


def escaped(text: str) -> Markup:
    """Text with `&`, `<`, `>` and quotation marks as entities."""
    return Markup(_escape(cleaned(text)).replace("&#x27;", "'"))


def said(text: str, limit: int = 160) -> Markup:
    """What a person or a model wrote, on one line: cleaned, harmless, clipped, escaped."""
    return escaped(clip(inert(one_line(text)), limit))


def said_long(text: str, limit: int) -> Markup:
    """The same with its line breaks, runs of blank lines made one break."""
    lines = (" ".join(line.split()) for line in cleaned(text).split("\n"))
    return escaped(clip(inert("\n".join(line for line in lines if line)), limit))


def bold(markup: Markup) -> Markup:
    """Bold."""
    return Markup(f"<b>{markup}</b>")


def link(url: str, label: Markup) -> Markup:
    """A label that leads to `url`."""
    return Markup(f'<a href="{_escape(url)}">{label}</a>')


def folded(markup: Markup) -> Markup:
    """A quotation that old clients show whole and new ones fold up."""
    return Markup(f"<blockquote expandable>{markup}</blockquote>")


def joined(separator: str, parts: Iterable[Markup]) -> Markup:
    """Non-empty parts with a separator of ours between."""
    return Markup(separator.join(part for part in parts if part))


def lines(*parts: Markup) -> Markup:
    """Non-empty parts, each on its own line."""
    return joined("\n", parts)
