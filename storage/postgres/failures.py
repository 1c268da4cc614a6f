"""What an error of PostgreSQL means outside of this room."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection

from core.errors import Bug, StorageFailed

_READ_ONLY = "25006"
_KINDS = {
    "25006": "readonly",
    "40001": "busy",
    "40P01": "busy",
    "55P03": "busy",
    "57014": "busy",
    "53100": "full",
    "53200": "busy",
    "53300": "busy",
    "58030": "io",
    "XX001": "corrupt",
    "XX002": "corrupt",
    "3D000": "missing",
    "28000": "missing",
    "28P01": "missing",
}
_CLASSES = {"08": "missing", "57": "missing"}
"""Codes and their classes, https://www.postgresql.org/docs/current/errcodes-appendix.html; a server that
stops (57P01 to 57P03) or is gone (08) is missing."""


def failure_of(error: BaseException, *, is_reading: bool = False) -> StorageFailed | Bug | None:
    """StorageFailed where the world failed, Bug for a write in a reading transaction, else None."""
    if isinstance(error, NoConnection):
        return StorageFailed("busy", "others in this process took too long")
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlstate", None) or ""
    if code == _READ_ONLY and is_reading:
        statement = error.statement if isinstance(error, DBAPIError) else ""
        return Bug(f"wrote in a reading transaction: {statement}")
    kind = _KINDS.get(code) or _CLASSES.get(code[:2])
    # Past SQLAlchemy nothing is asked but to connect, to begin and to end.
    if kind is None and (not isinstance(error, DBAPIError) or error.connection_invalidated):
        kind = "missing"
    return None if kind is None else StorageFailed(kind, str(cause))
