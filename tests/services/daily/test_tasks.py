"""Tasks as people live with them."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from core.domain.ids import Kind, PersonId, Ref
from core.domain.person import Actor
from core.domain.task import Assignee, Due, Task, TaskStatus
from core.errors import Ambiguous, Anonymous, NotFound, NotReviewer, WrongStep
from tests.builders import GROUP, PROJECT, START, a_project, a_task_draft, an_actor
from tests.databases import BOTH
from tests.house import REVIEWER, House

DATABASES = BOTH

OLYA = PersonId(7)
MEMBER = an_actor(7, "@olya")
TASK = Task(UUID(int=70), PROJECT, 1, a_task_draft(), START)


@pytest.fixture(autouse=True)
async def task(house: House) -> Task:
    async with house.transactions() as tx:
        await tx.tasks.add(TASK)
    return TASK


async def stored(house: House) -> Task:
    async with house.transactions.reading() as tx:
        return await tx.tasks.get(TASK.id)


async def test_a_task_is_found_by_number_in_the_projects_at_hand(house: House) -> None:
    assert (await house.do.tasks.find([PROJECT], 1)).id == TASK.id
    with pytest.raises(NotFound):
        await house.do.tasks.find([PROJECT], 2)
    with pytest.raises(NotFound):
        await house.do.tasks.find([], 1)


async def test_a_number_two_projects_have_asks_which(house: House) -> None:
    web = UUID(int=6)
    async with house.transactions() as tx:
        await tx.projects.add(replace(a_project(), id=web, name="Web"))
        await tx.tasks.add(replace(TASK, id=UUID(int=71), project_id=web))
    with pytest.raises(Ambiguous) as refusal:
        await house.do.tasks.find([web, PROJECT], 1)
    assert (refusal.value.name, refusal.value.projects) == ("T-1", ("Mobile", "Web"))
    assert (await house.do.tasks.find([web], 1)).project_id == web


async def test_anybody_of_the_team_moves_a_task_and_history_says_who(house: House) -> None:
    await house.do.tasks.move(TASK.id, TaskStatus.IN_PROGRESS, MEMBER)
    await house.do.tasks.move(TASK.id, TaskStatus.DONE, MEMBER)
    assert (await stored(house)).status is TaskStatus.DONE
    async with house.transactions.reading() as tx:
        changes = await tx.history.list_of(Ref(Kind.TASK, TASK.id), 10)
    assert [(one.what, one.by, one.after["status"]) for one in changes] == [
        ("moved", "@olya", "done"),
        ("moved", "@olya", "in_progress"),
    ]


async def test_a_step_that_is_none_is_refused(house: House) -> None:
    with pytest.raises(WrongStep):
        await house.do.tasks.move(TASK.id, TaskStatus.OPEN, MEMBER)


async def test_somebody_takes_a_task_and_gives_it_back(house: House) -> None:
    taken = await house.do.tasks.assign(TASK.id, OLYA, MEMBER)
    assert taken.draft.assignee == Assignee("Olya", OLYA, has_agreed=True)
    assert (await house.do.tasks.assign(TASK.id, None, MEMBER)).draft.assignee is None


async def test_a_reviewer_only_asks_somebody_else(house: House) -> None:
    asked = await house.do.tasks.assign(TASK.id, OLYA, REVIEWER)
    assert asked.draft.assignee == Assignee("Olya", OLYA, has_agreed=False)


@pytest.mark.parametrize("what", ["give", "take away", "date"])
async def test_what_concerns_others_needs_a_reviewer(house: House, what: str) -> None:
    await house.do.tasks.assign(TASK.id, REVIEWER.person_id, REVIEWER)
    with pytest.raises(NotReviewer):
        if what == "give":
            await house.do.tasks.assign(TASK.id, PersonId(1), MEMBER)
        elif what == "take away":
            await house.do.tasks.assign(TASK.id, None, MEMBER)
        else:
            await house.do.tasks.due(TASK.id, date(2026, 11, 20), MEMBER)


async def test_a_stranger_cannot_be_given_a_task(house: House) -> None:
    with pytest.raises(NotFound):
        await house.do.tasks.assign(TASK.id, PersonId(404), REVIEWER)


async def test_a_reviewer_dates_a_task_and_takes_the_date_away(house: House) -> None:
    on = date(2026, 11, 20)
    assert (await house.do.tasks.due(TASK.id, on, REVIEWER)).draft.due == Due(on)
    assert (await house.do.tasks.due(TASK.id, None, REVIEWER)).draft.due is None


async def test_who_has_no_face_moves_nothing(house: House) -> None:
    faceless = Actor(PersonId(0), "Mobile", speaks_as=GROUP)
    with pytest.raises(Anonymous):
        await house.do.tasks.move(TASK.id, TaskStatus.DONE, faceless)
    assert (await stored(house)).status is TaskStatus.OPEN
