"""From a model's answer about a reply to a patch: what no words of the reply ask for is left out."""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.domain.evidence import is_quoted
from core.domain.knowledge import AtomType
from core.domain.patch import Field, Instruction, Patch
from core.domain.person import Person
from core.domain.task import Assignee, Category, Due, Priority
from core.llm.advice import FoundChange
from core.llm.finding import as_said
from core.llm.laying import one_line
from core.ports.models import Days

E = TypeVar("E", bound=Enum)

LEAST_ASKING = 2
"""Letters of the words that ask for a change: P1."""
_TAG = re.compile(r"#?(\w[\w-]{0,29})")
_INFLECTED = 1
"""Letters at a name's end that a case may change: Olya, to Olye; longer names lose no more."""


def patch_of(changes: Iterable[FoundChange], instruction: Instruction, days: Days) -> Patch | None:
    """The changes the reply's own words ask for, as one patch; None where that changes nothing."""
    patch = Patch()
    for change in changes:
        words = as_said(change.words, instruction.text)
        says_something = sum(letter.isalnum() for letter in words) >= LEAST_ASKING
        if says_something and is_quoted(words, instruction.text):
            patch = patch.joined(_one(change, words, instruction, days))
    return patch if patch.changes(instruction.content) else None


def _one(change: FoundChange, words: str, instruction: Instruction, days: Days) -> Patch:
    value = change.value.strip()
    if change.field == "owner":
        return _owner(value, instruction)
    if change.field == "date":
        return _due(value, words, instruction, days)
    if change.field in ("add_tag", "remove_tag"):
        found = _TAG.fullmatch(value)
        tags = (found[1].casefold(),) if found else ()
        return Patch(added=tags) if change.field == "add_tag" else Patch(removed=tags)
    if change.field in ("title", "text"):
        return Patch(title=one_line(value) or None) if change.field == "title" else Patch(text=value)
    return Patch(
        type=_of(AtomType, value) if change.field == "type" else None,
        category=_of(Category, value) if change.field == "category" else None,
        priority=_of(Priority, value) if change.field == "priority" else None,
    )


def _of(kind: type[E], value: str) -> E | None:
    return next((one for one in kind if one.value == value.casefold()), None)


def _owner(value: str, instruction: Instruction) -> Patch:
    """Who is named, where the reply names them; the speaker may always take it."""
    if not value:
        return Patch(blank=frozenset({Field.OWNER}))
    name = value.lstrip("@").casefold()
    by = instruction.by
    for person in (by, *instruction.people):
        if name not in _names_of(person):
            continue
        is_own = person.id == by.id
        if is_own or _is_named(person, instruction.text):
            return Patch(owner=Assignee(person.name, person.id, has_agreed=is_own))
    return Patch()


def _names_of(person: Person) -> frozenset[str]:
    first = person.name.split(" ")[0]
    return frozenset(name.casefold() for name in (person.name, first, person.username or "") if name)


def _is_named(person: Person, reply: str) -> bool:
    said = [word.casefold() for word in re.findall(r"\w+", reply)]
    stems = [name[: max(2, len(name) - _INFLECTED)] for name in _names_of(person)]
    return any(word.startswith(stem) and len(word) <= len(stem) + 2 for word in said for stem in stems)


def _due(value: str, words: str, instruction: Instruction, days: Days) -> Patch:
    """The day the words mean as read without a model; the model's own where they say none to us."""
    if not value:
        return Patch(blank=frozenset({Field.DATE}))
    today = instruction.at.astimezone(ZoneInfo(instruction.timezone)).date()
    day = days.find(words, instruction.at, instruction.timezone) or _date(value)
    return Patch() if day is None or day < today else Patch(due=Due(day, one_line(words)))


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
