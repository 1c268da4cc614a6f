"""What is decided teaches: once a day, only where it wins, and not a word longer than it may."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from core.domain.conversation import Finding
from core.domain.ids import MessageId, MessageKey
from core.domain.lessons import LEAST, Judgement, Learned, Lesson, Trial
from core.domain.proposal import Proposal, ProposalStatus, Reason, Source
from core.domain.run import Stage
from core.domain.task import Category, Priority
from core.ports.unit_of_work import UnitOfWork
from core.services.learning.taught import Taught
from tests.builders import PROJECT, START, a_note_draft, a_proposal, a_review, a_task_draft
from tests.databases import BOTH
from tests.fakes import FakeLearner
from tests.house import GROUP, REVIEWER, House

DATABASES = BOTH
TITLE = "Login is dead on my iPhone again"


async def decided(house: House, count: int = LEAST, first: int = 1) -> None:
    """So many tasks approved just now, one a minute."""
    async with house.transactions() as tx:
        for number in range(first, first + count):
            house.clock.move(minutes=1)
            await tx.proposals.add(_approved(house, number))


def _approved(house: House, number: int) -> Proposal:
    review = a_review(act_id=UUID(int=number), at=house.clock.now())
    return a_proposal(number, status=ProposalStatus.APPROVED, review=review)


async def learned(house: House) -> dict[Judgement, bool]:
    return {one.judgement: one.is_used for one in await house.do.learning.effects(PROJECT)}


async def test_a_project_is_learned_from_once_a_day_when_something_was_decided(house: House) -> None:
    await decided(house, LEAST - 1)
    assert not await house.do.learning.step(), "too few"
    await decided(house, 1, first=LEAST)
    assert await house.do.learning.step()
    assert len(house.learner.seen[Judgement.CATEGORY]) == LEAST
    await decided(house, 1, first=LEAST + 1)
    assert not await house.do.learning.step(), "today already"
    house.clock.move(days=1)
    assert await house.do.learning.step()
    house.clock.move(days=1)
    assert not await house.do.learning.step(), "nothing new"


async def test_only_what_won_its_trial_is_used_and_the_figures_are_told(house: House) -> None:
    house.learner.models = {Judgement.CATEGORY: b"a model"}
    await decided(house)
    await house.do.learning.step()
    assert await learned(house) == {one: one is Judgement.CATEGORY for one in Judgement}
    effects = {one.judgement: one for one in await house.do.learning.effects(PROJECT)}
    assert effects[Judgement.CATEGORY].trial == Trial(LEAST, held_back=20, better=20)
    assert effects[Judgement.CATEGORY].model == b"a model"
    assert effects[Judgement.CATEGORY].learned_at == house.clock.now()


class Losing(FakeLearner):
    """Has a model, and lost with it."""

    def learn(self, lessons: Sequence[Lesson], judgement: Judgement) -> tuple[bytes, Trial]:
        return b"a model", Trial(LEAST, held_back=20, better=1, worse=2)


async def test_what_lost_its_trial_is_not_kept(house: House) -> None:
    await decided(house)
    service = replace(house.do.learning, learner=Losing())
    await service.step()
    assert not any((await learned(house)).values())


async def test_what_an_edit_changed_is_the_right_answer_and_what_was_there_the_analysts(
    house: House,
) -> None:
    async with house.transactions() as tx:
        await tx.proposals.add(a_proposal(1, content=a_task_draft(category=Category.CHORE)))
    proposal = await _get(house, 1)
    draft = a_task_draft(category=Category.BUG)
    proposal = await house.do.review.edit(proposal.id, draft, REVIEWER, proposal.press_version)
    await house.do.review.approve(proposal.id, REVIEWER, proposal.press_version)
    await decided(house, first=2)
    await house.do.learning.step()
    (lesson,) = [one for one in house.learner.seen[Judgement.CATEGORY] if len(set(_categories(one))) > 1]
    assert _categories(lesson) == ("bug", "chore")


def _categories(lesson: Lesson) -> tuple[str, str]:
    return lesson.answers[Judgement.CATEGORY], lesson.found[Judgement.CATEGORY]


@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        ({}, {"task": "kept", "category": "bug", "priority": "high"}),
        ({"source": Source.BUG}, {"category": "bug", "priority": "high"}),
        ({"source": Source.MESSAGE}, None),
        ({"content": a_note_draft()}, {"note": "kept", "message": "kept"}),
        ({"status": ProposalStatus.REJECTED}, {"task": "rejected"}),
        ({"status": ProposalStatus.MERGED}, None),
        ({"status": ProposalStatus.EXPIRED}, None),
    ],
)
async def test_each_decision_teaches_what_it_says(
    house: House, changes: dict[str, Any], answers: dict[str, str] | None
) -> None:
    await decided(house)
    house.clock.move(minutes=1)
    draft = a_task_draft(title="The last", category=Category.BUG, priority=Priority.HIGH)
    last = replace(_approved(house, 99), **{"content": draft, **changes})
    async with house.transactions() as tx:
        await tx.proposals.add(last)
    await house.do.learning.step()
    lessons = house.learner.seen[Judgement.CATEGORY]
    assert len(lessons) == LEAST + (answers is not None)
    if answers is not None:
        assert {str(name): answer for name, answer in lessons[-1].answers.items()} == answers


async def test_a_message_like_those_whose_notes_are_rejected_is_left_out(house: House) -> None:
    house.learner.models = {Judgement.MESSAGE: b"a model"}
    await decided(house, first=200)
    await house.do.learning.step()
    house.learner.answers = {"unwanted talk": ("rejected", 0.97), "wanted talk": ("kept", 0.9)}
    await house.say("unwanted talk", "wanted talk", "doubtful talk")
    run = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        batches = await tx.runs.list_batches(run.id)
    assert [len(batch.left_out) for batch in batches if batch.left_out] == [1]
    assert sum(len(batch.messages) for batch in batches) == 2


@pytest.mark.parametrize("reason", [Reason.DUPLICATE, Reason.ALREADY_DONE])
async def test_what_only_came_late_was_not_unwanted(house: House, reason: Reason) -> None:
    await decided(house)
    review = a_review(act_id=UUID(int=99), at=house.clock.now(), reason=reason)
    async with house.transactions() as tx:
        await tx.proposals.add(a_proposal(99, status=ProposalStatus.REJECTED, review=review))
    await house.do.learning.step()
    assert len(house.learner.seen[Judgement.TASK]) == LEAST


async def test_a_note_nobody_wants_is_left_out_and_counted(house: House) -> None:
    house.learner.models = {Judgement.NOTE: b"a model"}
    await decided(house, first=200)
    await house.do.learning.step()
    house.learner.answers = {"unwanted talk": ("rejected", 0.97), "wanted talk": ("kept", 0.9)}
    await house.say("unwanted talk", "wanted talk")
    run = await house.run(Stage.KNOWLEDGE)
    async with house.transactions.reading() as tx:
        (batch,) = [one for one in await tx.runs.list_batches(run.id) if one.messages]
        notes = await _titles(tx)
    assert batch.dropped == {"unwanted": 1}
    assert "unwanted talk" not in notes
    assert "wanted talk" in notes


def test_a_tasks_fields_are_those_that_were_taught_and_others_stay() -> None:
    finding = Finding(a_task_draft(title="Mend it", category=Category.CHORE), 0.8, "so")
    used = [
        Learned(PROJECT, one, START, Trial(), b"a model") for one in (Judgement.CATEGORY, Judgement.TASK)
    ]
    learner = FakeLearner(answers={"Mend it": ("bug", 0.4), "Leave it": ("rejected", 0.95)})
    judged = Taught(learner, used).task(finding)
    assert judged is not None
    assert judged.content == replace(finding.content, category=Category.BUG)
    assert Taught(learner).task(finding) is finding
    assert Taught(learner, used[:1]).task(replace(finding, content=a_task_draft(title="Keep"))) is not None
    assert Taught(learner, used[1:]).task(replace(finding, content=a_task_draft(title="Leave it"))) is None


async def test_what_is_forgotten_takes_what_was_learned_along(house: House) -> None:
    house.learner.models = {Judgement.CATEGORY: b"a model"}
    await house.say(TITLE)
    await decided(house)
    await house.do.learning.step()
    await house.do.forgetting.forget_messages([MessageKey(GROUP, MessageId(1))])
    assert await learned(house) == {}
    house.clock.move(days=1)
    await decided(house, 1, first=50)
    assert await house.do.learning.step(), "what is left teaches again"


async def test_what_is_forgotten_while_it_is_being_learned_is_not_kept(house: House) -> None:
    begun, forgotten = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        forgotten.wait(10)

    house.learner.meanwhile = wait
    await house.say(TITLE)
    await decided(house)
    learning = asyncio.ensure_future(house.do.learning.step())
    await asyncio.to_thread(begun.wait, 10)
    await house.do.forgetting.forget_messages([MessageKey(GROUP, MessageId(1))])
    forgotten.set()
    assert await learning
    assert await learned(house) == {}


async def _get(house: House, number: int) -> Proposal:
    async with house.transactions.reading() as tx:
        found = await tx.proposals.find_by_number(PROJECT, number)
    assert found is not None
    return found


async def _titles(tx: UnitOfWork) -> list[str]:
    return [one.title for one in await tx.proposals.list_pending(PROJECT)]
