"""Copies of the database: made while it is in use, looked through, put in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class Held:
    """What a whole database file holds: its form, and how many rows by table."""

    form: str
    rows: Mapping[str, int]


class Copies(Protocol):
    """Everything that is done with whole files of one database."""

    @property
    def file(self) -> Path:
        """Where the database is; it need not be there yet."""
        ...

    async def keep(self) -> Path:
        """Lay a copy of the database aside, let the oldest go; raises StorageFailed."""
        ...

    def newest(self) -> Path | None:
        """The newest nightly copy; None when there is none."""
        ...

    def newest_at(self) -> datetime | None:
        """When the newest nightly copy was laid aside; None when there is none."""
        ...

    async def copy(self, target: Path) -> None:
        """Write a consistent copy, whatever is written meanwhile, mode 0600; raises StorageFailed."""
        ...

    async def look(self, file: Path) -> Held:
        """Read all of a closed file; raises StorageFailed (missing, corrupt)."""
        ...

    def is_open_elsewhere(self) -> bool:
        """Whether another process has the database open, even a damaged one."""
        ...

    async def put(self, copy: Path) -> Path | None:
        """Move a closed copy to the database's place; return where what stood there is kept now.

        Nobody may have the database open.
        """
        ...
