"""Duplicates, categories and subjects are scored by what the product runs."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.databases import scratch
from core.evaluation import categories, duplicates, subjects
from core.evaluation.score import Labelled, Score


def figures(scores: Sequence[Score]) -> dict[str, float]:
    return {one.metric: round(one.value, 3) for one in scores}


def a_file(folder: Path, name: str, *rows: dict[str, object]) -> Labelled:
    path = folder / name
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", "utf-8")
    return Labelled(path, name, store=scratch)


def a_report(number: int, title: str, *earlier: int) -> dict[str, object]:
    return {"id": number, "title": title, "description": title, "earlier_duplicates": earlier}


def test_a_report_is_looked_for_among_earlier_ones_alone(tmp_path: Path) -> None:
    labelled = a_file(
        tmp_path,
        "duplicates_ours.jsonl",
        a_report(1, "Login button does nothing on iPhone"),
        a_report(2, "Dark theme for the settings page"),
        a_report(3, "The login button does nothing on an iPhone", 1),
        a_report(4, "Export to CSV loses umlauts"),
        a_report(5, "Black colours for the settings", 2, 9),
        a_report(9, "Crash when a photo is rotated"),
    )
    found = figures(duplicates.score_duplicates(labelled))
    assert (found["recall@1"], found["mrr"], found["auroc"]) == (1.0, 1.0, 1.0)
    assert (found["shown_precision"], found["shown_share"]) == (1.0, 0.5)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("Crash when rotating a photo", "It throws an exception since the update", "bug"),
        ("Add dark theme", "It would be nice to have an option", "feature"),
        ("How to export my notes?", "I'm new here, can anyone help? Thanks", "question"),
        ("Не работает вход", "Ошибка после обновления", "bug"),
        ("Добавить тёмную тему", "Было бы здорово", "feature"),
        ("Як експортувати нотатки?", "Підкажіть, дякую", "question"),
    ],
)
def test_a_report_is_sorted_in_each_language(title: str, text: str, kind: str) -> None:
    assert categories.sorted_of(title, text).best == kind


def an_issue(number: int, kind: str) -> dict[str, object]:
    told = {"bug": "quux misfires", "feature": "wombat wanted", "question": "gnat unclear"}[kind]
    return {"repo": "a/b", "label": kind, "title": f"{told} {number}", "body": f"{told} in part {number}"}


def test_decisions_of_another_folder_teach_and_shared_rows_do_not(tmp_path: Path) -> None:
    kinds = ("bug", "feature", "question")
    rows = [an_issue(number, kinds[number % 3]) for number in range(120)]
    for folder in ("told", "known"):
        (tmp_path / folder).mkdir()
    a_file(tmp_path / "known", "issue_type_x.jsonl", *rows[:90])
    told = a_file(tmp_path / "told", "issue_type_x.jsonl", *rows[60:])
    labelled = Labelled(told.path, told.name, train=tmp_path / "known")
    found = figures(categories.score_categories(labelled))
    assert found["macro_f1"] < 0.7
    assert found["macro_f1_learned"] == 1.0


def test_a_thread_goes_where_threads_like_it_went_before(tmp_path: Path) -> None:
    said = [("Jmeter", "jmeter плагин не находит отчёт"), ("Grafana", "дашборд и метрики influx")] * 10
    rows: list[dict[str, object]] = [
        {"topic_title": title, "messages": [{"date": f"2023-01-{day:02}", "text": f"{text} {day}"}]}
        for day, (title, text) in enumerate(said, start=1)
    ]
    found = figures(subjects.score_subjects(a_file(tmp_path, "topics_ours.jsonl", *rows)))
    assert found["accuracy"] == 0.9, "the first of each subject has nowhere to go"
