"""What a database error means outside of this room."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from core.errors import Bug, StorageFailed

CORRUPT = "corrupt"
_KINDS = {
    "database is locked": "busy",
    "database table is locked": "busy",
    "database or disk is full": "full",
    "disk i/o error": "io",
    "unable to open database file": "missing",
    "attempt to write a readonly database": "readonly",
    "database disk image is malformed": CORRUPT,
    "file is not a database": CORRUPT,
    "vtable constructor failed": CORRUPT,
}
"""SQLite's words, https://www.sqlite.org/rescode.html."""


def kind_of(said: str) -> str | None:
    """The kind of StorageFailed in what SQLite said, None for what is no failure of the world."""
    return next((kind for words, kind in _KINDS.items() if words in said.lower()), None)


def failure_of(
    error: DBAPIError | sqlite3.Error, *, is_reading: bool = False
) -> StorageFailed | Bug | None:
    """StorageFailed where the world failed, Bug for a write in a reading transaction, else None."""
    said = str(error.orig if isinstance(error, DBAPIError) else error)
    kind = kind_of(said)
    if kind == "readonly" and is_reading:
        statement = error.statement if isinstance(error, DBAPIError) else ""
        return Bug(f"wrote in a reading transaction: {statement}")
    return None if kind is None else StorageFailed(kind, said)
