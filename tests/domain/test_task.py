"""A task is its own fields plus its contributions, and steps where its mapping leads."""

from dataclasses import replace
from uuid import UUID

import pytest

from core.domain.evidence import Evidence
from core.domain.ids import Kind, Ref
from core.domain.task import Contribution, Gain, Priority, Task, TaskStatus, gain_of
from core.errors import WrongStep
from tests.builders import PROJECT, START, a_message, a_quote, a_task_draft


def a_task(**more: object) -> Task:
    task = Task(
        UUID(int=1), PROJECT, 42, a_task_draft(priority=Priority.MEDIUM, tags=("ios",)), START,
        evidence=Evidence((a_quote(a_message(1)),)),
    )  # fmt: skip
    return replace(task, **more)


def a_contribution(gain: Gain, message: int = 2) -> Contribution:
    evidence = Evidence((a_quote(a_message(message)),))
    return Contribution(UUID(int=2), UUID(int=3), Ref(Kind.TASK, UUID(int=1)), gain, evidence, START)


def test_a_merge_raises_priority_joins_tags_and_adds_words_and_sources() -> None:
    gain = Gain("Also on iPad", ("ios", "ipad"), Priority.HIGH, 1)
    task = a_task(contributions=(a_contribution(gain),))
    whole = task.whole
    assert (whole.priority, whole.tags) == (Priority.HIGH, ("ios", "ipad"))
    assert whole.description == "Nothing happens\nAlso on iPad"
    assert task.whole_evidence.message_count == 2


def test_taking_the_contribution_away_gives_the_task_back_as_it_was() -> None:
    task = a_task(contributions=(a_contribution(Gain("more", ("x",), Priority.CRITICAL)),))
    assert replace(task, contributions=()).whole == a_task().draft


def test_a_gain_names_only_what_the_target_lacks() -> None:
    evidence = Evidence((a_quote(a_message(1)), a_quote(a_message(2))))
    source = a_task_draft(title="Login is dead on iPad", priority=Priority.LOW, tags=("ios", "ipad"))
    gain = gain_of(source, evidence, a_task().whole, a_task().whole_evidence)
    assert gain == Gain("Login is dead on iPad", ("ipad",), None, 1)


STEPS = {
    (TaskStatus.OPEN, TaskStatus.IN_PROGRESS), (TaskStatus.OPEN, TaskStatus.DONE),
    (TaskStatus.OPEN, TaskStatus.DROPPED), (TaskStatus.IN_PROGRESS, TaskStatus.OPEN),
    (TaskStatus.IN_PROGRESS, TaskStatus.DONE), (TaskStatus.IN_PROGRESS, TaskStatus.DROPPED),
    (TaskStatus.DONE, TaskStatus.OPEN), (TaskStatus.DROPPED, TaskStatus.OPEN),
}  # fmt: skip


@pytest.mark.parametrize("status", TaskStatus)
@pytest.mark.parametrize("target", TaskStatus)
def test_a_task_moves_where_its_mapping_leads(status: TaskStatus, target: TaskStatus) -> None:
    task = a_task(status=status)
    if (status, target) in STEPS:
        assert task.moved(target).status is target
        return
    with pytest.raises(WrongStep):
        task.moved(target)
