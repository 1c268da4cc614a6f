"""Which release of Triagram gave a database its form: kept in SQLite's `user_version`."""

from importlib.metadata import version

from sqlalchemy import Connection

_STEP = 1000
"""0.4.12 is 4012: each part below a thousand."""


def stamp(connection: Connection) -> None:
    """Note in the present transaction that this release brought the database to its form."""
    number = 0
    for part in version("triagram").split(".")[:3]:
        number = number * _STEP + int(part)
    connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def stamped(connection: Connection) -> str:
    """The release that last changed the form, "" when none said so."""
    number = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    return f"{number // _STEP**2}.{number // _STEP % _STEP}.{number % _STEP}" if number else ""
