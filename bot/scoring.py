"""`triagram eval`: figures as a table, and as JSON for programs."""

import json
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from core.evaluation.asked import score_asked
from core.evaluation.evaluating import evaluate
from core.evaluation.score import Score, Store
from core.ports.analysis import Analyst
from core.rules.analyst import RuleAnalyst
from core.rules.embedding import WordVectors
from core.rules.matching import RuleMatcher

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
    console.print(table_of(scores))
    if any(one.is_refitted for one in scores):
        console.print(
            "cv: shipped weights know some of these rows; each was scored by weights fitted without it."
        )
    keep(figures, scores)


async def score_model(analyst: Analyst, data: Path, *, only: str, most: int, figures: Path | None) -> None:
    """Scores an analyst that is asked beside the built-in one, on the first `most` talks of each file.

    Raises:
        BadLabels: There is nothing to score, or a row cannot be read.
        AnalystFailed: It gives no usable answer.
    """
    built_in = RuleAnalyst(WordVectors(), RuleMatcher())
    asked = await score_asked(data, analyst, built_in, only=only, most=most)
    console = Console()
    console.print(table_of(asked.scores, ours=analyst.model, baseline="built-in"))
    used = asked.usage
    cost = "price unknown" if used.cost_usd is None else f"${used.cost_usd:.2f}"
    console.print(f"{used.input_tokens:,} tokens read, {used.output_tokens:,} written, {cost}")
    keep(figures, asked.scores)


def keep(figures: Path | None, scores: Sequence[Score]) -> None:
    """Write the figures for programs, where a file was named."""
    if figures:
        figures.write_text(json.dumps([_figure(one) for one in scores], indent=1) + "\n", encoding="utf-8")


def table_of(scores: Sequence[Score], ours: str = "ours", baseline: str = "baseline") -> Table:
    """The figures for people; `ours` and `baseline` head their columns."""
    heads = {"ours": ours, "baseline": baseline}
    table = Table(*(heads.get(head, head) for head in _HEADS), box=None, pad_edge=False)
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
