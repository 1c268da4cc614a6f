"""Column types: what a value is in Python, and what it is in each database."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
import sqlalchemy as sa
from pydantic_core import to_json
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NUL, _STAND_IN = "\0", "\N{REPLACEMENT CHARACTER}"
_NUL_WRITTEN = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
"""As JSON has it; behind an odd number of backslashes it is no sign of its own."""
FLOAT32 = np.dtype("<f4")


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware moment; comes back in UTC. Microseconds since 1970 on SQLite, timestamptz on PostgreSQL.

    A naive moment raises ValueError.
    """

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Integers on SQLite: half the size of its text, and compared faster."""
        type_ = sa.DateTime(timezone=True) if dialect.name == "postgresql" else sa.BigInteger()
        return dialect.type_descriptor(type_)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """To the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(value)
        return value if dialect.name == "postgresql" else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """From the database."""
        if isinstance(value, int):
            return _EPOCH + timedelta(microseconds=value)
        if value is None:
            return None
        # asyncpg has the first and the last moment without a zone, as PostgreSQL's infinities.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CompactUuid(sa.TypeDecorator[UUID]):
    """A UUID in 16 bytes; UUIDv7 keep their order."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Blobs on SQLite, whose own type would be 32 characters."""
        type_ = sa.Uuid() if dialect.name == "postgresql" else sa.LargeBinary(16)
        return dialect.type_descriptor(type_)

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> UUID | bytes | None:
        """To the database."""
        return value if value is None or dialect.name == "postgresql" else value.bytes

    def process_result_value(self, value: Any | None, dialect: Dialect) -> UUID | None:  # noqa: ARG002 - SQLAlchemy's signature
        """From the database."""
        return UUID(bytes=value) if isinstance(value, bytes) else value


class Text(sa.TypeDecorator[str]):
    """A text. NUL, which PostgreSQL has no place for, becomes U+FFFD on either database.

    One UTF-16 unit for another, so that the offsets Telegram counts in stay right.
    """

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """To the database."""
        return value if value is None or _NUL not in value else value.replace(_NUL, _STAND_IN)


def json_of(value: object) -> str:
    """Plain data as the databases are given it; NUL goes as in `Text`."""
    written = to_json(value).decode()
    return _NUL_WRITTEN.sub(rf"\1{_STAND_IN}", written) if r"\u0000" in written else written


class Json(sa.TypeDecorator[Any]):
    """Plain data (dict, list, str, numbers) written by `json_of`; None is NULL."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, JSONB on PostgreSQL."""
        is_postgres = dialect.name == "postgresql"
        return dialect.type_descriptor(
            JSONB(none_as_null=True) if is_postgres else sa.JSON(none_as_null=True)
        )


class Embedding(sa.TypeDecorator[bytes]):
    """Numbers one after the other as little-endian float32: bytes on SQLite, pgvector's on PostgreSQL."""

    impl = sa.LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Without a number of dimensions, as each model has its own."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(sa.LargeBinary())
        from pgvector.sqlalchemy import VECTOR  # noqa: PLC0415 # who runs on SQLite need not wait for it

        return dialect.type_descriptor(VECTOR())

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> Any:
        """To the database."""
        if value is None or dialect.name != "postgresql":
            return value
        return np.frombuffer(value, FLOAT32)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> bytes | None:
        """From the database."""
        if value is None or dialect.name != "postgresql":
            return value
        return np.asarray(value, FLOAT32).tobytes()


class Serial(sa.TypeDecorator[int]):
    """A number the database gives in order of insertion."""

    impl = sa.Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite counts by itself only in columns named exactly INTEGER."""
        return dialect.type_descriptor(sa.BigInteger() if dialect.name == "postgresql" else sa.Integer())
