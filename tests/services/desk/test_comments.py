"""Comments are kept with their task, worded anew, and taken away; of who is left out nothing is kept."""

from uuid import UUID

import pytest

from core.domain.ids import PersonId
from core.domain.person import Actor, Person
from core.domain.showing.spot import Place, Spot
from core.domain.showing.view import TaskCard
from core.domain.task import Task
from core.services.desk.replies import Answered
from tests.builders import GROUP, PROJECT, START, a_message, a_task_draft
from tests.databases import BOTH
from tests.house import House

DATABASES = BOTH

MAX = Person(PersonId(8), "Max")
TASK = Task(UUID(int=70), PROJECT, 1, a_task_draft(), START)
SAID = a_message(900, "it is the token cache")


@pytest.fixture
async def card(house: House) -> Spot:
    async with house.transactions() as tx:
        await tx.tasks.add(TASK)
        return await house.do.placing.show(tx, TaskCard(TASK.id), Place(GROUP), about={TASK.id})


async def answer(house: House, card: Spot) -> None:
    answered = Answered(card.id, SAID, MAX, Actor(MAX.id, "Max"))
    await house.do.task_replies.take(answered, await house.do.task_replies.read(answered))


async def words(house: House) -> list[str]:
    async with house.transactions.reading() as tx:
        return [one.quote.text for one in await tx.comments.list_of(TASK.id)]


async def test_a_comment_is_kept_worded_anew_and_taken_away(house: House, card: Spot) -> None:
    await answer(house, card)
    assert await words(house) == ["it is the token cache"]
    async with house.transactions() as tx:
        assert await tx.comments.reword(SAID.key, "it is the cookie") == TASK.id
        assert await tx.comments.reword(a_message(901).key, "talk") is None
        assert await tx.deletions.quoted_on(TASK.id, MAX.id) == [SAID.key]
    assert await words(house) == ["it is the cookie"]
    async with house.transactions() as tx:
        assert await tx.comments.remove([SAID.key]) == {TASK.id}
    assert await words(house) == []


async def test_who_is_left_out_says_nothing_that_is_kept(house: House, card: Spot) -> None:
    await house.do.forgetting.leave_out(MAX)
    await answer(house, card)
    assert await words(house) == []
