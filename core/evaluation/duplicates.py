"""Duplicate search: each report against all earlier ones, over a database as the product has it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from sklearn import metrics
from sklearn.feature_extraction.text import CountVectorizer

from core.domain.ids import Kind, Ref
from core.evaluation.score import Labelled, Score, Store, Task
from core.ports.analysis import POOL, Candidate, Likeness, Near
from core.ports.unit_of_work import UnitOfWork
from core.rules.embedding import WordVectors, vector_of
from core.rules.matching import RuleMatcher

FILE = "duplicates_eclipse.jsonl"
_AT = (1, 5, 10)
_PROJECT = UUID(int=1)
_K1, _B = 1.5, 0.75
"""BM25 as libraries have it by default."""

# scikit-learn is not typed.
_METRICS: Any = metrics
_COUNTER: Any = CountVectorizer


@dataclass(frozen=True)
class _Report:
    id: int | str
    title: str
    description: str
    earlier_duplicates: tuple[int | str, ...]


@dataclass(frozen=True)
class _Search:
    """What a search found for one report, best first: which rows, and how alike the first is."""

    found: Sequence[int]
    score: float
    is_shown: bool = False


def score_duplicates(labelled: Labelled) -> Sequence[Score]:
    """How soon an earlier report of the same is found, and how sure what is shown as the same one is.

    `recall@k` is the share of reports with an earlier duplicate that have one among the first k, `mrr` the
    mean reciprocal place of the first one; `auroc` is of the best score, for whether there is one;
    `shown_precision` is the share of those called the same that are, `shown_share` how many of the
    duplicates are so reached. The baseline is BM25 over title and description.
    """
    if labelled.store is None:
        return ()
    reports = list(labelled.rows(_Report))
    places = {report.id: place for place, report in enumerate(reports)}
    wanted = [
        frozenset(places[one] for one in report.earlier_duplicates if places.get(one, place) < place)
        for place, report in enumerate(reports)
    ]
    ours = asyncio.run(_searched(reports, labelled.store))
    simple = _by_words_alone(reports)
    return tuple(
        Score(labelled.name, "duplicates", metric, value, n, baseline=baseline, published=published)
        for (metric, value, n, published), (_, baseline, *_) in zip(
            _figures(wanted, ours), _figures(wanted, simple), strict=True
        )
    ) + _shown(labelled.name, wanted, ours)


Figure = tuple[str, float, int, float | None]


def _figures(wanted: Sequence[frozenset[int]], searches: Sequence[_Search]) -> list[Figure]:
    ranks = [
        next((rank for rank, row in enumerate(one.found, 1) if row in right), 0)
        for right, one in zip(wanted, searches, strict=True)
        if right
    ]
    n = len(ranks)
    published = {1: 0.45, 5: 0.66, 10: 0.72}
    figures: list[Figure] = [
        (f"recall@{k}", sum(0 < rank <= k for rank in ranks) / n, n, published[k]) for k in _AT
    ]
    figures.append(("mrr", sum(1 / rank for rank in ranks if rank) / n, n, None))
    labels, scores = [bool(right) for right in wanted], [one.score for one in searches]
    figures.append(("auroc", float(_METRICS.roc_auc_score(labels, scores)), len(labels), None))
    return figures


def _shown(name: str, wanted: Sequence[frozenset[int]], searches: Sequence[_Search]) -> tuple[Score, ...]:
    shown = [one.found[0] in right for right, one in zip(wanted, searches, strict=True) if one.is_shown]
    having = sum(bool(right) for right in wanted)
    precision = sum(shown) / len(shown) if shown else 1.0
    return (
        Score(name, "duplicates", "shown_precision", precision, len(shown), published=1.0),
        Score(name, "duplicates", "shown_share", sum(shown) / having, having),
    )


async def _searched(reports: Sequence[_Report], store: Store) -> list[_Search]:
    """The product's search, a report after the other: looked for, then kept."""
    words = WordVectors()
    rows = words.rows([f"{one.title}\n{one.description}" for one in reports])
    found: list[_Search] = []
    async with store() as transactions:
        for place, report in enumerate(reports):
            new = Candidate(report.title, report.description, frozenset(), vector_of(rows[place]))
            async with transactions() as tx:
                found.append(_search_of(await _ranked(tx, words.name, new)))
                await _keep(tx, words.name, new, place)
    return found


async def _ranked(tx: UnitOfWork, model: str, new: Candidate) -> list[tuple[Near, Likeness]]:
    matcher = RuleMatcher()
    words = matcher.words_of(new)
    return matcher.rank(new, await tx.search.near(_PROJECT, Kind.TASK, words, (model, new.vector), POOL))


async def _keep(tx: UnitOfWork, model: str, new: Candidate, place: int) -> None:
    ref = Ref(Kind.TASK, UUID(int=place + 1))
    await tx.search.put_text(ref, _PROJECT, new.title, new.text)
    if new.vector is not None:
        await tx.search.put_vectors(_PROJECT, model, [ref], [new.vector])


def _search_of(ranked: Sequence[tuple[Near, Likeness]]) -> _Search:
    found = [near.ref.id.int - 1 for near, _ in ranked]
    best = ranked[0][1] if ranked else None
    return _Search(found, best.score if best else 0.0, best is not None and best.is_duplicate)


def _by_words_alone(reports: Sequence[_Report]) -> list[_Search]:
    """BM25 over words as they stand, how rare they are known of the whole file."""
    counter = _COUNTER(token_pattern=r"\w+")  # noqa: S106 - words, not a secret
    counts = counter.fit_transform([f"{one.title} {one.description}" for one in reports]).tocsr()
    scores: npt.NDArray[np.float64] = (_present(counts) @ _weighed(counts).T).toarray()
    found: list[_Search] = []
    for place in range(len(reports)):
        earlier = scores[place, :place]
        best = np.argsort(-earlier, kind="stable")[: max(_AT) * 10]
        found.append(_Search([int(one) for one in best], float(earlier.max(initial=0.0))))
    return found


def _present(counts: Any) -> Any:
    present = counts.copy()
    present.data = np.ones(len(present.data))
    return present


def _weighed(counts: Any) -> Any:
    """Each count as BM25 weighs it."""
    rows = counts.shape[0]
    having = counts.getnnz(axis=0)
    rarity = np.log(1 + (rows - having + 0.5) / (having + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    long = np.repeat(lengths / lengths.mean(), np.diff(counts.indptr))
    weighed = counts.astype(np.float64)
    weighed.data = weighed.data * (_K1 + 1) / (weighed.data + _K1 * (1 - _B + _B * long))
    return weighed.multiply(rarity).tocsr()


TASK = Task("duplicates*.jsonl", "duplicates", score_duplicates)
