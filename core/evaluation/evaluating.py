"""Which labelled files are known, and the scoring of those a folder has."""

from collections.abc import Iterator
from pathlib import Path

from core.errors import BadLabels
from core.evaluation import dialogs, duplicates, requests, utterances
from core.evaluation.score import Labelled, Score, Store, Task

TASKS: tuple[Task, ...] = (
    utterances.TASK,
    dialogs.BUG_TASK,
    dialogs.FEATURE_TASK,
    duplicates.TASK,
    requests.TASK,
)
"""In the order of the table."""


def evaluate(
    data: Path, *, train: Path | None = None, only: str = "", store: Store | None = None
) -> Iterator[Score]:
    """Figures of every known file in the folder, file by file.

    Args:
        data: A folder; files are known by name, their fields are in docs/judgement.md.
        train: Another folder, whose rows stand for a project's earlier decisions.
        only: The name of one file, "" for all.
        store: For what is judged over a database; without it that is left out.

    Raises:
        BadLabels: The folder has no known file, or one of them cannot be read.
    """
    found = [(task, path) for task in TASKS for path in sorted(data.glob(task.pattern))]
    wanted = [(task, path) for task, path in found if only in ("", path.name, _name(path, data))]
    if not wanted:
        known = ", ".join(_name(path, data) for _, path in found) or ", ".join(
            task.pattern for task in TASKS
        )
        raise BadLabels(str(data), f"no labelled file {only}".strip(), f"known are: {known}")
    for task, path in wanted:
        yield from task.score(Labelled(path, _name(path, data), train, store))


def _name(path: Path, data: Path) -> str:
    return path.relative_to(data).as_posix()
