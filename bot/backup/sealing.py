"""A sealed stream: a passphrase opens it, and not a byte of it can be changed, cut off or put elsewhere.

    magic · salt (16) · nonce prefix (7) · chunks of 1 MiB, each with its tag (16)

The key is scrypt's of the passphrase. Chunk n is sealed by ChaCha20-Poly1305 under prefix · n (4) · is it
the last (1), with the head as associated data: the STREAM construction, https://eprint.iacr.org/2015/189.
"""

import os
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.errors import BadBackup

MAGIC = b"TRIAGRAM BACKUP 1\n"
CHUNK_BYTES = 1024 * 1024
_SALT_BYTES, _PREFIX_BYTES, _TAG_BYTES = 16, 7, 16
_HEAD_BYTES = len(MAGIC) + _SALT_BYTES + _PREFIX_BYTES
COST, _BLOCK, _LANES = 2**16, 8, 2
"""64 MiB and about a second a guess: the second row of
https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt."""


@dataclass
class Cipher:
    """The chunks of one stream, in order."""

    key: bytes = field(repr=False)
    head: bytes
    number: int = 0

    def seal(self, chunk: bytes, *, is_last: bool) -> bytes:
        """The next chunk, sealed."""
        return ChaCha20Poly1305(self.key).encrypt(self._nonce(is_last=is_last), chunk, self.head)

    def open(self, chunk: bytes, *, is_last: bool) -> bytes:
        """The next chunk, opened; raises InvalidTag when it is not what was sealed there."""
        return ChaCha20Poly1305(self.key).decrypt(self._nonce(is_last=is_last), chunk, self.head)

    def _nonce(self, *, is_last: bool) -> bytes:
        number = self.number
        self.number += 1
        return self.head[-_PREFIX_BYTES:] + number.to_bytes(4, "big") + bytes([is_last])


def _cipher(passphrase: str, head: bytes) -> Cipher:
    salt = head[len(MAGIC) : -_PREFIX_BYTES]
    kdf = Scrypt(salt, length=32, n=COST, r=_BLOCK, p=_LANES)
    return Cipher(kdf.derive(passphrase.encode()), head)


class Sealed:
    """What is written comes out sealed in `file`; only `close` makes it whole."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        """Write the head."""
        head = MAGIC + os.urandom(_SALT_BYTES + _PREFIX_BYTES)
        self._file, self._cipher, self._kept = file, _cipher(passphrase, head), bytearray()
        file.write(head)

    def write(self, data: bytes) -> int:
        """Take some bytes."""
        self._kept += data
        # One byte more than a chunk: the last one is sealed as the last, and only `close` knows it.
        while len(self._kept) > CHUNK_BYTES:
            self._file.write(self._cipher.seal(bytes(self._kept[:CHUNK_BYTES]), is_last=False))
            del self._kept[:CHUNK_BYTES]
        return len(data)

    def close(self) -> None:
        """Seal what is left as the end."""
        self._file.write(self._cipher.seal(bytes(self._kept), is_last=True))


class Opened:
    """Reads what was sealed, from its beginning to its sealed end."""

    def __init__(self, file: BinaryIO, name: str, passphrase: str) -> None:
        """Read the head and the first chunk; raises BadBackup for what is no backup, as `read` does."""
        head = file.read(_HEAD_BYTES)
        if len(head) < _HEAD_BYTES or not head.startswith(MAGIC):
            raise BadBackup(name, "it is no backup of Triagram", "name a file that `triagram backup` wrote")
        self._file, self._name, self._cipher = file, name, _cipher(passphrase, head)
        self._sealed = file.read(CHUNK_BYTES + _TAG_BYTES)
        # The first chunk is there even when nothing was written: without it the end was cut off.
        self._open: bytes = self._next()

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, fewer only at the end; raises BadBackup for a wrong passphrase, or damage."""
        parts: list[bytes] = []
        while size > 0 and (self._open or self._sealed):
            if not self._open:
                self._open = self._next()
            part, self._open = self._open[:size], self._open[size:]
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _next(self) -> bytes:
        chunk, self._sealed = self._sealed, self._file.read(CHUNK_BYTES + _TAG_BYTES)
        try:
            return self._cipher.open(chunk, is_last=not self._sealed)
        except InvalidTag as error:
            if self._cipher.number == 1:
                problem = "the passphrase is another one, or the file is damaged"
                raise BadBackup(
                    self._name, problem, "try the passphrase again, or an older backup"
                ) from error
            raise BadBackup(self._name, "it is damaged or cut off", "take an older backup") from error
