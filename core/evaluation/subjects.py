"""Threads put under subjects people chose: each seen only what was put there before it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sklearn import metrics

from core.domain.ids import Kind, Ref
from core.domain.knowledge import Topic
from core.evaluation.score import Labelled, Score, Store, Task
from core.ports.analysis import POOL, Candidate
from core.ports.unit_of_work import UnitOfWork
from core.rules.embedding import WordVectors, vector_of
from core.rules.matching import RuleMatcher
from core.rules.topics import Topics

LEAST_THREADS = 10
"""Subjects with fewer threads are not scored."""
RECALLED = 5
"""As many notes as a reading is given (`analysis.rag_top_k`)."""
_PROJECT = UUID(int=1)
_START = datetime(2026, 1, 5, tzinfo=UTC)

# scikit-learn is not typed.
_METRICS: Any = metrics


@dataclass(frozen=True)
class _Message:
    date: str
    text: str


@dataclass(frozen=True)
class _Thread:
    topic_title: str
    messages: tuple[_Message, ...]

    @property
    def text(self) -> str:
        return "\n".join(one.text for one in self.messages if one.text)


def score_subjects(labelled: Labelled) -> Sequence[Score]:
    """`accuracy` and `macro_f1` over subjects with ten threads or more, threads in the order they began.

    The baseline is the subject most threads went to so far.
    """
    if labelled.store is None:
        return ()
    threads = sorted(labelled.rows(_Thread), key=lambda one: one.messages[0].date)
    counts = Counter(one.topic_title for one in threads)
    scored = [place for place, one in enumerate(threads) if counts[one.topic_title] >= LEAST_THREADS]
    ours = asyncio.run(_assigned(threads, labelled.store))
    simple = _most_so_far(threads)
    wanted = [threads[place].topic_title for place in scored]
    given, plain = [ours[place] for place in scored], [simple[place] for place in scored]
    n = len(scored)
    return (
        Score(labelled.name, "subjects", "accuracy", _share(wanted, given), n, _share(wanted, plain)),
        Score(labelled.name, "subjects", "macro_f1", _macro(wanted, given), n, _macro(wanted, plain)),
    )


def _share(wanted: Sequence[str], given: Sequence[str]) -> float:
    return sum(one == other for one, other in zip(wanted, given, strict=True)) / len(wanted)


def _macro(wanted: Sequence[str], given: Sequence[str]) -> float:
    labels = sorted(set(wanted))
    return float(_METRICS.f1_score(wanted, given, average="macro", labels=labels, zero_division=0.0))


def _most_so_far(threads: Sequence[_Thread]) -> list[str]:
    counts: Counter[str] = Counter()
    found: list[str] = []
    for thread in threads:
        found.append(counts.most_common(1)[0][0] if counts else "")
        counts[thread.topic_title] += 1
    return found


async def _assigned(threads: Sequence[_Thread], store: Store) -> list[str]:
    """The name of the subject the product's judgement gives each, "" where it has none yet."""
    words, matcher = WordVectors(), RuleMatcher()
    rows = words.rows([thread.text for thread in threads])
    topics: dict[str, Topic] = {}
    homes: dict[Ref, UUID] = {}
    found: list[str] = []
    async with store() as transactions:
        for place, thread in enumerate(threads):
            new = Candidate(thread.text, "", frozenset(), vector_of(rows[place]))
            async with transactions() as tx:
                held = [(note, homes[ref]) for ref, note in await _recalled(tx, words.name, new)]
                topic, _ = Topics(words, matcher).nearest(new, list(topics.values()), held)
                found.append(topic.name if topic else "")
                ref = Ref(Kind.ATOM, UUID(int=place + 1))
                await tx.search.put_text(ref, _PROJECT, new.title, "")
                await tx.search.put_vectors(_PROJECT, words.name, [ref], [vector_of(rows[place])])
            title = thread.topic_title
            home = topics.setdefault(title, Topic(UUID(int=len(topics) + 1), _PROJECT, 1, title, _START))
            homes[ref] = home.id
    return found


async def _recalled(tx: UnitOfWork, model: str, new: Candidate) -> list[tuple[Ref, Candidate]]:
    matcher = RuleMatcher()
    words = matcher.words_of(new)
    pool = await tx.search.near(_PROJECT, Kind.ATOM, words, (model, new.vector), POOL)
    return [(near.ref, near.candidate) for near, _ in matcher.rank(new, pool)][:RECALLED]


TASK = Task("topics_*.jsonl", "subjects", score_subjects)
