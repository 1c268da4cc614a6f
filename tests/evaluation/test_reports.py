"""Sentences of issues are told by weights that have not seen them."""

import json
from pathlib import Path

import pytest

from core.errors import BadLabels
from core.evaluation.reports import FILE, score_reports
from core.evaluation.score import Labelled
from core.rules.reports import WEIGHTS
from core.rules.weights import weights
from tests.rules.chat import DATA

ROWS = (
    (
        ("Export stops after 100 rows", "title"),
        ("The export crashes with an error", "current"),
        ("Thanks!", "useless"),
    ),
    (("Add a dark theme", "title"), ("Users would like a dark theme", "expected")),
)


def a_file(folder: Path, *rows: tuple[tuple[str, str], ...]) -> Labelled:
    file = folder / FILE
    lines = [{"sentences": [{"text": text, "role": role} for text, role in row]} for row in rows]
    file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    return Labelled(file, FILE)


def test_rows_nobody_learned_from_are_told_by_the_shipped_weights(tmp_path: Path) -> None:
    accuracy, macro = score_reports(a_file(tmp_path, *ROWS))
    assert (accuracy.metric, macro.metric, accuracy.n) == ("accuracy", "macro_f1", 5)
    assert not accuracy.is_refitted
    assert accuracy.value == macro.value == 1.0
    assert accuracy.baseline == 1.0


def test_rows_learned_from_are_told_without_their_fold(tmp_path: Path) -> None:
    if not (DATA / FILE).exists():
        pytest.skip(f"{FILE} is not at hand")
    part = tmp_path / FILE
    part.write_text("\n".join((DATA / FILE).read_text("utf-8").splitlines()[:150]), "utf-8")
    accuracy, macro = score_reports(Labelled(part, FILE))
    assert accuracy.is_refitted
    assert 0.65 <= accuracy.value <= 0.85
    assert (accuracy.baseline or 0) + 0.05 <= accuracy.value
    assert 0.45 <= macro.value <= 0.75


def test_a_role_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadLabels):
        score_reports(a_file(tmp_path, (("Export stops", "headline"),)))


def test_the_shipped_weights_say_what_they_learned_from() -> None:
    assert len(weights(WEIGHTS).learned_from) > 500
