"""`python -m core.evaluation.fit NAME --data DIR`: learns shipped weights anew, from sets that allow it."""

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.rules import weights

OUT = Path(weights.__file__).parent


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


FITS: dict[str, Fit] = {}
"""By the name of the weights."""


def fit(name: str, data: Path, out: Path = OUT) -> Path:
    """Learns the weights of that name and writes them; the same rows and seed give the same file."""
    how = FITS[name]
    learned = how.learn(data, how.seed)
    told = {
        "made_by": f"python -m core.evaluation.fit {name} --data DIR",
        "files": list(how.files),
        "licence": how.licence,
        "seed": how.seed,
        "values": learned.values,
        "learned_from": sorted(learned.learned_from),
    }
    file = out / f"{name}.json"
    file.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=sorted(FITS))
    parser.add_argument("--data", type=Path, required=True)
    given = parser.parse_args()
    fit(given.name, given.data)
