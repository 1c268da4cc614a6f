"""Talks that should end in a task: bug reports and feature requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.evaluation.binary import f1
from core.evaluation.fitting import Fit, Learned
from core.evaluation.learning import Recipe, Rows, judged, learned
from core.evaluation.score import Labelled, Score, Task
from core.evaluation.talking import Line, talk_between
from core.rules.cues import Cue, says, straight
from core.rules.dialogs import WEIGHTS, bug_chance, feature_features
from core.rules.weights import digest_of

BUGS = "chat_bug_report.jsonl"
FEATURES = "chat_feature_request.jsonl"
_RECIPE = Recipe(strength=0.06, least=3, is_balanced=True)
_EVEN = 0.5


@dataclass(frozen=True)
class _Bug:
    bug_report: bool
    utterances: tuple[Line, ...]


@dataclass(frozen=True)
class _Feature:
    feature_request: bool
    utterances: tuple[Line, ...]


def score_bugs(labelled: Labelled) -> Sequence[Score]:
    """F1 of "this talk reports a bug"; nothing is learned. The baseline is a trouble word anywhere."""
    rows = list(labelled.rows(_Bug))
    labels = [row.bug_report for row in rows]
    found = [bug_chance(talk_between(row.utterances)) >= _EVEN for row in rows]
    simple = [says(Cue.TROUBLE, _text(row.utterances)) for row in rows]
    return (
        Score(
            labelled.name,
            "bug reports",
            "dialog_f1",
            f1(labels, found),
            len(rows),
            baseline=f1(labels, simple),
            published=0.777,
        ),
    )


def score_features(labelled: Labelled) -> Sequence[Score]:
    """F1 of "this talk asks for a feature"; the baseline is a wish by its words anywhere."""
    rows = list(labelled.rows(_Feature))
    labels = [row.feature_request for row in rows]
    found, is_refitted = judged(WEIGHTS, _rows(rows), _RECIPE)
    simple = [says(Cue.WAY, _text(row.utterances)) for row in rows]
    return (
        Score(
            labelled.name,
            "feature requests",
            "dialog_f1",
            f1(labels, [one.is_so for one in found]),
            len(rows),
            baseline=f1(labels, simple),
            published=0.88,
            is_refitted=is_refitted,
        ),
    )


def learn_features(data: Path, seed: int) -> Learned:  # noqa: ARG001 - nothing in it is drawn
    """The weights of `dialogs.feature_chance`."""
    return learned(_rows(list(Labelled(data / FEATURES, FEATURES).rows(_Feature))), _RECIPE)


def _rows(rows: Sequence[_Feature]) -> Rows:
    return Rows(
        [feature_features(talk_between(row.utterances)) for row in rows],
        [row.feature_request for row in rows],
        [digest_of(_text(row.utterances)) for row in rows],
    )


def _text(lines: Sequence[Line]) -> str:
    return straight("\n".join(line.text for line in lines))


BUG_TASK = Task(BUGS, "bug reports", score_bugs)
FEATURE_TASK = Task(FEATURES, "feature requests", score_features)
FEATURE_FIT = Fit((FEATURES,), "MIT (FRMiner/FRMiner)", 0, learn_features)
