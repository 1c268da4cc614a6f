"""What learns shipped weights, and what it answers; `fit.py` knows them by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Learned:
    """What a fit answers: the values for their reader, and `digest_of` each row it learned from."""

    values: Mapping[str, Any]
    learned_from: Sequence[str]


@dataclass(frozen=True)
class Fit:
    """How weights are learned: from which files of a data folder, under which licence, by which seed."""

    files: tuple[str, ...]
    licence: str
    seed: int
    learn: Callable[[Path, int], Learned]
