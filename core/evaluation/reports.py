"""What each sentence of an issue tells: its title, what happens, what is expected, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sklearn import metrics

from core.evaluation.fitting import Fit, Learned
from core.evaluation.learning import Recipe, folds, learn_each
from core.evaluation.score import Labelled, Score, Task
from core.rules.linear import Linear
from core.rules.reports import WEIGHTS, Piece, by_cues, pieces_of, report_features, told_by
from core.rules.weights import digest_of, weights

FILE = "issue_sentence_roles.jsonl"
_RECIPE = Recipe(strength=0.1, least=3, is_balanced=True, smallest=0.06)
# scikit-learn is not typed.
_METRICS: Any = metrics


@dataclass(frozen=True)
class _Sentence:
    text: str
    role: Piece


@dataclass(frozen=True)
class _Issue:
    sentences: tuple[_Sentence, ...]

    @cached_property
    def texts(self) -> list[str]:
        return [one.text for one in self.sentences]

    @cached_property
    def digest(self) -> str:
        return digest_of("\n".join(self.texts))


def score_reports(labelled: Labelled) -> Sequence[Score]:
    """`accuracy` and `macro_f1` of all sentences, those shipped weights know by a fit without their fold.

    The baseline takes the first sentence for the title and goes by word lists from there.
    """
    issues = [issue for issue in labelled.rows(_Issue) if issue.sentences]
    found, is_refitted = _judged(issues)
    labels = [one.role.value for issue in issues for one in issue.sentences]
    simple = [piece.value for issue in issues for piece in _simply(issue)]
    ours = [piece.value for pieces in found for piece in pieces]
    n, name = len(labels), labelled.name
    return [
        Score(name, "sentences", metric, of(labels, ours), n, of(labels, simple), is_refitted=is_refitted)
        for metric, of in (("accuracy", _accuracy), ("macro_f1", _macro_f1))
    ]


def learn_reports(data: Path, seed: int) -> Learned:  # noqa: ARG001 - nothing in it is drawn
    """The weights of `reports.pieces_of`."""
    issues = list(Labelled(data / FILE, FILE).rows(_Issue))
    layers = _learned(issues)
    values = {
        name: {"bias": one.bias, "threshold": one.threshold, "weights": dict(one.weights)}
        for name, one in layers.items()
    }
    return Learned(values, sorted({issue.digest for issue in issues}))


def _judged(issues: Sequence[_Issue]) -> tuple[list[list[Piece]], bool]:
    """By issue what its sentences are found to be; whether any was judged by other than shipped weights."""
    known = weights(WEIGHTS).learned_from
    places = [place for place, issue in enumerate(issues) if issue.digest in known]
    found = [[] if issue.digest in known else _pieces(issue) for issue in issues]
    for inside, outside in folds([issues[place].digest for place in places]):
        layers = _learned([issues[places[one]] for one in inside])
        for place in (places[one] for one in outside):
            texts = issues[place].texts
            found[place] = [told_by(layers, texts, one).piece for one in range(len(texts))]
    return found, bool(places)


def _pieces(issue: _Issue) -> list[Piece]:
    return [told.piece for told in pieces_of(issue.texts)]


def _simply(issue: _Issue) -> list[Piece]:
    return [Piece.TITLE, *(by_cues(text) for text in issue.texts[1:])]


def _learned(issues: Sequence[_Issue]) -> dict[str, Linear]:
    """Learned from all sentences but the first: the title is known by its place."""
    rows = [(issue, place) for issue in issues for place in range(1, len(issue.texts))]
    features = [report_features(issue.texts, place) for issue, place in rows]
    return learn_each(features, [issue.sentences[place].role.value for issue, place in rows], _RECIPE)


def _accuracy(labels: Sequence[str], found: Sequence[str]) -> float:
    return sum(label == one for label, one in zip(labels, found, strict=True)) / len(labels)


def _macro_f1(labels: Sequence[str], found: Sequence[str]) -> float:
    """The mean over pieces that are in the labels."""
    pieces = sorted(set(labels))
    return float(_METRICS.f1_score(labels, found, average="macro", labels=pieces, zero_division=0.0))


TASK = Task(FILE, "sentences", score_reports)
FIT = Fit((FILE,), "MIT (FRMiner/FRMiner)", 0, learn_reports)
