"""Leaving no trace: after a deletion the file is written anew, and the log beside it emptied.

What is deleted or replaced stays readable in a SQLite file until its place is used again, and the full text
keeps words it no longer finds (https://www.sqlite.org/lang_vacuum.html, https://www.sqlite.org/fts5.html).
"""

import asyncio
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DBAPIError

from core.errors import StorageFailed
from storage.engine import Database
from storage.failures import failure_of

CHECKPOINTS = 50
"""How often the log is asked to become empty, a tenth of a second apart: a reader may hold it."""
_PAUSE_SECONDS = 0.1
# `user_version` is free for the application (https://www.sqlite.org/pragma.html#pragma_user_version): it
# has the number of the last deletion nothing is left of, in the very file it is true of.
_LAST = "SELECT coalesce(max(seq), 0) FROM deletion"
_SWEEP = (
    "INSERT INTO message_words(message_words) VALUES ('optimize')",
    "INSERT INTO item_words(item_words) VALUES ('optimize')",
    "PRAGMA temp_store=FILE",
    "VACUUM",
    "PRAGMA temp_store=MEMORY",
)


@dataclass(frozen=True)
class Scrubbing:
    """Rewrites the database when something was deleted since it last was."""

    database: Database

    async def is_due(self) -> bool:
        """Whether traces may be left. Raises StorageFailed."""
        async with self.database.reading() as connection:
            done = (await connection.exec_driver_sql("PRAGMA user_version")).scalar_one()
            last = (await connection.exec_driver_sql(_LAST)).scalar_one()
        return last > done

    async def scrub(self) -> None:
        """Write the file anew; other writers wait meanwhile, some seconds a gigabyte.

        As much room again as the file takes is needed on the disk. Raises StorageFailed.
        """
        try:
            # The only connection that writes: nobody else does while it is ours.
            async with self.database.writer.held() as connection:
                held = await connection.get_raw_connection()
                await self._sweep(held.driver_connection)
        except DBAPIError as error:
            raise failure_of(error) or error from error

    async def _sweep(self, plain: Any) -> None:
        """`plain` is aiosqlite's connection: VACUUM runs in no transaction, and SQLAlchemy opens one."""
        last = await _asked(plain, _LAST)
        for step in _SWEEP:
            await _asked(plain, step)
        await _asked(plain, f"PRAGMA user_version={int(last)}")
        for _ in range(CHECKPOINTS):
            if not await _asked(plain, "PRAGMA wal_checkpoint(TRUNCATE)"):
                return
            await asyncio.sleep(_PAUSE_SECONDS)
        raise StorageFailed("busy", "the log is in use")


async def _asked(plain: Any, statement: str) -> int:
    """The first number a statement answers with, 0 for none."""
    async with plain.execute(statement) as cursor:
        row = await cursor.fetchone()
    return 0 if row is None or not isinstance(row[0], int) else row[0]
