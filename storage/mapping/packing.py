"""Nested values as plain data, and back: what has no columns of its own is kept as JSON."""

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Any, Generic, TypeVar, cast, get_args
from uuid import UUID

from pydantic import TypeAdapter

from core.domain.ids import ChatId, Kind, MessageId, MessageKey, Ref

T = TypeVar("T")

_TAG = "is"
Columns = dict[str, Any]
"""Column name to value, as `insert` and `update` take them."""


@cache
def _adapter(type_: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type_)


def packed(value: object) -> Any:
    """A dataclass as plain data."""
    return _adapter(type(value)).dump_python(value, mode="json")


def unpacked(type_: type[T], data: Any) -> T:
    """The dataclass again; raises pydantic's ValidationError when the data are none of it."""
    return cast("T", _adapter(type_).validate_python(data))


class Tagged(Generic[T]):
    """A union of dataclasses as plain data with the class's name beside the fields.

    A union without tags would be guessed at: two classes with the same fields would change places.
    """

    def __init__(self, union: UnionType) -> None:
        self._classes: Mapping[str, type[Any]] = {one.__name__: one for one in get_args(union)}

    def packed(self, value: T) -> dict[str, Any]:
        """The value as plain data."""
        return {_TAG: type(value).__name__, **packed(value)}

    def unpacked(self, data: Mapping[str, Any]) -> T:
        """The value again."""
        fields = {name: value for name, value in data.items() if name != _TAG}
        return unpacked(cast("type[T]", self._classes[data[_TAG]]), fields)


def ref_of(kind: str | None, id_: UUID | None) -> Ref | None:
    """A reference from its two columns."""
    return None if kind is None or id_ is None else Ref(Kind(kind), id_)


def keys_packed(keys: tuple[MessageKey, ...]) -> list[list[int]]:
    """Message keys as pairs: chat id, message id."""
    return [[key.chat_id, key.message_id] for key in keys]


def keys_of(data: list[list[int]]) -> tuple[MessageKey, ...]:
    """Message keys from their pairs."""
    return tuple(MessageKey(ChatId(chat), MessageId(message)) for chat, message in data)
