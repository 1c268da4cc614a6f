"""Action requests in sentences (Enron mail), and how their weights are learned."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.evaluation.binary import scores_of
from core.evaluation.fitting import Fit, Learned
from core.evaluation.learning import Recipe, Rows, judged, learned
from core.evaluation.score import Labelled, Score, Task
from core.rules.cues import Cue, says, straight
from core.rules.requesting import WEIGHTS, request_features
from core.rules.weights import digest_of

FILE = "action_request_enron.jsonl"
_RECIPE = Recipe(strength=0.3, least=2, smallest=0.06)


@dataclass(frozen=True)
class _Sentence:
    text: str
    action_request: bool


def score_requests(labelled: Labelled) -> Sequence[Score]:
    """F1 and average precision of "it asks for something"; the baseline is a question mark or a cue."""
    sentences = list(labelled.rows(_Sentence))
    found, is_refitted = judged(WEIGHTS, _rows(sentences), _RECIPE)
    return scores_of(
        labelled.name,
        "action requests",
        labels=[one.action_request for one in sentences],
        found=found,
        baseline=["please" in one.text.lower() or _asks(one.text) for one in sentences],
        is_refitted=is_refitted,
    )


def learn_requests(data: Path, seed: int) -> Learned:  # noqa: ARG001 - nothing in it is drawn
    """The weights of `requesting.request_chance`."""
    return learned(_rows(list(Labelled(data / FILE, FILE).rows(_Sentence))), _RECIPE)


def _asks(text: str) -> bool:
    plain = straight(text)
    return "?" in plain or says(Cue.REQUEST, plain)


def _rows(sentences: Sequence[_Sentence]) -> Rows:
    return Rows(
        [request_features(one.text) for one in sentences],
        [one.action_request for one in sentences],
        [digest_of(one.text) for one in sentences],
    )


TASK = Task(FILE, "action requests", score_requests)
FIT = Fit((FILE,), "MIT (Charlie9/enron_intent_dataset_verified)", 0, learn_requests)
