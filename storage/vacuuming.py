"""Leaving no trace on PostgreSQL: after a deletion the tables are written anew.

What is deleted stays in a table's file until VACUUM FULL (https://www.postgresql.org/docs/current/sql-vacuum.html).
The server's own log and its archives are its administrator's: they end with what is kept of them.
"""

from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage.engine import Database
from storage.postgres.failures import failure_of

_LAST = "SELECT coalesce(max(seq), 0) FROM deletion"
# The table's comment has the number of the last deletion nothing is left of: no column would be as lasting
# without being a row that is itself left behind.
_DONE = "SELECT coalesce(obj_description('deletion'::regclass), '0')"


@dataclass(frozen=True)
class PostgresScrubbing:
    """Rewrites the tables when something was deleted since they last were."""

    database: Database

    async def is_due(self) -> bool:
        """Whether traces may be left. Raises StorageFailed."""
        async with self.database.reading() as connection:
            done = (await connection.exec_driver_sql(_DONE)).scalar_one()
            last = (await connection.exec_driver_sql(_LAST)).scalar_one()
        return last > int(done)

    async def scrub(self) -> None:
        """Write each table anew, in which it is nobody else's meanwhile. Raises StorageFailed."""
        try:
            # In no transaction, as VACUUM wants it.
            async with self.database.writer.held() as alone:
                last = (await alone.exec_driver_sql(_LAST)).scalar_one()
                for table in SQLModel.metadata.sorted_tables:
                    await alone.exec_driver_sql(f'VACUUM (FULL) "{table.name}"')
                await alone.exec_driver_sql(f"COMMENT ON TABLE deletion IS '{int(last)}'")
        except DBAPIError as error:
            raise failure_of(error) or error from error
