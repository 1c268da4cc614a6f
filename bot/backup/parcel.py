"""What a backup holds, and how it lies in the sealed stream: a gzipped tar, its list of contents first."""

import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from bot.backup.sealing import Opened, Sealed
from core.errors import BadBackup

CONTENTS = "contents.json"
DATABASE = "triagram.db"
SETTINGS = "config.toml"
SECRETS = "triagram.env"
_MAY_HOLD = frozenset({DATABASE, SETTINGS, SECRETS})
_PIECE_BYTES = 1024 * 1024
_MOST_CONTENTS_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Contents:
    """What is in a backup, and when it was made by which release of the program.

    `form` and `rows` (by table) are the database's; `files` are SHA-256 by name.
    """

    made_at: str
    release: str
    form: str
    rows: Mapping[str, int]
    files: Mapping[str, str]


def pack(target: BinaryIO, passphrase: str, contents: Contents, folder: Path) -> None:
    """Write the files of `folder` that `contents` names, sealed."""
    sealed = Sealed(target, passphrase)
    with tarfile.open(fileobj=cast("BinaryIO", sealed), mode="w|gz") as tar:
        listed = json.dumps(asdict(contents)).encode()
        info = tarfile.TarInfo(CONTENTS)
        info.size = len(listed)
        tar.addfile(info, io.BytesIO(listed))
        for name in contents.files:
            tar.add(folder / name, arcname=name)
    sealed.close()


def unpack(source: BinaryIO, name: str, passphrase: str, folder: Path) -> Contents:
    """Read a sealed file to its end and put its files into `folder`, each compared with its SHA-256.

    Raises BadBackup for whatever is not whole.
    """
    opened = Opened(source, name, passphrase)
    try:
        with tarfile.open(fileobj=cast("BinaryIO", opened), mode="r|gz") as tar:
            contents, found = _unpacked(tar, folder)
        # The archive's end comes before the sealed end, where a cut would show.
        while opened.read(_PIECE_BYTES):
            pass
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise BadBackup(name, f"it cannot be read: {error}", "take an older backup") from error
    if found != dict(contents.files) or DATABASE not in found:
        raise BadBackup(name, "its files are not those it lists", "take an older backup")
    return contents


def _unpacked(tar: tarfile.TarFile, folder: Path) -> tuple[Contents, dict[str, str]]:
    first = tar.next()
    if first is None or first.name != CONTENTS or first.size > _MOST_CONTENTS_BYTES:
        raise ValueError("no list of contents")
    contents = Contents(**cast("dict[str, Any]", json.loads(_stream(tar, first).read())))
    found: dict[str, str] = {}
    while (member := tar.next()) is not None:
        if member.name not in _MAY_HOLD:
            raise ValueError(f"{member.name} does not belong there")
        found[member.name] = _write(_stream(tar, member), folder / member.name)
    return contents, found


def _stream(tar: tarfile.TarFile, member: tarfile.TarInfo) -> io.BufferedIOBase | Any:
    stream = tar.extractfile(member)
    if stream is None:
        raise ValueError(f"{member.name} is no file")
    return stream


def _write(stream: Any, file: Path) -> str:
    """Returns the SHA-256 of what was written."""
    digest = hashlib.sha256()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while piece := stream.read(_PIECE_BYTES):
            target.write(piece)
            digest.update(piece)
    return digest.hexdigest()


def digest_of(file: Path) -> str:
    """A file's SHA-256."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def summary(rows: Mapping[str, int]) -> str:
    """How many of the things a person knows there are."""
    told = {"project": "projects", "message": "messages", "atom": "notes", "task": "tasks"}
    return ", ".join(f"{rows.get(table, 0)} {name}" for table, name in told.items())
