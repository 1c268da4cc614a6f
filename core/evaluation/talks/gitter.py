"""Rooms of Gitter whose messages people put into conversations; nothing is learned from them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.domain.message import Message
from core.evaluation.score import Labelled, Score, Task
from core.evaluation.talks.grouping import ari, exact_counts, f_of, groups_by, nmi, shen_f
from core.evaluation.talks.lines import Line, messages_of
from core.evaluation.talks.simple import Parents, by_address, by_gap
from core.rules.conversations import RuleConversations
from core.settings import AnalysisSettings

FILE = "threads_gitter.jsonl"
PUBLISHED = {"nmi": 0.74, "ari": 0.57, "shen_f": 0.81, "exact_f": 0.47}
"""The feed-forward model of Kummerfeld et al., means over segments (disentanglement-for-software, csv)."""
Labels = list[int]


@dataclass(frozen=True)
class _Said(Line):
    conversation: int = -1


@dataclass(frozen=True)
class _Segment:
    messages: tuple[_Said, ...]


def score_rooms(labelled: Labelled) -> Sequence[Score]:
    """Four figures of conversations, each the mean over segments.

    The baseline is the better of the ten-minute gap and the reply-and-address rule.
    """
    segments = [one.messages for one in labelled.rows(_Segment) if one.messages]
    ours = _figures(segments, _conversations)
    simple = [_figures(segments, _by(rule)) for rule in (by_gap, by_address)]
    return [
        Score(
            labelled.name,
            "conversations",
            metric,
            value,
            len(segments),
            baseline=max(one[metric] for one in simple),
            published=PUBLISHED[metric],
        )
        for metric, value in ours.items()
    ]


def _figures(
    segments: Sequence[Sequence[_Said]], label: Callable[[Sequence[Message]], Labels]
) -> dict[str, float]:
    rows = [
        _segment([line.conversation for line in lines], label(messages_of(_numbered(lines))))
        for lines in segments
    ]
    return {metric: float(np.mean([row[metric] for row in rows])) for metric in PUBLISHED} if rows else {}


def _segment(theirs: Labels, ours: Labels) -> dict[str, float]:
    groups = groups_by(theirs), groups_by(ours)
    return {
        "nmi": nmi(theirs, ours),
        "ari": ari(theirs, ours),
        "shen_f": shen_f(*groups),
        "exact_f": f_of(**exact_counts(*groups)),
    }


def _conversations(messages: Sequence[Message]) -> Labels:
    """As the product splits them, in batches without a limit."""
    whole = AnalysisSettings(batch_messages=max(1, len(messages)))
    parts = RuleConversations(whole).split(messages)
    of = {message.key: number for number, part in enumerate(parts) for message in part.messages}
    return [of[message.key] for message in messages]


def _by(rule: Callable[[Sequence[Message]], Parents]) -> Callable[[Sequence[Message]], Labels]:
    def label(messages: Sequence[Message]) -> Labels:
        labels: Labels = []
        for index, parent in enumerate(rule(messages)):
            labels.append(index if parent is None else labels[parent])
        return labels

    return label


def _numbered(lines: Sequence[_Said]) -> list[_Said]:
    """A number of its own for each line, whatever the file says."""
    return [replace(line, i=number) for number, line in enumerate(lines)]


TASK = Task(FILE, "conversations", score_rooms)
