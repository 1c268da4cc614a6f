"""What a session is narrowed to, as a button carries it: `type:bug`, `band:sure`, `stage:tasks`."""

from collections.abc import Mapping

from bot.view.payload import id_arg, id_in
from core.domain.knowledge import AtomType
from core.domain.run import Stage
from core.domain.showing.sieve import Age, Band, Sieve
from core.domain.task import Category

ALL = "all"
"""The argument that goes through everything again."""
_TYPES: Mapping[str, AtomType | Category] = {one.value: one for one in (*Category, *AtomType)}


def sieve_arg(sieve: Sieve) -> str:
    """The argument of one thing to narrow to."""
    if sieve.type:
        return f"type:{sieve.type}"
    if sieve.subject is not None:
        return f"subject:{id_arg(sieve.subject)}"
    return f"band:{sieve.band}" if sieve.band is not None else f"age:{sieve.age}"


def sieve_in(arg: str) -> Sieve | None:
    """What an argument narrows to; None for anything `sieve_arg` would not have written."""
    name, _, value = arg.partition(":")
    if name == "type" and value in _TYPES:
        return Sieve(type=_TYPES[value])
    if name == "band" and value in frozenset(Band):
        return Sieve(band=Band(value))
    if name == "age" and value in frozenset(Age):
        return Sieve(age=Age(value))
    subject = id_in(value) if name == "subject" else None
    return None if subject is None else Sieve(subject=subject)


def stage_in(arg: str) -> Stage | None:
    """The stage of `stage:tasks`; None for anything else."""
    name, _, value = arg.partition(":")
    return Stage(value) if name == "stage" and value in frozenset(Stage) else None
