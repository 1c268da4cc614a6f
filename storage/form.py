"""Which form a database has, without Alembic, whose import takes a tenth of a start."""

from storage.engine import Database

NEWEST = "0001"
"""The form the tables are declared in: the newest of `storage/migrations/versions`."""
_KEPT = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
_FORMS = "SELECT version_num FROM alembic_version"


async def is_newest(database: Database) -> bool:
    """Whether the database needs no migration; False for an empty one. Raises StorageFailed."""
    async with database.reading() as connection:
        if not (await connection.exec_driver_sql(_KEPT)).scalar_one():
            return False
        return (await connection.exec_driver_sql(_FORMS)).scalars().all() == [NEWEST]
