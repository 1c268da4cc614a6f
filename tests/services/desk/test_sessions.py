"""The session: it keeps its place, is narrowed, and settles many at once with one undo."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from core.domain.ids import Kind, Ref
from core.domain.knowledge import AtomType
from core.domain.proposal import Proposal, ProposalStatus, version_of
from core.domain.run import Stage
from core.domain.showing.panel import Panel
from core.domain.showing.queue import following
from core.domain.showing.sieve import Age, Band, Sieve
from core.domain.showing.view import Bulk, Order, SessionCard
from core.domain.similarity import Similar, SimilarType
from core.domain.task import Category
from core.errors import AlreadySettled, NotReviewer, OldPress
from core.services.desk.sessions import OnCard
from tests.builders import PROJECT, START, a_note_draft, a_proposal, a_task_draft, an_actor
from tests.house import DIRECT, REVIEWER, House


def a_task(number: int, title: str = "", **more: Any) -> Proposal:
    draft = a_task_draft(title=title or f"task {number}", category=more.pop("category", Category.BUG))
    return a_proposal(number, content=draft, confidence=more.pop("confidence", 0.5 + number / 100), **more)


class Desk:
    """One session of the reviewer's."""

    def __init__(self, house: House, spot_id: UUID) -> None:
        self.house, self.spot_id = house, spot_id

    async def view(self) -> SessionCard:
        async with self.house.transactions.reading() as tx:
            view = (await tx.spots.get(self.spot_id)).view
        assert isinstance(view, SessionCard)
        return view

    async def press(self) -> OnCard:
        view = await self.view()
        assert view.at is not None
        return OnCard(self.spot_id, (await self.proposal(view.at)).press_version, REVIEWER)

    async def proposal(self, id_: UUID) -> Proposal:
        async with self.house.transactions.reading() as tx:
            return await tx.proposals.get(id_)

    async def statuses(self, *proposals: Proposal) -> list[str]:
        return [(await self.proposal(one.id)).status.value for one in proposals]

    async def settle(self, *listed: Proposal) -> tuple[Bulk, int]:
        now = [await self.proposal(one.id) for one in listed]
        return await self.house.do.bulk.settle(OnCard(self.spot_id, version_of(now), REVIEWER))


async def opened(house: House, *proposals: Proposal, **view: Any) -> Desk:
    async with house.transactions() as tx:
        for one in proposals:
            await tx.proposals.add(one)
        spot = await house.do.placing.show(tx, SessionCard(PROJECT, **view), DIRECT, about={PROJECT})
    return Desk(house, spot.id)


@pytest.fixture
async def tasks() -> list[Proposal]:
    """Surest first: 5, 4, 3, 2, 1."""
    return [a_task(number) for number in (5, 4, 3, 2, 1)]


async def test_a_decision_goes_on_from_its_place_and_not_from_the_beginning(
    house: House, tasks: list[Proposal]
) -> None:
    desk = await opened(house, *tasks, at=tasks[2].id)
    await house.do.sessions.approve(await desk.press())
    assert (await desk.view()).at == tasks[3].id
    await house.do.sessions.reject(await desk.press())
    assert (await desk.view()).at == tasks[4].id
    await house.do.sessions.snooze(await desk.press(), START + timedelta(hours=1))
    view = await desk.view()
    assert (view.at, view.settled) == (tasks[0].id, 2)


def test_the_next_one_is_the_next_that_is_still_there() -> None:
    one, two, three, four = (a_task(number) for number in (1, 2, 3, 4))
    assert following([one, two, three, four], two.id, [one, four]) == four.id
    assert following([one, two, three], three.id, [one, two]) == one.id
    assert following([one], one.id, []) is None
    assert following([one], None, [one]) == one.id
    assert following([], two.id, [four]) == four.id


