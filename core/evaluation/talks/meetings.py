"""Meetings on IRC: which lines record a decision; the marks the log has for them are cut from the file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.knowledge import AtomType
from core.domain.message import Message
from core.evaluation.binary import scores_of
from core.evaluation.learning import Judged
from core.evaluation.score import Labelled, Score, Task
from core.evaluation.talks.lines import Line, messages_of
from core.rules.claims import claims_of
from core.rules.conversations import RuleConversations
from core.rules.talk import talk_of
from core.settings import AnalysisSettings

FILE = "meetings_irc_w3c.jsonl"
DECISION = "decision"
_WORDS = re.compile(r"\b(?:resolved?|resolution|decided?|decision|agreed?|consensus)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Said(Line):
    label: str | None = None


@dataclass(frozen=True)
class _Meeting:
    messages: tuple[_Said, ...]


def score_decisions(labelled: Labelled) -> Sequence[Score]:
    """F1 and average precision of "this line records a decision"; the baseline is a word of deciding."""
    meetings = [one.messages for one in labelled.rows(_Meeting)]
    return scores_of(
        labelled.name,
        "decisions",
        labels=[line.label == DECISION for lines in meetings for line in lines],
        found=[judged for lines in meetings for judged in _judged(lines)],
        baseline=[_WORDS.search(line.text) is not None for lines in meetings for line in lines],
    )


def _judged(lines: Sequence[_Said]) -> list[Judged]:
    """Each line by the surest decision found in it, read in conversations as the product does."""
    messages = messages_of([replace(line, i=number) for number, line in enumerate(lines)])
    chances = [0.0] * len(messages)
    for number, chance in _decisions(messages):
        chances[number] = max(chances[number], chance)
    return [Judged(chance, chance > 0) for chance in chances]


def _decisions(messages: Sequence[Message]) -> list[tuple[int, float]]:
    return [
        (int(claim.turn.message.key.message_id), claim.confidence)
        for part in RuleConversations(AnalysisSettings()).split(messages)
        for claim in claims_of(talk_of(part))
        if claim.type is AtomType.DECISION
    ]


TASK = Task(FILE, "decisions", score_decisions)
