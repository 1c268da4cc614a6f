"""Which release of Triagram gave a database its form, so that an older one can name it."""

from importlib.metadata import version

import sqlalchemy as sa

from storage.tables import ReleaseRow, table_of

_TABLE = table_of(ReleaseRow)


def stamp(connection: sa.Connection) -> None:
    """Note in the present transaction that this release brought the database to its form."""
    connection.execute(sa.delete(_TABLE))
    connection.execute(sa.insert(_TABLE).values(name=version("triagram")))


def stamped(connection: sa.Connection) -> str:
    """The release that last changed the form, "" when none said so."""
    if not sa.inspect(connection).has_table(_TABLE.name):
        return ""
    return connection.execute(sa.select(_TABLE.c.name)).scalar_one_or_none() or ""