async def test_two_reviewers_never_decide_the_same_card_twice(house: House, tasks: list[Proposal]) -> None:
    mine = await opened(house, *tasks, at=tasks[0].id)
    theirs = await opened(house, at=tasks[0].id)
    press, other = await mine.press(), await theirs.press()
    await house.do.sessions.approve(press)
    with pytest.raises(AlreadySettled):
        await house.do.sessions.reject(other)
    assert (await theirs.view()).at == tasks[0].id
    await house.do.sessions.step(theirs.spot_id, REVIEWER, 1)
    assert (await theirs.view()).at == tasks[1].id


async def test_a_session_goes_on_where_it_was_after_a_restart(house: House, tasks: list[Proposal]) -> None:
    desk = await opened(house, *tasks, at=tasks[1].id, order=Order.UNCERTAIN)
    await house.do.sessions.narrow(desk.spot_id, REVIEWER, Sieve(type=Category.BUG))
    before = await desk.view()
    again = Desk(House(house.transactions, house.clock, house.ids), desk.spot_id)
    assert await again.view() == before
    await again.house.do.sessions.approve(await again.press())
    assert (await again.view()).at == tasks[0].id


class TestNarrowing:
    """A sieve."""

    @pytest.mark.parametrize(
        ("sieve", "numbers"),
        [
            (Sieve(type=Category.BUG), [1]),
            (Sieve(type=Category.CHORE), [2]),
            (Sieve(type=AtomType.DECISION), [3]),
            (Sieve(subject=UUID(int=900)), [3]),
            (Sieve(band=Band.SURE), [2]),
            (Sieve(band=Band.FAIR), [1]),
            (Sieve(band=Band.UNSURE), [3]),
            (Sieve(age=Age.DAY), [3]),
            (Sieve(age=Age.WEEK), [2]),
            (Sieve(age=Age.OLDER), [1]),
            (Sieve(type=Category.BUG, band=Band.SURE), []),
        ],
    )
    async def test_only_what_fits_is_gone_through(
        self, house: House, sieve: Sieve, numbers: list[int]
    ) -> None:
        subject = Ref(Kind.PROPOSAL, UUID(int=900))
        note = a_note_draft(type=AtomType.DECISION, topic=subject)
        waiting = [
            a_task(1, confidence=0.8, created_at=START - timedelta(days=9)),
            a_task(2, category=Category.CHORE, confidence=0.95, created_at=START - timedelta(days=3)),
            a_proposal(3, content=note, confidence=0.4, created_at=START - timedelta(hours=1)),
        ]
        desk = await opened(house, *waiting, at=waiting[0].id)
        await house.do.sessions.narrow(desk.spot_id, REVIEWER, sieve)
        view = await desk.view()
        assert view.at == (a_proposal(numbers[0]).id if numbers else None)
        assert (view.sieve, view.panel) == (sieve, Panel.SIEVE)

    async def test_asking_for_the_same_again_takes_it_back(self, house: House) -> None:
        desk = await opened(house, a_task(1), a_task(2))
        for sieve in (Sieve(type=Category.BUG), Sieve(band=Band.SURE), Sieve(type=Category.BUG)):
            await house.do.sessions.narrow(desk.spot_id, REVIEWER, sieve)
        assert (await desk.view()).sieve == Sieve(band=Band.SURE)
        await house.do.sessions.widen(desk.spot_id, REVIEWER)
        assert (await desk.view()).sieve.is_open

    async def test_notes_only_or_tasks_only_until_asked_again(self, house: House) -> None:
        desk = await opened(house, a_task(1), a_proposal(2, content=a_note_draft(), confidence=0.3))
        await house.do.sessions.keep_to(desk.spot_id, REVIEWER, Stage.KNOWLEDGE)
        view = await desk.view()
        assert (view.stage, view.at) == (Stage.KNOWLEDGE, a_proposal(2).id)
        await house.do.sessions.keep_to(desk.spot_id, REVIEWER, Stage.KNOWLEDGE)
        assert (await desk.view()).stage is None

    async def test_those_that_look_like_the_card_in_front_are_gathered(self, house: House) -> None:
        waiting = [a_task(1, "Login is dead"), a_task(2, "Search is slow"), a_task(3, "login is dead")]
        desk = await opened(house, *waiting, at=waiting[0].id)
        await house.do.sessions.gather(desk.spot_id, REVIEWER)
        view = await desk.view()
        assert (view.sieve.among, view.at) == (frozenset({waiting[0].id, waiting[2].id}), waiting[0].id)


