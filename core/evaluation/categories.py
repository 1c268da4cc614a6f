"""Categories of issues: untrained, and as a project's first 20, 60 and 300 decisions teach them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sklearn import metrics

from core.domain.lessons import Judgement, Lesson, taught
from core.evaluation.learning import FOLDS
from core.evaluation.score import Labelled, Score, Task
from core.rules.categories import sorted_of
from core.rules.cues import Cue, says, straight
from core.rules.learner import TextLearner
from core.rules.weights import digest_of

DECISIONS = (20, 60, 300)
"""Decisions of one repository, of all kinds alike."""
_LEARNER = TextLearner()
_KINDS = ("bug", "feature", "question")

# scikit-learn is not typed.
_METRICS: Any = metrics


@dataclass(frozen=True)
class _Issue:
    repo: str
    label: str
    title: str
    body: str

    @property
    def digest(self) -> str:
        return digest_of(f"{self.title}\n{self.body}")


def score_categories(labelled: Labelled) -> Sequence[Score]:
    """`accuracy` over all, `macro_f1` as the mean over repositories; the baseline is three word lists.

    With a folder to learn from also `macro_f1_learned@n`: the product's learner after n of its decisions
    in that repository, the untrained judgement where the trial of those decisions was not won; and
    `macro_f1_learned`, the last of them. Rows of one text are never learned from and told.
    """
    issues = list(labelled.rows(_Issue))
    first = [_untrained(issue) for issue in issues]
    simple = [_by_words(issue) for issue in issues]
    right = sum(issue.label == answer for issue, answer in zip(issues, first, strict=True))
    plain = sum(issue.label == answer for issue, answer in zip(issues, simple, strict=True))
    n, name = len(issues), labelled.name
    base = _macro_f1(issues, simple)
    scores = [
        Score(name, "category", "accuracy", right / n, n, baseline=plain / n),
        Score(name, "category", "macro_f1", _macro_f1(issues, first), n, baseline=base),
    ]
    if labelled.train is None:
        return scores
    lessons = _lessons_in(labelled)
    untrained = _macro_f1(issues, first)
    for count in DECISIONS:
        value = _macro_f1(issues, _learned(issues, first, lessons, count))
        metric = f"macro_f1_learned@{count}"
        scores.append(Score(name, "category", metric, value, n, baseline=untrained))
    published = 0.827
    last = Score(name, "category", "macro_f1_learned", scores[-1].value, n, untrained, published)
    return [*scores, last]


def _untrained(issue: _Issue) -> str:
    return sorted_of(issue.title, issue.body).best.value


def _by_words(issue: _Issue) -> str:
    """The first kind whose words the title has, then the text."""
    kinds = (
        (Cue.BUG_NAMED, "bug"),
        (Cue.TROUBLE, "bug"),
        (Cue.BUILDS, "feature"),
        (Cue.HOW_TO, "question"),
    )
    for text in (straight(issue.title), straight(issue.body)):
        for cue, kind in kinds:
            if says(cue, text):
                return kind
    return "question"


def _macro_f1(issues: Sequence[_Issue], answers: Sequence[str]) -> float:
    """The mean over repositories of the mean over kinds."""
    by_repo: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for issue, answer in zip(issues, answers, strict=True):
        labels, given = by_repo[issue.repo]
        labels.append(issue.label)
        given.append(answer)
    each = [
        float(_METRICS.f1_score(labels, given, average="macro", labels=_KINDS, zero_division=0.0))
        for labels, given in by_repo.values()
    ]
    return sum(each) / len(each)


def _lessons_in(labelled: Labelled) -> Mapping[str, Sequence[_Issue]]:
    """The rows to learn from by repository, kinds by turns so that the first n have all of them."""
    given = labelled.train / labelled.path.name if labelled.train else labelled.path
    files = [given] if given.exists() else sorted(given.parent.glob(TASK.pattern))
    by_kind: dict[tuple[str, str], list[_Issue]] = defaultdict(list)
    for file in files:
        for issue in Labelled(file, file.name).rows(_Issue):
            by_kind[issue.repo, issue.label].append(issue)
    found: dict[str, list[tuple[int, _Issue]]] = defaultdict(list)
    for (repo, _), issues in by_kind.items():
        found[repo] += enumerate(issues)
    return {
        repo: [issue for _, issue in sorted(some, key=lambda pair: pair[0])] for repo, some in found.items()
    }


def _learned(
    issues: Sequence[_Issue], first: Sequence[str], lessons: Mapping[str, Sequence[_Issue]], count: int
) -> list[str]:
    """The answers after so many decisions, in the order of the issues."""
    answers = list(first)
    for repo, known in lessons.items():
        own = [place for place, issue in enumerate(issues) if issue.repo == repo]
        for kept, told in _folds(known, issues, own):
            model = _model(kept[:count])
            for place in told if model else ():
                issue = issues[place]
                learned = _LEARNER.answer(model, Judgement.CATEGORY, issue.title, issue.body)
                answers[place] = taught(first[place], learned, Judgement.CATEGORY)
    return answers


def _model(known: Sequence[_Issue]) -> bytes:
    lessons = [
        Lesson(one.title, one.body, {Judgement.CATEGORY: one.label}, {Judgement.CATEGORY: _untrained(one)})
        for one in known
    ]
    model, trial = _LEARNER.learn(lessons, Judgement.CATEGORY)
    return model if trial.wins(Judgement.CATEGORY) else b""


def _folds(
    known: Sequence[_Issue], issues: Sequence[_Issue], own: Sequence[int]
) -> Iterable[tuple[list[_Issue], list[int]]]:
    """What may be learned from, and what is told by it: by folds where they share rows."""
    fold_of = {place: int(issues[place].digest, 16) % FOLDS for place in own}
    shared = {one.digest for one in known} & {issues[place].digest for place in own}
    if not shared:
        yield list(known), list(own)
        return
    for fold in range(FOLDS):
        kept = [one for one in known if int(one.digest, 16) % FOLDS != fold]
        yield kept, [place for place in own if fold_of[place] == fold]


TASK = Task("issue_type_*.jsonl", "category", score_categories)
