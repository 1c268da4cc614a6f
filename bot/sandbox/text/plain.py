"""Finds what Telegram marks by itself in plain text: commands, mentions, links, tags, e-mails."""

import re
from collections.abc import Iterator

from bot.sandbox.shape import Json
from bot.sandbox.text.units import sort_key, utf16_length

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("url", re.compile(r"(?:https?|tg)://[^\s<>\"]+", re.IGNORECASE)),
    ("email", re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")),
    (
        "url",
        re.compile(
            r"(?<![\w@./-])(?:[A-Za-z0-9-]+\.)+"
            r"(?:com|org|net|io|dev|me|app|ru|ua|uk|de|eu|info|biz|co|ai|edu|gov)\b(?:/[^\s<>\"]*)?",
            re.IGNORECASE,
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])"),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d_])\w{1,256}")),
)
_TRAILING = ".,:;!?)»”'"


def plain_entities(text: str) -> list[Json]:
    """Returns the entities Telegram finds itself, in order, none inside another."""
    taken: list[tuple[int, int]] = []
    found: list[Json] = []
    for kind, start, end in _matches(text):
        if any(start < b and a < end for a, b in taken):
            continue
        taken.append((start, end))
        offset = utf16_length(text[:start])
        found.append({"type": kind, "offset": offset, "length": utf16_length(text[start:end])})
    return sorted(found, key=sort_key)


def _matches(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            value = match[0].rstrip(_TRAILING) if kind == "url" else match[0]
            yield kind, match.start(), match.start() + len(value)


def with_plain(text: str, entities: list[Json]) -> list[Json]:
    """Adds the found entities to the given ones where none of code, link or mention stands."""
    solid = [e for e in entities if e["type"] in {"code", "pre", "text_link", "text_mention"}]
    more = [e for e in plain_entities(text) if not any(_touch(e, s) for s in solid)]
    return sorted([*entities, *more], key=sort_key)


def _touch(one: Json, other: Json) -> bool:
    ends_after = one["offset"] < other["offset"] + other["length"]
    return ends_after and other["offset"] < one["offset"] + one["length"]