class TestBulk:
    """Many at once."""

    @pytest.mark.parametrize(
        ("bulk", "status"),
        [
            (Bulk.APPROVE, ProposalStatus.APPROVED),
            (Bulk.REJECT, ProposalStatus.REJECTED),
            (Bulk.EXPIRE, ProposalStatus.EXPIRED),
        ],
    )
    async def test_all_that_is_gone_through_is_settled_in_one_act_with_one_undo(
        self, house: House, tasks: list[Proposal], bulk: Bulk, status: ProposalStatus
    ) -> None:
        left = a_task(9, category=Category.CHORE)
        desk = await opened(house, *tasks, left, sieve=Sieve(type=Category.BUG))
        await house.do.bulk.ask(desk.spot_id, bulk)
        assert await desk.settle(*tasks) == (bulk, 5)
        assert set(await desk.statuses(*tasks)) == {status.value}
        assert await desk.statuses(left) == ["pending"]
        assert (await desk.view()).settled == 5
        await house.do.bulk.undo(desk.spot_id, REVIEWER)
        assert set(await desk.statuses(*tasks)) == {"pending"}
        view = await desk.view()
        assert (view.settled, view.act_id) == (0, None)
        async with house.transactions.reading() as tx:
            assert await tx.tasks.list_of(PROJECT) == []

    async def test_twins_are_merged_each_into_what_it_looks_like(self, house: House) -> None:
        target = a_task(1, "Login is dead")
        known = Similar(
            Ref(Kind.PROPOSAL, target.id), "P-1", target.title, 0.9, SimilarType.SEMANTIC, is_duplicate=True
        )
        twins = [a_task(2, similar=known), a_task(3, similar=known)]
        circle = replace(
            a_task(4), similar=replace(known, target=Ref(Kind.PROPOSAL, a_task(4).id), name="P-4")
        )
        desk = await opened(house, target, *twins, circle)
        await house.do.bulk.ask(desk.spot_id, Bulk.MERGE)
        assert await desk.settle(*twins) == (Bulk.MERGE, 2)
        assert await desk.statuses(target, *twins, circle) == ["pending", "merged", "merged", "pending"]
        await house.do.bulk.undo(desk.spot_id, REVIEWER)
        assert await desk.statuses(*twins) == ["pending", "pending"]

    async def test_what_changed_since_it_was_listed_is_not_settled(
        self, house: House, tasks: list[Proposal]
    ) -> None:
        desk = await opened(house, *tasks)
        await house.do.bulk.ask(desk.spot_id, Bulk.APPROVE)
        edited = a_task_draft(title="another text")
        await house.do.review.edit(tasks[0].id, edited, REVIEWER, tasks[0].press_version)
        with pytest.raises(OldPress):
            await house.do.bulk.settle(OnCard(desk.spot_id, version_of(tasks), REVIEWER))
        assert set(await desk.statuses(*tasks)) == {"pending"}

    async def test_only_reviewers_settle_many(self, house: House, tasks: list[Proposal]) -> None:
        desk = await opened(house, *tasks)
        await house.do.bulk.ask(desk.spot_id, Bulk.REJECT)
        with pytest.raises(NotReviewer):
            await house.do.bulk.settle(OnCard(desk.spot_id, version_of(tasks), an_actor()))
        assert set(await desk.statuses(*tasks)) == {"pending"}


async def test_reading_starts_in_each_project_that_has_something_unread(house: House) -> None:
    await house.say("the login is dead", "and so is the search")
    desk = await opened(house)
    await house.do.sessions.read_new(desk.spot_id, REVIEWER, DIRECT)
    async with house.transactions.reading() as tx:
        assert await tx.runs.find_open(PROJECT, Stage.KNOWLEDGE) is not None
