"""What a backup lists is what it holds."""

import io
import tarfile
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from bot.backup.parcel import CONTENTS, DATABASE, Contents, digest_of, pack, unpack
from bot.backup.sealing import Sealed
from core.errors import BadBackup

PASSPHRASE = "correct horse battery"  # noqa: S105 - nothing is behind it


def packed(folder: Path, files: dict[str, str]) -> io.BytesIO:
    target = io.BytesIO()
    pack(
        target,
        PASSPHRASE,
        Contents("2026-11-10T09:00:00+00:00", "0.1.0", "0001", {"task": 1}, files),
        folder,
    )
    target.seek(0)
    return target


def sealed_tar(members: dict[str, bytes]) -> io.BytesIO:
    """A tar somebody else made, with the right passphrase."""
    target = io.BytesIO()
    sealing = Sealed(target, PASSPHRASE)
    with tarfile.open(fileobj=cast("BinaryIO", sealing), mode="w|gz") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    sealing.close()
    target.seek(0)
    return target


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / DATABASE
    file.write_bytes(b"rows" * 100_000)
    return file


def test_what_was_packed_is_unpacked_with_its_list(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    contents = unpack(packed(tmp_path, {DATABASE: digest_of(database)}), "x.tri", PASSPHRASE, folder)
    assert (contents.form, contents.rows) == ("0001", {"task": 1})
    assert (folder / DATABASE).read_bytes() == database.read_bytes()


def test_another_digest_than_the_listed_one_is_refused(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    with pytest.raises(BadBackup):
        unpack(packed(tmp_path, {database.name: "0" * 64}), "x.tri", PASSPHRASE, folder)


NO_FILES = b'{"made_at": "", "release": "", "form": "", "rows": {}, "files": {}}'


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({}, id="nothing in it"),
        pytest.param({CONTENTS: b"{}"}, id="a list without its fields"),
        pytest.param({CONTENTS: b"no list"}, id="a list nobody can read"),
        pytest.param({CONTENTS: NO_FILES}, id="no database"),
        pytest.param({"../evil": b"x"}, id="a file that leads out of the folder"),
        pytest.param({CONTENTS: NO_FILES, "../evil": b"x"}, id="a file that leads out, after a list"),
    ],
)
def test_what_does_not_hold_what_it_lists_is_refused(members: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    with pytest.raises(BadBackup):
        unpack(sealed_tar(members), "x.tri", PASSPHRASE, folder)
    assert not (tmp_path / "evil").exists()
