"""Scores a model as analyst beside the built-in one: both read the same talks, as the product reads them.

A note counts with the messages it quotes, and only where the evidence check leaves it.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from core.domain.checking import check
from core.domain.conversation import Reading, Usage
from core.domain.knowledge import AtomType
from core.domain.person import Project
from core.errors import BadLabels
from core.evaluation.binary import f1
from core.evaluation.score import Labelled, Score
from core.evaluation.talking import Line, conversation_between, index_of
from core.ports.analysis import Analyst

PROJECT = Project(UUID(int=0), "Evaluation")
Noted = Mapping[AtomType, frozenset[int]]
"""By kind of note, the lines of a talk that its notes quote."""


@dataclass(frozen=True)
class Asked:
    """The figures, with the built-in analyst's as baseline, and what asking the model cost."""

    scores: tuple[Score, ...]
    usage: Usage


@dataclass(frozen=True)
class _Row:
    """A labelled talk; a file has the label of its own kind."""

    utterances: tuple[Line, ...]
    bug_report: bool = False
    feature_request: bool = False


@dataclass(frozen=True)
class _Part:
    """An utterance with what it is."""

    user: str
    text: str
    issue: bool
    solution: bool


@dataclass(frozen=True)
class _Parted:
    utterances: tuple[_Part, ...] = field(default=())


async def score_asked(
    data: Path, analyst: Analyst, built_in: Analyst, *, only: str = "", most: int = 0
) -> Asked:
    """Figures of the files both can be scored on, by the first `most` talks of each (0: all).

    Raises BadLabels, and AnalystFailed as soon as a talk cannot be read.
    """
    files = [name for name in FILES if only in ("", name) and (data / name).exists()]
    if not files:
        known = f"a model is scored on {', '.join(FILES)}"
        raise BadLabels(str(data), f"no labelled file {only}".strip(), known)
    scores: list[Score] = []
    usage = Usage()
    for name in files:
        rows = _rows(Labelled(data / name, name), most)
        talks = [[Line(one.user, one.text) for one in row.utterances] for row in rows]
        theirs = await asyncio.gather(*(_read(analyst, talk) for talk in talks))
        ours = await asyncio.gather(*(_read(built_in, talk) for talk in talks))
        usage = sum((cost for _, cost in theirs), usage)
        scores += _figures(name, rows, [noted for noted, _ in theirs], [noted for noted, _ in ours])
    return Asked(tuple(scores), usage)


def _rows(labelled: Labelled, most: int) -> list[_Row] | list[_Parted]:
    if labelled.name == UTTERANCES:
        return list(labelled.rows(_Parted))[: most or None]
    return list(labelled.rows(_Row))[: most or None]


async def _read(analyst: Analyst, talk: Sequence[Line]) -> tuple[Noted, Usage]:
    conversation = conversation_between(talk)
    extraction = await analyst.extract(Reading(PROJECT, conversation))
    shown = {message.key: message for message in conversation.messages}
    noted: dict[AtomType, set[int]] = {}
    for finding in extraction.atoms:
        left = check(finding, shown, frozenset(shown)).finding
        if left is not None:
            lines = {index_of(shown[quote.key]) for quote in left.quotes}
            noted.setdefault(left.content.type, set()).update(lines)
    return {kind: frozenset(lines) for kind, lines in noted.items()}, extraction.usage


def _figures(
    name: str, rows: Sequence[_Row | _Parted], theirs: Sequence[Noted], ours: Sequence[Noted]
) -> Iterator[Score]:
    """A figure a kind of note the file has labels for."""
    for capability, metric, kind, published in FILES[name]:
        labels = [label for row in rows for label in _labels(row, metric)]
        value, beside = (f1(labels, _all_said(rows, read, kind)) for read in (theirs, ours))
        yield Score(name, capability, metric, value, len(labels), baseline=beside, published=published)


def _all_said(rows: Sequence[_Row | _Parted], read: Sequence[Noted], kind: AtomType) -> list[bool]:
    return [one for row, noted in zip(rows, read, strict=True) for one in _said(row, noted, kind)]


def _labels(row: _Row | _Parted, metric: str) -> list[bool]:
    if isinstance(row, _Row):
        return [row.bug_report or row.feature_request]
    return [one.issue if metric == "problem_f1" else one.solution for one in row.utterances]


def _said(row: _Row | _Parted, noted: Noted, kind: AtomType) -> list[bool]:
    """Whether a line is quoted by such a note; of a talk as a whole, whether there is one."""
    lines = noted.get(kind, frozenset())
    if isinstance(row, _Row):
        return [bool(lines)]
    return [number in lines for number in range(len(row.utterances))]


UTTERANCES = "chat_issue_solution.jsonl"
FILES: Mapping[str, tuple[tuple[str, str, AtomType, float], ...]] = {
    UTTERANCES: (
        ("problems", "problem_f1", AtomType.PROBLEM, 0.76),
        ("solutions", "solution_f1", AtomType.SOLUTION, 0.63),
    ),
    "chat_bug_report.jsonl": (("bug reports", "dialog_f1", AtomType.PROBLEM, 0.777),),
    "chat_feature_request.jsonl": (("feature requests", "dialog_f1", AtomType.REQUIREMENT, 0.88),),
}
"""By file: capability, metric, the kind of note that says so, and the best figure published."""
