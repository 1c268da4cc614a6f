"""Small learned weights: each file says by which command, from which rows and by which seed it was made."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Weights:
    """What was learned (`values`, in its reader's shape), and digests of the rows it was learned from."""

    values: Mapping[str, Any]
    learned_from: frozenset[str]


@lru_cache
def weights(name: str) -> Weights:
    """The shipped weights of that name, made by `python -m core.evaluation.fit NAME --data DIR`."""
    told = json.loads(resources.files(__name__).joinpath(f"{name}.json").read_text("utf-8"))
    return Weights(told["values"], frozenset(told["learned_from"]))


def digest_of(text: str) -> str:
    """Tells whether a row was learned from without keeping it: 8 bytes of its SHA-256, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
