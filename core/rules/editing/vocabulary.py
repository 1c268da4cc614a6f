"""The words of `words/edits.toml`: found in a clause, and taken out of it until nothing is left."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_NEVER = "(?!)"


@dataclass(frozen=True)
class Values:
    """The ways to say each value of one field."""

    ways: Mapping[str, re.Pattern[str]]

    def only_in(self, clause: str) -> tuple[str, str] | None:
        """The one value a clause names, with the rest of the clause; None for none or several.

        Of values that overlap the longest counts: "not urgent" names one.
        """
        found = [
            (match.end() - match.start(), value, match)
            for value, way in self.ways.items()
            for match in way.finditer(clause)
        ]
        if not found:
            return None
        _, value, match = max(found, key=lambda one: one[0])
        rest = f"{clause[: match.start()]} {clause[match.end() :]}"
        others = any(way.search(rest) for other, way in self.ways.items() if other != value)
        return None if others else (value, rest)


@dataclass(frozen=True)
class Vocabulary:
    """Everything in the file, compiled."""

    values: Mapping[str, Values]
    fields: Mapping[str, re.Pattern[str]]
    around: Mapping[str, re.Pattern[str]]
    verbatim: Mapping[str, re.Pattern[str]]
    status: Mapping[str, re.Pattern[str]]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    text = resources.files("core.rules.words").joinpath("edits.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    status: Mapping[str, list[str]] = tables["status"]
    trailing = "|".join(status["trailing"])
    return Vocabulary(
        values={name: Values(_each(tables[name])) for name in ("priority", "category", "type")},
        fields=_each(tables["field"]),
        around=_each(tables["around"]),
        verbatim={
            name: re.compile(rf"^\s*(?:{'|'.join(ways)})\s*(?P<colon>[:=]?)\s*", re.IGNORECASE)
            for name, ways in tables["verbatim"].items()
        },
        status={
            name: re.compile(rf"(?:{'|'.join(ways)})(?:[\s,.!]+(?:{trailing}))*[\s.!]*", re.IGNORECASE)
            for name, ways in status.items()
            if name != "trailing"
        },
    )


def without(words: re.Pattern[str], clause: str) -> tuple[str, bool]:
    """The clause with these words taken out, and whether any stood there."""
    left, count = words.subn(" ", clause)
    return left, count > 0


def left_of(clause: str, *fields: str) -> tuple[str, bool]:
    """What is left beside the words that may stand around a value, and whether they order something."""
    words, is_order = vocabulary(), False
    for way in (*(words.fields[name] for name in fields), words.around["order"]):
        clause, was_there = without(way, clause)
        is_order = is_order or was_there
    clause, _ = without(words.around["asks"], clause)
    clause, _ = without(words.around["small"], clause)
    return clause.strip(" :=-—→'\""), is_order


def _each(table: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: _words(ways) for name, ways in table.items()}


def _words(ways: Iterable[str]) -> re.Pattern[str]:
    # The longest first: of "change" and "change the title" the longer is meant.
    ordered = sorted(ways, key=len, reverse=True)
    return re.compile(rf"(?<![\w#])(?:{'|'.join(ordered) or _NEVER})(?!\w)", re.IGNORECASE)
