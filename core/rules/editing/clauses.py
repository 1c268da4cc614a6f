"""One clause of a reply: which field it changes, when every word of it is understood."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from core.domain.knowledge import AtomType, TopicDraft
from core.domain.patch import Field, Instruction, Patch
from core.domain.task import Assignee, Category, Due, Priority, TaskDraft
from core.rules.editing.days import day_in
from core.rules.editing.names import person_of
from core.rules.editing.vocabulary import left_of, vocabulary, without

_WORD = re.compile(r"@?[\w'-]+")
_HASHED = re.compile(r"(?<![\w/])#([^\W\d]\w[\w-]{0,28})")
_NOT = re.compile(r"(?<!\w)(?:not|isn't|не)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Read:
    """What one clause changes; `is_order` when its words alone say that something is to change."""

    patch: Patch
    is_order: bool


_Reader = Callable[[str, Instruction], Read | None]


def read(clause: str, instruction: Instruction) -> Read | None:
    """What one clause changes; None when it says anything else."""
    readers = _TASK if isinstance(instruction.content, TaskDraft) else _NOTE
    if isinstance(instruction.content, TopicDraft):
        return None
    for reader in readers:
        found = reader(clause, instruction)
        if found is not None:
            return found
    return None


def _valued(clause: str, field: str) -> tuple[str, bool] | None:
    found = vocabulary().values[field].only_in(clause)
    if found is None:
        return None
    value, rest = found
    left, is_order = left_of(rest, field)
    return None if left else (value, is_order)


def _priority(clause: str, _: Instruction) -> Read | None:
    found = _valued(clause, "priority")
    return None if found is None else Read(Patch(priority=Priority(found[0])), found[1])


def _category(clause: str, _: Instruction) -> Read | None:
    found = _valued(clause, "category")
    return None if found is None else Read(Patch(category=Category(found[0])), found[1])


def _type(clause: str, _: Instruction) -> Read | None:
    found = _valued(clause, "type")
    return None if found is None else Read(Patch(type=AtomType(found[0])), found[1])


def _blank(clause: str, _: Instruction) -> Read | None:
    """`no owner`, `remove the due date`, `assign to nobody`."""
    words = vocabulary()
    nobody, is_nobody = without(words.around["nobody"], clause)
    if is_nobody and not left_of(nobody, "owner")[0]:
        return Read(Patch(blank=frozenset({Field.OWNER})), is_order=True)
    rest, is_blank = without(words.around["blank"], clause)
    if not is_blank:
        return None
    for field, name in ((Field.OWNER, "owner"), (Field.DATE, "due")):
        left, was_named = without(words.fields[name], rest)
        if was_named and not left_of(left)[0]:
            return Read(Patch(blank=frozenset({field})), is_order=True)
    if not left_of(rest)[0] and re.search(r"unassign", clause, re.IGNORECASE):
        return Read(Patch(blank=frozenset({Field.OWNER})), is_order=True)
    return None


def _owner(clause: str, instruction: Instruction) -> Read | None:
    left, is_order = left_of(clause, "owner")
    words = _WORD.findall(left)
    if words and " ".join(words) == " ".join(left.split()):
        person = person_of(words, instruction.people)
        if person is not None:
            is_own = person.id == instruction.by.id
            return Read(Patch(owner=Assignee(person.name, person.id, has_agreed=is_own)), is_order)
    return _own(clause, instruction)


def _own(clause: str, instruction: Instruction) -> Read | None:
    """`I'll take it`, `assign it to me`."""
    for name in ("takes", "me"):
        rest, is_mine = without(vocabulary().around[name], clause)
        left, is_order = left_of(rest, "owner")
        if is_mine and not left and (is_order or name == "takes"):
            by = instruction.by
            return Read(Patch(owner=Assignee(by.name, by.id, has_agreed=True)), is_order=True)
    return None


def _denied(clause: str, instruction: Instruction) -> Read | None:
    """`it's not a bug`: understood, and said by the other half of the sentence what it is."""
    bare = _NOT.sub(" ", clause)
    field = "category" if isinstance(instruction.content, TaskDraft) else "type"
    return Read(Patch(), is_order=False) if bare != clause and _valued(bare, field) else None


def _due(clause: str, instruction: Instruction) -> Read | None:
    day, is_order = day_in(clause, instruction), left_of(clause, "due")[1]
    return None if day is None else Read(Patch(due=Due(day)), is_order)


def _hashed(clause: str, _: Instruction) -> Read | None:
    """`#login`."""
    tags = tuple(tag.casefold() for tag in _HASHED.findall(clause))
    return (
        Read(Patch(added=tags), is_order=False)
        if tags and not left_of(_HASHED.sub(" ", clause))[0]
        else None
    )


_TASK: tuple[_Reader, ...] = (_blank, _priority, _category, _due, _owner, _hashed, _denied)
_NOTE: tuple[_Reader, ...] = (_type, _denied)
