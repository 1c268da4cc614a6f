"""A sealed stream: opened by its passphrase alone, and only whole."""

import io
import os
from collections.abc import Callable, Mapping

import pytest

from bot.backup.sealing import CHUNK_BYTES, COST, MAGIC, Opened, Sealed
from core.errors import BadBackup

PASSPHRASE = "correct horse battery"  # noqa: S105 - nothing is behind it
HEAD, SEALED_CHUNK = len(MAGIC) + 16 + 7, CHUNK_BYTES + 16


def sealed(data: bytes) -> bytes:
    file = io.BytesIO()
    sealing = Sealed(file, PASSPHRASE)
    sealing.write(data)
    sealing.close()
    return file.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return Opened(io.BytesIO(data), "x.tri", passphrase).read(10 * CHUNK_BYTES)


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES])
def test_what_was_sealed_is_opened(size: int) -> None:
    data = os.urandom(size)
    assert opened(sealed(data)) == data


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(BadBackup) as refused:
        opened(sealed(b"words"), "correct horse batterz")
    assert "passphrase" in refused.value.problem


def test_no_word_can_be_read_without_it_and_no_two_are_alike() -> None:
    first, second = sealed(b"a word " * 100), sealed(b"a word " * 100)
    assert b"a word" not in first
    assert first[HEAD:] != second[HEAD:]


def test_a_guess_costs_what_the_advice_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert COST * 8 * 128 == 64 * 1024 * 1024
    assert opened(sealed(b"words")) == b"words"


CHUNKS = bytes(range(256)) * (CHUNK_BYTES * 2 // 256) + b"end"
FIRST, SECOND = slice(HEAD, HEAD + SEALED_CHUNK), slice(HEAD + SEALED_CHUNK, HEAD + 2 * SEALED_CHUNK)


DAMAGE: Mapping[str, Callable[[bytes], bytes]] = {
    "head cut off": lambda whole: whole[:10],
    "another kind of file": lambda whole: b"PK" + whole[2:],
    "nothing after the head": lambda whole: whole[:HEAD],
    "last byte missing": lambda whole: whole[:-1],
    "cut between two chunks": lambda whole: whole[: FIRST.stop],
    "a byte more": lambda whole: whole + b"\0",
    "bytes changed": lambda whole: whole[:-20] + b"\0\0" + whole[-18:],
    "salt changed": lambda whole: whole[:18] + b"\0\0" + whole[20:],
    "chunks swapped": lambda whole: whole[:HEAD] + whole[SECOND] + whole[FIRST] + whole[SECOND.stop :],
}


@pytest.mark.parametrize("how", DAMAGE)
def test_what_is_not_whole_is_refused(how: str) -> None:
    with pytest.raises(BadBackup):
        opened(DAMAGE[how](sealed(CHUNKS)))
