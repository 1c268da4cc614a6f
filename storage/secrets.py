"""Providers' keys, sealed with the installation's own; without one of these nobody reads them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlmodel import col

from core.errors import BadConfig
from core.ports.agents import Credential, CredentialNote
from core.ports.world import Clock
from storage.engine import Database
from storage.repositories.rows import all_rows, row_where, upsert
from storage.tables import CredentialRow, table_of

if TYPE_CHECKING:
    from cryptography.fernet import Fernet, MultiFernet

_WHERE = "secrets.keys"
_credential = table_of(CredentialRow)


@dataclass(frozen=True)
class SealedSecrets:
    """The Secrets port over a table. `keys` are Fernet keys: the first seals, all open.

    Name and address are sealed with the key, so that no other row or address can be put to its use.
    """

    database: Database
    clock: Clock
    keys: tuple[str, ...] = field(repr=False)

    async def find(self, name: str) -> Credential | None:
        """The key of a provider; raises BadConfig when none of our keys opens it."""
        async with self.database.reading() as connection:
            row = await row_where(connection, CredentialRow, name=name)
        return None if row is None else self._opened(row)

    async def find_at(self, base_url: str) -> Credential | None:
        """The key of the server at that address; raises BadConfig when none of our keys opens it."""
        async with self.database.reading() as connection:
            rows = await all_rows(
                connection, sa.select(CredentialRow).where(col(CredentialRow.base_url) == base_url)
            )
        return self._opened(rows[0]) if rows else None

    async def list_notes(self) -> Sequence[CredentialNote]:
        """By name."""
        return [
            CredentialNote(row.name, row.base_url, row.put_at, is_readable=self._unsealed(row) is not None)
            for row in await self._rows()
        ]

    async def put(self, credential: Credential) -> None:
        """Seal and keep, in place of one before; raises BadConfig when there is no key to seal with."""
        ring = self._ring()
        if ring is None:
            mend = "`triagram setup` makes one, or set TRIAGRAM__SECRETS__KEYS"
            raise BadConfig(_WHERE, "there is no key to seal with", mend)
        whole = json.dumps([credential.name, credential.base_url, credential.key])
        columns = {
            "name": credential.name,
            "sealed": ring.encrypt(whole.encode()).decode(),
            "base_url": credential.base_url,
            "put_at": self.clock.now(),
        }
        async with self.database.writing() as connection:
            await upsert(connection, CredentialRow, columns)

    async def remove(self, name: str) -> bool:
        """False when there was none."""
        async with self.database.writing() as connection:
            removed = await connection.execute(sa.delete(_credential).where(_credential.c.name == name))
        return removed.rowcount > 0

    async def reseal(self) -> int:
        """Seal with the first key what another one sealed; return how many. What none opens stays."""
        rows, ring = await self._rows(), self._ring()
        if not rows or ring is None:
            return 0
        older = [row for row in rows if self._is_older(row) and self._unsealed(row) is not None]
        async with self.database.writing() as connection:
            for row in older:
                await connection.execute(
                    sa.update(_credential)
                    # As it was read: one that was put anew meanwhile is sealed with the first key already.
                    .where(_credential.c.name == row.name, _credential.c.sealed == row.sealed)
                    .values(sealed=ring.rotate(row.sealed.encode()).decode())
                )
        return len(older)

    async def _rows(self) -> list[CredentialRow]:
        async with self.database.reading() as connection:
            return await all_rows(connection, sa.select(CredentialRow).order_by(col(CredentialRow.name)))

    def _opened(self, row: CredentialRow) -> Credential:
        key = self._unsealed(row)
        if key is None:
            has = "none of them opens" if self.keys else "there is none to open"
            raise BadConfig(
                _WHERE,
                f"{has} the key of {row.name}",
                "put back the one it was sealed with (TRIAGRAM__SECRETS__KEYS of data/triagram.env, also in"
                f" a backup), or give the provider's key anew: triagram provider add {row.name}",
            )
        return Credential(row.name, key, row.base_url)

    def _unsealed(self, row: CredentialRow) -> str | None:
        """The provider's key; None where none of ours opens it, or it was sealed for another row."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 # who keeps no key does not wait for it

        ring = self._ring()
        if ring is None:
            return None
        try:
            name, base_url, key = json.loads(ring.decrypt(row.sealed.encode()))
        except InvalidToken:
            return None
        return key if (name, base_url) == (row.name, row.base_url) else None

    def _is_older(self, row: CredentialRow) -> bool:
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 # as above

        try:
            _fernet(self.keys[0]).decrypt(row.sealed.encode())
        except InvalidToken:
            return True
        return False

    def _ring(self) -> "MultiFernet | None":
        from cryptography.fernet import MultiFernet  # noqa: PLC0415 # as above

        return MultiFernet([_fernet(key) for key in self.keys]) if self.keys else None


def _fernet(key: str) -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 # as above

    return Fernet(key)
