"""Whatever model found them, likeness is judged by the vectors its thresholds were calibrated on."""

from uuid import UUID

import numpy as np

from core.domain.ids import Kind, Ref
from core.ports.analysis import Candidate, Near, Pool, Vector
from core.rules.embedding import WordVectors, vector_of
from core.rules.matching import RuleMatcher
from core.rules.rejudging import RejudgingMatcher

FIRST = ("Login button does nothing on iOS", "Tap on Login shows no spinner")
SECOND = ("Sign-in is broken on the iPhone", "Nothing happens when one taps it")


def test_the_verdict_does_not_depend_on_the_model_that_found(words: WordVectors) -> None:
    bundled = [
        Candidate(title, text, frozenset(), vector_of(words.rows([f"{title}\n{text}"])[0]))
        for title, text in (FIRST, SECOND)
    ]
    # Every two texts are nearly one to this model, as to some of those that are sold.
    other = Vector(np.full(1536, 1 / np.sqrt(1536), np.float32).tobytes())
    foreign = [Candidate(*said, frozenset(), other) for said in (FIRST, SECOND)]
    plain, rejudging = RuleMatcher(), RejudgingMatcher(RuleMatcher(), words)
    assert rejudging.compare(foreign[0], foreign[1]) == plain.compare(bundled[0], bundled[1])
    assert plain.compare(foreign[0], foreign[1]) != plain.compare(bundled[0], bundled[1])
    pool = Pool((Near(Ref(Kind.TASK, UUID(int=1)), foreign[1]),))
    [(_, verdict)] = rejudging.rank(foreign[0], pool)
    assert verdict == plain.compare(bundled[0], bundled[1])
    assert rejudging.words_of(foreign[0]) == plain.words_of(foreign[0])
