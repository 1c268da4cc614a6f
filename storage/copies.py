"""The copies of one database: nightly, before a migration, on request."""

import asyncio
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.ports.copies import Held
from core.ports.world import Clock
from storage.engine import file_of
from storage.files import copy_file, held_in, is_open_elsewhere, put_in_place

NIGHTS = 7
"""Nightly copies kept."""
_NIGHTLY = "triagram-*.db"


def folder_of(url: str) -> Path:
    """Where copies of the database at `url` are laid aside."""
    return file_of(url).parent / "backups"


@dataclass(frozen=True)
class SqlCopies:
    """`core.ports.copies.Copies` of the database at `url`."""

    url: str
    clock: Clock

    @property
    def file(self) -> Path:
        """Where the database is."""
        return file_of(self.url)

    async def keep(self) -> Path:
        """Lay today's copy aside, in place of an earlier one of today; the last seven stay."""
        now = self.clock.now()
        target = folder_of(self.url) / f"triagram-{now:%Y-%m-%d}.db"
        await self.copy(target)
        os.utime(target, (now.timestamp(), now.timestamp()))
        for old in sorted(target.parent.glob(_NIGHTLY))[:-NIGHTS]:
            old.unlink()
        return target

    async def copy(self, target: Path) -> None:
        """Write a consistent copy."""
        await asyncio.to_thread(copy_file, self.file, target)

    async def look(self, file: Path) -> Held:
        """Read all of a closed file."""
        return await asyncio.to_thread(held_in, file)

    def newest(self) -> Path | None:
        """The copy laid aside last."""
        copies = folder_of(self.url).glob(_NIGHTLY)
        return max(copies, key=lambda one: one.stat().st_mtime, default=None)

    def newest_at(self) -> datetime | None:
        """When the newest copy was laid aside."""
        newest = self.newest()
        return None if newest is None else datetime.fromtimestamp(newest.stat().st_mtime, UTC)

    def is_open_elsewhere(self) -> bool:
        """Whether another process has the database open."""
        return is_open_elsewhere(self.file)

    async def put(self, copy: Path) -> Path | None:
        """Move a closed copy into place; what stood there is kept, damaged or not."""
        aside = folder_of(self.url) / f"replaced-{self.clock.now():%Y-%m-%dT%H-%M-%S}.db"
        return await asyncio.to_thread(put_in_place, copy, self.file, aside)
