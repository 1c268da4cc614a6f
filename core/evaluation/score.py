"""One figure, and what makes the figures of a labelled file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from core.errors import BadLabels
from core.ports.unit_of_work import Transactions

R = TypeVar("R")
Store = Callable[[], AbstractAsyncContextManager[Transactions]]
"""An empty database of the product's, gone when the block ends."""


@dataclass(frozen=True)
class Labelled:
    """A file of labelled rows. `name` is its path inside the folder, `train` another to learn from.

    `store` is for what is judged over a database.
    """

    path: Path
    name: str
    train: Path | None = None
    store: Store | None = None

    def rows(self, kind: type[R]) -> Iterator[R]:
        """Each row as a `kind`, a dataclass with the fields that are needed, in the file's order.

        Raises:
            BadLabels: A line is no JSON object with these fields; it is named.
        """
        adapter = TypeAdapter(kind)
        with self.path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row_of(adapter, line, f"{self.name}, line {number}")


@dataclass(frozen=True)
class Score:
    """A figure of one file: `value` and `baseline`, made in the same run, higher is better.

    `baseline` and `published` are None where there is none; `n` is how many rows, pairs or messages it
    rests on.
    `is_refitted` says that shipped weights learned from some of these rows, and that each of those was
    scored by weights fitted without its fold ("cv").
    """

    file: str
    capability: str
    metric: str
    value: float
    n: int
    baseline: float | None = None
    published: float | None = None
    is_refitted: bool = False


@dataclass(frozen=True)
class Task:
    """What scores the files that `pattern` finds in a folder (a glob); raises BadLabels."""

    pattern: str
    capability: str
    score: Callable[[Labelled], Sequence[Score]]


def _row_of(adapter: TypeAdapter[R], line: str, where: str) -> R:
    try:
        return adapter.validate_json(line)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        mend = "each line is one JSON object; docs/judgement.md says which fields it has"
        raise BadLabels(where, f"{field}: {first['msg']}" if field else first["msg"], mend) from wrong
