"""Problem and solution messages of help talks, told by the part they play."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.evaluation.binary import f1
from core.evaluation.score import Labelled, Score, Task
from core.evaluation.talking import Line, index_of, talk_between
from core.rules.roles import Part, parts_of

FILE = "chat_issue_solution.jsonl"


@dataclass(frozen=True)
class _Utterance:
    user: str
    text: str
    issue: bool
    solution: bool


@dataclass(frozen=True)
class _Dialog:
    utterances: tuple[_Utterance, ...]


def score_utterances(labelled: Labelled) -> Sequence[Score]:
    """F1 of problem and of solution messages; nothing is learned.

    The baseline is structure alone: what the opener says before anybody answers is the problem, what
    others say is the solution.
    """
    dialogs = [row.utterances for row in labelled.rows(_Dialog)]
    ours = [part for dialog in dialogs for part in _parts(dialog)]
    simple = [part for dialog in dialogs for part in _by_structure(dialog)]
    said = [one for dialog in dialogs for one in dialog]
    issues, solutions = [one.issue for one in said], [one.solution for one in said]
    return tuple(
        Score(
            labelled.name,
            capability,
            metric,
            f1(labels, [one is part for one in ours]),
            len(said),
            baseline=f1(labels, [one is part for one in simple]),
            published=published,
        )
        for capability, metric, labels, part, published in (
            ("problems", "problem_f1", issues, Part.TELLS, 0.76),
            ("solutions", "solution_f1", solutions, Part.ANSWERS, 0.63),
        )
    )


def _parts(dialog: Sequence[_Utterance]) -> list[Part]:
    """Ours; what is withheld from reading (pay, health, credentials) plays none."""
    talk = talk_between([Line(one.user, one.text) for one in dialog])
    found = [Part.OTHER] * len(dialog)
    for turn, part in zip(talk.turns, parts_of(talk), strict=True):
        found[index_of(turn.message)] = part
    return found


def _by_structure(dialog: Sequence[_Utterance]) -> list[Part]:
    opener = dialog[0].user
    first = next((index for index, one in enumerate(dialog) if one.user != opener), len(dialog))
    return [
        Part.ANSWERS if one.user != opener else Part.TELLS if index < first else Part.OTHER
        for index, one in enumerate(dialog)
    ]


TASK = Task(FILE, "problems and solutions", score_utterances)
