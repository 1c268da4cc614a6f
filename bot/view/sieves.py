"""What a session is narrowed to, as a button carries it: `type:bug`, `band:sure`, `stage:tasks`."""

import base64
import binascii
from uuid import UUID

from core.domain.knowledge import AtomType
from core.domain.run import Stage
from core.domain.showing.sieve import Age, Band, Sieve
from core.domain.task import Category

ALL = "all"
"""The argument that goes through everything again."""
_TYPES = frozenset({*AtomType, *Category})


def sieve_arg(sieve: Sieve) -> str:
    """The argument of one thing to narrow to."""
    if sieve.type:
        return f"type:{sieve.type}"
    if sieve.subject is not None:
        return "subject:" + base64.urlsafe_b64encode(sieve.subject.bytes).decode().rstrip("=")
    return f"band:{sieve.band}" if sieve.band is not None else f"age:{sieve.age}"


def sieve_in(arg: str) -> Sieve | None:
    """What an argument narrows to; None for anything `sieve_arg` would not have written."""
    name, _, value = arg.partition(":")
    if name == "type" and value in _TYPES:
        return Sieve(type=value)
    if name == "band" and value in frozenset(Band):
        return Sieve(band=Band(value))
    if name == "age" and value in frozenset(Age):
        return Sieve(age=Age(value))
    return _subject_in(value) if name == "subject" else None


def stage_in(arg: str) -> Stage | None:
    """The stage of `stage:tasks`; None for anything else."""
    name, _, value = arg.partition(":")
    return Stage(value) if name == "stage" and value in frozenset(Stage) else None


def _subject_in(value: str) -> Sieve | None:
    try:
        return Sieve(subject=UUID(bytes=base64.urlsafe_b64decode(value + "==")))
    except (binascii.Error, ValueError):
        return None
