"""A model is scored on the same talks as the built-in analyst, by what the evidence check leaves it."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.errors import BadLabels
from core.evaluation.asked import UTTERANCES, score_asked
from tests.fakes import ScriptedAnalyst
from tests.llm.scripted import an_analyst, said_in

TALK = {
    "utterances": [
        {"user": "ann", "text": "the build fails with error 7", "issue": True, "solution": False},
        {"user": "max", "text": "clear the cache, that mends it", "issue": False, "solution": True},
        {"user": "ann", "text": "thanks a lot", "issue": False, "solution": False},
    ]
}


def noting(kinds: dict[str, str], *, forged: bool = False) -> Any:
    """A model that knows which words are of which kind; a forged quote is none."""

    def answers(question: str) -> dict[str, Any]:
        notes: list[dict[str, Any]] = []
        for number, _, text in said_in(question.partition("The new conversation:")[2]):
            for word, kind in kinds.items():
                if word in text:
                    quotes = [{"message": number, "words": "never said" if forged else text}]
                    note = {"reasoning": "", "kind": kind, "title": text, "subject": "x", "quotes": quotes}
                    notes.append(note)
        return {"notes": notes}

    return an_analyst(answers)


def a_folder(tmp_path: Path) -> Path:
    (tmp_path / UTTERANCES).write_text(f"{json.dumps(TALK)}\n{json.dumps(TALK)}\n", "utf-8")
    bugs = [
        {"bug_report": True, "utterances": [{"user": "a", "text": "the build fails with error 7"}]},
        {"bug_report": False, "utterances": [{"user": "a", "text": "good morning to all"}]},
    ]
    (tmp_path / "chat_bug_report.jsonl").write_text("\n".join(map(json.dumps, bugs)), "utf-8")
    return tmp_path


@pytest.mark.parametrize(("forged", "figure"), [(False, 1.0), (True, 0.0)])
async def test_only_notes_with_real_quotes_count(tmp_path: Path, *, forged: bool, figure: float) -> None:
    model = noting({"error": "problem", "cache": "solution"}, forged=forged)
    asked = await score_asked(a_folder(tmp_path), model, ScriptedAnalyst())
    assert [(one.metric, one.value, one.baseline, one.n) for one in asked.scores] == [
        ("problem_f1", figure, 0.0, 6),
        ("solution_f1", figure, 0.0, 6),
        ("dialog_f1", figure, 0.0, 2),
    ]
    assert asked.usage.input_tokens > 0


async def test_only_so_many_talks_are_read_as_were_wished(tmp_path: Path) -> None:
    model = noting({"error": "problem"})
    asked = await score_asked(a_folder(tmp_path), model, ScriptedAnalyst(), only=UTTERANCES, most=1)
    assert {one.n for one in asked.scores} == {3}


async def test_a_folder_without_such_files_says_which_there_could_be(tmp_path: Path) -> None:
    with pytest.raises(BadLabels) as refused:
        await score_asked(tmp_path, noting({}), ScriptedAnalyst())
    assert UTTERANCES in refused.value.mend
