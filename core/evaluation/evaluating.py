"""Which labelled files are known, and the scoring of those a folder has."""

from collections.abc import Iterator
from pathlib import Path

from core.errors import BadLabels
from core.evaluation import categories, dialogs, duplicates, reports, requests, subjects, utterances
from core.evaluation.score import Labelled, Score, Store, Task
from core.evaluation.talks import gitter, irc, meetings, replies

TASKS: tuple[Task, ...] = (
    *irc.TASKS,
    gitter.TASK,
    replies.TASK,
    meetings.TASK,
    utterances.TASK,
    dialogs.BUG_TASK,
    dialogs.FEATURE_TASK,
    categories.TASK,
    duplicates.TASK,
    subjects.TASK,
    requests.TASK,
    reports.TASK,
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
    if not data.is_dir():
        raise BadLabels(str(data), "there is no such folder", "give the folder that has the labelled files")
    found = [(task, path) for task in TASKS for path in sorted(data.glob(task.pattern))]
    wanted = [(task, path) for task, path in found if only in ("", path.name, _name(path, data))]
    if not wanted:
        known = ", ".join(_name(path, data) for _, path in found) or ", ".join(
            task.pattern for task in TASKS
        )
        raise BadLabels(str(data), f"no labelled file {only}".strip(), f"known are: {known}")
    has_figures = False
    for task, path in wanted:
        scores = task.score(Labelled(path, _name(path, data), train, store))
        has_figures = has_figures or bool(scores)
        yield from scores
    if not has_figures:
        names = ", ".join(_name(path, data) for _, path in wanted)
        raise BadLabels(
            names, "nothing in it is labelled", "an export needs replies, other files need rows"
        )


def _name(path: Path, data: Path) -> str:
    return path.relative_to(data).as_posix()
