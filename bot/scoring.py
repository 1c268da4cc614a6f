"""`triagram eval`: figures as a table, and as JSON for programs."""

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from core.evaluation.evaluating import evaluate
from core.evaluation.score import Score, Store

_FIGURE = ("file", "capability", "metric", "value", "baseline", "published", "n")
_HEADS = ("file", "capability", "metric", "ours", "baseline", "published", "n")


def score(
    data: Path, train: Path | None, only: str, figures: Path | None, store: Store | None = None
) -> None:
    """Scores what the folder has, prints one table, writes `figures` if given.

    Raises:
        BadLabels: There is nothing to score, or a row cannot be read.
    """
    console = Console()
    scores: list[Score] = []
    with console.status("") as status:
        for one in evaluate(data, train=train, only=only, store=store):
            status.update(one.file)
            scores.append(one)
    console.print(_table(scores))
    if any(one.is_refitted for one in scores):
        console.print(
            "cv: shipped weights know some of these rows; each was scored by weights fitted without it."
        )
    if figures:
        figures.write_text(json.dumps([_figure(one) for one in scores], indent=1) + "\n", encoding="utf-8")


def _table(scores: Sequence[Score]) -> Table:
    table = Table(*_HEADS, box=None, pad_edge=False)
    for one in scores:
        ours = _number(one.value) + (" cv" if one.is_refitted else "")
        table.add_row(
            one.file,
            one.capability,
            one.metric,
            ours,
            _number(one.baseline),
            _number(one.published),
            str(one.n),
        )
    return table


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _figure(one: Score) -> dict[str, object]:
    """For other programs."""
    return {name: getattr(one, name) for name in _FIGURE}
