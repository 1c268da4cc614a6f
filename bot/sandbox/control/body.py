"""Reads the JSON of a control call field by field, with an error that names the field."""

from dataclasses import dataclass
from typing import TypeVar, cast

from bot.sandbox.shape import Json

T = TypeVar("T")


class Unreadable(Exception):
    """A control call lacks a field or has the wrong type; says which."""


@dataclass(slots=True, frozen=True)
class Body:
    """One control call's JSON object."""

    fields: Json

    def _typed(self, name: str, kind: type[T]) -> T | None:
        value = self.fields.get(name)
        if value is None:
            return None
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise Unreadable(f"{name}: {kind.__name__} expected")
        return value

    def _list(self, name: str) -> list[object] | None:
        return cast("list[object] | None", self._typed(name, list))

    def _needed(self, name: str, value: T | None) -> T:
        if value is None:
            raise Unreadable(f"{name} is missing")
        return value

    def number(self, name: str) -> int:
        """Returns a whole number."""
        return self._needed(name, self.find_number(name))

    def find_number(self, name: str) -> int | None:
        """Returns a whole number or None."""
        return self._typed(name, int)

    def seconds(self, name: str, default: float = 0.0) -> float:
        """Returns a number of seconds."""
        value = self.fields.get(name)
        if value is None:
            return default
        if not isinstance(value, int | float):
            raise Unreadable(f"{name}: number expected")
        return float(value)

    def text(self, name: str) -> str:
        """Returns a text."""
        return self._needed(name, self.find_text(name))

    def find_text(self, name: str) -> str | None:
        """Returns a text or None."""
        return self._typed(name, str)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Returns a truth value."""
        value = self._typed(name, bool)
        return default if value is None else value

    def objects(self, name: str) -> list[Json]:
        """Returns a list of objects."""
        return [cast("Json", one) for one in self._list(name) or [] if isinstance(one, dict)]

    def texts(self, name: str) -> list[str] | None:
        """Returns a list of texts or None."""
        found = self._list(name)
        return None if found is None else [str(one) for one in found]

    def numbers(self, name: str) -> list[int]:
        """Returns a list of whole numbers."""
        return [one for one in self._list(name) or [] if isinstance(one, int)]

    def object(self, name: str) -> Json | None:
        """Returns an object or None."""
        return cast("Json | None", self._typed(name, dict))
