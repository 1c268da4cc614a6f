"""The bytes of an export file: what it is at first sight, and JSON out of what Telegram Desktop writes."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

import ijson

from core.errors import BadExport

CHUNK_BYTES = 64 * 1024
AS_JSON = (
    "in Telegram Desktop, open the chat, ⋮ → Export chat history → Format: Machine-readable JSON, "
    "and give its result.json"
)
EXPORT_AGAIN = "export or copy it again; what is here already is not read twice"
_BOM = b"\xef\xbb\xbf"
_ESCAPE_BYTES = 4
_HELD_BACK = re.compile(rb"\\+(?:x[0-9A-Fa-f]?)?\Z")
_ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)

JsonError = cast("type[Exception]", ijson.JSONError)


class Source:
    r"""An open export for ijson; counts the bytes it gave.

    Telegram Desktop writes control characters as `\x0B`, which is no JSON
    (SerializeString in https://github.com/telegramdesktop/tdesktop,
    Telegram/SourceFiles/export/output/export_output_json.cpp); they are given as `\u000B`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._rest = b""
        self.bytes_read = 0

    def __enter__(self) -> Self:
        self._file = self._path.open("rb")
        if self._file.read(len(_BOM)) != _BOM:
            self._file.seek(0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def read(self, size: int = CHUNK_BYTES) -> bytes:
        """Returns the next bytes, a few more or fewer than `size`; none at the end of the file."""
        if size == 0 or self._file is None:
            return b""
        while True:
            fresh = self._file.read(size)
            self.bytes_read += len(fresh)
            chunk, self._rest = self._rest + fresh, b""
            if fresh and b"\\" in chunk[-_ESCAPE_BYTES:] and (held := _HELD_BACK.search(chunk)):
                chunk, self._rest = chunk[: held.start()], held[0]
            if chunk or not fresh:
                return _ESCAPE.sub(_as_json, chunk) if b"\\x" in chunk else chunk


def _as_json(escape: re.Match[bytes]) -> bytes:
    return escape[0] if escape[1] is None else b"\\u00" + escape[1]


def items(source: Source, prefix: str) -> Iterator[Any]:
    """Yields the JSON values at a prefix of ijson's, one at a time."""
    return cast("Iterator[Any]", ijson.items(source, prefix, use_float=True, buf_size=CHUNK_BYTES))


def events(source: Source) -> Iterator[tuple[str, str, Any]]:
    """Yields ijson's events: prefix, kind, value."""
    parsed = ijson.parse(source, use_float=True, buf_size=CHUNK_BYTES)
    return cast("Iterator[tuple[str, str, Any]]", parsed)


def broken(path: Path, source: Source, error: Exception, after: str) -> BadExport:
    """Returns what to say of JSON that ends or breaks; `after` names the last whole message."""
    is_cut = "premature EOF" in str(error) or "ncomplete JSON" in str(error)
    where = f"{path.name}, {after}, near byte {source.bytes_read}"
    problem = "the file stops in the middle" if is_cut else "it is not JSON from there on"
    return BadExport(where, problem, EXPORT_AGAIN)


def ensure_export(path: Path) -> None:
    """Looks at the file's beginning.

    Raises:
        BadExport: It cannot be read, is empty, or is plainly something else.
    """
    try:
        with path.open("rb") as file:
            start = file.read(CHUNK_BYTES).removeprefix(_BOM).lstrip()
    except OSError as error:
        problem = f"it cannot be read: {error.strerror}"
        raise BadExport(str(path), problem, "name a file that is there and may be read") from error
    if not start:
        raise BadExport(path.name, "it is empty", EXPORT_AGAIN)
    if start.startswith(b"<"):
        raise BadExport(path.name, "it is the HTML export", AS_JSON)
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        raise BadExport(path.name, "it is packed", "unpack it and give its result.json")
    if not start.startswith(b"{"):
        raise BadExport(f"{path.name}, byte 0", "it is not a Telegram export", AS_JSON)


def ends_whole(path: Path) -> bool:
    """Whether the file ends as an export ends; a file cut off nearly never does."""
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - CHUNK_BYTES))
        return file.read().rstrip().endswith(b"}")
