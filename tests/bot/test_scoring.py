"""`triagram eval`: the folder it is given, the table, the figures for programs."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.scoring import score
from core.errors import BadLabels
from core.evaluation import evaluating
from core.evaluation.score import Labelled, Score, Task


@dataclass(frozen=True)
class Row:
    text: str
    label: bool


def scored(labelled: Labelled) -> list[Score]:
    rows = list(labelled.rows(Row))
    share = sum(row.label for row in rows) / len(rows)
    return [Score(labelled.name, "labels", "share", share, len(rows), baseline=0.5, is_refitted=True)]


@pytest.fixture(autouse=True)
def one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating, "TASKS", (Task("labels*.jsonl", "labels", scored),))


def a_file(folder: Path, *lines: str) -> Path:
    file = folder / "labels_en.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


GOOD = json.dumps({"text": "it crashes", "label": True, "more": 1})


def test_figures_are_written_for_programs_with_the_files_own_name(tmp_path: Path) -> None:
    a_file(tmp_path, GOOD, GOOD)
    score(tmp_path, None, "", tmp_path / "figures.json")
    assert json.loads((tmp_path / "figures.json").read_text("utf-8")) == [
        {
            "file": "labels_en.jsonl", "capability": "labels", "metric": "share",
            "value": 1.0, "baseline": 0.5, "published": None, "n": 2,
        }
    ]  # fmt: skip


def test_the_table_shows_ours_beside_the_baseline(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_file(tmp_path, GOOD)
    score(tmp_path, None, "labels_en.jsonl", None)
    told = capsys.readouterr().out
    assert "1.000 cv" in told
    assert "0.500" in told


@pytest.mark.parametrize("line", ["{", "[]", '{"text": "it crashes"}', '{"text": 1, "label": true}'])
def test_a_row_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    a_file(tmp_path, GOOD, line)
    with pytest.raises(BadLabels) as refused:
        score(tmp_path, None, "", None)
    assert refused.value.where == "labels_en.jsonl, line 2"


@pytest.mark.parametrize("only", ["", "labels_de.jsonl"])
def test_a_folder_without_labelled_files_is_refused(tmp_path: Path, only: str) -> None:
    with pytest.raises(BadLabels):
        score(tmp_path, None, only, None)
