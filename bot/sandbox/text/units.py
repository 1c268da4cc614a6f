"""UTF-16 lengths: Telegram counts entity offsets in UTF-16 code units, Python in code points."""

from bot.sandbox.shape import Json


def utf16_length(text: str) -> int:
    """Returns the length in UTF-16 code units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)  # noqa: PLR2004 - the plane


def is_writable(text: str) -> bool:
    """Whether a text can be encoded: JSON can carry half a surrogate pair, Telegram can not."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def utf16_slice(text: str, entity: Json) -> str:
    """Returns the part of a text an entity covers."""
    raw = text.encode("utf-16-le")
    start, length = entity["offset"] * 2, entity["length"] * 2
    return raw[start : start + length].decode("utf-16-le", "replace")


def sort_key(entity: Json) -> tuple[int, int, int]:
    """Orders entities as Telegram lists them: by offset, the longer first."""
    outer = 0 if "blockquote" in entity["type"] else 1
    return entity["offset"], -entity["length"], outer


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Strips white space at both ends, as Telegram does, and moves the entities along."""
    left = text.lstrip()
    start = utf16_length(text) - utf16_length(left)
    whole = left.rstrip()
    end = utf16_length(whole)
    kept: list[Json] = []
    for entity in entities:
        first = max(0, entity["offset"] - start)
        last = min(end, entity["offset"] + entity["length"] - start)
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return whole, sorted(kept, key=sort_key)
