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
_MEND = "docs/judgement.md says which files there are; a row is one JSON object in UTF-8"
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

    @property
    def folder(self) -> Path:
        """The folder it was found in, where other files lie."""
        return self.path.parents[self.name.count("/")]

    def rows(self, kind: type[R]) -> Iterator[R]:
        """Each row as a `kind`, a dataclass with the fields that are needed, in the file's order.

        Raises:
            BadLabels: A line is no JSON object with these fields, and is named; or there is no line.
        """
        adapter = TypeAdapter(kind)
        is_empty = True
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    is_empty = False
                    yield _row_of(adapter, line, f"{self.name}, line {number}")
        if is_empty:
            raise BadLabels(self.name, "it has no rows", _MEND)

    def whole(self, kind: type[R]) -> R:
        """The whole file as one `kind`, for files that are one JSON object.

        Raises:
            BadLabels: It is no JSON object with these fields.
        """
        return _row_of(TypeAdapter(kind), self.path.read_bytes(), self.name)


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


def _row_of(adapter: TypeAdapter[R], line: bytes, where: str) -> R:
    try:
        return adapter.validate_json(line)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise BadLabels(where, f"{field}: {first['msg']}" if field else first["msg"], _MEND) from wrong
