"""Which form a database has, without Alembic, whose import takes a tenth of a start."""

import sqlalchemy as sa

from storage.engine import Database

NEWEST = "0009"
"""The form the tables are declared in: the newest of `storage/migrations/versions`."""
_FORMS = "SELECT version_num FROM alembic_version"


async def is_newest(database: Database) -> bool:
    """Whether the database needs no migration; False for an empty one. Raises StorageFailed."""
    async with database.reading() as connection:
        if not await connection.run_sync(_has_form):
            return False
        return (await connection.exec_driver_sql(_FORMS)).scalars().all() == [NEWEST]


def _has_form(connection: sa.Connection) -> bool:
    return sa.inspect(connection).has_table("alembic_version")
